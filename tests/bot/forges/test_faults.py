"""Every write of a proposal's way suffers every fault once: asked again, exactly one of each thing is there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scripts.bot.forges.forge import ForgeError
from tests.bot.forges.doubles import DOUBLES, Fault
from tests.bot.forges.table import BRANCH, laid

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.bot.forges.forge import Exchange
    from tests.bot.forges.table import Table

COMMIT = "a" * 40
# What happens to a request, and the kinds of errors that may come of it.
FAULTS = {
    "dropped": (Fault("drop"), {"unclear"}),
    "answer lost": (Fault("lose"), {"unclear"}),
    "half an answer": (Fault("half"), {"unclear"}),
    "502 after the effect": (Fault("veil", status=502), {"busy"}),
    "503 instead": (Fault("refuse", status=503), {"busy"}),
    "429 instead": (Fault("refuse", status=429, headers={"retry-after": "30"}), {"busy"}),
}


def _way(table: Table) -> list[Callable[[], Exchange[object]]]:
    """The worker's questions, from the open branch to its end."""
    forge, number = table.forge, 12
    return [
        lambda: forge.open(BRANCH, "main", "Un atelier", "Bonjour"),
        lambda: forge.label(number, ["évènement", "club vélo"]),
        lambda: forge.reviewers(number, ["camille", "inconnue"]),
        lambda: forge.comment(number, "recu", "Bonjour"),
        lambda: forge.status(COMMIT, "pending", "site/verification", "en cours", "https://site.example/"),
        lambda: forge.status(COMMIT, "success", "site/verification", "fait", "https://site.example/"),
        lambda: forge.comment(number, "recu", "C’est vérifié"),
        lambda: forge.edit_body(number, "Autre texte"),
        lambda: forge.close(number),
        lambda: forge.delete_branch(BRANCH),
    ]


def _go(table: Table, question: Callable[[], Exchange[object]]) -> list[ForgeError]:
    """Ask until it is answered, as the worker does; the errors on the way."""
    errors: list[ForgeError] = []
    while True:
        try:
            table.ask(question())
        except ForgeError as error:
            errors.append(error)
            assert len(errors) < 5, errors
            table.clock.now += timedelta(seconds=error.wait or 1)
        else:
            return errors


def _writes(kind: str) -> list[tuple[str, str]]:
    """Methods and paths of the writes of a way without faults."""
    with laid(kind) as table:
        for question in _way(table):
            assert _go(table, question) == []
        return [(line.method, line.path) for line in table.double.log if line.method != "GET"]


@pytest.mark.slow
@pytest.mark.parametrize("fault", FAULTS)
@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_whatever_befalls_a_write_there_is_one_of_each(kind: str, fault: str) -> None:
    shape, kinds = FAULTS[fault]
    writes = _writes(kind)
    assert len(writes) >= 9
    for index in range(len(writes)):
        with laid(kind) as table:
            table.double.faults.push(Fault(shape.kind, "write", "", shape.status, shape.headers, skip=index))
            errors = [error for question in _way(table) for error in _go(table, question)]
            assert table.double.faults.waiting == 0, (writes[index], "did not happen")
            # A lost creation may be found at once, without an error.
            assert {error.kind for error in errors} <= kinds, writes[index]
            _assert_one_of_each(table)


def _assert_one_of_each(table: Table) -> None:
    (pull,) = table.double.pulls
    assert (pull.state, pull.title, pull.body) == ("closed", "Un atelier", "Autre texte")
    assert sorted(pull.labels) == ["club vélo", "évènement"]
    assert sorted(table.double.state.labels) == ["club vélo", "évènement"]
    assert pull.reviewers == ["camille"]
    assert [comment.body.splitlines()[0] for comment in pull.comments] == ["C’est vérifié"]
    states = [status.state for status in table.double.state.statuses]
    assert states == ["pending", "success"]
    assert BRANCH not in table.memory.heads


def test_an_answer_lost_after_the_creation_is_looked_for_at_once(table: Table) -> None:
    table.double.faults.push(Fault("lose", "POST"))
    assert table.open().number == 12
    assert len(table.double.pulls) == 1


def test_401_is_told_as_credentials_and_nothing_is_tried_further(table: Table) -> None:
    table.double.tokens.clear()
    with pytest.raises(ForgeError) as caught:
        table.open()
    assert caught.value.kind == "credentials"
    assert len(table.double.log) == 1
    assert table.double.token not in str(caught.value)


def test_403_stops(table: Table) -> None:
    table.double.faults.push(Fault.answer(403, {"message": "Resource not accessible by integration"}, method="POST"))
    with pytest.raises(ForgeError) as caught:
        table.open()
    assert (caught.value.kind, "not accessible" in caught.value.message) == ("rights", True)


def test_409_and_422_are_looked_into_before_they_are_believed(table: Table) -> None:
    table.double.faults.push(Fault("veil", "POST", status=409, body=b"{}"))
    assert table.open().number == 12
    other = table.double.pulls[0]
    other.branch = "proposition/elsewhere"
    table.double.faults.push(Fault("refuse", "POST", status=422, body=b"<html>"))
    with pytest.raises(ForgeError) as caught:
        table.open()
    assert caught.value.kind == "invalid"


def test_a_rate_limit_is_respected_without_a_further_request(table: Table) -> None:
    table.double.faults.push(Fault.answer(429, b"Retry later", retry_after="120"))
    with pytest.raises(ForgeError) as first:
        table.open()
    with pytest.raises(ForgeError) as second:
        table.open()
    assert (first.value.kind, first.value.wait) == ("busy", 120)
    assert second.value.kind == "busy"
    assert second.value.wait is not None
    assert 100 < second.value.wait < 120
    assert len(table.double.log) == 1
    table.clock.now += timedelta(seconds=120)
    assert table.open().number == 12


def test_an_html_page_with_status_200_is_unclear(table: Table) -> None:
    table.double.faults.push(Fault("veil", status=200))
    with pytest.raises(ForgeError) as caught:
        table.open()
    assert caught.value.kind == "unclear"

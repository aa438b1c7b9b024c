"""Whatever a forge answers, a question ends with a value or a ForgeError: never another exception, never without end."""

from __future__ import annotations

import copy
import functools
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from scripts.bot.forges.forge import Answer, ForgeError, Remark, Remote
from scripts.bot.forges.line_remarks import LineRemark, Put
from scripts.bot.forges.registry import connect
from tests.bot.forges.doubles import DOUBLES, Ticking
from tests.bot.forges.table import BRANCH, Table, laid

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.bot.forges.forge import Exchange, Forge
    from scripts.bot.forges.issues import Issues
    from scripts.bot.forges.line_remarks import LineRemarks

COMMIT = "a" * 40
DIFF = """diff --git a/content/a.md b/content/a.md
--- a/content/a.md
+++ b/content/a.md
@@ -1,2 +1,3 @@
 ---
-title: Un
+title: Une
+date: 2026-03-01
"""
OLD, NEW = (LineRemark("content/a.md", "content/a.md", line, f"k{line}", "Non.", "title: Un") for line in (2, 3))


def lines(forge: Forge) -> LineRemarks:
    assert forge.lines is not None
    return forge.lines


def desk(forge: Forge) -> Issues:
    assert forge.issues is not None
    return forge.issues


QUESTIONS: dict[str, Callable[[Forge], Exchange[Any]]] = {
    "git_header": lambda forge: forge.git_header(),
    "find": lambda forge: forge.find(BRANCH),
    "open": lambda forge: forge.open("proposition/other", "main", "Un atelier", "Bonjour"),
    "adopt": lambda forge: forge.open(BRANCH, "main", "Un atelier", "Bonjour"),
    "read": lambda forge: forge.read(12),
    "remarks": lambda forge: forge.remarks(12),
    "label": lambda forge: forge.label(12, ["évènement", "club"]),
    "reviewers": lambda forge: forge.reviewers(12, ["sacha", "passante"]),
    "comment": lambda forge: forge.comment(12, "nouveau", "Bonjour"),
    "recomment": lambda forge: forge.comment(12, "recu", "Bonsoir"),
    "status": lambda forge: forge.status(COMMIT, "success", "site", "fait", "https://site.example/"),
    "edit_body": lambda forge: forge.edit_body(12, "Autre"),
    "close": lambda forge: forge.close(12),
    "delete_branch": lambda forge: forge.delete_branch("proposition/missing"),
    "rights": lambda forge: forge.rights("https://site.example/crochets/", "proposition"),
    "issues": lambda forge: desk(forge).listed("proposition"),
    "issue": lambda forge: desk(forge).read(13),
    "issue_comment": lambda forge: desk(forge).comment(13, "ticket", "Bonjour"),
    "issue_recomment": lambda forge: desk(forge).comment(13, "recu", "Bonsoir"),
    "lines": lambda forge: lines(forge).added(12),
    "line_remarks": lambda forge: lines(forge).put(12, COMMIT, "Voici.", [NEW]),
    "issue_close": lambda forge: desk(forge).close(13),
}
ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=10) | st.just("2026-03-04T09:00:00Z"),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=6,
)
BODIES = (
    st.binary(max_size=200)
    | ANYTHING.map(lambda value: json.dumps(value).encode())
    | st.sampled_from(
        [b"", b"<html>", b"[" * 50_000, b'{"a":' * 50_000, b"1" * 5_000, b'"\\ud800"', b"NaN", b"[{}]", b"[null]"]
    )
)
HEADERS = st.dictionaries(
    st.sampled_from(["link", "x-next-page", "x-total-count", "x-hasmore", "retry-after", "date", "x-ratelimit-reset"])
    | st.sampled_from(["x-ratelimit-remaining", "x-oauth-scopes", "etag", "location"]),
    st.text(max_size=20)
    | st.sampled_from(
        ['<http://127.0.0.1/x?page=2>; rel="next"', "<http://[>; rel=next", "2", "-1", "9" * 30, "true", "0"]
    ),
    max_size=4,
)
STATUSES = st.sampled_from(
    [200, 201, 202, 204, 206, 301, 307, 400, 401, 403, 404, 405, 409, 410, 413, 422, 423, 429, 500, 502, 599]
)


@dataclass(frozen=True)
class Talk:
    """A question to a forge and the good answers to it, as recorded."""

    kind: str
    name: str
    settings: Any
    answers: tuple[Answer, ...]

    def ask(self) -> Exchange[Any]:
        return QUESTIONS[self.name](connect(self.settings, Ticking()))


def _recorded(table: Table, name: str) -> Talk:
    transport, answers = table.transport, []
    exchange = QUESTIONS[name](connect(table.double.settings, table.clock))
    try:
        request = next(exchange)
        while True:
            answers.append(transport._answer(request))
            request = exchange.send(answers[-1])
    except StopIteration:
        return Talk(str(table.double.kind), name, table.double.settings, tuple(answers))


@functools.cache
def talks(kind: str) -> tuple[Talk, ...]:
    """Each question of a forge with its good answers."""
    found = []
    for name in QUESTIONS:
        with laid(kind) as table:
            number = table.open().number
            table.ask(table.forge.comment(number, "recu", "Bonjour"))
            table.ask(table.forge.reviewers(number, ["camille"]))
            table.ask(table.forge.label(number, ["article"]))
            table.ask(table.forge.status(COMMIT, "pending", "site", "en cours", ""))
            table.double.say(number, "Un mot", author="passante")
            table.double.ask_changes(number, "Il manque la date.", lines=["ici"])
            table.double.pull(number).diff = DIFF
            table.ask(lines(table.forge).put(number, table.double.pull(number).head, "Voici.", [OLD]))
            table.double.add_labels_of_forms()
            while table.double.write_issue("Proposer un article", "### Titre").number < 13:
                pass
            table.ask(desk(table.forge).comment(13, "recu", "Bonjour"))
            found.append(_recorded(table, name))
    return tuple(found)


def _play(exchange: Exchange[Any], answers: list[Answer]) -> Any:
    """Give the answers, the last one again and again; the outcome."""
    request = next(exchange, None)
    for step in range(1500):
        if request is None:
            return None
        try:
            request = exchange.send(answers[min(step, len(answers) - 1)])
        except StopIteration as end:
            return end.value
        except ForgeError as error:
            return error
    raise AssertionError("a question without end")


def _places(value: Any, place: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Every place in a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [place, *(deeper for key, item in inner for deeper in _places(item, (*place, key)))]


def _with(value: Any, place: tuple[Any, ...], new: Any) -> Any:
    if not place:
        return new
    changed = copy.deepcopy(value)
    node = changed
    for key in place[:-1]:
        node = node[key]
    node[place[-1]] = new
    return changed


@st.composite
def spoiled(draw: st.DrawFn, kind: str) -> tuple[Talk, list[Answer]]:
    """A talk one of whose answers is not what it should be."""
    talk = draw(st.sampled_from([talk for talk in talks(kind) if talk.answers]))
    answers = list(talk.answers)
    index = draw(st.integers(0, len(answers) - 1))
    good = answers[index]
    how = draw(st.sampled_from(["body", "status", "headers", "member", "member", "member", "all"]))
    if how == "member" and good.body and "json" in good.headers.get("content-type", "json"):
        value = json.loads(good.body)
        place = draw(st.sampled_from(_places(value)))
        body = json.dumps(_with(value, place, draw(ANYTHING))).encode()
        answers[index] = Answer(good.status, good.headers, body)
    else:
        answers[index] = Answer(
            draw(STATUSES) if how in {"status", "all"} else good.status,
            {**good.headers, **draw(HEADERS)} if how in {"headers", "all"} else good.headers,
            draw(BODIES) if how in {"body", "all"} else good.body,
        )
    return talk, answers


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_the_good_answers_give_what_was_asked(kind: str) -> None:
    outcomes = {talk.name: _play(talk.ask(), list(talk.answers)) for talk in talks(kind)}
    assert not [name for name, outcome in outcomes.items() if isinstance(outcome, ForgeError)]
    assert isinstance(outcomes["read"], Remote)
    assert outcomes["lines"]["content/a.md"].lines == {2: "title: Une", 3: "date: 2026-03-01"}
    assert outcomes["line_remarks"] == Put(new=1, removed=0 if kind == "forgejo" else 1, refused=0)
    assert any(remark.asks_changes for remark in outcomes["remarks"])


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(DOUBLES))
@given(data=st.data())
@settings(max_examples=600, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_answer_ends_in_a_value_or_a_forge_error(kind: str, data: st.DataObject) -> None:
    talk, answers = data.draw(spoiled(kind))
    outcome = _play(talk.ask(), answers)
    if isinstance(outcome, ForgeError):
        assert outcome.message.isprintable() or "\u202f" in outcome.message
    if isinstance(outcome, Remote):
        assert isinstance(outcome.number, int)
        assert outcome.state in {"open", "merged", "closed"}
        assert all(
            isinstance(text, str) and text.encode() is not None for text in (outcome.url, outcome.branch, outcome.head)
        )
    for remark in outcome if isinstance(outcome, list) else ():
        if isinstance(remark, Remark):
            assert remark.at.tzinfo is not None
            assert "\0" not in remark.text
            assert remark.text.encode() is not None

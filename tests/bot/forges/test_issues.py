"""Issues at each forge: listed, read, answered by one comment, closed; against doubles that are held to the descriptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from scripts.bot.forges.forge import ForgeError, Notice, Refusal
from scripts.bot.forges.issues import FORM_LABEL, Issues, project_of
from tests.bot.forges.doubles import Fault
from tests.bot.forges.doubles.state import BOT, Comment
from tests.bot.forges.table import Table, laid

if TYPE_CHECKING:
    from collections.abc import Iterator

MARKER = "ticket-0123456789abcdef"


def desk(table: Table) -> Issues:
    assert table.forge.issues is not None
    return table.forge.issues


@pytest.fixture
def labelled(table: Table) -> Iterator[Table]:
    table.double.add_labels_of_forms()
    return table  # type: ignore[return-value]  # pytest takes both


def test_open_issues_with_the_label_are_listed_and_nothing_else(labelled: Table) -> None:
    double = labelled.double
    wanted = double.write_issue("Proposer un article : A", "### Titre\n\nA", labels=("proposition", "article"))
    double.write_issue("Une question", "Bonjour", labels=())
    double.close_issue(double.write_issue("Fini", "x"))
    pull = labelled.open()
    labelled.ask(labelled.forge.label(pull.number, [FORM_LABEL]))
    (found,) = labelled.ask(desk(labelled).listed(FORM_LABEL))
    assert (found.number, found.author, found.title) == (wanted.number, "passante", "Proposer un article : A")
    assert (found.text, found.is_open) == ("### Titre\n\nA", True)
    assert set(found.labels) == {"proposition", "article"}


def test_every_page_is_read(narrow_table: Table) -> None:
    narrow_table.double.add_labels_of_forms()
    numbers = {narrow_table.double.write_issue(f"Ticket {n}", "x").number for n in range(5)}
    assert {one.number for one in narrow_table.ask(desk(narrow_table).listed(FORM_LABEL))} == numbers


def test_what_has_not_changed_is_not_sent_again(labelled: Table) -> None:
    if not labelled.double.etag:
        pytest.skip("this forge sends no ETag")
    labelled.double.write_issue("A", "x")
    first = labelled.ask(desk(labelled).listed(FORM_LABEL))
    assert labelled.ask(desk(labelled).listed(FORM_LABEL)) == first
    assert labelled.double.log[-1].status == 304


def test_a_label_that_nobody_made_lists_nothing(table: Table) -> None:
    table.double.write_issue("A", "x")
    assert table.ask(desk(table).listed(FORM_LABEL)) == []
    assert not table.ask(desk(table).has_label(FORM_LABEL))
    table.double.add_labels_of_forms("Proposition")
    assert table.ask(desk(table).has_label(FORM_LABEL))


def test_one_issue_is_read_and_one_that_is_none_is_not(labelled: Table) -> None:
    issue = labelled.double.write_issue("A", "")
    found = labelled.ask(desk(labelled).read(issue.number))
    assert found is not None
    assert (found.number, found.text) == (issue.number, "")
    assert labelled.ask(desk(labelled).read(999)) is None
    issue.gone = True
    assert labelled.ask(desk(labelled).read(issue.number)) is None
    if labelled.double.kind != "gitlab":  # whose numbers are apart
        assert labelled.ask(desk(labelled).read(labelled.open().number)) is None


def test_what_is_confidential_is_not_ours_to_read(gitlab: Table) -> None:
    gitlab.double.add_labels_of_forms()
    issue = gitlab.double.write_issue("Secret", "x")
    issue.confidential = True
    assert gitlab.ask(desk(gitlab).listed(FORM_LABEL)) == []
    assert gitlab.ask(desk(gitlab).read(issue.number)) is None


def test_there_is_one_comment_that_is_brought_up_to_date(labelled: Table) -> None:
    issue = labelled.double.write_issue("A", "x")
    for text in ("Un", "Un", "Deux"):
        labelled.ask(desk(labelled).comment(issue.number, MARKER, text))
    (comment,) = issue.comments
    assert comment.body.startswith("Deux")
    assert comment.author == BOT
    writes = [line for line in labelled.double.log if line.method != "GET"]
    assert len(writes) == 2


def test_a_strangers_copy_of_our_comment_is_not_ours(labelled: Table) -> None:
    issue = labelled.double.write_issue("A", "x")
    labelled.ask(desk(labelled).comment(issue.number, MARKER, "Un"))
    copied = issue.comments[0].body
    issue.comments.append(Comment(labelled.double.state.next_id(), "passante", copied, labelled.clock()))
    labelled.ask(desk(labelled).comment(issue.number, MARKER, "Deux"))
    assert [comment.body.startswith("Deux") for comment in issue.comments] == [True, False]


def test_it_is_closed_once(labelled: Table) -> None:
    issue = labelled.double.write_issue("A", "x")
    for _ in range(2):
        labelled.ask(desk(labelled).close(issue.number))
    assert issue.state == "closed"
    assert len([line for line in labelled.double.log if line.method in {"PATCH", "PUT"}]) == 1
    issue.gone = True
    labelled.ask(desk(labelled).close(issue.number))


@pytest.mark.parametrize("kind", ["drop", "lose", "half", "veil"])
def test_whatever_happens_to_a_write_there_is_one_comment(labelled: Table, kind: str) -> None:
    issue = labelled.double.write_issue("A", "x")
    labelled.double.faults.push(Fault(kind, "write"))  # type: ignore[arg-type]  # one of its kinds
    with pytest.raises(ForgeError):
        labelled.ask(desk(labelled).comment(issue.number, MARKER, "Un"))
    labelled.ask(desk(labelled).comment(issue.number, MARKER, "Un"))
    assert len(issue.comments) == 1


def test_no_text_of_ours_is_run(gitlab: Table) -> None:
    issue = gitlab.double.write_issue("A", "x")
    gitlab.ask(desk(gitlab).comment(issue.number, MARKER, "Bonjour\n/close"))
    assert gitlab.double.commands == []  # type: ignore[attr-defined]  # of GitLab's double


def test_a_webhook_asks_to_look_at_the_issue_again(labelled: Table) -> None:
    issue = labelled.double.write_issue("A", "x")
    headers, body = labelled.double.issue_webhook_for(issue.number)
    found = labelled.forge.webhook(headers, body, labelled.double.secret)
    assert isinstance(found, Notice)
    assert (found.issue, found.number, found.branch) == (issue.number, None, "")
    assert labelled.forge.webhook(headers, body + b" ", "another secret") is Refusal.SIGNATURE


def test_the_label_and_the_event_are_looked_for(table: Table) -> None:
    def said() -> list[bool | None]:
        return [right.granted for right in table.ask(table.forge.rights("", FORM_LABEL))][-1:]

    assert said() == [None]
    table.double.add_labels_of_forms()
    assert said() == [True]


def test_a_forge_that_moves_keeps_its_issues() -> None:
    for kind in ("github", "gitlab", "forgejo"):
        with laid(kind) as one, laid(kind) as other:
            assert one.forge.api != other.forge.api
            assert desk(one).project == desk(other).project == project_of(kind, "Reseau/site")

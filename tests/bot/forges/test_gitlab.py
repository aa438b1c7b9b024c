"""What only GitLab does: quick actions, statuses that cannot be repeated, one reviewer, addresses behind a proxy."""

from __future__ import annotations

import base64
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scripts.bot.forges.forge import ForgeError
from tests.bot.forges.doubles import Fault, GitLabDouble
from tests.bot.forges.doubles.state import HookOf
from tests.bot.forges.table import BRANCH, laid

if TYPE_CHECKING:
    from tests.bot.forges.table import Table

COMMIT = "a" * 40
HOOK = "https://site.example/crochets/gitlab/"


def _double(table: Table) -> GitLabDouble:
    assert isinstance(table.double, GitLabDouble)
    return table.double


@pytest.mark.parametrize("text", ["/close", "Bonjour\r\n/merge", "a\n\r/label ~x", "```\n/close\n```", "a\r/close\n"])
def test_no_text_of_a_stranger_is_run_with_our_rights(gitlab: Table, text: str) -> None:
    number = gitlab.open(body=text).number
    gitlab.ask(gitlab.forge.edit_body(number, f"{text}\n{text}"))
    for said in (text, f"Encore\n{text}"):
        gitlab.ask(gitlab.forge.comment(number, "recu", said))
    assert (_double(gitlab).commands, len(gitlab.double.pulls[0].comments)) == ([], 1)
    assert "/" in gitlab.double.pulls[0].body


def test_the_double_does_run_commands() -> None:
    """Else the test above could not fail."""
    with laid("gitlab") as table:
        assert isinstance(table.double, GitLabDouble)
        assert table.double._run_commands("Bonjour\n/close\nAu revoir") == "Bonjour\nAu revoir"
        assert table.double.commands == ["/close\n"]


def test_the_same_pending_status_again_is_a_success(gitlab: Table) -> None:
    gitlab.double.add_status(COMMIT, "site", "pending", "un autre texte", None)
    gitlab.ask(gitlab.forge.status(COMMIT, "pending", "site", "en cours", ""))
    assert [line.status for line in gitlab.double.requests("POST")] == [400]


def test_a_status_that_is_refused_for_another_reason_is_told(gitlab: Table) -> None:
    gitlab.double.add_status(COMMIT, "site", "success", "fait", None)
    told = {"message": "Cannot transition status via :enqueue from :success"}
    gitlab.double.faults.push(Fault.answer(400, told, method="POST"))
    with pytest.raises(ForgeError) as caught:
        gitlab.ask(gitlab.forge.status(COMMIT, "pending", "site", "en cours", ""))
    assert (caught.value.kind, ":success" in caught.value.message) == ("invalid", True)


def test_an_edition_with_one_reviewer_tells_whom_it_left_out(gitlab: Table) -> None:
    _double(gitlab).one_reviewer = True
    number = gitlab.open().number
    assert gitlab.ask(gitlab.forge.reviewers(number, ["camille", "sacha"])) == ["sacha"]
    assert gitlab.double.pulls[0].reviewers == ["camille"]


def test_a_login_that_is_part_of_another_is_not_taken_for_it(gitlab: Table) -> None:
    gitlab.double.state.members.add("camille-durand")
    number = gitlab.open().number
    assert gitlab.ask(gitlab.forge.reviewers(number, ["camille"])) == []
    assert gitlab.ask(gitlab.forge.reviewers(number, ["durand"])) == ["durand"]
    assert gitlab.double.pulls[0].reviewers == ["camille"]


def test_pages_are_counted_where_links_lead_elsewhere() -> None:
    with laid("gitlab", longest_page=2) as table:
        _double(table).outside_address = "http://gitlab.internal"
        for _ in range(5):
            table.double.close(table.double.add_pull(BRANCH).number)
        found = table.ask(table.forge.find(BRANCH))
        assert found is not None
        assert found.number == 16


def test_where_gitlab_does_not_say_who_asked_for_changes_all_of_it_is_gathered(gitlab: Table) -> None:
    _double(gitlab).knows_changes = False
    number = gitlab.open().number
    gitlab.double.say(number, "Bonjour", author="camille")
    gitlab.double.say(number, "Bonjour aussi", author="sacha")
    gitlab.double.ask_changes(number, "Il manque la date.")
    remarks = gitlab.ask(gitlab.forge.remarks(number))
    assert [(one.author, one.asks_changes, one.text) for one in remarks] == [
        ("sacha", False, "Bonjour aussi"),
        ("camille", True, "Bonjour\n\nIl manque la date."),
    ]


def test_what_was_said_long_before_a_request_belongs_to_it_and_long_after_does_not(gitlab: Table) -> None:
    number = gitlab.open().number
    gitlab.double.ask_changes(number, "Il manque la date.")
    gitlab.clock.now += timedelta(hours=1)
    gitlab.double.say(number, "Alors ?", author="camille")
    assert [one.text for one in gitlab.ask(gitlab.forge.remarks(number))] == ["Il manque la date.", "Alors ?"]


def test_internal_notes_stay_among_members(gitlab: Table) -> None:
    number = gitlab.open().number
    gitlab.double.say(number, "Entre nous : c’est un concurrent").internal = True
    assert gitlab.ask(gitlab.forge.remarks(number)) == []


def test_a_guest_of_the_project_is_no_editor(gitlab: Table) -> None:
    number = gitlab.open().number
    _double(gitlab).levels["sacha"] = 10
    gitlab.double.ask_changes(number, "Il manque la date.", author="sacha")
    assert gitlab.ask(gitlab.forge.remarks(number)) == []


def test_gitlab_s_own_notes_are_no_remarks(gitlab: Table) -> None:
    number = gitlab.open().number
    gitlab.double.merge(number)
    assert gitlab.ask(gitlab.forge.remarks(number)) == []


def test_a_fast_forward_merge_has_the_head_as_its_commit(gitlab: Table) -> None:
    number = gitlab.open().number
    gitlab.double.merge(number)
    pull = gitlab.double.pulls[0]
    pull.merge_commit = ""
    read = gitlab.ask(gitlab.forge.read(number))
    assert (read.state, read.merge_commit) == ("merged", pull.head)


def test_a_small_scope_that_hides_the_user_still_finds_its_comments(gitlab: Table) -> None:
    _double(gitlab).scopes = ()
    number = gitlab.open().number
    for _ in range(2):
        gitlab.ask(gitlab.forge.comment(number, "recu", "Bonjour"))
    assert len(gitlab.double.pulls[0].comments) == 1


def test_git_uses_oauth2(gitlab: Table) -> None:
    header = gitlab.ask(gitlab.forge.git_header()).removeprefix("Authorization: Basic ")
    assert base64.b64decode(header).decode() == f"oauth2:{gitlab.double.token}"


def test_a_project_that_is_hidden_is_not_a_deleted_branch(gitlab: Table) -> None:
    told = {"message": "404 Project Not Found"}
    gitlab.double.faults.push(Fault.answer(404, told, method="DELETE"), Fault.answer(404, told))
    with pytest.raises(ForgeError) as caught:
        gitlab.ask(gitlab.forge.delete_branch(BRANCH))
    assert caught.value.kind == "gone"


# --- rights -------------------------------------------------------------------------------------------------
def test_rights(gitlab: Table) -> None:
    double = _double(gitlab)

    def granted() -> list[bool | None]:
        return [right.granted for right in gitlab.ask(gitlab.forge.rights())]

    assert granted() == [True] * 6
    assert "2027-01-31" in gitlab.ask(gitlab.forge.rights())[0].advice
    double.expires = None
    double.merge_requests_enabled = False
    assert granted() == [True, True, True, False, True, True]
    double.access_level = 20
    assert granted() == [True, True, False]
    double.state.archived = True
    assert granted() == [True, False]
    double.scopes = ("read_api",)
    assert granted()[0] is False
    double.tokens.clear()
    assert granted() == [False]


def test_the_webhook_is_looked_for(gitlab: Table) -> None:
    double = _double(gitlab)
    double.state.hooks.append(HookOf(1, HOOK, ["merge_requests_events"]))
    right = gitlab.ask(gitlab.forge.rights(HOOK))[-1]
    assert (right.granted, "note_events" in right.advice) == (False, True)
    double.state.hooks[0].events.append("note_events")
    assert gitlab.ask(gitlab.forge.rights(HOOK))[-1].granted is True
    double.state.hooks[0].active = False
    assert gitlab.ask(gitlab.forge.rights(HOOK))[-1].granted is False
    double.sees_hooks = False
    assert gitlab.ask(gitlab.forge.rights(HOOK))[-1].granted is None

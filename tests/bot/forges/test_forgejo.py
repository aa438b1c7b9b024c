"""What only Forgejo and Gitea do: no `/user` for narrow tokens, null for empty lists, a filter that older versions ignore."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scripts.bot.forges.forge import ForgeError
from scripts.bot.forges.registry import connect
from tests.bot.forges.doubles import Fault, ForgejoDouble
from tests.bot.forges.doubles.state import HookOf
from tests.bot.forges.table import BRANCH, laid

if TYPE_CHECKING:
    from tests.bot.forges.table import Table

HOOK = "https://site.example/crochets/forgejo/"
EVENTS = ["pull_request", "pull_request_comment", "pull_request_review_rejected", "pull_request_sync"]


def _double(table: Table) -> ForgejoDouble:
    assert isinstance(table.double, ForgejoDouble)
    return table.double


def test_the_user_is_never_asked_for(forgejo: Table) -> None:
    number = forgejo.open().number
    for _ in range(2):
        forgejo.ask(forgejo.forge.comment(number, "recu", "Bonjour"))
    forgejo.ask(forgejo.forge.rights())
    assert len(forgejo.double.pulls[0].comments) == 1
    assert [line for line in forgejo.double.log if line.path.startswith("/user")] == []


def test_the_account_of_the_settings_counts_where_somebody_else_opened_it(forgejo: Table) -> None:
    forge = connect(replace(forgejo.double.settings, account="Robot"), forgejo.clock)
    number = forgejo.double.add_pull(BRANCH, author="camille").number
    for _ in range(2):
        forgejo.ask(forge.comment(number, "recu", "Bonjour"))
    assert [comment.author for comment in forgejo.double.pulls[0].comments] == ["robot"]


def test_a_version_that_does_not_know_the_filter_is_searched_to_its_end() -> None:
    with laid("forgejo", longest_page=3) as table:
        _double(table).knows_head = False
        for index in range(7):
            table.double.add_pull(f"autre/{index}")
        ours = table.double.add_pull(BRANCH)
        for index in range(7):
            table.double.add_pull(f"encore/{index}")
        found = table.ask(table.forge.find(BRANCH))
        assert found is not None
        assert found.number == ours.number


def test_mergeable_is_not_believed_just_after_a_change(forgejo: Table) -> None:
    number = forgejo.open().number
    forgejo.memory.conflicts.add(BRANCH)
    assert forgejo.ask(forgejo.forge.read(number)).mergeable is None
    forgejo.clock.now += timedelta(minutes=2)
    assert forgejo.ask(forgejo.forge.read(number)).mergeable is False


def test_requests_for_reviews_are_no_remarks(forgejo: Table) -> None:
    number = forgejo.open().number
    forgejo.ask(forgejo.forge.reviewers(number, ["camille"]))
    assert forgejo.ask(forgejo.forge.remarks(number)) == []


def test_a_dismissed_request_for_changes_stands_no_more(forgejo: Table) -> None:
    number = forgejo.open().number
    forgejo.double.ask_changes(number, "Il manque la date.").dismissed = True
    assert [one.asks_changes for one in forgejo.ask(forgejo.forge.remarks(number))] == [False]


def test_where_forgejo_does_not_tell_who_may_write_reviews_still_do(forgejo: Table) -> None:
    _double(forgejo).tells_writers = False
    number = forgejo.open().number
    forgejo.double.say(number, "Bonjour", author="camille")
    forgejo.double.ask_changes(number, "Il manque la date.", author="camille")
    assert [one.text for one in forgejo.ask(forgejo.forge.remarks(number))] == ["Il manque la date."]


def test_git_uses_the_token_as_password(forgejo: Table) -> None:
    header = forgejo.ask(forgejo.forge.git_header()).removeprefix("Authorization: Basic ")
    assert base64.b64decode(header).decode().endswith(f":{forgejo.double.token}")


@pytest.mark.parametrize(("status", "body", "kind"), [(423, b"{}", "rights"), (413, b"", "rights"), (500, b"", "busy")])
def test_archived_full_or_broken(forgejo: Table, status: int, body: bytes, kind: str) -> None:
    forgejo.double.faults.push(Fault.answer(status, body, method="POST"))
    with pytest.raises(ForgeError) as caught:
        forgejo.open()
    assert caught.value.kind == kind


def test_rights(forgejo: Table) -> None:
    double = _double(forgejo)

    def granted() -> list[bool | None]:
        return [right.granted for right in forgejo.ask(forgejo.forge.rights())]

    assert granted() == [True, True, True, None, None, None]
    double.has_pull_requests = False
    assert granted() == [True, True, True, False]
    double.state.may_push = False
    assert granted() == [True, True, False]
    double.state.archived = True
    assert granted() == [True, False]
    double.tokens.clear()
    assert granted() == [False]


def test_the_webhook_is_looked_for(forgejo: Table) -> None:
    double = _double(forgejo)
    double.state.hooks.append(HookOf(1, HOOK, ["push", "pull_request"]))
    right = forgejo.ask(forgejo.forge.rights(HOOK))[-1]
    assert (right.granted, "pull_request_review_rejected" in right.advice) == (False, True)
    double.state.hooks.append(HookOf(2, HOOK, EVENTS))
    assert forgejo.ask(forgejo.forge.rights(HOOK))[-1].granted is True
    double.sees_hooks = False
    assert forgejo.ask(forgejo.forge.rights(HOOK))[-1].granted is None

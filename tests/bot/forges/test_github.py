"""What only GitHub does: apps and their hour, renamed repositories, secondary limits, ETags that cost nothing."""

from __future__ import annotations

import base64
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from scripts.bot.forges.forge import ForgeError
from scripts.bot.forges.github_app import PERMISSIONS
from scripts.bot.forges.registry import connect
from tests.bot.forges.doubles import Fault, GitHubDouble
from tests.bot.forges.doubles.state import HookOf
from tests.bot.forges.table import BRANCH

if TYPE_CHECKING:
    from tests.bot.forges.table import Table

HOOK = "https://site.example/crochets/github/"
EVENTS = ["pull_request", "pull_request_review", "issue_comment"]


@pytest.fixture(scope="module")
def key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(65537, 2048)


@pytest.fixture
def app(github: Table, key: rsa.RSAPrivateKey) -> Table:
    """The same table, with an app instead of a token."""
    double = _double(github)
    double.app_key, double.permissions, double.as_app = key.public_key(), {**PERMISSIONS, "metadata": "read"}, True
    double.tokens.clear()
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()
    settings = replace(double.settings, token="", app=double.app, app_key=pem)
    return replace(github, forge=connect(settings, github.clock))


def _double(table: Table) -> GitHubDouble:
    assert isinstance(table.double, GitHubDouble)
    return table.double


# --- apps ---------------------------------------------------------------------------------------------------
def test_an_app_goes_the_whole_way_with_one_token(app: Table) -> None:
    number = app.open().number
    app.ask(app.forge.label(number, ["évènement"]))
    for _ in range(2):
        app.ask(app.forge.comment(number, "recu", "Bonjour"))
    assert [comment.author for comment in app.double.pulls[0].comments] == ["proposeur[bot]"]
    assert app.ask(app.forge.remarks(number))[0].is_ours
    assert len(app.double.requests("POST", "access_tokens")) == 1
    assert app.double.requests("GET", "/user$") == []


def test_the_token_is_renewed_before_its_hour_ends(app: Table) -> None:
    app.open()
    app.clock.now += timedelta(minutes=54)
    app.ask(app.forge.find(BRANCH))
    assert len(app.double.requests("POST", "access_tokens")) == 1
    app.clock.now += timedelta(minutes=2)
    app.ask(app.forge.find(BRANCH))
    assert len(app.double.requests("POST", "access_tokens")) == 2
    assert len(app.double.requests("GET", "installation$")) == 1


def test_a_revoked_token_is_replaced_once(app: Table) -> None:
    app.open()
    app.double.tokens.clear()
    found = app.ask(app.forge.find(BRANCH))
    assert found is not None
    assert len(app.double.requests("POST", "access_tokens")) == 2


def test_a_token_that_is_refused_at_once_is_not_asked_for_without_end(app: Table) -> None:
    app.double.faults.push(Fault.answer(401, {"message": "Bad credentials"}, path="/pulls", times=5))
    with pytest.raises(ForgeError) as caught:
        app.open()
    assert (caught.value.kind, len(app.double.requests("POST", "access_tokens"))) == ("credentials", 2)


def test_git_uses_the_app_s_token(app: Table) -> None:
    header = app.ask(app.forge.git_header())
    user, _, password = base64.b64decode(header.removeprefix("Authorization: Basic ")).decode().partition(":")
    assert (user, app.double.is_password(password)) == ("x-access-token", True)


def test_a_wrong_key_is_told_as_credentials(app: Table) -> None:
    _double(app).app_key = rsa.generate_private_key(65537, 2048).public_key()
    with pytest.raises(ForgeError) as caught:
        app.open()
    assert caught.value.kind == "credentials"


def test_a_clock_that_is_a_little_wrong_does_not_matter(app: Table) -> None:
    behind = app.clock
    app.double.clock = lambda: behind() - timedelta(seconds=50)
    assert app.open().number == 12


def test_a_permission_that_the_app_lacks_is_told(app: Table) -> None:
    del _double(app).permissions["statuses"]
    with pytest.raises(ForgeError) as caught:
        app.open()
    assert (caught.value.kind, "permissions" in caught.value.message) == ("rights", True)


def test_the_doctor_names_what_an_app_lacks(app: Table) -> None:
    assert [right.granted for right in app.ask(app.forge.rights())] == [True] * 6
    # The token that is held stays; the installation is asked.
    _double(app).permissions["pull_requests"] = "read"
    lacking = [right for right in app.ask(app.forge.rights()) if not right.granted]
    assert [right.name for right in lacking] == ["propositions (demandes de fusion)"]
    assert "pull_requests: write" in lacking[0].advice


def test_the_app_asks_for_no_more_than_it_needs(app: Table) -> None:
    app.open()
    assert _double(app).wanted_tokens == [{"repositories": ["site"], "permissions": dict(PERMISSIONS)}]


# --- renamed, limited, unchanged ----------------------------------------------------------------------------
def test_a_renamed_repository_is_followed_for_reading_and_writing(github: Table) -> None:
    double = _double(github)
    double.moved_to = "/repos/reseau/portail"
    number = github.open().number
    github.ask(github.forge.label(number, ["évènement"]))
    github.ask(github.forge.edit_body(number, "Autre texte"))
    assert (len(double.pulls), double.pulls[0].labels, double.pulls[0].body) == (1, ["évènement"], "Autre texte")
    assert {line.status for line in double.requests("POST", "/reseau/site/")} == {307}


def test_a_transferred_repository_is_found_by_its_new_owner(github: Table) -> None:
    number = github.open().number
    double = _double(github)
    double.moved_to, double.owner = "/repos/nouveau/site", "nouveau"
    assert github.open().number == number
    assert len(double.pulls) == 1


def test_where_the_filter_is_ignored_each_row_is_looked_at(github: Table) -> None:
    _double(github).ignores_head = True
    other = github.double.add_pull("proposition/other")
    assert github.open().number != other.number


def test_a_repository_that_went_to_another_host_is_gone(github: Table) -> None:
    github.double.faults.push(Fault.answer(301, {}, location="https://elsewhere.example/repos/x"))
    with pytest.raises(ForgeError) as caught:
        github.open()
    assert caught.value.kind == "gone"


def test_unchanged_answers_come_as_304(github: Table) -> None:
    number = github.open().number
    first, second = github.ask(github.forge.read(number)), github.ask(github.forge.read(number))
    assert first == second
    assert [line.status for line in github.double.requests("GET", f"/pulls/{number}$")] == [200, 304]
    github.double.merge(number)
    assert github.ask(github.forge.read(number)).state == "merged"


def test_the_secondary_limit_waits_a_minute(github: Table) -> None:
    told = {
        "message": "You have exceeded a secondary rate limit and have been temporarily blocked from content creation."
    }
    github.double.faults.push(Fault.answer(403, told, method="POST", x_ratelimit_remaining="4000"))
    with pytest.raises(ForgeError) as caught:
        github.open()
    assert (caught.value.kind, caught.value.wait) == ("busy", 60)


def test_nothing_to_propose_is_not_an_existing_pull_request(github: Table) -> None:
    github.memory.heads[BRANCH] = github.memory.heads["main"]
    with pytest.raises(ForgeError) as caught:
        github.open()
    assert (caught.value.kind, "No commits between" in caught.value.message) == ("invalid", True)


def test_a_label_that_somebody_created_in_between_is_fine(github: Table) -> None:
    number = github.open().number
    github.double.state.labels["évènement"] = 5
    # The list of labels comes as it was before.
    github.double.faults.push(
        Fault("veil", "GET", "/labels$", 200, {"content-type": "application/json"}, b"[]", times=2)
    )
    github.ask(github.forge.label(number, ["Évènement"]))
    assert github.double.pulls[0].labels == ["évènement"]


def test_a_dismissed_request_for_changes_stands_no_more(github: Table) -> None:
    number = github.open().number
    review = github.double.ask_changes(number, "Il manque la date.")
    review.dismissed = True
    assert [one.asks_changes for one in github.ask(github.forge.remarks(number))] == [False]


def test_hidden_comments_are_not_passed_on(github: Table) -> None:
    number = github.open().number
    github.double.say(number, "Grossièreté").hidden = True
    assert github.ask(github.forge.remarks(number)) == []


def test_a_branch_that_is_protected_from_deletion_is_told(github: Table) -> None:
    github.double.faults.push(Fault.answer(422, {"message": "Cannot delete protected branch"}, method="DELETE"))
    with pytest.raises(ForgeError) as caught:
        github.ask(github.forge.delete_branch(BRANCH))
    assert (caught.value.kind, "protected" in caught.value.message) == ("invalid", True)


def test_a_narrow_token_that_does_not_tell_its_user_still_finds_its_comments(github: Table) -> None:
    _double(github).as_app = True  # /user answers 403
    number = github.open().number
    github.double.pulls[0].author = "robot"
    for comment in github.double.pulls[0].comments:
        comment.author = "robot"
    github.ask(github.forge.comment(number, "recu", "Bonjour"))
    github.double.pulls[0].comments[0].author = "robot"
    github.ask(github.forge.comment(number, "recu", "Bonjour"))
    assert len(github.double.pulls[0].comments) == 1


# --- rights of tokens ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("scopes", "may_push", "granted"),
    [
        ("repo, read:org", True, [True] * 6),
        ("public_repo", True, [True] * 6),
        ("read:org", True, [True, True, False, False, False, False]),
        (None, True, [True, True, True, None, None, None]),  # a fine-grained token tells nothing
        (None, False, [True, True, False]),
    ],
)
def test_rights_of_a_token(github: Table, scopes: str | None, may_push: bool, granted: list[bool | None]) -> None:
    _double(github).scopes, github.double.state.may_push = scopes, may_push
    rights = github.ask(github.forge.rights())
    assert [right.granted for right in rights] == granted
    assert all(right.advice.endswith(".") for right in rights)


def test_rights_in_an_archived_repository(github: Table) -> None:
    github.double.state.archived = True
    assert not github.ask(github.forge.rights())[1].granted


def test_the_webhook_is_looked_for(github: Table) -> None:
    double = _double(github)

    def granted() -> tuple[bool | None, str]:
        right = github.ask(github.forge.rights(HOOK))[-1]
        return right.granted, right.advice

    assert granted()[0] is False
    double.state.hooks.append(HookOf(1, HOOK.rstrip("/"), ["pull_request"]))
    assert (granted()[0], "issue_comment, pull_request_review" in granted()[1]) == (False, True)
    double.state.hooks.append(HookOf(2, HOOK, EVENTS, active=False))
    assert granted()[0] is False
    double.state.hooks.append(HookOf(3, HOOK, EVENTS))
    assert granted()[0] is True
    double.sees_hooks = False
    assert granted()[0] is None

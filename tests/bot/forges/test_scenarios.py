"""The same scenarios at each forge: what the worker asks, once and again."""

from __future__ import annotations

import re
import subprocess
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from scripts.bot.forges.forge import ForgeError
from tests.bot.forges.doubles import DOUBLES, GitRepository
from tests.bot.forges.doubles.state import BOT
from tests.bot.forges.table import BRANCH, laid

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.bot.forges.forge import StatusState
    from tests.bot.forges.table import Table

COMMIT = "a" * 40


# --- open, find, read ---------------------------------------------------------------------------------------
def test_a_branch_without_a_pull_request_has_none(table: Table) -> None:
    assert table.ask(table.forge.find(BRANCH)) is None


def test_an_opened_pull_request_is_found_and_read_again(table: Table) -> None:
    opened = table.open()
    found, read = table.ask(table.forge.find(BRANCH)), table.ask(table.forge.read(opened.number))
    assert found is not None
    assert (found.number, found.branch, found.state) == (opened.number, BRANCH, "open")
    assert (read.head, read.url, read.merge_commit) == (table.memory.heads[BRANCH], opened.url, "")
    assert f"/{opened.number}" in opened.url
    assert (table.double.pulls[0].title, table.double.pulls[0].body) == ("Un atelier", "Bonjour")


def test_opening_again_adopts_what_is_there(table: Table) -> None:
    assert table.open().number == table.open(title="Autre").number
    assert [pull.title for pull in table.double.pulls] == ["Un atelier"]


def test_a_pull_request_that_somebody_opened_by_hand_is_adopted(table: Table) -> None:
    by_hand = table.double.add_pull(BRANCH, author="camille")
    assert table.open().number == by_hand.number
    assert table.double.requests("POST") == []


@pytest.mark.parametrize("state", ["merged", "closed"])
def test_a_branch_is_proposed_once_whatever_became_of_it(table: Table, state: str) -> None:
    number = table.open().number
    table.double.merge(number) if state == "merged" else table.double.close(number)
    again = table.open()
    assert (again.number, again.state) == (number, state)
    assert len(table.double.pulls) == 1


def test_pull_requests_of_forks_and_of_other_branches_are_not_ours(table: Table) -> None:
    table.double.add_pull(BRANCH, author="passante", fork=True)
    table.double.add_pull("proposition/other")
    assert table.ask(table.forge.find(BRANCH)) is None
    assert table.open().number == table.double.pulls[-1].number
    assert len(table.double.pulls) == 3


def test_the_open_one_is_found_among_older_ones_on_later_pages(narrow_table: Table) -> None:
    for _ in range(4):
        narrow_table.double.close(narrow_table.double.add_pull(BRANCH).number)
    still_open = narrow_table.double.add_pull(BRANCH)
    for _ in range(3):
        narrow_table.double.close(narrow_table.double.add_pull(BRANCH).number)
    found = narrow_table.ask(narrow_table.forge.find(BRANCH))
    assert found is not None
    assert found.number == still_open.number


def test_what_exists_but_is_not_listed_yet_is_waited_for(table: Table, monkeypatch: pytest.MonkeyPatch) -> None:
    table.double.add_pull(BRANCH)
    monkeypatch.setattr(table.double, "all_fresh", lambda: iter(()))
    with pytest.raises(ForgeError) as caught:
        table.open()
    assert (caught.value.kind, caught.value.wait) == ("busy", 10.0)
    assert len(table.double.pulls) == 1


def test_a_branch_that_is_not_there_cannot_be_proposed(table: Table) -> None:
    with pytest.raises(ForgeError) as caught:
        table.open("proposition/missing")
    assert caught.value.kind in {"invalid", "gone"}
    assert table.double.pulls == []


def test_a_number_that_is_not_there_is_gone(table: Table) -> None:
    with pytest.raises(ForgeError) as caught:
        table.ask(table.forge.read(404))
    assert caught.value.kind == "gone"


def test_a_new_commit_on_the_branch_is_seen(table: Table) -> None:
    before = table.open()
    table.memory.heads[BRANCH] = COMMIT
    after = table.ask(table.forge.read(before.number))
    assert (after.head, after.updated > before.updated) == (COMMIT, True)


def test_merged_closed_and_draft_are_told_apart(table: Table) -> None:
    merged, closed = table.open(), table.open("proposition/other")
    commit = table.double.merge(merged.number)
    table.double.close(closed.number)
    read = [table.ask(table.forge.read(one.number)) for one in (merged, closed)]
    assert [(one.state, one.merge_commit) for one in read] == [("merged", commit), ("closed", "")]
    assert not read[0].draft
    table.double.pull(closed.number).draft = True
    assert table.ask(table.forge.read(closed.number)).draft


def test_whether_it_can_be_merged_is_none_until_the_forge_knows(table: Table) -> None:
    opened = table.open()
    assert opened.mergeable is None
    assert table.ask(table.forge.read(opened.number)).mergeable is True
    table.memory.conflicts.add(BRANCH)
    table.clock.now = table.clock.now.replace(hour=23)
    assert table.ask(table.forge.read(opened.number)).mergeable is False


@pytest.mark.parametrize("title", ["Draft: un atelier", "[WIP] un atelier", "wip : un atelier", "(draft) un atelier"])
def test_a_title_makes_no_draft(table: Table, title: str) -> None:
    opened = table.open(title=title)
    assert (opened.draft, table.double.pulls[0].title.startswith("Proposition")) == (False, True)


def test_titles_and_bodies_fit(table: Table) -> None:
    table.open(title="é" * 400 + "\nsuite", body="ç" * 200_000)
    pull = table.double.pulls[0]
    assert (len(pull.title) <= 255, "\n" in pull.title, len(pull.body) <= 65_536) == (True, False, True)
    assert pull.body.endswith("…")


# --- labels, reviewers --------------------------------------------------------------------------------------
def test_labels_are_created_where_missing_and_those_of_others_stay(table: Table) -> None:
    number = table.open().number
    table.double.state.labels["Évènement"] = 7
    table.double.state.labels["urgent"] = 8
    table.double.pulls[0].labels.append("urgent")
    table.ask(table.forge.label(number, ["évènement", "Club vélo, marche", "x" * 80]))
    labels = table.double.pulls[0].labels
    assert len(labels) == len({label.casefold() for label in labels}) == 4
    assert {"urgent", "Club vélo marche"} <= set(labels)
    assert max(map(len, labels)) <= 50


def test_labels_that_are_there_already_cost_no_write(table: Table) -> None:
    number = table.open().number
    table.ask(table.forge.label(number, ["article"]))
    before = len(table.double.log)
    table.ask(table.forge.label(number, ["Article", "article"]))
    assert {line.method for line in table.double.log[before:]} == {"GET"}


def test_labels_on_later_pages_are_not_created_again(narrow_table: Table) -> None:
    number = narrow_table.open().number
    narrow_table.double.state.labels |= {f"étiquette {index}": index for index in range(9)}
    narrow_table.ask(narrow_table.forge.label(number, ["étiquette 8"]))
    assert narrow_table.double.pulls[0].labels == ["étiquette 8"]
    assert narrow_table.double.requests("POST", "/repos/[^/]+/[^/]+/labels$") == []


def test_reviewers_who_are_refused_are_left_out_one_by_one_and_told(table: Table) -> None:
    number = table.open().number
    refused = table.ask(table.forge.reviewers(number, ["camille", "passante", "inconnu", "sacha", "camille", ""]))
    assert sorted(refused) == ["inconnu", "passante"]
    assert sorted(table.double.pulls[0].reviewers) == ["camille", "sacha"]


def test_only_refused_reviewers(table: Table) -> None:
    number = table.open().number
    assert table.ask(table.forge.reviewers(number, ["passante"])) == ["passante"]
    assert table.double.pulls[0].reviewers == []


def test_who_was_asked_or_has_answered_is_not_asked_again(table: Table) -> None:
    number = table.open().number
    table.ask(table.forge.reviewers(number, ["camille", "sacha"]))
    table.double.approve(number, "Très bien", author="camille")
    before = len(table.double.log)
    assert table.ask(table.forge.reviewers(number, ["Camille", "sacha"])) == []
    assert {line.method for line in table.double.log[before:]} == {"GET"}


def test_reviewers_whom_others_asked_stay(table: Table) -> None:
    number = table.open().number
    table.double.pulls[0].reviewers.append("dominique")
    table.ask(table.forge.reviewers(number, ["sacha"]))
    assert table.double.pulls[0].reviewers == ["dominique", "sacha"]


def test_nobody_to_ask(table: Table) -> None:
    assert table.ask(table.forge.reviewers(table.open().number, [])) == []


# --- comments, remarks --------------------------------------------------------------------------------------
def test_a_comment_is_written_once_and_updated(table: Table) -> None:
    number = table.open().number
    for text in ("Bonjour", "Bonjour", "Bonsoir\r\n", "Bonsoir"):
        table.ask(table.forge.comment(number, "recu", text))
    table.ask(table.forge.comment(number, "en-ligne", "C’est en ligne"))
    assert [comment.body.splitlines()[0] for comment in table.double.pulls[0].comments] == ["Bonsoir", "C’est en ligne"]
    writes = [line for line in table.double.log if line.method != "GET" and re.search("comments|notes", line.path)]
    assert [line.method for line in writes] == ["POST", writes[1].method, "POST"]
    assert writes[1].method in {"PATCH", "PUT"}


def test_the_comment_is_found_on_a_later_page(narrow_table: Table) -> None:
    number = narrow_table.open().number
    for index in range(5):
        narrow_table.double.say(number, f"remarque {index}")
    narrow_table.ask(narrow_table.forge.comment(number, "recu", "Bonjour"))
    for index in range(5):
        narrow_table.double.say(number, f"suite {index}")
    narrow_table.ask(narrow_table.forge.comment(number, "recu", "Bonjour"))
    assert len(narrow_table.double.pulls[0].comments) == 11


def test_a_marker_in_a_stranger_s_comment_is_not_ours(table: Table) -> None:
    number = table.open().number
    stranger = table.double.say(number, "Coucou\n\n<!-- marqueur:recu -->", author="passante")
    table.ask(table.forge.comment(number, "recu", "Bonjour"))
    assert stranger.body.startswith("Coucou")
    assert [comment.author for comment in table.double.pulls[0].comments] == ["passante", "robot"]
    assert [(one.author, one.is_ours) for one in table.ask(table.forge.remarks(number))] == [("robot", True)]


def test_what_passers_by_say_or_ask_for_is_not_passed_on(table: Table) -> None:
    number = table.open().number
    table.double.say(number, "Appelez-moi au 06 00 00 00 00", author="passante")
    table.double.ask_changes(number, "Donnez-moi votre adresse", author="passante", lines=["ici"])
    table.double.say(number, "Bonjour", author="camille")
    assert [one.text for one in table.ask(table.forge.remarks(number))] == ["Bonjour"]


def test_who_may_write_is_not_asked_for_each_time(table: Table) -> None:
    number = table.open().number
    table.double.say(number, "Bonjour", author="camille")
    for _ in range(5):
        assert len(table.ask(table.forge.remarks(number))) == 1
    assert len(table.double.requests("GET", "assignees|members/all/")) <= 1
    table.double.state.members.remove("camille")
    table.clock.now += timedelta(minutes=11)
    assert table.ask(table.forge.remarks(number)) == []


def test_a_marker_within_our_text_is_not_the_comment_s(table: Table) -> None:
    number = table.open().number
    table.ask(table.forge.comment(number, "recu", "Il a écrit : <!-- marqueur:en-ligne -->"))
    table.ask(table.forge.comment(number, "en-ligne", "C’est en ligne"))
    table.ask(table.forge.comment(number, "recu", "Il a écrit : <!-- marqueur:en-ligne -->"))
    assert len(table.double.pulls[0].comments) == 2


def test_after_the_bot_changed_its_account_its_comments_are_still_its_own(table: Table) -> None:
    number = table.open().number
    table.double.pulls[0].author = "ancien-robot"
    old = table.double.say(number, "Bonjour\n\n<!-- marqueur:recu -->", author="ancien-robot")
    table.ask(table.forge.comment(number, "recu", "Bonsoir"))
    assert (len(table.double.pulls[0].comments), old.body.startswith("Bonsoir")) == (1, True)


def test_remarks_come_in_order_and_a_request_for_changes_holds_its_lines(table: Table) -> None:
    number = table.open().number
    table.ask(table.forge.comment(number, "recu", "Bonjour"))
    table.double.say(number, "Un premier mot", author="sacha")
    table.double.ask_changes(number, "Il manque la date.", lines=["Ici, l’heure ?"])
    table.clock.now = table.clock.now.replace(hour=12)
    table.double.say(number, "Merci !")
    remarks = table.ask(table.forge.remarks(number))
    assert [(one.author, one.asks_changes, one.is_ours) for one in remarks] == [
        ("robot", False, True),
        ("sacha", False, False),
        ("camille", True, False),
        ("camille", False, False),
    ]
    assert remarks[0].text == "Bonjour"
    assert {"Il manque la date.", "Ici, l’heure ?"} == set(remarks[2].text.split("\n\n"))
    assert len({one.id for one in remarks}) == 4
    assert [one.at for one in remarks] == sorted(one.at for one in remarks)


def test_a_request_for_changes_ends_when_its_author_agrees(table: Table) -> None:
    number = table.open().number
    table.double.ask_changes(number, "Il manque la date.")
    first = [one.id for one in table.ask(table.forge.remarks(number)) if one.asks_changes]
    assert first == [one.id for one in table.ask(table.forge.remarks(number)) if one.asks_changes]
    table.clock.now = table.clock.now.replace(hour=12)
    table.double.approve(number, "Très bien", author="sacha")
    assert any(one.asks_changes for one in table.ask(table.forge.remarks(number)))
    table.double.approve(number, "Merci", author="camille")
    assert not any(one.asks_changes for one in table.ask(table.forge.remarks(number)))


def test_a_second_request_for_changes_is_another_one(table: Table) -> None:
    number = table.open().number
    table.double.ask_changes(number, "Il manque la date.")
    (first,) = [one for one in table.ask(table.forge.remarks(number)) if one.asks_changes]
    table.clock.now = table.clock.now.replace(hour=12)
    table.double.ask_changes(number, "Et le lieu ?")
    (second,) = [one for one in table.ask(table.forge.remarks(number)) if one.asks_changes]
    assert (first.id != second.id, second.text) == (True, "Et le lieu ?")


def test_an_empty_approval_says_nothing(table: Table) -> None:
    number = table.open().number
    table.double.approve(number)
    assert table.ask(table.forge.remarks(number)) == []


# --- statuses -----------------------------------------------------------------------------------------------
def test_a_status_is_set_once_and_then_changed(table: Table) -> None:
    states: list[StatusState] = ["pending", "pending", "success", "success", "failure"]
    for state in states:
        table.ask(table.forge.status(COMMIT, state, "site/verification", "Vérification", "https://site.example/x"))
    failed = "failed" if table.double.kind == "gitlab" else "failure"
    assert [status.state for status in table.double.state.statuses] == ["pending", "success", failed]


def test_statuses_of_other_names_and_commits_do_not_count(narrow_table: Table) -> None:
    forge, double = narrow_table.forge, narrow_table.double
    for index in range(5):
        double.add_status(COMMIT, f"autre/{index}", "success", "ça va", None)
    narrow_table.ask(forge.status(COMMIT, "success", "site/aperçu", "ça va", ""))
    narrow_table.ask(forge.status(COMMIT, "success", "site/aperçu", "ça va", ""))
    narrow_table.ask(forge.status("b" * 40, "success", "site/aperçu", "ça va", ""))
    assert len(double.state.statuses) == 7


def test_a_long_status_is_shortened_and_still_found(table: Table) -> None:
    for _ in range(2):
        table.ask(table.forge.status(COMMIT, "error", "site/verification", "très " * 100, ""))
    (status,) = table.double.state.statuses
    assert status.text is not None
    assert len(status.text) <= 140


# --- body, close, branch ------------------------------------------------------------------------------------
def test_the_description_is_replaced(table: Table) -> None:
    number = table.open().number
    table.ask(table.forge.edit_body(number, "Autre texte"))
    assert table.double.pulls[0].body == "Autre texte"


def test_closing_is_fine_whatever_it_is(table: Table) -> None:
    first, second = table.open().number, table.open("proposition/other").number
    for _ in range(2):
        table.ask(table.forge.close(first))
    table.double.merge(second)
    table.ask(table.forge.close(second))
    assert [pull.state for pull in table.double.pulls] == ["closed", "merged"]


def test_a_branch_is_deleted_and_may_be_gone_already(table: Table) -> None:
    for _ in range(2):
        table.ask(table.forge.delete_branch(BRANCH))
    assert BRANCH not in table.memory.heads


def test_a_pull_request_is_still_found_by_its_deleted_branch(table: Table) -> None:
    number = table.open().number
    table.double.merge(number)
    table.ask(table.forge.delete_branch(BRANCH))
    found = table.ask(table.forge.find(BRANCH))
    assert found is not None
    assert (found.number, found.state, found.branch) == (number, "merged", BRANCH)


# --- git ----------------------------------------------------------------------------------------------------
@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_a_real_branch_is_pushed_proposed_merged_and_deleted(kind: str, tmp_path: Path) -> None:
    bare, work = tmp_path / "site.git", tmp_path / "work"
    _git(tmp_path, "init", "-q", "--bare", "-b", "main", str(bare))
    _git(tmp_path, "init", "-q", "-b", "main", str(work))
    _git(work, "commit", "-q", "--allow-empty", "-m", "début")
    with laid(kind, repository=GitRepository(bare)) as table:
        header = table.ask(table.forge.git_header())
        push = ("-c", f"http.extraHeader={header}", "push", "-q", table.forge.git_url)
        _git(work, *push, "main")
        (work / "fiche.md").write_text("Bonjour\n", encoding="utf-8")
        _git(work, "add", ".")
        _git(work, "commit", "-q", "-m", "fiche")
        _git(work, *push, f"HEAD:refs/heads/{BRANCH}")
        opened = table.open()
        assert opened.head == _git(work, "rev-parse", "HEAD")
        assert table.ask(table.forge.read(opened.number)).mergeable is True
        table.double.merge(opened.number)
        read = table.ask(table.forge.read(opened.number))
        assert (read.state, read.merge_commit) == ("merged", _git(bare, "rev-parse", "main"))
        table.ask(table.forge.delete_branch(BRANCH))
        assert _git(bare, "branch", "--list", BRANCH) == ""


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_git_does_not_come_in_without_credentials(kind: str, tmp_path: Path) -> None:
    _git(tmp_path, "init", "-q", "--bare", "-b", "main", "site.git")
    with laid(kind, repository=GitRepository(tmp_path / "site.git")) as table:
        with pytest.raises(subprocess.CalledProcessError):
            _git(tmp_path, "ls-remote", table.forge.git_url)
        assert table.double.token not in table.forge.git_url
        assert (
            _git(
                tmp_path,
                "-c",
                f"http.extraHeader={table.ask(table.forge.git_header())}",
                "ls-remote",
                table.forge.git_url,
            )
            == ""
        )


def _git(where: Path, *arguments: str) -> str:
    environment = {
        "PATH": "/usr/bin:/bin",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": "/dev/null",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_AUTHOR_NAME": "Robot",
        "GIT_AUTHOR_EMAIL": "robot@example.org",
        "GIT_COMMITTER_NAME": "Robot",
        "GIT_COMMITTER_EMAIL": "robot@example.org",
    }
    done = subprocess.run(["git", *arguments], cwd=where, check=True, capture_output=True, text=True, env=environment)
    return done.stdout.strip()


def test_a_stranger_who_writes_our_marker_gets_no_comment_of_ours_into_his_own(table: Table) -> None:
    """He opened the request, and could change what stands in his comment afterwards."""
    pull = table.double.add_pull(BRANCH, author="passante", fork=True)
    forged = table.double.say(pull.number, "Rien.\n\n<!-- marqueur:verification -->", author="passante")
    table.ask(table.forge.comment(pull.number, "verification", "Un point à corriger"))
    assert forged.body.startswith("Rien.")
    assert [one.author for one in pull.comments] == ["passante", BOT]

"""Plumbing: what is committed, merged and moved, and that nothing of this machine gets in."""

from __future__ import annotations

import datetime as dt
import os
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.bot.git.errors import GitError
from scripts.bot.git.paths import PathError, proposable, safe
from scripts.bot.git.repository import NOTHING, Person, Repository
from tests.bot.git.conftest import AT, BOT, CAMILLE, commit

if TYPE_CHECKING:
    from pathlib import Path

PAGE = "content/articles/2026/a.md"


def show(repository: Repository, form: str, commit: str) -> str:
    return repository.git.text("log", "-1", f"--format={form}", commit)


def test_the_same_proposal_is_the_same_commit_wherever_it_is_made(repository: Repository, main: str) -> None:
    made = {commit(repository, {"content/articles/2026/b.md": "É\n".encode()}, main) for _ in range(2)}
    assert made == {commit(repository, {"content/articles/2026/b.md": "É\n".encode()}, main)}
    one = made.pop()
    assert repository.read(one, "content/articles/2026/b.md") == "É\n".encode()
    assert repository.read(one, PAGE) == b"un\ndeux\ntrois\n"
    assert repository.changed(main, one) == ["content/articles/2026/b.md"]
    assert show(repository, "%an <%ae> %aI / %cn <%ce> %cI", one) == (
        "Camille Exemple <noreply@example.org> 2026-03-04T09:30:00+00:00"
        " / Le robot <noreply@example.org> 2026-03-04T09:30:00+00:00"
    )


def test_files_are_changed_and_taken_out(repository: Repository, main: str) -> None:
    changed = commit(repository, {PAGE: None, "data/site.yaml": b"name: Y\n"}, main)
    assert repository.read(changed, PAGE) is None
    assert repository.read(changed, "data/site.yaml") == b"name: Y\n"


@pytest.mark.parametrize("name", ["A <evil@example.org>\nCommitter: x", "\x00", "", "  <>  "])
def test_a_name_cannot_forge_another_line_of_a_commit(repository: Repository, main: str, name: str) -> None:
    author = Person(name, "noreply@example.org")
    made = repository.commit([main], {"data/site.yaml": b"x"}, "x", author=author, committer=BOT, at=AT)
    assert show(repository, "%ae %cn", made) == "noreply@example.org Le robot"
    assert show(repository, "%an", made)


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/passwd",
        "content/../../x",
        "content//x",
        ".git/config",
        "content/.GIT/config",
        "content/git~1/x",
        "content/.gitattributes",
        "content/a\nb",
        "content\\x",
        "content/x ",
        "content/" + "x" * 300,
        "",
    ],
)
def test_a_path_that_leads_elsewhere_is_refused(repository: Repository, main: str, path: str) -> None:
    with pytest.raises(PathError):
        safe(path)
    with pytest.raises(PathError):
        commit(repository, {path: b"x"}, main)
    with pytest.raises(PathError):
        proposable(path)


@pytest.mark.parametrize(
    "path",
    [
        "scripts/build.py",
        "data/site.yaml",
        "content/x",
        "data/members/x.md",
        ".forge/x.yaml",
        "content/A/x.md",
        "data/redirects.yml",
    ],
)
def test_a_proposal_only_touches_entries_members_and_what_says_that_they_are_gone(path: str) -> None:
    assert safe(path) == path
    with pytest.raises(PathError):
        proposable(path)


def test_paths_of_proposals() -> None:
    for path in (
        PAGE,
        "content/events/2026/a/image.webp",
        "content/pages/x.md",
        "data/members/camille-exemple.yaml",
        "data/redirects.yaml",
    ):
        assert proposable(path) == path


def test_a_ref_moves_only_from_where_it_was_expected(repository: Repository, main: str) -> None:
    other = commit(repository, {PAGE: None}, main)
    ref = "refs/heads/proposition/x"
    repository.update_ref(ref, main, old=NOTHING)
    for wrong in (NOTHING, other):
        with pytest.raises(GitError) as told:
            repository.update_ref(ref, other, old=wrong)
        assert told.value.kind == "conflict"
    repository.update_ref(ref, other, old=main)
    assert repository.resolve(ref) == other
    repository.update_ref(ref, NOTHING, old=other)
    assert repository.resolve(ref) is None


@pytest.mark.parametrize(
    "ref", ["HEAD", "refs/heads/../x", "refs/heads/x\ndelete refs/heads/main", "refs/heads/x.lock"]
)
def test_what_is_no_ref_is_never_sent_to_git(repository: Repository, main: str, ref: str) -> None:
    with pytest.raises(ValueError, match="no ref"):
        repository.update_ref(ref, main, old=NOTHING)


@pytest.mark.parametrize("name", ["--help", "HEAD", "main~1", "a" * 39, ""])
def test_only_hashes_name_objects(repository: Repository, name: str) -> None:
    for ask in (repository.files, repository.content):
        with pytest.raises(ValueError, match="no hash"):
            ask(name)


def test_a_merge_without_a_dispute_has_both_sides(repository: Repository, main: str) -> None:
    ours = commit(repository, {PAGE: b"un\ndeux\ntrois\nquatre\n"}, main)
    theirs = commit(repository, {"content/articles/2026/b.md": b"b\n"}, main)
    merge = repository.merge(ours, theirs)
    assert merge.conflicts == ()
    made = repository.commit([ours, theirs], {}, "x", tree=merge.tree, author=CAMILLE, committer=BOT, at=AT)
    assert repository.read(made, PAGE) == b"un\ndeux\ntrois\nquatre\n"
    assert repository.read(made, "content/articles/2026/b.md") == b"b\n"
    assert repository.contains(made, theirs)
    assert not repository.contains(theirs, made)
    assert repository.merge_base(ours, theirs) == main


def test_a_merge_with_a_dispute_says_where(repository: Repository, main: str) -> None:
    ours = commit(repository, {PAGE: b"un\n2\ntrois\n"}, main)
    theirs = commit(repository, {PAGE: b"un\nDEUX\ntrois\n", "data/site.yaml": b"name: Z\n"}, main)
    assert repository.merge(ours, theirs).conflicts == (PAGE,)
    gone = commit(repository, {PAGE: None}, main)
    assert repository.merge(ours, gone).conflicts == (PAGE,)


def test_one_text_is_merged_where_both_changed_other_lines(repository: Repository) -> None:
    base = b"un\ndeux\ntrois\nquatre\ncinq\n"
    ours, theirs = base.replace(b"un", b"1"), base.replace(b"cinq", b"5")
    assert repository.merge_contents(ours, base, theirs) == b"1\ndeux\ntrois\nquatre\n5\n"
    assert repository.merge_contents(ours, base, base.replace(b"un", b"I")) is None


def test_nothing_of_this_machines_git_gets_in(
    repository: Repository, main: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A hook, a global configuration, and variables that would lead git elsewhere."""
    hook = repository.git.directory / "hooks" / "reference-transaction"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text(f"#!/bin/sh\ntouch {tmp_path}/hooked\n", "utf-8")
    hook.chmod(0o755)
    home = tmp_path / "home"
    home.mkdir()
    (home / ".gitconfig").write_text("[user]\nname = Somebody\n[core]\nattributesFile = /x\n", "utf-8")
    for name, value in {"HOME": str(home), "GIT_WORK_TREE": "/", "GIT_INDEX_FILE": "/x", "GIT_TRACE": "1"}.items():
        monkeypatch.setenv(name, value)
    made = commit(repository, {"content/articles/2026/b.md": b"b\n"}, main)
    repository.update_ref("refs/heads/main", made, old=main)
    assert not (tmp_path / "hooked").exists()
    with pytest.raises(GitError):
        repository.git.text("config", "user.name")


def test_a_command_that_does_not_end_is_ended_with_its_helpers(repository: Repository, tmp_path: Path) -> None:
    pid = tmp_path / "pid"
    alias = {
        "GIT_CONFIG_COUNT": "1",
        "GIT_CONFIG_KEY_0": "alias.wait",
        "GIT_CONFIG_VALUE_0": f"!echo $$ >{pid}; sleep 60",
    }
    for seconds in (0.5, 2, 8, 30):  # a busy machine takes its time to begin
        with pytest.raises(GitError) as told:
            repository.git.run("wait", seconds=seconds, environment=alias)
        assert told.value.kind == "busy"
        if pid.is_file() and pid.read_text("ascii").strip():
            break
    for _ in range(200):  # a killed process is gone when the system has seen to it
        state = subprocess.run(
            ["ps", "-o", "stat=", "-p", pid.read_text("ascii").strip()], check=False, capture_output=True, text=True
        ).stdout
        if state.strip() in {"", "Z"}:
            break
        time.sleep(0.05)
    assert state.strip() in {"", "Z"}


def test_credentials_are_no_argument_and_in_no_representation(repository: Repository) -> None:
    with_header = replace(repository.git, url="https://forge.example/", header="Authorization: Basic c2VjcmV0")
    assert "c2VjcmV0" not in repr(with_header)
    read = with_header.text("config", "--get-urlmatch", "http.extraHeader", "https://forge.example/a/b.git")
    assert read == "Authorization: Basic c2VjcmV0"
    assert with_header.outcome("config", "--get-urlmatch", "http.extraHeader", "https://other.example/", fine=(0, 1))[0]


def test_a_repository_with_a_work_tree_is_opened_at_its_git_directory(tmp_path: Path) -> None:
    subprocess.run(["git", "init", "-q", str(tmp_path / "work")], check=True, env={"PATH": os.environ["PATH"]})
    assert Repository.open(tmp_path / "work").git.directory == tmp_path / "work" / ".git"


def test_time_zones_do_not_change_a_commit(repository: Repository, main: str) -> None:
    paris = AT.astimezone(dt.timezone(dt.timedelta(hours=1)))
    both = {repository.commit([main], {}, "x", author=CAMILLE, committer=BOT, at=moment) for moment in (AT, paris)}
    assert len(both) == 1

"""What was refused, withdrawn or erased does not stay in the worker's repository."""

from __future__ import annotations

import os
import subprocess
import time
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.bot.git.repository import NOTHING, Person, Repository
from scripts.bot.privacy.commits import KEPT, forget_commits
from scripts.bot.submission import State
from scripts.bot.worker import proposing
from tests.bot.samples import MINUTE, NOW, new, sample_id

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.bot.store import Store

BOT = Person("Le robot", "noreply@example.org")


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    made = Repository.open(tmp_path / "site.git")
    main = made.commit([], {"data/site.yaml": b"name: X\n"}, "x", author=BOT, committer=BOT, at=NOW)
    made.update_ref("refs/heads/main", main, old=NOTHING)
    return made


def propose(repository: Repository, number: int) -> str:
    """A commit as the worker keeps it; what it holds."""
    main = repository.resolve("refs/heads/main") or ""
    files = {"content/a.md": f"secret {number}".encode()}
    commit = repository.commit([main], files, "x", author=BOT, committer=BOT, at=NOW)
    repository.update_ref(proposing.KEPT + sample_id(number), commit, old=NOTHING)
    repository.update_ref(f"refs/remotes/origin/proposition/{sample_id(number)}", commit, old=NOTHING)
    return commit


def age(repository: Repository) -> None:
    """Make all objects two days old."""
    then = time.time() - 2 * 86_400
    for path in repository.git.directory.rglob("objects/*/*"):
        os.utime(path, (then, then))


def held(repository: Repository, commit: str) -> bool:
    return (
        subprocess.run(
            ["git", "-C", str(repository.git.directory), "cat-file", "-e", commit], check=False, capture_output=True
        ).returncode
        == 0
    )


def test_only_what_is_under_way_is_kept(repository: Repository, store: Store) -> None:
    commits = {number: propose(repository, number) for number in (1, 2, 3)}
    store.add(new(1))
    store.add(new(2))
    lease = store.lease("w", NOW, MINUTE)
    assert lease is not None
    ended = int(lease.submission.id == sample_id(2)) + 1
    store.finish(lease, replace(lease.submission, state=State.WITHDRAWN, next_try=None), now=NOW)
    age(repository)
    assert forget_commits(repository, store) == 4
    assert {number for number, commit in commits.items() if held(repository, commit)} == {3 - ended}
    assert repository.resolve("refs/heads/main")
    assert forget_commits(repository, store) == 0


def test_a_commit_that_is_just_being_made_stays(repository: Repository, store: Store) -> None:
    commit = propose(repository, 1)
    forget_commits(repository, store)
    assert repository.resolve(proposing.KEPT + sample_id(1)) is None
    assert held(repository, commit)


def test_these_are_the_worker_s_own_places(repository: Repository, store: Store) -> None:
    assert proposing.KEPT in KEPT
    repository.update_ref("refs/circular/proposals/other", repository.resolve("refs/heads/main") or "", old=NOTHING)
    assert forget_commits(repository, store) == 0

"""Erasing while a proposal is under way: whatever it has reached, nothing of it is left where we can reach it."""

from __future__ import annotations

import datetime as dt
import os
import secrets
import time
from typing import TYPE_CHECKING

import pytest

from scripts.bot.privacy.commits import forget_commits
from scripts.bot.privacy.erasing import erase, propose_removals
from scripts.bot.submission import State, Step
from tests.bot.worker.bench import KINDS, Bench, made, sent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow
INES = "ines@example.org"
BY_STEP = [Step.NAME, Step.PUSH, Step.OPEN, Step.DRESS, Step.ANNOUNCE]


@pytest.fixture(params=KINDS)
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    with made(tmp_path, request.param) as bench:
        yield bench


def left_behind(bench: Bench) -> None:
    """Nothing of the proposal is known, shown, or kept in the worker's repository once its objects are a day old."""
    left = bench.of()
    assert left.state is State.WITHDRAWN
    assert "Inès" not in left.posted.to_json() + str(left.seen)
    assert bench.branches() == {}
    assert bench.double is None or {pull.state for pull in bench.double.pulls} <= {"closed"}
    assert "withdrawn" in bench.kinds()
    then = time.time() - 2 * 86_400
    repository = bench.place.repository
    for path in repository.git.directory.rglob("objects/*/*"):
        os.utime(path, (then, then))
    forget_commits(repository, bench.store)
    everything = repository.git.run("cat-file", "--batch-all-objects", "--batch")
    assert "Un atelier de réparation ouvre".encode() not in everything


@pytest.mark.parametrize("step", BY_STEP)
def test_on_its_way_to_editors(bench: Bench, step: Step, tmp_path: Path) -> None:
    bench.store.add(sent())
    while bench.of().step is not step:
        assert bench.worker.run_once(bench.now)
    erase(bench.store, INES, folder=tmp_path, now=bench.now)
    bench.run(dt.timedelta(minutes=5))
    left_behind(bench)


def test_while_it_lies_before_editors(bench: Bench, tmp_path: Path) -> None:
    bench.store.add(sent())
    bench.run()
    assert bench.of().state is State.WAITING
    erase(bench.store, INES, folder=tmp_path, now=bench.now)
    bench.run(dt.timedelta(minutes=5))
    left_behind(bench)


def test_the_removal_of_the_member_lies_before_editors_like_any_other(bench: Bench) -> None:
    def source(path: str) -> bytes | None:
        file = bench.root / path
        return file.read_bytes() if file.is_file() else None

    (removal,) = propose_removals(
        bench.store, ["ines-falaise", "nobody"], source=source, now=bench.now, random=secrets.token_bytes
    )
    bench.run()
    opened = bench.of(removal.submission.id)
    assert (opened.state, opened.paths) == (State.WAITING, ("data/members/ines-falaise.yaml",))
    assert opened.trouble == ""
    assert bench.shared.read(opened.commit, "data/members/ines-falaise.yaml") is None
    log = bench.shared.git.text("log", "-1", "--format=%an%n%B", opened.branch)
    assert "Inès" not in log

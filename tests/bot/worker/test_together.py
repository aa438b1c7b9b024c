"""Several workers, lost leases, a database that is away in the wrong moment: still one of each."""

from __future__ import annotations

import sqlite3
import tempfile
import threading
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import Store, StoreBusyError
from scripts.bot.submission import State, Step
from scripts.bot.worker.worker import LEASE, Worker
from tests.bot.forges.doubles import DOUBLES
from tests.bot.postgresql import server
from tests.bot.samples import MINUTE, NOW, sample_id
from tests.bot.worker import runner
from tests.bot.worker.bench import KINDS, ONE, Bench, Setup, article, made, sent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.slow
BRANCH = f"proposition/{ONE}"
EFFECTS = ("push", "open", "label", "reviewers", "comment", "status")
PLACES = [f"{when} {effect}" for effect in EFFECTS for when in ("before", "after")]


def at(bench: Bench, place: str, act: Callable[[], None]) -> Worker:
    """A worker that lets something happen once, when it has come to a place."""
    happened = threading.Event()

    def checkpoint(name: str) -> None:
        if name == place and not happened.is_set():
            happened.set()
            act()

    bench.place = replace(bench.place, checkpoint=checkpoint)
    return Worker("w", bench.place)


def is_open_once(bench: Bench) -> None:
    waiting = bench.of()
    assert waiting.state is State.WAITING, waiting.trouble
    assert bench.branches() == {BRANCH: waiting.commit}
    assert bench.kinds() == ["received", "opened"]
    if bench.double is not None:
        (pull,) = bench.forge.pulls
        assert len(pull.comments) == 1
        assert len(pull.labels) == len(set(pull.labels)) == 3


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_worker_that_was_too_slow_finds_that_another_has_done_it(tmp_path: Path, kind: str, place: str) -> None:
    """Its lease ran out while it was at work; what it still does changes nothing any more."""
    with made(tmp_path, kind) as bench:
        bench.store.add(sent())
        other = bench.setup.open(lambda: NOW + LEASE, name="other")

        def overtake() -> None:
            fast = Worker("other", other)
            while fast.run_once(NOW + LEASE):
                pass

        slow = at(bench, place, overtake)
        while slow.run_once(NOW):
            pass
        bench.now = NOW + LEASE + MINUTE
        bench.run()
        is_open_once(bench)
        other.close()
        other.store.close()


@pytest.mark.parametrize("place", PLACES)
def test_a_database_that_is_locked_when_something_was_done_loses_nothing(tmp_path: Path, place: str) -> None:
    with made(tmp_path, "github") as bench:
        bench.store.add(sent())
        bench.store.close()
        impatient = Store.open(f"sqlite:///{tmp_path}/bot.db", key=None, patience=0.05)
        bench.place = replace(bench.place, store=impatient)
        other = sqlite3.connect(tmp_path / "bot.db", isolation_level=None, check_same_thread=False)
        worker = at(bench, place, lambda: _lock(other))
        with pytest.raises(StoreBusyError):
            _work(worker)
        other.execute("ROLLBACK")
        other.close()
        worker.start()
        _work(worker)
        is_open_once(bench)


def _work(worker: Worker) -> None:
    while worker.run_once(NOW):
        pass


def _lock(connection: sqlite3.Connection) -> None:
    connection.execute("BEGIN IMMEDIATE")


@pytest.fixture
def postgresql() -> Iterator[str]:
    with tempfile.TemporaryDirectory(prefix="pg-") as directory, server(Path(directory)) as address:
        yield address


@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_three_workers_on_postgresql_open_each_proposal_once(tmp_path: Path, kind: str, postgresql: str) -> None:
    """All proposals have the same title, so that workers also compete for names. One is killed again and again."""
    count = 24
    with made(tmp_path, kind) as bench:
        double, setup = bench.forge, replace(bench.setup, database=postgresql)
        store = Store.open(postgresql, key=None)
        for number in range(count):
            store.add(sent(number))
        threads = [threading.Thread(target=_until_done, args=(setup, f"w{number}", number == 0)) for number in range(3)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        found = [store.by_id(sample_id(number)) for number in range(count)]
        store.close()
        assert [one.state for one in found if one] == [State.WAITING] * count, {one.trouble for one in found if one}
        assert len({one.entry_id for one in found if one}) == count
        assert sorted(pull.branch for pull in double.pulls) == sorted(
            f"proposition/{sample_id(n)}" for n in range(count)
        )
        assert {pull.number for pull in double.pulls} == {one.number for one in found if one}
        assert all(len(pull.comments) == 1 for pull in double.pulls)


def _until_done(setup: Setup, name: str, often_killed: bool) -> None:  # a thread's argument
    kills = (3, 7, 11, 15) if often_killed else ()
    for kill_at in (*kills, -1):
        runner.run(setup, NOW, kill_at, name)


@pytest.mark.parametrize("part", ["first", "correction"])
def test_a_commit_that_was_made_on_a_machine_that_is_gone_is_made_again(tmp_path: Path, part: str) -> None:
    """Another worker, with an empty folder, goes on where the first one was before its push."""
    with made(tmp_path, "gitlab") as bench:
        bench.store.add(sent())
        if part == "correction":
            bench.run()
            bench.store.decide(ONE, "correct", posted=article(body="Le samedi."), by="", at=NOW)
        bench.worker.run_once(NOW)
        assert bench.of().step is Step.PUSH
        bench.worker.stop()
        other = bench.setup.open(lambda: NOW, name="other")
        _work(Worker("other", other))
        other.close()
        other.store.close()
        waiting = bench.of()
        assert waiting.state is State.WAITING, waiting.trouble
        assert bench.branches() == {BRANCH: waiting.commit}
        written = bench.shared.read(waiting.commit, waiting.paths[0]) or b""
        assert written.endswith(b"Le samedi.\n") is (part == "correction")
        assert len(bench.forge.pulls) == 1

"""A worker in a process of its own, which ends itself by SIGKILL at one of its checkpoints."""

from __future__ import annotations

import multiprocessing
import os
import signal
from typing import TYPE_CHECKING

from scripts.bot.worker.broken import BrokenTeller
from scripts.bot.worker.issues import IssueTaker
from scripts.bot.worker.loop import InTurn
from scripts.bot.worker.worker import Worker

if TYPE_CHECKING:
    import datetime as dt
    from multiprocessing.context import ForkServerProcess

    from tests.bot.worker.bench import Setup

_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.bot.worker.runner", "tests.bot.worker.bench"])


def work(setup: Setup, now: dt.datetime, kill_at: int, log: str, name: str) -> None:
    """Do all that is due, and write the checkpoints down; die at the one of this number (-1: at none)."""
    passed = 0

    def checkpoint(place: str) -> None:
        nonlocal passed
        with open(log, "a", encoding="utf-8") as file:  # noqa: PTH123  # as short as it can be before the end
            file.write(place + "\n")
        if passed == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)
        passed += 1

    place = setup.open(lambda: now, checkpoint, name)
    worker = InTurn(Worker(name, place), IssueTaker(name, place), BrokenTeller(place, ""))
    worker.start()
    while worker.run_once(now):
        pass
    place.close()
    place.store.close()


def run(setup: Setup, now: dt.datetime, kill_at: int = -1, name: str = "w") -> list[str]:
    """Run a worker to its end, one way or the other; the checkpoints that it passed."""
    log = setup.directory / f"checkpoints-{name}.txt"
    log.write_text("", "utf-8")
    process: ForkServerProcess = _CONTEXT.Process(target=work, args=(setup, now, kill_at, str(log), name))
    process.start()
    process.join(120)
    passed = log.read_text("utf-8").splitlines()
    assert process.exitcode == (0 if kill_at < 0 or len(passed) <= kill_at else -signal.SIGKILL), passed
    return passed

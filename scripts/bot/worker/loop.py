"""Keeps a piece of work going until somebody says stop; what has been begun is finished first."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Protocol

from scripts.bot.store import StoreError

if TYPE_CHECKING:
    import datetime as dt
    import threading

    from scripts.bot.clock import Clock

logger = logging.getLogger(__name__)
IDLE = 1.0  # seconds between two looks where there is nothing to do
AFTER_TROUBLE = 5.0  # seconds before the next try where the database could not be used


class Work(Protocol):
    """Something that is done piece by piece."""

    def start(self) -> None:
        """Take over what an earlier run left."""

    def stop(self) -> None:
        """Give back what is in hand."""

    def run_once(self, now: dt.datetime) -> bool:
        """Do one piece; False where there is nothing to do. May raise StoreError."""


def keep_on(work: Work, clock: Clock, stop: threading.Event, *, idle: float = IDLE) -> None:
    """Do one piece after the other until ``stop`` is set. A database that cannot be used is waited for."""
    started = False
    while not stop.is_set():
        try:
            if not started:
                work.start()
                started = True
            if not work.run_once(clock()):
                stop.wait(idle)
        except StoreError as error:
            logger.error("database trouble", extra={"error": type(error).__name__})  # noqa: TRY400  # its text may be a statement's
            started = False
            stop.wait(AFTER_TROUBLE)
    if started:
        work.stop()


class InTurn:
    """Several kinds of work for one thread: the first that has something to do goes first."""

    def __init__(self, *works: Work) -> None:
        self._works = works

    def start(self) -> None:
        """Start them all."""
        for work in self._works:
            work.start()

    def stop(self) -> None:
        """Stop them all."""
        for work in self._works:
            work.stop()

    def run_once(self, now: dt.datetime) -> bool:
        """One piece of the first that has one."""
        return any(work.run_once(now) for work in self._works)

"""What is done now and then beside the work itself: purging, the week’s digest, tidying."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Final

from scripts.bot.french import worker as french
from scripts.bot.store import StoreError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from scripts.bot.store import Store

logger = logging.getLogger(__name__)
NOTICE: Final = "chores"


class Chores:
    """As `scripts.bot.worker.loop.Work`: each chore at its interval, the first time when the worker starts.

    One that fails stops neither the others nor the work: it is told to administrators, and tried again at its next turn.
    """

    def __init__(self, store: Store, chores: Sequence[tuple[dt.timedelta, Callable[[dt.datetime], object]]]) -> None:
        self._store = store
        self._chores = list(chores)
        self._next: list[dt.datetime | None] = [None] * len(self._chores)
        self._failing: set[int] = set()
        self._noticed = False

    def start(self) -> None:
        """Nothing was left but what was told."""
        self._noticed = any(notice.name == NOTICE for notice in self._store.notices())

    def stop(self) -> None:
        """Nothing is in hand."""

    def run_once(self, now: dt.datetime) -> bool:
        """Do the first chore that is due. Raises StoreError where the database cannot be used; the chore is then still due."""
        for place, (interval, chore) in enumerate(self._chores):
            due = self._next[place]
            if due is None or due <= now:
                self._do(place, chore, now)
                self._next[place] = now + interval
                return True
        return False

    def _do(self, place: int, chore: Callable[[dt.datetime], object], now: dt.datetime) -> None:
        try:
            chore(now)
        except StoreError:
            raise
        except Exception:  # whatever a chore meets, people’s proposals go on
            logger.exception("chore failed")
            self._failing.add(place)
            self._store.raise_notice(NOTICE, french.CHORE_FAILED, now)
            self._noticed = True
        else:
            self._failing.discard(place)
            if self._noticed and not self._failing and self._all_done(place):
                self._store.clear_notice(NOTICE)
                self._noticed = False

    def _all_done(self, place: int) -> bool:
        """Whether each chore had its turn since the start, counting the one at ``place``, which has it now."""
        return all(due is not None or number == place for number, due in enumerate(self._next))

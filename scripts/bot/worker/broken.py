"""Says below a page's request that publication could not show the page as it was accepted: one comment, and no second one.

Killed between the comment and the note that it is written, the worker comes back to it and finds it by its marker.
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Final

from scripts.bot.french import broken as french
from scripts.bot.store import StoreError
from scripts.bot.worker.trouble import trouble_of

if TYPE_CHECKING:
    from scripts.bot.store.broken import BrokenFile
    from scripts.bot.worker.place import Workplace

logger = logging.getLogger(__name__)
LEASE: Final = dt.timedelta(minutes=10)
_IN_VAIN: Final = frozenset({"rights", "gone", "invalid"})  # a locked request, or one that is there no more


class BrokenTeller:
    """As `scripts.bot.worker.loop.Work`. ``guide``: the address of the guide, or ""."""

    def __init__(self, place: Workplace, guide: str) -> None:
        self._place = place
        self._guide = guide

    def start(self) -> None:
        """What was left is due again by itself."""

    def stop(self) -> None:
        """Nothing is in hand between two comments."""

    def run_once(self, now: dt.datetime) -> bool:
        """Write one comment that is due; False where there is none. May raise StoreError."""
        broken = self._place.store.broken
        file = broken.take(now, LEASE)
        if file is None:
            return False
        try:
            self._say(file)
        except StoreError:
            raise
        except Exception as error:  # noqa: BLE001  # one comment must not stop the others
            trouble = trouble_of(error)
            logger.warning("comment on a broken file not written", extra={"kind": trouble.kind})
            if trouble.kind not in _IN_VAIN:
                place = self._place
                pause = trouble.pause(file.attempts, place.pauses, place.chance())
                broken.settle(
                    file, next_try=now + max(pause, place.pauses.closed_forge if trouble.closes_forge else pause)
                )
                return True
        broken.settle(file)
        self._place.checkpoint("written broken comment")
        return True

    def _say(self, file: BrokenFile) -> None:
        place = self._place
        number = place.store.broken.request_of(file.path)
        if number is not None:
            marker = f"fautif-{place.store.keyed_hash('broken file', file.ref)[:40]}"
            text = french.comment(file, self._guide)
            place.effect("broken comment", lambda: place.ask(place.forge.comment(number, marker, text)))

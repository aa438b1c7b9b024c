"""What the worker does once a day so that nothing is kept for longer than the privacy page says."""

from __future__ import annotations

import contextlib
import datetime as dt
import logging
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scripts.bot.privacy import journal
from scripts.bot.store.retention import Retention
from scripts.bot.submission import State

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.bot.settings import Settings
    from scripts.bot.store import Store

KEPT_PICTURES: Final = "kept"
"""The folder of `scripts.bot.web.posting.kept`, below the service's own."""

A_DAY: Final = 86_400  # seconds
logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Purge:
    """How many went: submissions, submissions whose sender is now unknown, addresses of former members, counters."""

    vanished: int
    blanked: int
    members: int
    expired: int


def purge(store: Store, settings: Settings, now: dt.datetime) -> Purge:
    """Drop what is over its time. Safe to be run at any moment, by several workers.

    Addresses of those who have no member file any more are forgotten too, unless something accepted is still on its way to
    the site, since its author may be a member that the root lacks yet.
    """
    done = store.privacy.purge(now, retention_of(settings))
    forgotten, members = 0, _members(settings.root)
    if members and not store.counts().get(State.MERGED):
        forgotten = store.privacy.forget_other_members(members)
    journal.forget(settings.state, now)
    _forget_kept_pictures(settings.state / KEPT_PICTURES, now)
    result = Purge(done.vanished, done.blanked, forgotten, done.expired)
    logger.info(
        "purged",
        extra={"vanished": done.vanished, "blanked": done.blanked, "members": forgotten, "expired": done.expired},
    )
    return result


def _members(root: Path) -> set[str]:
    """Whoever has a file, whatever is in it: one with an error makes nobody a former member."""
    return {file.stem for file in (root / "data" / "members").glob("*.yaml")}


def _forget_kept_pictures(folder: Path, now: dt.datetime) -> None:
    """Pictures of forms that nobody sent again. Where the intake is another user, its folder is its own to tidy."""
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        return
    for file in folder.iterdir():
        with contextlib.suppress(FileNotFoundError):  # the intake tidies as well
            if now.timestamp() - file.stat().st_mtime > A_DAY:
                file.unlink()


def retention_of(settings: Settings) -> Retention:
    """The periods of the settings."""
    return Retention(
        contact=dt.timedelta(days=settings.contact_days),
        finished=dt.timedelta(days=settings.retention_days),
        quarantine=dt.timedelta(days=settings.quarantine_days),
        unconfirmed=dt.timedelta(days=settings.unconfirmed_days),
    )

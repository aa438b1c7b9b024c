"""The machine's clock: tokens, leases and expiry depend on it."""

from __future__ import annotations

import datetime as dt
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final

from scripts.bot.doctor.finding import Finding, fine, wrong
from scripts.bot.french import doctor as french
from scripts.bot.git.command import Git
from scripts.bot.git.errors import GitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scripts.bot.doctor.instruments import Instruments

MOST: Final = dt.timedelta(seconds=60)
"""GitHub refuses an app's token made in its future (https://docs.github.com, « Generating a JSON Web Token »)."""
DAY: Final = dt.timedelta(days=1)


def check_clock(said: str, root: Path, instruments: Instruments) -> Iterator[Finding]:
    """Against the forge's clock and the last commit of the root.

    ``said``: the ``Date`` of an answer that has just come (RFC 9110, 6.6.1), empty where there was none.
    """
    now = instruments.clock()
    theirs, last = _read(said), _last_commit(root)
    if theirs is not None and abs(now - theirs) > MOST:
        yield wrong(french.CLOCK, french.skewed(now - theirs), french.SET_CLOCK)
    elif last is not None and last - now > DAY:
        yield wrong(french.CLOCK, french.before_last_commit(last), french.SET_CLOCK)
    elif theirs is not None:
        yield fine(french.CLOCK, french.skew(now - theirs))
    else:
        yield fine(french.CLOCK, french.plausible(now))


def _read(said: str) -> dt.datetime | None:
    try:
        read = parsedate_to_datetime(said)
    except ValueError:
        return None
    return read if read.tzinfo else None


def _last_commit(root: Path) -> dt.datetime | None:
    """When the root was last changed; None where it is no repository."""
    try:
        said = Git(root / ".git").text("log", "-1", "--format=%ct")
    except GitError:
        return None
    return dt.datetime.fromtimestamp(int(said), dt.UTC) if said else None

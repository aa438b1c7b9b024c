"""The clock and chance as the bot takes them: parameters everywhere, so that a test can hold them still."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import TypeAlias

Clock: TypeAlias = Callable[[], dt.datetime]
"""Gives the present moment, in UTC."""

Entropy: TypeAlias = Callable[[int], bytes]
"""Gives so many unpredictable bytes."""


def utc_now() -> dt.datetime:
    """The machine's clock."""
    return dt.datetime.now(dt.UTC)

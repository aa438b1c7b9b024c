"""How old is old. Constants: a region that wants others says so in an issue, and then they become settings."""

from __future__ import annotations

import datetime as dt
from typing import Final

NEWS_YEARS: Final = 2  # an initiative without news, and how long « still exact » holds
QUIET_YEARS: Final = 1  # a club, pillar or territory that nothing was written about
RECENT_YEARS: Final = 1  # how long something that is over can still be prolonged
OUTCOME: Final = dt.timedelta(days=182)  # after which a closed call should name its winners


def years_before(day: dt.date, years: int) -> dt.date:
    """The same day of an earlier year; the last day of February for the 29th."""
    try:
        return day.replace(year=day.year - years)
    except ValueError:
        return day.replace(year=day.year - years, day=28)

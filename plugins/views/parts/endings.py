"""When an event is over, to the minute: the build knows days, the script ``past.js`` the reader's clock."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from plugins.model.occurrences import DEFAULT_TIMEZONE, occurrences, zone

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.model.occurrences import Occurrence

LATER: Final = 8  # further times of an event that comes again: weeks without a build, most often
AHEAD: Final = dt.timedelta(days=400)
_LAST_DAY: Final = dt.date.max - dt.timedelta(days=1)


def over_at(moment: Occurrence) -> str:
    """The moment at which an occurrence is over, with its offset (ISO 8601).

    Whole days end at midnight where they take place, and so does what has no end: nobody knows how long it lasts.
    """
    if isinstance(moment.end, dt.datetime) and moment.end != moment.start:
        return moment.end.isoformat(timespec="minutes")
    return end_of_day(moment.last_day, moment.tz)


def end_of_day(day: dt.date, tz: str = DEFAULT_TIMEZONE) -> str:
    """The midnight after a day in a timezone, with its offset."""
    after = min(day, _LAST_DAY) + dt.timedelta(days=1)
    return dt.datetime.combine(after, dt.time(), tzinfo=zone(tz)).isoformat(timespec="minutes")


def later(fields: Mapping[str, Any], moment: Occurrence, today: dt.date) -> list[str]:
    """The times after ``moment``, at most :data:`LATER`, each as its day and its end: ``2026-12-03/2026-12-03T20:00+01:00``.

    None for what lasts several days: its words are those of one time.
    """
    if not fields.get("recurrence") or moment.last_day < today or moment.last_day > moment.first_day:
        return []
    found = occurrences(fields, moment.first_day, moment.first_day + AHEAD, today=today)
    after = [one for one in found if one.first_day > moment.first_day][:LATER]
    return [f"{one.first_day.isoformat()}/{over_at(one)}" for one in after]


def last_end(fields: Mapping[str, Any], moment: Occurrence, today: dt.date) -> str:
    """The moment at which an event is over for good, as far as its rule is followed."""
    if not fields.get("recurrence") or moment.last_day < today:
        return over_at(moment)
    return over_at(occurrences(fields, today, dt.date.max, today=today)[-1])

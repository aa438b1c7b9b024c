"""The rules of a timezone over a span of years, as a VTIMEZONE (RFC 5545, section 3.6.5).

Why not the one that ``icalendar`` makes: it writes the start of summer time as clocks show it afterwards (03:00), where the
standard wants what they showed until then (02:00), so that the change comes an hour late; and it lists changes as RDATE,
of which programs built on ical.js (Thunderbird among them) read one and no more.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard, vRecur

from plugins.model.occurrences import zone

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from zoneinfo import ZoneInfo

STEP: Final = dt.timedelta(days=7)  # no zone changes its offset twice in a week
PRECISION: Final = dt.timedelta(minutes=1)
LOOK_AHEAD: Final = 4  # years: what changes alike so often changes by a rule
WEEKDAYS: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")


@lru_cache(maxsize=64)
def vtimezone(name: str, first_year: int, last_year: int) -> bytes:
    """The VTIMEZONE of an IANA name, right from 1 January of the first year to 31 December of the last.

    Changes that follow a rule are written as one, which goes on for ever; others one by one.
    """
    tz = zone(name)
    start = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC) - dt.timedelta(days=1)
    end = dt.datetime(last_year + 1, 1, 2, tzinfo=dt.UTC)
    component = Timezone()
    component.add("TZID", name)
    component.add_component(_observance(tz, start, _offset(tz, start)))
    for group in _grouped(tz, start, end.replace(year=end.year + LOOK_AHEAD)):
        for rule in _rules(tz, group, end):
            component.add_component(rule)
    return bytes(component.to_ical())


def _rules(
    tz: ZoneInfo, group: Sequence[dt.datetime], end: dt.datetime
) -> Iterator[TimezoneStandard | TimezoneDaylight]:
    """Changes of one kind (each spring, each autumn): by their rule where they have one, else each of them until ``end``."""
    before = _offset(tz, group[0] - PRECISION)
    rule = yearly_rule([moment + before for moment in group])
    if rule:
        found = _observance(tz, group[0], before)
        found.add("RRULE", vRecur.from_ical(rule))
        yield found
    else:
        yield from (_observance(tz, moment, before) for moment in group if moment < end)


def yearly_rule(days: Sequence[dt.datetime]) -> str | None:
    """The rule by which dates return each year (« the last Sunday of March, at the same time »), None if there is none."""
    years = [day.year for day in days]
    if len(days) < LOOK_AHEAD or years != list(range(years[0], years[0] + len(years))):
        return None
    kinds = {(day.month, day.weekday(), day.time()) for day in days}
    if len(kinds) > 1:
        return None
    nth = {(day.day - 1) // 7 + 1 for day in days}
    last = all(day.day + 7 > monthrange(day.year, day.month)[1] for day in days)
    if not last and len(nth) > 1:
        return None
    ordinal = -1 if last else nth.pop()
    return f"FREQ=YEARLY;BYMONTH={days[0].month};BYDAY={ordinal}{WEEKDAYS[days[0].weekday()]}"


def transitions(tz: ZoneInfo, start: dt.datetime, end: dt.datetime) -> Iterator[dt.datetime]:
    """The moments (UTC) between ``start`` and ``end`` at which a zone's offset or name changes."""
    steps = [start + STEP * number for number in range((end - start) // STEP + 2)]
    for before, after in pairwise(steps):
        if _state(tz, before) != _state(tz, after):
            yield _change(tz, before, after)


def _change(tz: ZoneInfo, before: dt.datetime, after: dt.datetime) -> dt.datetime:
    old = _state(tz, before)
    while after - before > PRECISION:
        middle = before + (after - before) // 2
        before, after = (middle, after) if _state(tz, middle) == old else (before, middle)
    return after.replace(second=0, microsecond=0)


def _grouped(tz: ZoneInfo, start: dt.datetime, end: dt.datetime) -> list[list[dt.datetime]]:
    """The changes, those of one kind together."""
    groups: dict[object, list[dt.datetime]] = {}
    for moment in transitions(tz, start, end):
        groups.setdefault((_state(tz, moment - PRECISION), _state(tz, moment)), []).append(moment)
    return list(groups.values())


def _observance(tz: ZoneInfo, moment: dt.datetime, before: dt.timedelta) -> TimezoneStandard | TimezoneDaylight:
    """What holds from a moment on, which is written as clocks showed it until then."""
    local = moment.astimezone(tz)
    rule = TimezoneDaylight() if local.dst() else TimezoneStandard()
    rule.add("DTSTART", (moment + before).replace(tzinfo=None))
    rule.add("TZNAME", local.tzname() or name_of(before))
    rule.TZOFFSETFROM = before
    rule.TZOFFSETTO = _offset(tz, moment)
    return rule


def name_of(offset: dt.timedelta) -> str:
    """What to call an offset that has no abbreviation."""
    return f"UTC{offset.total_seconds() / 3600:+g}"


def _offset(tz: ZoneInfo, moment: dt.datetime) -> dt.timedelta:
    return moment.astimezone(tz).utcoffset() or dt.timedelta()


def _state(tz: ZoneInfo, moment: dt.datetime) -> tuple[dt.timedelta, str | None]:
    local = moment.astimezone(tz)
    return local.utcoffset() or dt.timedelta(), local.tzname()

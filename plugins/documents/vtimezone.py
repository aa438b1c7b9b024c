"""The rules of a timezone over a span of years, as a VTIMEZONE (RFC 5545, section 3.6.5).

Why not the one that ``icalendar`` makes: it writes the start of summer time as clocks show it afterwards
(03:00), where the standard wants what they showed until then (02:00), so that the change comes an hour late.
"""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from icalendar import Timezone, TimezoneDaylight, TimezoneStandard

from plugins.model.occurrences import zone

if TYPE_CHECKING:
    from collections.abc import Iterator
    from zoneinfo import ZoneInfo

STEP: Final = dt.timedelta(days=7)  # no zone changes its offset twice in a week
PRECISION: Final = dt.timedelta(minutes=1)


@lru_cache(maxsize=64)
def vtimezone(name: str, first_year: int, last_year: int) -> bytes:
    """The VTIMEZONE of an IANA name, right from 1 January of the first year to 31 December of the last."""
    tz = zone(name)
    start = dt.datetime(first_year, 1, 1, tzinfo=dt.UTC) - dt.timedelta(days=1)
    end = dt.datetime(last_year + 1, 1, 2, tzinfo=dt.UTC)
    component = Timezone()
    component.add("TZID", name)
    component.add_component(_observance(tz, start, _offset(tz, start), []))
    for group in _grouped(tz, start, end).values():
        component.add_component(_observance(tz, group[0], _offset(tz, group[0] - PRECISION), group[1:]))
    return bytes(component.to_ical())


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


def _grouped(tz: ZoneInfo, start: dt.datetime, end: dt.datetime) -> dict[object, list[dt.datetime]]:
    """The changes, those of one kind together (each spring, each autumn)."""
    groups: dict[object, list[dt.datetime]] = {}
    for moment in transitions(tz, start, end):
        groups.setdefault((_state(tz, moment - PRECISION), _state(tz, moment)), []).append(moment)
    return groups


def _observance(
    tz: ZoneInfo, moment: dt.datetime, before: dt.timedelta, again: list[dt.datetime]
) -> TimezoneStandard | TimezoneDaylight:
    """One rule: from ``moment`` on and at each of ``again``, written as clocks showed it until then."""
    local = moment.astimezone(tz)
    rule = TimezoneDaylight() if local.dst() else TimezoneStandard()
    rule.add("DTSTART", (moment + before).replace(tzinfo=None))
    if again:
        rule.add("RDATE", [(other + before).replace(tzinfo=None) for other in again])
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

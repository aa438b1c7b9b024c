"""When an event takes place: its dates, and those that its recurrence rule adds (RFC 5545, section 3.3.10).

Times are wall-clock times of the event's own timezone: a weekly meeting at 18:30 stays at 18:30 when the
clocks change. There is no clock here; whoever needs "today" says it.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final, TypeAlias, cast
from zoneinfo import ZoneInfo

from dateutil.rrule import rrulestr

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dateutil.rrule import rrule

DEFAULT_TIMEZONE: Final = "Europe/Paris"
MONTHS_AHEAD: Final = 24  # how far a rule without UNTIL or COUNT is followed
MOST: Final = 2000  # occurrences taken from one window; nobody reads more, and a hostile rule stops here
FREQUENCIES: Final = frozenset({"DAILY", "WEEKLY", "MONTHLY", "YEARLY"})
PARTS: Final = {
    "UNTIL": re.compile(r"\d{8}(T\d{6}Z?)?"),
    "COUNT": re.compile(r"[1-9]\d{0,3}"),
    "INTERVAL": re.compile(r"[1-9]\d{0,2}"),
    "BYDAY": re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)(,([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU))*"),
    "BYMONTHDAY": re.compile(r"[+-]?\d{1,2}(,[+-]?\d{1,2})*"),
    "BYMONTH": re.compile(r"\d{1,2}(,\d{1,2})*"),
    "BYSETPOS": re.compile(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*"),
    "BYYEARDAY": re.compile(r"[+-]?\d{1,3}(,[+-]?\d{1,3})*"),
    "BYWEEKNO": re.compile(r"[+-]?\d{1,2}(,[+-]?\d{1,2})*"),
    "WKST": re.compile(r"MO|TU|WE|TH|FR|SA|SU"),
}

Moment: TypeAlias = dt.datetime | dt.date


class RecurrenceError(ValueError):
    """A recurrence rule that cannot be followed; ``part`` is the part at fault (``INTERVAL=0``)."""

    def __init__(self, part: str) -> None:
        super().__init__(f"recurrence rule not understood: {part}")
        self.part = part


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time an event takes place.

    ``start`` and ``end`` are dates when ``all_day`` (``end`` is the last day, inclusive), otherwise
    date-times in the timezone ``tz`` (an IANA name). An event whose end was not given ends when it starts.
    """

    start: Moment
    end: Moment
    all_day: bool
    tz: str

    @property
    def first_day(self) -> dt.date:
        """The day on which it starts, where it takes place."""
        return _day(self.start)

    @property
    def last_day(self) -> dt.date:
        """The day on which it ends, where it takes place."""
        return _day(self.end)


def first_occurrence(fields: Mapping[str, Any]) -> Occurrence:
    """The dates written in an event's ``start``, ``end``, ``all_day`` and ``timezone``."""
    start, end = _span(fields)
    return _occurrence(start, end - start, all_day=_is_all_day(fields), tz=timezone_of(fields))


def timezone_of(fields: Mapping[str, Any]) -> str:
    """The IANA name of the timezone in which an event's times are written."""
    return str(fields.get("timezone") or DEFAULT_TIMEZONE)


def occurrences(
    fields: Mapping[str, Any], start: dt.date, end: dt.date, *, today: dt.date | None = None
) -> list[Occurrence]:
    """Every time an event takes place between the days ``start`` and ``end`` (both inclusive), in order.

    What begins before and goes on into the window counts. Where ``today`` is given, a rule without UNTIL or
    COUNT is followed for :data:`MONTHS_AHEAD` months from it. Raises :class:`RecurrenceError` for a rule that
    cannot be followed.
    """
    found: list[Occurrence] = []
    last = _horizon(fields, end, today)
    for occurrence in _from(fields, start):
        if occurrence.first_day > last or len(found) == MOST:
            break
        found.append(occurrence)
    return found


def next_occurrence(fields: Mapping[str, Any], today: dt.date) -> Occurrence | None:
    """The first occurrence that is not over on ``today`` (what goes on counts), or None when all is past."""
    occurrence = next(_from(fields, today), None)
    if occurrence is None or occurrence.first_day > _horizon(fields, dt.date.max, today):
        return None
    return occurrence


def is_past(fields: Mapping[str, Any], today: dt.date) -> bool:
    """Whether the last occurrence ended before ``today``."""
    return next_occurrence(fields, today) is None


def parse_rule(text: str) -> dict[str, str]:
    """The parts of a recurrence rule, ``FREQ`` among them, in the order in which they are written.

    Only whole days repeat here: rules that fire within a day are refused, and so are parts that no standard
    names.
    """
    parts: dict[str, str] = {}
    for part in text.removeprefix("RRULE:").rstrip(";").upper().split(";"):
        name, _, value = part.partition("=")
        if name in parts or not _is_valid(name, value):
            raise RecurrenceError(part)
        parts[name] = value
    if "FREQ" not in parts or ("UNTIL" in parts and "COUNT" in parts):
        raise RecurrenceError(text)
    return parts


def until(parts: Mapping[str, str], tz: str) -> dt.datetime | None:
    """The last moment of a rule as a wall-clock time in ``tz``; a plain date means the whole of that day."""
    written = parts.get("UNTIL")
    if written is None:
        return None
    try:
        if "T" not in written:
            return dt.datetime.combine(dt.datetime.strptime(written, "%Y%m%d"), dt.time(23, 59, 59))  # noqa: DTZ007  # wall clock
        moment = dt.datetime.strptime(written.rstrip("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007  # wall clock
    except ValueError as error:
        raise RecurrenceError(f"UNTIL={written}") from error
    if not written.endswith("Z"):
        return moment
    return moment.replace(tzinfo=dt.UTC).astimezone(zone(tz)).replace(tzinfo=None)


@lru_cache(maxsize=64)
def zone(name: str) -> ZoneInfo:
    """The timezone of an IANA name."""
    return ZoneInfo(name)


def _is_valid(name: str, value: str) -> bool:
    if name == "FREQ":
        return value in FREQUENCIES
    return name in PARTS and PARTS[name].fullmatch(value) is not None


def _from(fields: Mapping[str, Any], day: dt.date) -> Iterator[Occurrence]:
    """The occurrences that are not over on ``day``, in order."""
    start, end = _span(fields)
    all_day, tz, length = _is_all_day(fields), timezone_of(fields), end - start
    for moment in _moments(fields, start, dt.datetime.combine(day, dt.time()) - length):
        occurrence = _occurrence(moment, length, all_day=all_day, tz=tz)
        if occurrence.last_day >= day:
            yield occurrence


def _moments(fields: Mapping[str, Any], start: dt.datetime, after: dt.datetime) -> Iterator[dt.datetime]:
    """The wall-clock starts from ``after`` on; the written start counts, even where the rule skips it."""
    yield start
    text = fields.get("recurrence")
    if text:
        rule = _rule(str(text), start, timezone_of(fields))
        yield from (moment for moment in rule.xafter(max(start, after), inc=True) if moment != start)


@lru_cache(maxsize=256)
def _rule(text: str, start: dt.datetime, tz: str) -> rrule:
    parts = parse_rule(text)
    plain = ";".join(f"{name}={value}" for name, value in parts.items() if name != "UNTIL")
    try:
        rule = cast("rrule", rrulestr(plain, dtstart=start))
        return rule.replace(until=until(parts, tz), cache=True)
    except ValueError as error:
        raise RecurrenceError(text) from error


def _horizon(fields: Mapping[str, Any], end: dt.date, today: dt.date | None) -> dt.date:
    text = str(fields.get("recurrence") or "").upper()
    if today is None or not text or "UNTIL=" in text or "COUNT=" in text:
        return end
    months = today.year * 12 + today.month - 1 + MONTHS_AHEAD
    limit = dt.date(months // 12, months % 12 + 1, 1) + dt.timedelta(days=today.day - 1)
    return min(end, limit)


def _span(fields: Mapping[str, Any]) -> tuple[dt.datetime, dt.datetime]:
    start = dt.datetime.fromisoformat(str(fields["start"]))
    end = dt.datetime.fromisoformat(str(fields.get("end") or fields["start"]))
    if _is_all_day(fields):
        return dt.datetime.combine(start, dt.time()), dt.datetime.combine(end, dt.time())
    if _is_day(fields.get("end")):
        # A date alone as the end of something with hours: it lasts until the end of that day.
        end = dt.datetime.combine(end, dt.time(23, 59))
    return start, max(start, end)


def _is_all_day(fields: Mapping[str, Any]) -> bool:
    return bool(fields.get("all_day")) or _is_day(fields["start"])


def _is_day(written: object) -> bool:
    """Whether a date-time is written as a date alone."""
    return len(str(written)) == len("2026-01-01")


def _occurrence(start: dt.datetime, length: dt.timedelta, *, all_day: bool, tz: str) -> Occurrence:
    if all_day:
        return Occurrence(start.date(), (start + length).date(), all_day, tz)
    return Occurrence(_local(start, tz), _local(start + length, tz), all_day, tz)


def _local(wall: dt.datetime, tz: str) -> dt.datetime:
    """A wall-clock time in its timezone.

    One that the spring change skips is read as RFC 5545 says, with the offset before the gap.
    """
    return wall.replace(tzinfo=zone(tz)).astimezone(dt.UTC).astimezone(zone(tz))


def _day(moment: Moment) -> dt.date:
    return moment.date() if isinstance(moment, dt.datetime) else moment

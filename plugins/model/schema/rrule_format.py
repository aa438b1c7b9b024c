"""Whether a text is a recurrence rule that calendars understand alike (RFC 5545, section 3.3.10)."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time

from dateutil.rrule import rrulestr

# Where a format check tries rules, which have no start there: eight years with two 29 February, at the end of
# what `datetime` knows. dateutil searches until then for a date, and from today that takes it seconds.
_NEAR_THE_END = date(9992, 1, 1)
_CYCLE = 400
_MAX_LENGTH = 500


def _numbers(low: int, high: int) -> re.Pattern[str]:
    """A list of numbers between two bounds, positive or counted from the end."""
    choices = "|".join(str(number) for number in range(high, low - 1, -1))
    return re.compile(rf"[-+]?0*(?:{choices})(?:,[-+]?0*(?:{choices}))*")


_DAY = r"(?:MO|TU|WE|TH|FR|SA|SU)"
_PARTS = {
    "FREQ": re.compile(r"DAILY|WEEKLY|MONTHLY|YEARLY"),
    "UNTIL": re.compile(r"[0-9]{8}(?:T[0-9]{6}Z?)?"),
    "COUNT": re.compile(r"[1-9][0-9]{0,3}"),
    "INTERVAL": re.compile(r"[1-9][0-9]{0,2}"),
    "BYMONTH": re.compile(_numbers(1, 12).pattern.replace("[-+]?", "")),
    "BYMONTHDAY": _numbers(1, 31),
    "BYYEARDAY": _numbers(1, 366),
    "BYWEEKNO": _numbers(1, 53),
    "BYSETPOS": _numbers(1, 366),
    "BYDAY": re.compile(rf"(?:[-+]?[1-9][0-9]?)?{_DAY}(?:,(?:[-+]?[1-9][0-9]?)?{_DAY})*"),
    "WKST": re.compile(_DAY),
}
_NOT_WITH = {
    "DAILY": ("BYYEARDAY", "BYWEEKNO"),
    "WEEKLY": ("BYMONTHDAY", "BYYEARDAY", "BYWEEKNO"),
    "MONTHLY": ("BYYEARDAY", "BYWEEKNO"),
    "YEARLY": (),
}
_LARGEST_WEEK = {"MONTHLY": 5, "YEARLY": 53}


def is_rrule(text: str) -> bool:
    """Tell whether a text is the value of an RRULE: `FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101`.

    Beyond the RFC's grammar: nothing more often than daily and no BYHOUR, BYMINUTE or BYSECOND (an event has
    one time of the day, and a rule of a few letters must not give a million dates); a date can be expected
    within eight years, so that nobody waits for 30 February. UNTIL may be a day, a local time or UTC,
    whatever DTSTART is.
    """
    parts = _split(text.upper())
    if parts is None or "FREQ" not in parts or ("UNTIL" in parts and "COUNT" in parts):
        return False
    if any(name in parts for name in _NOT_WITH[parts["FREQ"]]) or not _weekdays_fit(parts):
        return False
    if "BYSETPOS" in parts and not any(name.startswith("BY") for name in parts if name != "BYSETPOS"):
        return False
    if "UNTIL" in parts and not _exists(parts["UNTIL"]):
        return False
    return _occurs({name: value for name, value in parts.items() if name != "INTERVAL"}, _NEAR_THE_END)


def occurs_after(text: str, start: date) -> bool:
    """Tell whether a valid rule gives any date from a start on, bounds aside.

    `FREQ=DAILY;INTERVAL=7;BYDAY=MO` never does from a Tuesday, and dateutil would look until the year 9999.
    The calendar repeats after 400 years: so the search is made in the last of them, and takes 0.2 s at most.
    """
    last_cycle = date.max.year + 1 - _CYCLE
    return _occurs(dict(_split(text.upper()) or {}), start.replace(year=last_cycle + start.year % _CYCLE))


def _split(text: str) -> dict[str, str] | None:
    """Take a rule apart; None where a part is unknown, repeated or malformed."""
    if len(text) > _MAX_LENGTH:
        return None
    parts: dict[str, str] = {}
    for part in text.split(";"):
        name, _, value = part.partition("=")
        pattern = _PARTS.get(name)
        if pattern is None or name in parts or not pattern.fullmatch(value):
            return None
        parts[name] = value
    return parts


def _weekdays_fit(parts: dict[str, str]) -> bool:
    """Check the numbers before weekdays: `1SA` means something in a month or a year, up to their weeks."""
    weeks = [abs(int(day[:-2])) for day in parts.get("BYDAY", "").split(",") if len(day) > len("MO")]
    largest = 0 if "BYWEEKNO" in parts else _LARGEST_WEEK.get(parts["FREQ"], 0)
    return max(weeks, default=0) <= largest


def _exists(until: str) -> bool:
    day_only = len(until) == len("20270101")
    try:
        datetime.strptime(until.rstrip("Z"), "%Y%m%d" if day_only else "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    except ValueError:
        return False
    return True


def _occurs(parts: dict[str, str], start: date) -> bool:
    unbounded = ";".join(f"{name}={value}" for name, value in parts.items() if name not in {"UNTIL", "COUNT"})
    try:
        rule = rrulestr(unbounded, dtstart=datetime.combine(start, time()))
        return next(iter(rule), None) is not None
    except (ValueError, OverflowError):
        return False

"""Dates that must follow each other, and times that the change of hour leaves out."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from plugins.model.schema.formats import in_our_time, local_time_exists

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.problems import Problem
    from plugins.model.rules.draft import Draft
    from plugins.model.yaml.positions import Path

DEFAULT_TIMEZONE = "Europe/Paris"
_PAIRS: tuple[tuple[str, str], ...] = (("start", "end"), ("opens", "closes"), ("date", "updated"))
_DATE_LENGTH = len("2026-03-04")


def moment(text: str) -> dt.datetime | None:
    """A date or local date-time as a naive date-time (a date is its midnight), or None if it is neither."""
    if not in_our_time(text):
        return None  # the schema's formats report it
    try:
        return dt.datetime.fromisoformat(text.replace(" ", "T")).replace(tzinfo=None)
    except ValueError:
        return None


def precedes(end: str, start: str) -> bool:
    """Whether ``end`` lies before ``start``; where one has no time of day, days alone are compared."""
    first, last = moment(start), moment(end)
    if first is None or last is None:
        return False
    if min(len(start), len(end)) <= _DATE_LENGTH:
        return last.date() < first.date()
    return last < first


def order(draft: Draft) -> Iterator[Problem]:
    """A start comes before its end: of the entry, and of each phase."""
    for first, last in _PAIRS:
        yield from _pair(draft, (first,), (last,))
    phases = draft.get("phases")
    for number in range(len(phases) if isinstance(phases, list) else 0):
        yield from _pair(draft, ("phases", number, "start"), ("phases", number, "end"))


def _pair(draft: Draft, first: Path, last: Path) -> Iterator[Problem]:
    start, end = draft.text(*first), draft.text(*last)
    if start and end and precedes(end, start):
        other = f"{draft.label(first).lower()}, champ « {first[-1]} »"
        yield draft.say("end-before-start", last, end=end, start=start, other=other)


def deadline(draft: Draft) -> Iterator[Problem]:
    """One registers before the event is over."""
    path: Path = ("registration", "deadline")
    text = draft.text(*path)
    end = draft.text("end") or draft.text("start")
    if text and end and not draft.text("recurrence") and precedes(end, text):
        yield draft.say("deadline-after-event", path, deadline=text, end=end)


def times_exist(draft: Draft) -> Iterator[Problem]:
    """In the night of the change to summer time an hour is missing (02:30 on 2027-03-28 in Europe/Paris)."""
    zone = _zone(draft.text("timezone") or DEFAULT_TIMEZONE)
    phases = draft.get("phases")
    count = len(phases) if isinstance(phases, list) else 0
    paths: list[Path] = [("start",), ("end",), ("opens",), ("closes",), ("registration", "deadline")]
    paths += [("phases", number, name) for number in range(count) for name in ("start", "end")]
    for path in paths:
        text = draft.text(*path)
        when = moment(text) if len(text) > _DATE_LENGTH else None
        if zone and when and not local_time_exists(when, zone):
            yield draft.say("time-does-not-exist", path, value=text)


def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None  # the schema's format « timezone » reports the name

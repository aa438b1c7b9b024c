"""The months of an agenda: which there are, and what takes place in each.

A month has a page where something takes place in it; the current month and the :data:`AHEAD` next ones have one in any case, so
that a site that has not been built for a while still leads to the month of its reader. A careless entry makes few pages: what
lasts is followed through :data:`LONGEST` months, what comes again from :data:`BACK` months before today on.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from plugins.model.occurrences import MONTHS_AHEAD, first_occurrence, occurrences

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plugins.model.objects import Entry, Site
    from plugins.model.occurrences import Occurrence
    from plugins.model.schema.schemas import ContentType

AHEAD: Final = 2  # months after the current one that have a page even if nothing is announced
BACK: Final = 120  # months before the current one from which on a recurrence is followed
LONGEST: Final = 36  # months through which one occurrence is followed
_LAST: Final = dt.date.max.year * 12 + dt.date.max.month - 1


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month of a year. In addresses and for machines it is written 2026-12."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    @property
    def first(self) -> dt.date:
        """Its first day."""
        return dt.date(self.year, self.month, 1)

    @property
    def last(self) -> dt.date:
        """Its last day."""
        after = self.later(1)
        return after.first - dt.timedelta(days=1) if after > self else dt.date.max

    def later(self, months: int) -> Month:
        """The month so many months after it (before it if negative); the calendar's last month has none after it."""
        at = min(self.year * 12 + self.month - 1 + months, _LAST)
        return Month(at // 12, at % 12 + 1)


@dataclass(frozen=True, slots=True)
class Happening:
    """One time an event takes place."""

    entry: Entry
    moment: Occurrence


def month_of(day: dt.date) -> Month:
    """The month in which a day lies."""
    return Month(day.year, day.month)


def dated_types(site: Site) -> Iterator[ContentType]:
    """The content types whose lists are agendas, and so have months."""
    types = site.schemas.content_types
    return (kind for kind in types if kind.list and kind.direction == "upcoming" and kind.sort == "start")


def months(site: Site, kind: ContentType) -> dict[Month, list[Happening]]:
    """The months that have a page, in order, each with what takes place in it: by day, then hour, then id of the entry."""
    current = month_of(site.today)
    found: dict[Month, list[Happening]] = {current.later(ahead): [] for ahead in range(AHEAD + 1)}
    for happening in _happenings(site.by_folder.get(kind.folder, ()), site.today):
        for month in _months_of(happening.moment):
            found.setdefault(month, []).append(happening)
    return {month: sorted(found[month], key=_order) for month in sorted(found)}


def _happenings(entries: Iterable[Entry], today: dt.date) -> Iterator[Happening]:
    """Every time the entries take place; what comes again in a window of :data:`BACK` and :data:`MONTHS_AHEAD` months."""
    window = month_of(today).later(-BACK).first, month_of(today).later(MONTHS_AHEAD).last
    for entry in entries:
        if "start" not in entry.fields:
            continue
        if not entry.fields.get("recurrence"):
            yield Happening(entry, first_occurrence(entry.fields))
            continue
        first = first_occurrence(entry.fields).first_day
        found = occurrences(entry.fields, max(first, window[0]), max(first, window[1]), today=today)
        yield from (Happening(entry, one) for one in found if one.first_day >= window[0])


def _months_of(moment: Occurrence) -> Iterator[Month]:
    month, last = month_of(moment.first_day), month_of(moment.last_day)
    for _ in range(LONGEST):
        yield month
        if month >= last:
            return
        month = month.later(1)


def _order(happening: Happening) -> tuple[dt.date, str, str]:
    moment = happening.moment
    # Whole days before hours of the same day; hours as they are read where it takes place.
    return moment.first_day, "" if moment.all_day else moment.start.isoformat()[11:16], happening.entry.id

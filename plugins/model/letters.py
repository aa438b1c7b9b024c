"""The letter of a month: which months have one, and what it tells – what was published, and what comes next.

A letter appears on the first day after its month and is then what was known on that day, however late the site is built. The
letter of the month that runs is one in preparation: it tells what there is on the day of the build.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from plugins.model.months import Happening, Month, dated_types, month_of, months
from plugins.model.objects import entries_in
from plugins.model.occurrences import is_past

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plugins.model.objects import Club, Entry, Pillar, Site, Territory
    from plugins.model.schema.schemas import ContentType

AHEAD: Final = dt.timedelta(weeks=6)  # how far a letter looks: beyond the next one, which some readers will open late
LONGEST: Final = 36  # months through which something that stays open is followed
TOLD_WHILE_OPEN: Final = "consultation"  # the type of which all that is open is told, and not only what closes soon


@dataclass(frozen=True, slots=True)
class Digest:
    """What one letter tells. Nothing stands in it twice: what comes next is not among the news, even where it is new."""

    month: Month
    issued: dt.date  # the day of which « next » is said
    running: bool  # whether the month is not over yet
    news: list[tuple[ContentType, list[Entry]]]  # by type in the order of types, newest first, what is over after it
    events: list[Happening]  # the next time of each, by day
    closing: list[Entry]  # calls that can still be answered, the first to close first
    open: list[Entry]  # consultations, likewise
    expiring: list[Entry]  # offers that soon do not hold any more
    over: frozenset[
        str
    ]  # ids of the news that were behind us on that day: an event of last year, a call that is closed

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing to tell."""
        return not (self.news or self.ahead)

    @property
    def told(self) -> list[Entry]:
        """All that it tells, in order."""
        return [*(entry for _, entries in self.news for entry in entries), *self.ahead]

    @property
    def is_demo(self) -> bool:
        """Whether all that it tells is made up."""
        return not self.is_empty and all(entry.demo for entry in self.told)

    @property
    def ahead(self) -> list[Entry]:
        """All that comes next."""
        return [*(event.entry for event in self.events), *self.closing, *self.open, *self.expiring]


@dataclass(slots=True)
class _Shelf:
    """What the letters of a month may draw from."""

    published: list[Entry] = field(default_factory=list)
    events: list[Happening] = field(default_factory=list)
    ending: list[tuple[dt.date, dt.date, Entry]] = field(
        default_factory=list
    )  # (first day, last day, entry) by its last day
    open: list[tuple[dt.date, dt.date, Entry]] = field(default_factory=list)


class Letters:
    """The letters of a site, or of those of its entries that ``entries`` gives; each entry is looked at once for all of them.

    Demonstration content is told where ``demo`` says so.
    """

    def __init__(self, site: Site, entries: Iterable[Entry] | None = None, *, demo: bool = True) -> None:
        self._site = site
        self._shelves: dict[Month, _Shelf] = {}
        told = [
            entry for entry in (site.entries.values() if entries is None else entries) if _is_told(entry, demo=demo)
        ]
        ids = {entry.id for entry in told}
        for entry in told:
            self._shelf(month_of(entry.date)).published.append(entry)
            self._shelve_period(entry)
        for kind in dated_types(site):
            for month, found in months(site, kind).items():
                self._shelf(month).events += [one for one in found if one.entry.id in ids]

    def of(self, month: Month) -> Digest:
        """The letter of a month, which is over or runs."""
        running = month >= month_of(self._site.today)
        issued = self._site.today if running else month.later(1).first
        shelves = [self._shelves[one] for one in _months_between(issued, issued + AHEAD) if one in self._shelves]
        events = _next_times(shelves, issued)
        ending = [
            (last, entry)
            for shelf in shelves
            for first, last, entry in shelf.ending
            if max(first, entry.date) <= issued <= last <= issued + AHEAD
        ]
        here = self._shelves.get(month_of(issued), _Shelf())
        open_now = [(last, entry) for first, last, entry in here.open if max(first, entry.date) <= issued <= last]
        closing = _first_to_end((last, entry) for last, entry in ending if "closes" in entry.fields)
        expiring = _first_to_end((last, entry) for last, entry in ending if "closes" not in entry.fields)
        opened = _first_to_end(open_now)
        next_ones = {entry.id for entry in (*(event.entry for event in events), *closing, *expiring, *opened)}
        published = self._shelves.get(month, _Shelf()).published
        fresh = [entry for entry in published if entry.date <= issued and entry.id not in next_ones]
        over = frozenset(entry.id for entry in fresh if _is_over(entry, issued))
        news = list(self._by_type(fresh, over))
        return Digest(month, issued, running, news, events, closing, opened, expiring, over)

    def _by_type(self, fresh: list[Entry], over: frozenset[str]) -> Iterator[tuple[ContentType, list[Entry]]]:
        fresh.sort(key=lambda entry: (entry.id not in over, entry.date, entry.id), reverse=True)
        for kind in self._site.schemas.content_types:
            found = [entry for entry in fresh if entry.type.name == kind.name]
            if found:
                yield kind, found

    def _shelve_period(self, entry: Entry) -> None:
        fields = entry.fields
        end = fields.get("closes") or fields.get("expires")
        if not end or "start" in fields:
            return
        first, last = _day(fields.get("opens") or entry.date), _day(end)
        if entry.type.name != TOLD_WHILE_OPEN:
            self._shelf(month_of(last)).ending.append((first, last, entry))
            return
        for month in _months_between(first, last):
            self._shelf(month).open.append((first, last, entry))

    def _shelf(self, month: Month) -> _Shelf:
        return self._shelves.setdefault(month, _Shelf())


def letter_months(site: Site) -> list[Month]:
    """The months that have a letter, in order: those in which something was published, and the one that runs."""
    published = {
        month_of(entry.date) for entry in site.entries.values() if entry.type.feed and entry.date <= site.today
    }
    return sorted(published | {month_of(site.today)})


def entries_of(group: Club | Pillar | Territory) -> Sequence[Entry]:
    """What the letter of a group draws from: the entries that name it, as in its feed."""
    return entries_in(group.mentions)


def _is_told(entry: Entry, *, demo: bool) -> bool:
    """Letters tell what feeds tell: no static pages, no answers to consultations."""
    return entry.type.feed and (demo or not entry.demo)


def _is_over(entry: Entry, day: dt.date) -> bool:
    end = entry.fields.get("closes") or entry.fields.get("expires")
    if end:
        return _day(end) < day
    return "start" in entry.fields and is_past(entry.fields, day)


def _next_times(shelves: Iterable[_Shelf], issued: dt.date) -> list[Happening]:
    """Of each event the first time that is not over on ``issued`` and begins within :data:`AHEAD`, by day."""
    found: dict[str, Happening] = {}
    for shelf in shelves:
        for one in shelf.events:
            is_ahead = one.moment.first_day <= issued + AHEAD and one.moment.last_day >= issued
            if is_ahead and one.entry.date <= issued:
                found.setdefault(one.entry.id, one)
    return sorted(found.values(), key=lambda one: one.moment.first_day)


def _first_to_end(found: Iterable[tuple[dt.date, Entry]]) -> list[Entry]:
    return [entry for _, entry in sorted(found, key=lambda one: (one[0], one[1].id))]


def _months_between(first: dt.date, last: dt.date) -> Iterator[Month]:
    month, end = month_of(first), month_of(last)
    for _ in range(LONGEST):
        yield month
        if month >= end:
            return
        month = month.later(1)


def _day(value: object) -> dt.date:
    """The day of an ISO 8601 date or date-time."""
    return dt.date.fromisoformat(str(value)[:10])

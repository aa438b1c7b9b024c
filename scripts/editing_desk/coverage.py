"""Who and what is written about: how many entries each club, pillar and territory had in the last year, and when the last was."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.model.objects import entries_in
from scripts.editing_desk.periods import QUIET_YEARS, years_before

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable

    from plugins.model.objects import Club, Pillar, Site, Territory


@dataclass(frozen=True, slots=True)
class Covered:
    """A club, pillar or territory: ``count`` entries in the last year, the ``last`` ever on that day, or None."""

    name: str
    address: str
    count: int
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Coverage:
    """The groups of each kind, those with nothing for longest first."""

    clubs: tuple[Covered, ...]
    pillars: tuple[Covered, ...]
    territories: tuple[Covered, ...]


def coverage(site: Site) -> Coverage:
    """What was published about whom; made-up entries and groups count for nothing."""
    return Coverage(
        _covered([club for club in site.clubs.values() if not club.demo], site.today),
        _covered(site.pillars.values(), site.today),
        _covered(site.territories.values(), site.today),
    )


def _covered(groups: Iterable[Club | Pillar | Territory], today: dt.date) -> tuple[Covered, ...]:
    found = [_of(group, today) for group in groups]
    return tuple(sorted(found, key=lambda one: (one.count > 0, str(one.last or ""), one.count)))


def _of(group: Club | Pillar | Territory, today: dt.date) -> Covered:
    days = [entry.date for entry in entries_in(group.mentions) if not entry.demo and entry.date <= today]
    since = years_before(today, QUIET_YEARS)
    return Covered(group.name, group.address, sum(day > since for day in days), max(days, default=None))

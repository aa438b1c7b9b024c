"""The figures of each year, as the CREC asks for them: entries by type, events that took place, contributors, delays.

A year's entries are those whose publication date lies in it and not after today; what is made up does not count, nor do the pages
of the site itself.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from dataclasses import dataclass
from statistics import median
from typing import TYPE_CHECKING, Final

from plugins.model.occurrences import occurrences
from plugins.views.words.states import has_dates

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.model.objects import Entry, Site
    from scripts.editing_desk.known import Delay

YEARS: Final = 5  # shown, the present one included


@dataclass(frozen=True, slots=True)
class YearFigures:
    """``entries`` by the name of their type; ``meetings`` is how often events took place; ``contributors`` how many different
    members signed; ``delay`` the median of days from proposal to publication, None where nothing came by a form.
    """

    year: int
    entries: Mapping[str, int]
    meetings: int
    contributors: int
    delay: float | None

    @property
    def total(self) -> int:
        """All entries of the year."""
        return sum(self.entries.values())


def figures(site: Site, delays: Sequence[Delay]) -> tuple[YearFigures, ...]:
    """The last years in their order, the present one last; none before the first entry."""
    counted = [entry for entry in site.entries.values() if _counts(entry, site.today)]
    first = min((entry.date.year for entry in counted), default=site.today.year)
    years = range(max(first, site.today.year - YEARS + 1), site.today.year + 1)
    return tuple(_of(year, counted, delays, site.today) for year in years)


def _counts(entry: Entry, today: dt.date) -> bool:
    return not entry.demo and bool(entry.type.address) and entry.date <= today


def _of(year: int, entries: Sequence[Entry], delays: Sequence[Delay], today: dt.date) -> YearFigures:
    own = [entry for entry in entries if entry.date.year == year]
    authors = {author if isinstance(author, str) else author.id for entry in own for author in entry.authors}
    waited = [delay.days for delay in delays if delay.published.year == year]
    return YearFigures(
        year,
        dict(Counter(entry.type.name for entry in own)),
        sum(_meetings(entry, year, today) for entry in entries),
        len(authors),
        float(median(waited)) if waited else None,
    )


def _meetings(entry: Entry, year: int, today: dt.date) -> int:
    """How often an event began in a year and up to today; what was cancelled did not."""
    if not has_dates(entry.fields) or entry.fields.get("status") == "cancelled":
        return 0
    first, last = dt.date(year, 1, 1), min(dt.date(year, 12, 31), today)
    if int(str(entry.fields["start"])[:4]) > year:
        return 0
    return sum(one.first_day.year == year for one in occurrences(entry.fields, first, last, today=today))

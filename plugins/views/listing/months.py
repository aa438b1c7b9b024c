"""The agenda month by month: a table that says what takes place on which day, and the ways to the months around."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import list_address, month_address
from plugins.model.months import dated_types, month_of, months
from plugins.model.occurrences import DEFAULT_TIMEZONE
from plugins.publication.page import Page
from plugins.views.listing.list_index import entry_index
from plugins.views.listing.month_days import MonthEvent, Week, lasts_throughout, month_event, weeks
from plugins.views.listing.narrow import Narrow, narrow
from plugins.views.page.addition import proposal
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.parts.sections import link
from plugins.views.words.french import MONTHS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.model.months import Happening, Month
    from plugins.model.schema.schemas import ContentType
    from plugins.publication.context import Context


class MonthLink(TypedDict):
    """The way to another month."""

    name: Annotated[str, "The month and its year, in words."]
    month: Annotated[str, "The month alone."]
    href: str
    skips: Annotated[bool, "Whether months in which nothing takes place lie between."]
    count: Annotated[int, "How many events it has."]


class MonthsOfYear(TypedDict):
    """The months of a year that have a page."""

    year: int
    months: list[MonthLink]


class MonthView(TypedDict):
    """A month of the agenda (``month.html``)."""

    page: Frame
    title: Annotated[str, "The title of the list to which it belongs."]
    name: Annotated[str, "The month and its year, in words."]
    list: Annotated[Link, "The list to which it belongs."]
    total: Annotated[int, "How many events it has."]
    throughout: Annotated[list[MonthEvent], "What lasts all month."]
    weeks: Annotated[list[Week], "The table, from Monday to Sunday."]
    before: Annotated[MonthLink | None, "The month before in which something takes place."]
    after: Annotated[MonthLink | None, "The month after in which something takes place."]
    now: Annotated[MonthLink, "The month in which the site is built."]
    ahead: Annotated[str, "The months from then on that have a page, for a reader who comes later."]
    years: Annotated[list[MonthsOfYear], "The months that have a page, by year."]
    zone: Annotated[str, "The timezone in which days begin."]
    narrow: Narrow | None
    propose: Annotated[Link | None, "How to propose one; None where this type has no form."]
    clock: Annotated[str, "The script that knows the reader's day; empty where there are no scripts."]


@dataclass(frozen=True, slots=True)
class _Agenda:
    """What all months of an agenda share."""

    ctx: Context
    kind: ContentType
    found: Mapping[Month, Sequence[Happening]]
    ways: Mapping[Month, MonthLink]
    filters: Narrow | None


def month_pages(ctx: Context) -> Iterator[Page]:
    """Every month of every agenda."""
    for kind in dated_types(ctx.site):
        found = months(ctx.site, kind)
        entries = ctx.site.by_folder.get(kind.folder, ())
        agenda = _Agenda(
            ctx=ctx,
            kind=kind,
            found=found,
            ways={month: _way(ctx, kind, month, found[month]) for month in found},
            filters=narrow(ctx, kind.name, entry_index(ctx, kind, entries).facets),
        )
        yield from (Page(month_address(kind, month), "month.html", _view(agenda, month)) for month in found)


def current_month(ctx: Context, kind: ContentType) -> Link:
    """The month in which the site is built."""
    month = month_of(ctx.site.today)
    return {"name": month_words(month), "href": ctx.href(month_address(kind, month))}


def month_words(month: Month) -> str:
    """« décembre 2026 »."""
    return f"{MONTHS[month.month - 1]} {month.year}"


def _view(agenda: _Agenda, month: Month) -> MonthView:
    ctx, kind, ways, filters = agenda.ctx, agenda.kind, agenda.ways, agenda.filters
    here, now, count = agenda.found[month], month_of(ctx.site.today), ways[month]["count"]
    throughout = [happening for happening in here if lasts_throughout(happening, month)]
    return {
        "page": _frame(agenda, month),
        "title": typography(kind.title),
        "name": month_words(month),
        "list": link(ctx, kind.title, list_address(kind)),
        "total": count,
        "throughout": [month_event(ctx, happening, month.first) for happening in throughout],
        "weeks": weeks(ctx, month, [happening for happening in here if not lasts_throughout(happening, month)]),
        "before": _neighbour(month, ways, -1),
        "after": _neighbour(month, ways, 1),
        "now": ways[now],
        "ahead": " ".join(str(other) for other in agenda.found if other >= now),
        "years": _years(month, ways),
        "zone": DEFAULT_TIMEZONE,
        "narrow": {**filters, "total": count} if filters and here else None,
        "propose": proposal(ctx, kind),
        "clock": ctx.asset("js/past.js") if "theme_files" in ctx.outputs else "",
    }


def _frame(agenda: _Agenda, month: Month) -> Frame:
    kind, ways = agenda.kind, agenda.ways
    own, name = list_address(kind), typography(kind.title)
    title = f"{name}, {month_words(month)}"
    before, after = _neighbour(month, ways, -1), _neighbour(month, ways, 1)
    page = frame(
        agenda.ctx,
        month_address(kind, month),
        title,
        f"{title}. {typography(kind.intro)}",
        section=own,
        trail=[(name, own)],
        listed=ways[month]["count"] > 0,
        feeds=[(name, f"{own}flux.xml")] if kind.feed else [],
        calendars=[(name, "/agenda.ics")],
    )
    return {**page, "previous": before["href"] if before else "", "next": after["href"] if after else ""}


def _way(ctx: Context, kind: ContentType, month: Month, found: Sequence[Happening]) -> MonthLink:
    return {
        "name": month_words(month),
        "month": MONTHS[month.month - 1],
        "href": ctx.href(month_address(kind, month)),
        "skips": False,
        "count": len({happening.entry.id for happening in found}),
    }


def _neighbour(month: Month, ways: Mapping[Month, MonthLink], step: int) -> MonthLink | None:
    """The next month in one direction in which something takes place."""
    order = sorted(ways, reverse=step < 0)
    beyond = order[order.index(month) + 1 :]
    found = next((other for other in beyond if ways[other]["count"]), None)
    return {**ways[found], "skips": found != month.later(step)} if found else None


def _years(month: Month, ways: Mapping[Month, MonthLink]) -> list[MonthsOfYear]:
    """The months of this year and of those beside it; of years further away the first month that has something."""
    by_year: dict[int, list[MonthLink]] = {}
    for other, way in ways.items():
        if abs(other.year - month.year) <= 1 or (way["count"] and other.year not in by_year):
            by_year.setdefault(other.year, []).append(way)
    return [{"year": year, "months": by_year[year]} for year in sorted(by_year)]

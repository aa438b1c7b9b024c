"""The list of each content type, whole and by year: what is to come, open or current first, what is over after it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import list_address, page_address, year_address, year_of
from plugins.model.months import dated_types
from plugins.publication.page import Page
from plugins.views.listing.list_index import SIZE, entry_index
from plugins.views.listing.months import current_month
from plugins.views.listing.narrow import Narrow, narrow
from plugins.views.listing.pager import Pager, neighbours, pager, sliced
from plugins.views.page.addition import proposal
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.parts.cards import Card, card, cards
from plugins.views.words.states import AFTER, has_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.model.objects import Entry
    from plugins.model.schema.schemas import ContentType
    from plugins.publication.context import Context


class Group(TypedDict):
    """A stretch of the list whose entries stand alike today."""

    state: Annotated[
        str, "upcoming, open, soon, current, over… or empty where time does not matter; the template names it."
    ]
    cards: list[Card]


class ListView(TypedDict):
    """The list of a content type (``list.html``)."""

    page: Frame
    title: Annotated[str, "The list's title."]
    intro: Annotated[str, "One sentence that opens it; empty on a year's list."]
    singular: Annotated[str, "What one is called."]
    plural: Annotated[str, "What several are called, with a capital."]
    groups: Annotated[list[Group], "The entries of this page, in order; none if the list is empty."]
    pager: Pager
    years: Annotated[list[YearLink], "The lists by year, latest first."]
    year: Annotated[int | None, "The year shown; None on the whole list."]
    propose: Annotated[Link | None, "How to propose one; None where this type has no form."]
    months: Annotated[Link | None, "The current month of an agenda; None for other lists."]
    narrow: Narrow | None
    parts: Annotated[
        list[str], "The headings (`state` of groups) that scripts may need; none where there is no script."
    ]
    clock: Annotated[str, "The script that moves what is over; empty where nothing on the page will be."]


class YearLink(TypedDict):
    """A year's list."""

    year: int
    href: str
    count: int


def list_pages(ctx: Context) -> Iterator[Page]:
    """The pages of every list, and of every list by year."""
    for kind in ctx.site.schemas.content_types:
        if kind.list:
            yield from _type_pages(ctx, kind)


def _type_pages(ctx: Context, kind: ContentType) -> Iterator[Page]:
    entries = in_time(ctx, ctx.site.by_folder.get(kind.folder, []))
    by_year: dict[int, list[Entry]] = {}
    for entry in entries:
        by_year.setdefault(year_of(entry) or entry.date.year, []).append(entry)
    years: list[YearLink] = [
        {"year": year, "href": ctx.href(year_address(kind, year)), "count": len(by_year[year])}
        for year in sorted(by_year, reverse=True)
    ]
    yield from _pages(ctx, kind, entries, years, None)
    for year in sorted(by_year, reverse=True):
        yield from _pages(ctx, kind, by_year[year], years, year)


def _narrow(ctx: Context, kind: ContentType, entries: Sequence[Entry]) -> Narrow | None:
    index = entry_index(ctx, kind, entries)
    return narrow(ctx, kind.name, index.facets, data=ctx.base + index.address, size=SIZE)


def _parts(ctx: Context, entries: Sequence[Entry]) -> list[str]:
    """The headings of a list, and those below which its entries will stand one day."""
    states = dict.fromkeys(group["state"] for group in groups(ctx, entries))
    return list(dict.fromkeys([*states, *(AFTER[state] for state in states if state in AFTER)]))


def _pages(
    ctx: Context, kind: ContentType, entries: Sequence[Entry], years: list[YearLink], year: int | None
) -> Iterator[Page]:
    base = list_address(kind) if year is None else year_address(kind, year)
    filters = _narrow(ctx, kind, entries) if year is None else None
    parts = _parts(ctx, entries)
    months = current_month(ctx, kind) if kind in dated_types(ctx.site) else None
    for number, part in sliced(entries):
        ends = any(one["ends"] for one in cards(ctx, part))
        view: ListView = {
            "page": _frame(ctx, kind, year, number, len(entries)),
            "title": typography(kind.title),
            "intro": typography(kind.intro) if year is None else "",
            "singular": typography(kind.singular),
            "plural": typography(kind.plural),
            "groups": groups(ctx, part),
            "pager": pager(ctx, base, number, len(entries)),
            "years": years,
            "year": year,
            "propose": proposal(ctx, kind),
            "months": months if months and months["href"] else None,
            "narrow": filters,
            "parts": parts if filters or ends else [],
            "clock": ctx.asset("js/past.js") if ends and "theme_files" in ctx.outputs else "",
        }
        yield Page(page_address(base, number), "list.html", view)


def _frame(ctx: Context, kind: ContentType, year: int | None, number: int, total: int) -> Frame:
    own, name = list_address(kind), typography(kind.title)
    base = own if year is None else year_address(kind, year)
    steps = [(name, own)] if year is None else [(name, own), (f"{name} {year}", base)]
    title = steps[-1][0] if number == 1 else f"{steps[-1][0]}, page {number}"
    return frame(
        ctx,
        page_address(base, number),
        title,
        typography(kind.intro),
        section=own,
        trail=steps if number > 1 else steps[:-1],
        feeds=[(name, f"{own}flux.xml")] if kind.feed else [],
        calendars=[(name, "/agenda.ics")] if _has_agenda(ctx, kind) else [],
        neighbours=neighbours(base, number, total),
    )


def _has_agenda(ctx: Context, kind: ContentType) -> bool:
    return any(has_dates(entry.fields) for entry in ctx.site.by_folder.get(kind.folder, [])[:1])


def in_time(ctx: Context, entries: Sequence[Entry]) -> list[Entry]:
    """What is not over first (events by their next day, the rest in the order of its type), then what is over, latest first."""
    ahead = [entry for entry in entries if not card(ctx, entry)["over"]]
    behind = [entry for entry in entries if card(ctx, entry)["over"]]
    if ahead and has_dates(ahead[0].fields):
        ahead.sort(key=lambda entry: (next_day(ctx, entry), str(entry.fields["start"]), entry.id))
    ahead.sort(key=lambda entry: card(ctx, entry)["state"] == "soon")
    return [*ahead, *behind]


def next_day(ctx: Context, entry: Entry) -> str:
    """The day of an event's block, as ISO 8601; empty for what is no event."""
    block = card(ctx, entry)["block"]
    return block["iso"] if block else ""


def groups(ctx: Context, entries: Sequence[Entry]) -> list[Group]:
    """Neighbours that stand alike today, under one heading each."""
    return [{"state": name, "cards": list(found)} for name, found in groupby(cards(ctx, entries), key=_heading)]


def _heading(shown: Card) -> str:
    if shown["block"]:
        return "past" if shown["over"] else "upcoming"
    return shown["state"]

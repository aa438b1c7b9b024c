"""What a club, pillar, territory or member has contributed: a short stretch of each type, events first."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.markup import typography
from plugins.model.addresses import list_address
from plugins.views.page.frame import Link  # noqa: TC001  # the theme's reference reads these types
from plugins.views.parts.cards import Card, card, cards
from plugins.views.words.french import host
from plugins.views.words.states import has_dates

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.model.objects import Entry, Source
    from plugins.model.schema.schemas import ContentType
    from plugins.publication.context import Context

ROOM: Final = 16  # entries of a page, shared among the types that it has
MOST: Final = 6  # of each type; the rest is in the type's own list
FEWEST: Final = 2
RECENT: Final = 3  # past events, where others are to come


class Section(TypedDict):
    """The entries of one type."""

    title: Annotated[str, "What its list is called."]
    href: Annotated[str, "The type's own list, whose filters choose what the page is about."]
    narrowed: Annotated[bool, "Whether they do: nothing filters by the member who wrote."]
    total: Annotated[int, "How many entries there are in all."]
    upcoming: Annotated[list[Card], "Events to come, next first; empty for other types."]
    clock: Annotated[str, "The script that moves events that are over; empty where none are to come."]
    cards: Annotated[list[Card], "The others, latest first: past events, or what the type holds."]


def sections(ctx: Context, entries: Iterable[Entry], choice: str = "") -> list[Section]:
    """The entries by type in the order of types: only types that have a list or a page of their own and hold something here.

    ``choice`` is what the filters of lists call the entries' common relation: ``clubs=club-repar``.
    """
    by_type: dict[str, list[Entry]] = {}
    for entry in entries:
        by_type.setdefault(entry.type.name, []).append(entry)
    kinds = [kind for kind in ctx.site.schemas.content_types if kind.address and kind.name in by_type]
    shown = max(FEWEST, min(MOST, ROOM // max(1, len(kinds))))
    found = [_section(ctx, kind, by_type[kind.name], shown, choice) for kind in kinds]
    return sorted(found, key=lambda section: not section["upcoming"])


def _section(ctx: Context, kind: ContentType, entries: list[Entry], shown: int, choice: str) -> Section:
    ahead = [entry for entry in entries if has_dates(entry.fields) and not card(ctx, entry)["over"]]
    to_come = heapq.nsmallest(shown, ahead, key=lambda entry: (_day(ctx, entry), entry.id))
    rest = [entry for entry in entries if not has_dates(entry.fields) or card(ctx, entry)["over"]]
    latest = heapq.nlargest(
        min(RECENT, shown) if to_come else shown, rest, key=lambda entry: (_sort(kind, entry), entry.id)
    )
    return {
        "title": typography(kind.title),
        "href": narrowed(ctx.href(list_address(kind)), choice) if kind.list else "",
        "narrowed": bool(choice),
        "total": len(entries),
        "upcoming": cards(ctx, to_come),
        "clock": ctx.asset("js/past.js") if to_come and "theme_files" in ctx.outputs else "",
        "cards": cards(ctx, latest),
    }


def _sort(kind: ContentType, entry: Entry) -> str:
    return str(entry.fields.get(kind.sort, entry.fields["date"]))


def _day(ctx: Context, entry: Entry) -> str:
    block = card(ctx, entry)["block"]
    return block["iso"] if block else ""


def narrowed(href: str, choice: str) -> str:
    """The address of a list with a choice of its filters; without scripts it shows the whole list."""
    return f"{href}?{choice}" if href and choice else href


def source_link(source: Source | None) -> Link | None:
    """Where a fact comes from: its title, else its host; None without a source."""
    return {"name": typography(source.title or host(source.url)), "href": source.url} if source else None


def link(ctx: Context, name: str, address: str) -> Link:
    """A name and where it leads, if its page is made."""
    return {"name": typography(name), "href": ctx.href(address)}

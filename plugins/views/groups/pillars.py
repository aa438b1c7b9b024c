"""The pillars of the circular economy: the index, which explains the ring, and a page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import PILLARS
from plugins.model.objects import entries_in
from plugins.publication.page import Page
from plugins.views.drawing.wheel import WheelArc, wheel
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.parts.maps import MapView, marks_of, region_map
from plugins.views.parts.roll import Roll, roll
from plugins.views.parts.sections import Section, link, sections
from plugins.views.words.index_names import INDEXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Pillar
    from plugins.publication.context import Context

MAP_WIDTH = 360


class PillarRow(TypedDict):
    """A pillar in the index."""

    index: Annotated[int, "Its place in the ring."]
    name: str
    href: str
    definition: str
    icon: str
    entries: int


class PillarsView(TypedDict):
    """The index of pillars (``pillars.html``)."""

    page: Frame
    wheel: list[WheelArc]
    pillars: list[PillarRow]


class PillarView(TypedDict):
    """A pillar (``pillar.html``)."""

    page: Frame
    index: Annotated[int, "Its place in the ring."]
    name: str
    definition: str
    icon: str
    entries: Annotated[int, "How many entries it has."]
    clubs: list[Link]
    roll: Annotated[Roll, "Members who show that they work on it."]
    sections: list[Section]
    map: MapView | None
    feed: str
    previous: Annotated[Link, "The pillar before it in the ring."]
    next: Annotated[Link, "The pillar after it in the ring."]


def pillar_pages(ctx: Context) -> Iterator[Page]:
    """The index and a page for each pillar."""
    pillars = list(ctx.site.pillars.values())
    rows = [pillar_row(ctx, pillar) for pillar in pillars]
    description = " · ".join(pillar.name for pillar in pillars)
    page = frame(ctx, PILLARS, INDEXES[PILLARS], description, section=PILLARS, sources=["data/pillars.yaml"])
    index: PillarsView = {"page": page, "wheel": wheel(ctx), "pillars": rows}
    yield Page(PILLARS, "pillars.html", index)
    for pillar in pillars:
        yield Page(pillar.address, "pillar.html", _pillar(ctx, pillar, pillars))


def pillar_row(ctx: Context, pillar: Pillar) -> PillarRow:
    """A pillar in a list."""
    return {
        "index": pillar.position,
        "name": pillar.name,
        "href": ctx.href(pillar.address),
        "definition": typography(pillar.definition),
        "icon": pillar.icon,
        "entries": len(entries_in(pillar.mentions)),
    }


def _pillar(ctx: Context, pillar: Pillar, ring: list[Pillar]) -> PillarView:
    definition = typography(pillar.definition)
    entries, choice = entries_in(pillar.mentions), f"pillars={pillar.id}"
    marks = [mark for mark, _ in marks_of(ctx, entries, MAP_WIDTH)]
    before, after = ring[pillar.position - 1], ring[(pillar.position + 1) % len(ring)]
    return {
        "page": frame(
            ctx, pillar.address, pillar.name, definition, section=PILLARS, trail=[(INDEXES[PILLARS], PILLARS)],
            sources=["data/pillars.yaml"], feeds=[(pillar.name, f"{pillar.address}flux.xml")],
            calendars=[(pillar.name, f"{pillar.address}agenda.ics")], about=[pillar],
        ),
        "index": pillar.position,
        "name": pillar.name,
        "definition": definition,
        "icon": pillar.icon,
        "entries": len(entries),
        "clubs": [link(ctx, club.name, club.address) for club in pillar.clubs],
        "roll": roll(ctx, pillar.members, choice),
        "sections": sections(ctx, entries, choice),
        "map": region_map(ctx, MAP_WIDTH, marks) if marks else None,
        "feed": ctx.href(f"{pillar.address}flux.xml"),
        "previous": link(ctx, before.name, before.address),
        "next": link(ctx, after.name, after.address),
    }  # fmt: skip

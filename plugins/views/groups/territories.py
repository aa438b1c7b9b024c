"""The territories: the index with its map, and a page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import TERRITORIES
from plugins.model.objects import entries_in
from plugins.publication.page import Page
from plugins.views.drawing.ring import Arc, count_pillars, weighted
from plugins.views.groups.neighbourhood import Neighbourhood, neighbourhood
from plugins.views.page.addition import proposals
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.parts.maps import MapView, Mark, marks_of, region_map, shapes, window
from plugins.views.parts.roll import Roll, roll
from plugins.views.parts.sections import Section, link, sections, source_link
from plugins.views.words.french import number
from plugins.views.words.index_names import INDEXES
from plugins.views.words.labels import term_label, territory_kind

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Territory
    from plugins.publication.context import Context

COMMUNES_SHOWN = 60
MAP_WIDTH = 360
INDEX_MAP_WIDTH = 720
KINDS = ("region", "departement", "epci", "projet", "commune")


class TerritoryRow(TypedDict):
    """A territory in the index."""

    name: str
    href: str
    labels: list[str]
    entries: int
    communes: int


class KindGroup(TypedDict):
    """The territories of one kind."""

    kind: Annotated[str, "region, departement, epci, projet or commune; the template names it."]
    territories: list[TerritoryRow]


class TerritoriesView(TypedDict):
    """The index of territories (``territories.html``)."""

    page: Frame
    groups: Annotated[list[KindGroup], "By kind, largest first."]
    map: Annotated[MapView | None, "The region with the territories that have an outline."]


class TerritoryView(TypedDict):
    """A territory (``territory.html``)."""

    page: Frame
    name: str
    kind: Annotated[str, "What kind it is, in words."]
    code: Annotated[str, "Its INSEE code or SIREN."]
    labels: list[str]
    year: Annotated[int | None, "Since when it has been on the list."]
    source: Link | None
    arcs: Annotated[list[Arc], "Its ring, each arc as thick as its number of entries."]
    wholes: Annotated[list[Link], "The larger territories in which it lies."]
    parts: Annotated[list[Link], "The territories inside it."]
    communes: Annotated[list[str], "The names of its communes, at most 60."]
    commune_count: Annotated[int, "How many communes it has in all."]
    population: Annotated[str, "Inhabitants of its communes; empty where unknown."]
    roll: Annotated[Roll, "Members who have their place there."]
    sections: list[Section]
    map: MapView | None
    feed: str
    proposals: list[Link]


def territory_pages(ctx: Context) -> Iterator[Page]:
    """The index and a page for each territory."""
    yield Page(TERRITORIES, "territories.html", _index(ctx))
    relations = neighbourhood(ctx.site.territories.values())
    for territory in ctx.site.territories.values():
        yield Page(territory.address, "territory.html", _territory(ctx, territory, relations))


def _index(ctx: Context) -> TerritoriesView:
    found = [
        KindGroup(kind=kind, territories=[_row(ctx, one) for one in ctx.site.territories.values() if one.kind == kind])
        for kind in KINDS
    ]
    title = INDEXES[TERRITORIES]
    description = f"{title}. {ctx.site.settings['region']}"
    return {
        "page": frame(ctx, TERRITORIES, title, description, section=TERRITORIES, sources=["data/territories.yaml"]),
        "groups": [group for group in found if group["territories"]],
        "map": _index_map(ctx),
    }


def _row(ctx: Context, territory: Territory) -> TerritoryRow:
    return {
        "name": typography(territory.name),
        "href": ctx.href(territory.address),
        "labels": [term_label(ctx, "labels", label) for label in territory.labels],
        "entries": len(entries_in(territory.mentions)),
        "communes": len(territory.communes),
    }


def _index_map(ctx: Context) -> MapView | None:
    drawn, frame_ = region_map(ctx, INDEX_MAP_WIDTH, detailed=True), window(ctx, INDEX_MAP_WIDTH)
    if drawn is None or frame_ is None:
        return None
    names = {
        one.code: (typography(one.name), ctx.href(one.address))
        for one in ctx.site.territories.values()
        if one.kind == "epci"
    }
    return {**drawn, "shapes": shapes(ctx.site.geography.epci, names, frame_[0])}


def _territory(ctx: Context, territory: Territory, relations: Neighbourhood) -> TerritoryView:
    name = typography(territory.name)
    entries, choice = entries_in(territory.mentions), f"territories={territory.id}"
    communes = sorted((typography(commune.name) for commune in territory.communes), key=str.casefold)
    return {
        "page": frame(
            ctx, territory.address, name, f"{name}, {territory_kind(ctx, territory)}. {ctx.site.settings['name']}",
            section=TERRITORIES, trail=[(INDEXES[TERRITORIES], TERRITORIES)], sources=["data/territories.yaml"],
            feeds=[(name, f"{territory.address}flux.xml")], calendars=[(name, f"{territory.address}agenda.ics")], about=[territory],
        ),
        "name": name,
        "kind": territory_kind(ctx, territory),
        "code": territory.code,
        "labels": [term_label(ctx, "labels", label) for label in territory.labels],
        "year": territory.year,
        "source": source_link(territory.source),
        "arcs": weighted(list(ctx.site.pillars.values()), count_pillars(territory.mentions)),
        "wholes": [link(ctx, whole.name, whole.address) for whole in relations.wholes[territory.id]],
        "parts": [link(ctx, part.name, part.address) for part in relations.parts[territory.id]],
        "communes": communes[:COMMUNES_SHOWN],
        "commune_count": len(communes),
        "population": _population(territory),
        "roll": roll(ctx, territory.members, choice),
        "sections": sections(ctx, entries, choice),
        "map": _map(ctx, territory, [mark for mark, _ in marks_of(ctx, entries, MAP_WIDTH)]),
        "feed": ctx.href(f"{territory.address}flux.xml"),
        "proposals": proposals(ctx),
    }  # fmt: skip


def _population(territory: Territory) -> str:
    known = [commune.population for commune in territory.communes if commune.population is not None]
    return number(sum(known)) if known else ""


def _map(ctx: Context, territory: Territory, marks: list[Mark]) -> MapView | None:
    drawn, frame_ = region_map(ctx, MAP_WIDTH, marks), window(ctx, MAP_WIDTH)
    if drawn is None or frame_ is None:
        return None
    geography, name = ctx.site.geography, {territory.code: (typography(territory.name), "")}
    own = shapes(geography.departements if territory.kind == "departement" else geography.epci, name, frame_[0])
    return {**drawn, "shapes": own} if own or marks else None

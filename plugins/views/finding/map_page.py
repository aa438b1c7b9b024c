"""The map of initiatives: drawn by the build, with the list beside it, so that both can be used without a script.

A script makes the drawing one that moves, filters both, and keeps the view in the address; what it needs is in ``live``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import MAP, list_address
from plugins.publication.page import Page
from plugins.views.finding.map_filters import map_filters
from plugins.views.finding.map_layers import GROUND, WIDTH, layers, mapped_type
from plugins.views.finding.search_filters import Filter  # noqa: TC001  # the theme's reference reads these types
from plugins.views.page.addition import proposal
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.parts.cards import Card, card
from plugins.views.parts.maps import MapView, Mark, marks_of, region_map
from plugins.views.parts.sections import link
from plugins.views.words.index_names import INDEXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Entry
    from plugins.publication.context import Context

LISTED = 300


class Spot(TypedDict):
    """An entry in the list beside the map."""

    id: Annotated[str, "Its anchor in the page."]
    entry: Annotated[str, "The entry's id, by which the script knows it."]
    card: Card


class LayerView(TypedDict):
    """What the map can show."""

    name: str
    title: Annotated[str, "What it is called."]
    label: Annotated[str, "What one of it is called, with a capital."]
    count: int
    href: Annotated[str, "Where the script finds its points."]


class Live(TypedDict):
    """What the script needs to make the map move."""

    script: Annotated[str, "The script."]
    ground: Annotated[str, "Where it finds outlines and towns."]
    layers: Annotated[list[LayerView], "What can be shown, the one that is shown without being asked first."]
    filters: Annotated[list[Filter], "By what points can be filtered."]
    tiles: Annotated[str, "The address of tiles, with {z}, {x} and {y}; empty where the region uses none."]
    attribution: Annotated[str, "Whom to credit for the tiles."]


class MapPageView(TypedDict):
    """The map (``map.html``)."""

    page: Frame
    map: Annotated[MapView | None, "None where nothing is known of the region's geography."]
    spots: Annotated[
        list[Spot], "From the north to the south, those that share a mark together; at most 300, the latest."
    ]
    total: Annotated[int, "How many entries stand on the map."]
    list: Annotated[Link | None, "The whole list of what the map shows."]
    propose: Annotated[Link | None, "How to propose one."]
    credit: Annotated[str, "Whose outlines the map shows; empty where their files do not say it."]
    live: Annotated[Live | None, "None where the map only stands still."]


def map_pages(ctx: Context) -> Iterator[Page]:
    """The one page of the map."""
    kind = mapped_type(ctx)
    entries = [entry for entry in ctx.site.by_folder.get(kind.folder, []) if entry.point] if kind else []
    marks, spots = _placed(ctx, entries)
    view: MapPageView = {
        "page": frame(ctx, MAP, INDEXES[MAP], f"{INDEXES[MAP]}. {ctx.site.settings['name']}", section=MAP),
        "map": region_map(ctx, WIDTH, marks, detailed=True),
        "spots": spots,
        "total": len(entries),
        "list": link(ctx, kind.title, list_address(kind)) if kind else None,
        "propose": proposal(ctx, kind) if kind else None,
        "credit": typography(ctx.site.geography.credit),
        "live": _live(ctx),
    }
    yield Page(MAP, "map.html", view)


def _live(ctx: Context) -> Live | None:
    found = layers(ctx) if {"map_data", "theme_files"} <= ctx.outputs else []
    if not found:
        return None
    tiles = ctx.site.settings.get("map") or {}
    return {
        "script": ctx.asset("js/map-page.js"),
        "ground": ctx.base + GROUND,
        "layers": [
            {
                "name": one.name,
                "title": one.title,
                "label": one.singular,
                "count": len(one.points),
                "href": ctx.base + one.address(),
            }
            for one in found
        ],
        "filters": map_filters(ctx, found),
        "tiles": str(tiles.get("tiles") or ""),
        "attribution": str(tiles.get("attribution") or ""),
    }


def _placed(ctx: Context, entries: list[Entry]) -> tuple[list[Mark], list[Spot]]:
    listed = {entry.id for entry in entries[:LISTED]}
    marks: list[Mark] = []
    spots: list[Spot] = []
    drawn = marks_of(ctx, entries, WIDTH)
    for mark, found in drawn:
        here = [entry for entry in found if entry.id in listed]
        if mark["count"] > 1 and here:
            mark["href"] = f"#page-{len(spots) + 1}"
        marks.append(mark)
        spots += [_spot(ctx, entry, len(spots) + at) for at, entry in enumerate(here, start=1)]
    if not drawn:  # no geography: the list alone
        spots = [_spot(ctx, entry, at) for at, entry in enumerate(entries[:LISTED], start=1)]
    return marks, spots


def _spot(ctx: Context, entry: Entry, number: int) -> Spot:
    return {"id": f"page-{number}", "entry": entry.id, "card": card(ctx, entry)}

"""Maps drawn by the build: outlines of the region, and what stands where, as links. No tiles, no script, no other host."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.views.drawing.outline import Frame as Window
from plugins.views.drawing.outline import fit, path
from plugins.views.parts.cards import card

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from typing import Any

    from plugins.model.objects import Entry
    from plugins.publication.context import Context

CELL = 16.0  # units within which marks would cover one another
TOWNS = 9
NAMED = 500  # units; a narrower map has no room for names
FINE, COARSE = 0.8, 1.6  # how far simplified outlines may stray, in units


class Mark(TypedDict):
    """A mark on a map: one entry, or several that stand too near one another to be told apart."""

    x: float
    y: float
    r: Annotated[float, "Radius; grows with the number of entries."]
    href: Annotated[str, "The entry, or the place in the list beside the map where the group begins."]
    name: Annotated[str, "What it is called."]
    count: Annotated[int, "How many entries it stands for."]
    index: Annotated[int, "The first pillar's place in the ring, for its colour."]


class Shape(TypedDict):
    """An outline; one that leads somewhere is a link."""

    path: str
    name: str
    href: str


class Town(TypedDict):
    """A large town, to find one's way."""

    x: float
    y: float
    name: str


class MapView(TypedDict):
    """A map of the region."""

    width: int
    height: int
    land: Annotated[list[str], "Outlines of the départements."]
    lines: Annotated[str, "Outlines of the groupings of communes, as one path; may be empty."]
    towns: Annotated[list[Town], "The largest towns that are far enough from one another."]
    shapes: Annotated[list[Shape], "Outlines that are named or lead somewhere."]
    marks: list[Mark]


def window(ctx: Context, width: int) -> tuple[Window, int] | None:
    """The whole region in a box of ``width`` units, with the height that it takes; None without geography."""
    bounds = ctx.site.geography.bounds
    if bounds is None:
        return None
    tall = fit(bounds, width, 10 * width, 8)
    height = round((bounds[3] - bounds[1]) * tall.scale + 16)
    return fit(bounds, width, height, 8), height


def region_map(ctx: Context, width: int, marks: Sequence[Mark] = (), *, detailed: bool = False) -> MapView | None:
    """The region's outlines with ``marks`` on them; None where nothing is known of its geography."""
    frame = window(ctx, width)
    if frame is None:
        return None
    geography, tolerance = ctx.site.geography, FINE if detailed else COARSE
    return {
        "width": width,
        "height": frame[1],
        "land": [path([feature], frame[0], tolerance=tolerance) for feature in geography.departements.values()],
        "lines": path(geography.epci.values(), frame[0], tolerance=tolerance) if detailed else "",
        "towns": _towns(ctx, frame[0], width),
        "shapes": [],
        "marks": list(marks),
    }


def _towns(ctx: Context, frame: Window, width: int) -> list[Town]:
    """The towns with most inhabitants, as long as their names have room; made once for each size of map."""
    if width < NAMED:
        return []
    if width not in ctx.towns:
        found: list[Town] = []
        for commune in heapq.nlargest(
            40, ctx.site.geography.communes.values(), key=lambda one: (one.population or 0, one.insee)
        ):
            if commune.lat is None or commune.lon is None or not commune.population or len(found) == TOWNS:
                continue
            x, y = frame.place(commune.lat, commune.lon)
            if all(abs(x - one["x"]) > width * 0.14 or abs(y - one["y"]) > width * 0.05 for one in found):
                found.append({"x": round(x, 1), "y": round(y, 1), "name": typography(commune.name)})
        ctx.towns[width] = found
    return ctx.towns[width]


def marks_of(ctx: Context, entries: Iterable[Entry], width: int) -> list[tuple[Mark, list[Entry]]]:
    """The marks of ``entries`` on the region's map, each with its entries; from the north to the south.

    Entries that share a cell of the map share a mark. Those without a place are left out.
    """
    frame = window(ctx, width)
    if frame is None:
        return []
    cells: dict[tuple[int, int], list[tuple[float, float, Entry]]] = {}
    for entry in entries:
        if entry.point:
            x, y = frame[0].place(*entry.point)
            cells.setdefault((int(y // CELL), int(x // CELL)), []).append((x, y, entry))
    return [(_mark(ctx, cells[key]), [entry for _, _, entry in cells[key]]) for key in sorted(cells)]


def _mark(ctx: Context, found: Sequence[tuple[float, float, Entry]]) -> Mark:
    count, first = len(found), found[0][2]
    return {
        "x": round(sum(x for x, _, _ in found) / count, 1),
        "y": round(sum(y for _, y, _ in found) / count, 1),
        "r": round(5 + min(count, 60) ** 0.5 * 1.6 if count > 1 else 5, 1),
        "href": ctx.href(first.address),
        "name": typography(first.title) if count == 1 else card(ctx, first)["place"],
        "count": count,
        "index": first.pillars[0].position if first.pillars else 0,
    }


def shapes(
    features: Mapping[str, Mapping[str, Any]], names: Mapping[str, tuple[str, str]], frame: Window
) -> list[Shape]:
    """The outlines of ``features`` (by code) that ``names`` gives a name and an address."""
    return [
        {"path": path([features[code]], frame, tolerance=FINE), "name": name, "href": href}
        for code, (name, href) in names.items()
        if code in features
    ]

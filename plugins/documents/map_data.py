"""What the map loads: ``/carte/contours.json``, the ground it stands on, and ``/carte/<layer>.json``, the points of each layer.

The ground, once for all::

    {"scale": 5000,                     whole numbers are degrees times this
     "bounds": [west, south, east, north],
     "departements": [[ring, …], …], "epci": [[ring, …], …],
                                        a ring is x, y, then the steps from corner to corner: dx, dy, dx, dy, …
     "towns": [[name, x, y], …]}        those with most inhabitants first

A layer (``initiatives``, ``events``, ``offers``…, ``members``), in pieces of at most :data:`PIECE` points::

    {"name": "initiatives", "total": 2317, "next": "/carte/initiatives-2.json",    no next in the last piece
     "pillars": [{"id", "name"}, …],    in the order of the ring
     "points": [{"id", "title", "lat", "lon", …}, …]}

Points run from the north to the south; each has what :func:`plugins.views.finding.map_layers.entry_point` gives, without what is
empty. Degrees are WGS 84. These files are the map's and hold demonstration content; data to work with, with licence and schema,
are in ``/donnees/<type>.geojson``.
"""

from __future__ import annotations

import heapq
import json
from typing import TYPE_CHECKING, Any, Final

from plugins.markup import typography
from plugins.model.geography import rings
from plugins.publication.page import Document
from plugins.views.finding.map_layers import GROUND, layers

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plugins.model.geography import Commune, Ring
    from plugins.publication.context import Context
    from plugins.views.finding.map_layers import Layer

PIECE: Final = 2000  # points; some 70 kB over the wire
SCALE: Final = 5000  # steps in a degree: twenty metres, three pixels where one is nearest
TOWNS: Final = 400


def map_data(ctx: Context) -> Iterator[Document]:
    """The ground and every layer; nothing where nothing has a place or nothing is known of the region's geography."""
    found = layers(ctx)
    if not found:
        return
    yield _document(GROUND, ground(ctx))
    for layer in found:
        yield from _pieces(ctx, layer)


def _pieces(ctx: Context, layer: Layer) -> Iterator[Document]:
    pillars = [{"id": one.id, "name": typography(one.name)} for one in ctx.site.pillars.values()]
    count = -(-len(layer.points) // PIECE)
    for number in range(1, count + 1):
        piece: dict[str, Any] = {"name": layer.name, "total": len(layer.points)}
        if number < count:
            piece["next"] = ctx.base + layer.address(number + 1)
        points = layer.points[(number - 1) * PIECE : number * PIECE]
        yield _document(layer.address(number), {**piece, "pillars": pillars, "points": points})


def ground(ctx: Context) -> dict[str, Any]:
    """The outlines and the towns, quantised."""
    geography = ctx.site.geography
    return {
        "scale": SCALE,
        "bounds": list(geography.bounds or ()),
        "departements": [_outline(feature) for feature in geography.departements.values()],
        "epci": [_outline(feature) for feature in geography.epci.values()],
        "towns": [_town(commune) for commune in _largest(geography.communes.values())],
    }


def _outline(feature: Mapping[str, Any]) -> list[list[int]]:
    found = [_steps(ring) for ring in rings(feature)]
    return [steps for steps in found if len(steps) > 2 * 3]  # fewer than three corners enclose nothing


def _steps(ring: Ring) -> list[int]:
    """The first corner, then the steps to each next one that is not the same."""
    steps: list[int] = []
    x = y = 0
    for lon, lat, *_ in ring:
        to_x, to_y = round(lon * SCALE), round(lat * SCALE)
        if not steps or (to_x, to_y) != (x, y):
            steps += (to_x - x, to_y - y)
            x, y = to_x, to_y
    return steps


def _largest(communes: Iterable[Commune]) -> list[Commune]:
    placed = (one for one in communes if one.population and one.lat is not None and one.lon is not None)
    return heapq.nlargest(TOWNS, placed, key=lambda one: (one.population or 0, one.insee))


def _town(commune: Commune) -> list[Any]:
    return [typography(commune.name), round((commune.lon or 0) * SCALE), round((commune.lat or 0) * SCALE)]


def _document(address: str, content: Any) -> Document:
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return Document(address.lstrip("/"), f"{text}\n".encode())

"""Where things lie, as geometries of GeoJSON (RFC 7946): longitude before latitude, outer rings anticlockwise."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plugins.model.geography import Geography
    from plugins.model.objects import Territory

Geometry: TypeAlias = dict[str, Any]
Ring: TypeAlias = "list[list[float]]"
Polygon: TypeAlias = "list[Ring]"

DECIMALS: Final = 6  # some ten centimetres


def point(lat: float, lon: float) -> Geometry:
    """A Point at a latitude and longitude in degrees (WGS 84)."""
    return {"type": "Point", "coordinates": _rounded((lon, lat))}


def outline(geography: Geography, territory: Territory) -> Geometry | None:
    """The outline of a territory as a Polygon or MultiPolygon, or None if it is unknown.

    A commune is a Point, for there are no outlines of communes. A territory made of others is all their outlines, with the borders
    between them.
    """
    if territory.kind == "commune":
        commune = geography.communes.get(territory.code)
        known = commune is not None and commune.lat is not None and commune.lon is not None
        return point(commune.lat, commune.lon) if known else None  # type: ignore[union-attr, arg-type]  # known says so
    polygons = [
        oriented(polygon) for feature in _features(geography, territory, set()) for polygon in _polygons(feature)
    ]
    if not polygons:
        return None
    if len(polygons) == 1:
        return {"type": "Polygon", "coordinates": polygons[0]}
    return {"type": "MultiPolygon", "coordinates": polygons}


def bounds(geometries: Iterable[Geometry | None]) -> list[float] | None:
    """West, south, east, north of all geometries (RFC 7946, section 5), or None if there is none."""
    positions = [position for geometry in geometries if geometry for position in _positions(geometry["coordinates"])]
    if not positions:
        return None
    lons, lats = [lon for lon, _ in positions], [lat for _, lat in positions]
    return [min(lons), min(lats), max(lons), max(lats)]


def oriented(polygon: Polygon) -> Polygon:
    """The polygon with its outer ring anticlockwise and its holes clockwise (the right-hand rule), each ring closed."""
    return [_turned(ring, anticlockwise=number == 0) for number, ring in enumerate(polygon)]


def _turned(ring: Ring, *, anticlockwise: bool) -> Ring:
    closed = [_rounded(position) for position in ring]
    if closed[0] != closed[-1]:
        closed.append(list(closed[0]))
    return closed if (_area(closed) > 0) == anticlockwise else closed[::-1]


def _area(ring: Ring) -> float:
    """The signed area of a closed ring: positive if it runs anticlockwise (shoelace formula)."""
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))


def _features(geography: Geography, territory: Territory, seen: set[str]) -> Iterator[Mapping[str, Any]]:
    seen.add(territory.id)
    if territory.kind == "region":
        yield from geography.departements.values()
    elif territory.kind == "departement" and territory.code in geography.departements:
        yield geography.departements[territory.code]
    elif territory.kind == "epci" and territory.code in geography.epci:
        yield geography.epci[territory.code]
    else:
        for part in territory.parts:
            if part.id not in seen:
                yield from _features(geography, part, seen)


def _polygons(feature: Mapping[str, Any]) -> list[Polygon]:
    geometry = feature["geometry"]
    coordinates: list[Any] = geometry["coordinates"]
    return coordinates if geometry["type"] == "MultiPolygon" else [coordinates]


def _positions(coordinates: list[Any]) -> Iterator[list[float]]:
    if isinstance(coordinates[0], int | float):
        yield coordinates
        return
    for below in coordinates:
        yield from _positions(below)


def _rounded(position: Iterable[float]) -> list[float]:
    lon, lat = tuple(position)[:2]
    return [round(float(lon), DECIMALS), round(float(lat), DECIMALS)]

"""Communes and outlines of the platform's region, from ``data/geo``; a root without them has an empty geography."""

from __future__ import annotations

import csv
import json
import math
import re
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

# How far outside its region's outline a place may lie, in degrees: outlines are simplified, and quays and islands stick out.
MARGIN = 0.05
_INSEE = re.compile(r"(?:\d{2}|2[AB])\d{3}")
Ring = list[list[float]]


@dataclass(frozen=True, slots=True)
class Commune:
    """A commune of the Code officiel géographique (INSEE); ``epci`` is the SIREN of its grouping; degrees are WGS 84."""

    insee: str
    name: str
    postal_codes: tuple[str, ...]
    departement: str
    epci: str
    population: int | None
    lat: float | None
    lon: float | None


@dataclass(frozen=True)
class Geography:
    """``communes`` by INSEE code; ``departements`` and ``epci`` are GeoJSON features by code (INSEE, SIREN).

    ``credit`` says whose outlines they are and under which licence, in words for the map; empty where the files do not say it.
    """

    communes: Mapping[str, Commune] = field(default_factory=dict)
    departements: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    epci: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)
    credit: str = ""

    @cached_property
    def bounds(self) -> tuple[float, float, float, float] | None:
        """West, south, east, north of all outlines (or of the communes where there are none), None without geography."""
        points = [point for feature in self._outlines() for ring in rings(feature) for point in ring]
        if not points:
            points = [[c.lon, c.lat] for c in self.communes.values() if c.lon is not None and c.lat is not None]
        if not points:
            return None
        lons, lats = [p[0] for p in points], [p[1] for p in points]
        return min(lons), min(lats), max(lons), max(lats)

    def contains(self, lat: float, lon: float) -> bool:
        """Whether a point lies in the region, give or take ``MARGIN``; always true where there is no geography to say no."""
        box = self.bounds
        if box is None:
            return True
        if not (box[0] - MARGIN <= lon <= box[2] + MARGIN and box[1] - MARGIN <= lat <= box[3] + MARGIN):
            return False
        outlines = self._outlines()
        if not outlines:
            return True
        return any(_near(lat, lon, ring) for feature in outlines for ring in rings(feature))

    def _outlines(self) -> list[Mapping[str, Any]]:
        return list(self.departements.values()) or list(self.epci.values())


def rings(feature: Mapping[str, Any]) -> Iterator[Ring]:
    """The outer rings of a GeoJSON Polygon or MultiPolygon (RFC 7946, section 3.1), as lists of [lon, lat]."""
    geometry = feature["geometry"]
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    for polygon in polygons:
        yield polygon[0]


def _near(lat: float, lon: float, ring: Ring) -> bool:
    """Whether a point is inside a ring, or within MARGIN of one of its corners."""
    inside = False
    for (x1, y1, *_), (x2, y2, *_) in zip(ring, ring[1:] + ring[:1], strict=True):
        if abs(x1 - lon) < MARGIN and abs(y1 - lat) < MARGIN:
            return True
        if (y1 > lat) != (y2 > lat) and lon < (x2 - x1) * (lat - y1) / (y2 - y1) + x1:
            inside = not inside
    return inside


def load_geography(directory: Path) -> Geography:
    """Read ``communes.csv``, ``departements.geojson`` and ``epci.geojson`` of a ``data/geo``; what is missing is empty.

    The credit is the member « attribution » of either collection (a foreign member, RFC 7946, section 6.1).

    Raises:
        ValueError: a file is there but is not what its name says; the message names it.
    """
    departements, credit = _outlines(directory / "departements.geojson")
    epci, other = _outlines(directory / "epci.geojson")
    return Geography(_communes(directory / "communes.csv"), departements, epci, credit or other)


def _communes(path: Path) -> dict[str, Commune]:
    if not path.is_file():
        return {}
    try:
        with path.open(encoding="utf-8-sig", newline="") as lines:
            found = {row["insee"]: _commune(row) for row in csv.DictReader(lines, strict=True)}
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise ValueError(f"{path.name}: {error}") from error
    if not found:
        raise ValueError(f"{path.name}: no commune")
    return found


def _commune(row: Mapping[str, str]) -> Commune:
    """One line of the table. Raises ValueError where it has no INSEE code, or coordinates that are no numbers."""
    if not _INSEE.fullmatch(row["insee"]):
        raise ValueError(row["insee"])
    return Commune(
        insee=row["insee"],
        name=row["name"],
        postal_codes=tuple(row.get("postal_codes", "").split()),
        departement=row.get("departement") or row["insee"][:2],
        epci=row.get("epci", ""),
        population=int(row["population"]) if row.get("population") else None,
        lat=_degrees(row.get("lat")),
        lon=_degrees(row.get("lon")),
    )


def _degrees(text: str | None) -> float | None:
    """A finite number: « nan » and « inf » are numbers for Python, and nowhere on a map. Raises ValueError."""
    if not text:
        return None
    degrees = float(text)
    if not math.isfinite(degrees):
        raise ValueError(text)
    return degrees


def _outlines(path: Path) -> tuple[dict[str, Mapping[str, Any]], str]:
    """The features by code, and the credit."""
    if not path.is_file():
        return {}, ""
    try:
        collection = json.loads(path.read_text(encoding="utf-8-sig"))
        features = {str(feature["properties"]["code"]): feature for feature in collection["features"]}
        return features, str(collection.get("attribution") or "")
    except (KeyError, TypeError, ValueError, RecursionError) as error:
        raise ValueError(f"{path.name}: {error}") from error

"""Outlines of places as small SVG paths: projected, simplified, and rounded to whole units."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, TypeAlias

from plugins.model.geography import rings

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

Point: TypeAlias = tuple[float, float]
SPECK = 4.0  # units; a smaller island is a blot, not a place


@dataclass(frozen=True, slots=True)
class Frame:
    """A window of the earth in an SVG box: equirectangular, true at the window's middle latitude."""

    west: float
    north: float
    scale: float  # units per degree of latitude
    squeeze: float  # length of a degree of longitude, in degrees of latitude
    left: float
    top: float

    def place(self, lat: float, lon: float) -> Point:
        """Where a point of the earth (degrees, WGS 84) stands in the box."""
        return (
            self.left + (lon - self.west) * self.squeeze * self.scale,
            self.top + (self.north - lat) * self.scale,
        )


def fit(bounds: tuple[float, float, float, float], width: float, height: float, margin: float) -> Frame:
    """The frame that shows ``bounds`` (west, south, east, north) centred in a box of ``width`` × ``height``."""
    west, south, east, north = bounds
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 1e-6), max(north - south, 1e-6)
    scale = min((width - 2 * margin) / wide, (height - 2 * margin) / high)
    return Frame(west, north, scale, squeeze, (width - wide * scale) / 2, (height - high * scale) / 2)


def bounds_of(features: Iterable[Mapping[str, Any]]) -> tuple[float, float, float, float] | None:
    """West, south, east, north of GeoJSON features, or None if there are none."""
    points = [point for feature in features for ring in rings(feature) for point in ring]
    if not points:
        return None
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    return min(lons), min(lats), max(lons), max(lats)


def path(features: Iterable[Mapping[str, Any]], frame: Frame, *, tolerance: float) -> str:
    """The outer rings of ``features`` as one SVG path in relative steps. Rings of less than :data:`SPECK` vanish."""
    pieces = []
    for feature in features:
        for ring in rings(feature):
            points = [frame.place(lat, lon) for lon, lat, *_ in ring]
            if _reach(points) > SPECK:
                pieces.append(_closed(simplify(points, tolerance)))
    return "".join(pieces)


def _reach(points: Sequence[Point]) -> float:
    """The longer side of the box around some points."""
    across, down = [x for x, _ in points], [y for _, y in points]
    return max(max(across) - min(across), max(down) - min(down))


def simplify(points: Sequence[Point], tolerance: float) -> list[Point]:
    """Douglas–Peucker without recursion: what is left strays from the line by at most ``tolerance`` units."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    if points and points[0] == points[-1]:  # a closed ring: start from its two ends
        far = max(range(len(points)), key=lambda at: math.dist(points[0], points[at]))
        keep.add(far)
        spans = [(0, far), (far, len(points) - 1)]
    while spans:
        first, last = spans.pop()
        worst, strays = _farthest(points, first, last)
        if strays > tolerance:
            keep.add(worst)
            spans += [(first, worst), (worst, last)]
    return [points[at] for at in sorted(keep)]


def _farthest(points: Sequence[Point], first: int, last: int) -> tuple[int, float]:
    (x1, y1), (x2, y2) = points[first], points[last]
    length = math.hypot(x2 - x1, y2 - y1)
    worst, strays = first, 0.0
    for at in range(first + 1, last):
        x, y = points[at]
        off = abs((y2 - y1) * (x - x1) - (x2 - x1) * (y - y1)) / length if length else math.hypot(x - x1, y - y1)
        if off > strays:
            worst, strays = at, off
    return worst, strays


def _closed(points: Sequence[Point]) -> str:
    whole = [(round(x), round(y)) for x, y in points]
    kept = [point for at, point in enumerate(whole) if at == 0 or point != whole[at - 1]]
    if len(set(kept)) < 3:  # noqa: PLR2004  # too small to be seen
        return ""
    if kept[0] == kept[-1]:
        kept.pop()
    (x, y), rest = kept[0], kept[1:]
    text = f"M{x} {y}l"
    for nx, ny in rest:
        step = f"{nx - x} {ny - y}"
        text += step if text[-1] == "l" or step[0] == "-" else f" {step}"
        x, y = nx, ny
    return text.replace(" -", "-") + "z"

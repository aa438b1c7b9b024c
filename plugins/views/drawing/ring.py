"""The ring of pillars: one arc for each pillar of the platform, always in the same order and place.

Pure geometry. A ring of any number of arcs starts at the top and turns clockwise; templates draw it, colours.css colours it.
"""

from __future__ import annotations

import math
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.model.objects import Mention, Pillar

SMALL: Final = 13.0  # radius in a box of 32 × 32 centred on 0
INNER: Final = 6.5  # inner radius of the weighted ring, in the same box
LARGE: Final = 140.0  # radius in a box of 400 × 400 centred on 0
THINNEST: Final = 2
THICKEST: Final = 9
GAP: Final = 0.16  # of an arc's own angle: what stays open between two arcs
TIGHT: Final = 0.07  # the same where arcs are thick


class Arc(TypedDict):
    """One arc of a weighted ring."""

    index: Annotated[int, "Place of the pillar in the ring, from 0; its colour class is p0, p1…"]
    path: Annotated[str, "The arc as an SVG path."]
    width: Annotated[float, "Thickness, between 2 and 9 in a box of 32."]
    name: Annotated[str, "The pillar's name."]
    count: Annotated[int, "How many entries it stands for."]


def _point(radius: float, angle: float) -> str:
    """A point of the circle; angles are in turns, from the top, clockwise."""
    turn = 2 * math.pi * angle - math.pi / 2
    return f"{_short(radius * math.cos(turn))} {_short(radius * math.sin(turn))}"


def _short(value: float) -> str:
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@lru_cache(maxsize=1024)
def arcs(count: int, radius: float, gap: float = GAP) -> tuple[str, ...]:
    """The paths of a ring of ``count`` arcs, in order; ``gap`` is the open share of each. A ring of one is a circle."""
    if count == 1:
        half = f"A{_short(radius)} {_short(radius)} 0 0 1"
        return (f"M{_point(radius, 0)}{half} {_point(radius, 0.5)}{half} {_point(radius, 0)}z",)
    return tuple(_arc(index, count, radius, gap / count / 2) for index in range(count))


def _arc(index: int, count: int, radius: float, gap: float) -> str:
    start, end = index / count + gap, (index + 1) / count - gap
    large = int(end - start > 0.5)  # noqa: PLR2004  # more than half a turn
    reach = _short(radius)
    return f"M{_point(radius, start)}A{reach} {reach} 0 {large} 1 {_point(radius, end)}"


def middles(count: int, radius: float) -> list[tuple[float, float]]:
    """The points in the middle of each arc, in order."""
    return [(round(radius * x, 1), round(radius * y, 1)) for x, y in directions(count)]


def directions(count: int) -> list[tuple[float, float]]:
    """Where the middle of each arc lies from the centre, as a unit vector; y grows downwards."""
    turns = [2 * math.pi * (index + 0.5) / count - math.pi / 2 for index in range(count)]
    return [(round(math.cos(turn), 3), round(math.sin(turn), 3)) for turn in turns]


def positions(pillars: Sequence[Pillar]) -> list[int]:
    """The places of ``pillars`` in the ring, in the ring's own order."""
    return sorted({pillar.position for pillar in pillars})


def count_pillars(mentions: Sequence[Mention]) -> dict[int, int]:
    """How many entries of ``mentions`` each pillar has, by place; an entry with two pillars counts for both."""
    counts: dict[int, int] = {}
    for entry in {mention.entry.id: mention.entry for mention in mentions}.values():
        for pillar in entry.pillars:
            counts[pillar.position] = counts.get(pillar.position, 0) + 1
    return counts


def weighted(pillars: Sequence[Pillar], counts: Mapping[int, int]) -> list[Arc]:
    """A ring whose arcs are as thick as their counts, the fullest :data:`THICKEST`; all stand on one circle and grow outwards."""
    most = max(counts.values(), default=0) or 1
    widths = [THINNEST + (THICKEST - THINNEST) * counts.get(pillar.position, 0) / most for pillar in pillars]
    return [
        {
            "index": pillar.position,
            "path": arcs(len(pillars), round(INNER + width / 2, 1))[pillar.position],
            "width": round(width, 1),
            "name": pillar.name,
            "count": counts.get(pillar.position, 0),
        }
        for pillar, width in zip(pillars, widths, strict=True)
    ]

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
LARGE: Final = 140.0  # radius in a box of 400 × 400 centred on 0
THINNEST: Final = 1.6
THICKEST: Final = 6.4
GAP: Final = 0.16  # of an arc's own angle: what stays open between two arcs


class Arc(TypedDict):
    """One arc of a weighted ring."""

    index: Annotated[int, "Place of the pillar in the ring, from 0; its colour class is p0, p1…"]
    path: Annotated[str, "The arc as an SVG path."]
    width: Annotated[float, "Thickness, between 1.6 and 6.4 in a box of 32."]
    name: Annotated[str, "The pillar's name."]
    count: Annotated[int, "How many entries it stands for."]


def _point(radius: float, angle: float) -> str:
    """A point of the circle; angles are in turns, from the top, clockwise."""
    turn = 2 * math.pi * angle - math.pi / 2
    return f"{_short(radius * math.cos(turn))} {_short(radius * math.sin(turn))}"


def _short(value: float) -> str:
    text = f"{value:.1f}".rstrip("0").rstrip(".")
    return "0" if text in {"-0", ""} else text


@lru_cache(maxsize=64)
def arcs(count: int, radius: float) -> tuple[str, ...]:
    """The paths of a ring of ``count`` arcs, in order. A ring of one is a circle."""
    if count == 1:
        half = f"A{_short(radius)} {_short(radius)} 0 0 1"
        return (f"M{_point(radius, 0)}{half} {_point(radius, 0.5)}{half} {_point(radius, 0)}z",)
    return tuple(_arc(index, count, radius) for index in range(count))


def _arc(index: int, count: int, radius: float) -> str:
    gap = GAP / count / 2
    start, end = index / count + gap, (index + 1) / count - gap
    large = int(end - start > 0.5)  # noqa: PLR2004  # more than half a turn
    reach = _short(radius)
    return f"M{_point(radius, start)}A{reach} {reach} 0 {large} 1 {_point(radius, end)}"


def middles(count: int, radius: float) -> list[tuple[float, float]]:
    """The points in the middle of each arc, in order."""
    turns = [2 * math.pi * (index + 0.5) / count - math.pi / 2 for index in range(count)]
    return [(round(radius * math.cos(turn), 1), round(radius * math.sin(turn), 1)) for turn in turns]


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
    """A ring whose arcs are as thick as their counts: the square root, so that one entry is still seen beside a hundred."""
    paths = arcs(len(pillars), SMALL - 1)
    most = math.sqrt(max(counts.values(), default=0) or 1)
    return [
        {
            "index": pillar.position,
            "path": paths[pillar.position],
            "width": round(THINNEST + (THICKEST - THINNEST) * math.sqrt(counts.get(pillar.position, 0)) / most, 1),
            "name": pillar.name,
            "count": counts.get(pillar.position, 0),
        }
        for pillar in pillars
    ]

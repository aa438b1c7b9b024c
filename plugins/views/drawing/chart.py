"""A series as a chart drawn by the build: bars for a few years, a line for many. Axes start at zero."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.views.words.french import FIXED, number

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH: Final = 640
HEIGHT: Final = 260
LEFT: Final = 60
BOTTOM: Final = 36
TOP: Final = 28
MOST_BARS: Final = 12
TICKS: Final = 4
MILLION: Final = 1_000_000


class Bar(TypedDict):
    """A bar with its label below and its value above."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    label: str
    value: str


class Tick(TypedDict):
    """A line across the chart."""

    y: float
    label: str


class Line(TypedDict):
    """A series of many years, or one of several."""

    name: str
    path: str
    index: Annotated[int, "Tells lines apart: the first is solid, the others are dashed."]
    end: Annotated[str, "The last value, written at its end."]
    x: float
    y: float


class Chart(TypedDict):
    """A chart in a box of 640 × 260."""

    bars: Annotated[list[Bar], "One series of few years; empty where there are lines."]
    lines: list[Line]
    ticks: list[Tick]
    labels: Annotated[list[Tick], "Years below the lines; y is their horizontal place."]


def chart(series: Mapping[str, Sequence[tuple[int, float]]]) -> Chart:
    """The chart of ``series`` by name, each a list of (year, value) in order of years."""
    values = [value for points in series.values() for _, value in points]
    top = _round_up(max([*values, 0.0])) or 1.0
    years = sorted({year for points in series.values() for year, _ in points})
    ticks: list[Tick] = [
        {"y": _y(top * step / TICKS, top), "label": _axis(top * step / TICKS, top)} for step in range(TICKS + 1)
    ]
    if len(series) == 1 and len(years) <= MOST_BARS:
        points = next(iter(series.values()))
        return {"bars": _bars(points, top), "lines": [], "ticks": ticks, "labels": []}
    span = (years[0], years[-1]) if years else (0, 0)
    lines = [_line(name, points, index, span, top) for index, (name, points) in enumerate(series.items()) if points]
    labels: list[Tick] = [{"y": _x(year, span), "label": str(year)} for year in _some(years)]
    return {"bars": [], "lines": lines, "ticks": ticks, "labels": labels}


def _axis(value: float, top: float) -> str:
    """A value beside the chart: millions are written « 2,4 M »."""
    return f"{number(plain(value / MILLION))}{FIXED}M" if top >= MILLION and value else number(plain(value))


def _bars(points: Sequence[tuple[int, float]], top: float) -> list[Bar]:
    step = (WIDTH - LEFT) / max(len(points), 1)
    width = min(step * 0.62, 72)
    bars: list[Bar] = []
    for at, (year, value) in enumerate(points):
        middle = LEFT + step * (at + 0.5)
        y = _y(max(value, 0), top)
        bars.append(
            {
                "x": round(middle - width / 2, 1), "y": y, "width": round(width, 1), "height": round(HEIGHT - BOTTOM - y, 1),
                "middle": round(middle, 1), "label": str(year), "value": number(plain(value)),
            }
        )  # fmt: skip
    return bars


def _line(name: str, points: Sequence[tuple[int, float]], index: int, span: tuple[int, int], top: float) -> Line:
    places = [(_x(year, span), _y(max(value, 0), top)) for year, value in points]
    path = "M" + "L".join(f"{x} {y}" for x, y in places)
    return {
        "name": name,
        "path": path,
        "index": index,
        "end": number(plain(points[-1][1])),
        "x": places[-1][0],
        "y": places[-1][1],
    }


def _x(year: int, span: tuple[int, int]) -> float:
    first, last = span
    room = WIDTH - LEFT - 60
    return round(LEFT + 20 + room * (year - first) / max(last - first, 1), 1)


def _y(value: float, top: float) -> float:
    return round(HEIGHT - BOTTOM - (HEIGHT - BOTTOM - TOP) * value / top, 1)


def _round_up(value: float) -> float:
    """The next round number of which a quarter is round too: 667 → 800, 58 → 60, 2.2 million → 2.4 million."""
    if value <= 0:
        return 0.0
    unit = 10.0 ** math.floor(math.log10(value))
    for share in (1, 1.2, 1.6, 2, 2.4, 3, 4, 5, 6, 8, 10):
        if value <= share * unit:
            return share * unit
    return 10 * unit


def plain(value: float) -> float:
    """Whole numbers without a decimal point."""
    rounded = round(value, 6)
    return int(rounded) if float(rounded).is_integer() else rounded


def _some(years: Sequence[int]) -> list[int]:
    step = max(1, math.ceil(len(years) / 8))
    return list(years[::step])

"""Rings, outlines, covers and charts: small, faithful, and the same for the same data."""

from __future__ import annotations

import json
import math
import re
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.model.geography import load_geography
from plugins.views.drawing.chart import HEIGHT, WIDTH, chart
from plugins.views.drawing.outline import bounds_of, fit, path, simplify
from plugins.views.drawing.ring import SMALL, THICKEST, THINNEST, arcs, directions, weighted
from plugins.views.parts.cover import cover
from tests.site.building import PROJECT
from tests.views.test_colours import pillar

if TYPE_CHECKING:
    from plugins.publication.context import Context

COVER_BYTES = 2500
NUMBERS = re.compile(r"-?\d+(?:\.\d+)?")


def ends(arc: str) -> tuple[tuple[float, float], tuple[float, float]]:
    numbers = [float(one) for one in NUMBERS.findall(arc)]
    return (numbers[0], numbers[1]), (numbers[-2], numbers[-1])


@pytest.mark.parametrize("count", range(2, 13))
def test_the_arcs_of_a_ring_follow_each_other_clockwise_from_the_top_and_do_not_touch(count: int) -> None:
    drawn = arcs(count, SMALL)
    assert len(drawn) == count
    angles = [math.atan2(x, -y) % (2 * math.pi) for arc in drawn for x, y in ends(arc)]
    assert angles == sorted(angles), "from the top, clockwise, each arc ending before the next begins"
    assert all(math.isclose(math.hypot(x, y), SMALL, abs_tol=0.1) for arc in drawn for x, y in ends(arc))


def test_a_ring_of_one_is_a_whole_circle() -> None:
    (circle,) = arcs(1, SMALL)
    assert circle.count("A") == 2
    assert circle.endswith("z")


@pytest.mark.parametrize("count", [1, 2, 7])
def test_names_stand_where_their_arcs_are(count: int) -> None:
    for at, (x, y) in enumerate(directions(count)):
        assert math.isclose(
            math.atan2(x, -y) % (2 * math.pi), 2 * math.pi * (at + 0.5) / count % (2 * math.pi), abs_tol=0.01
        )


def test_the_fullest_arc_is_the_thickest_and_an_empty_one_is_thin_but_there() -> None:
    pillars = [pillar("#333333", at) for at in range(3)]
    thin, full, half = weighted(pillars, {1: 12, 2: 6})
    assert (thin["width"], full["width"]) == (THINNEST, THICKEST)
    assert thin["width"] < half["width"] < full["width"]
    assert [arc["count"] for arc in (thin, full, half)] == [0, 12, 6]
    assert {arc["width"] for arc in weighted(pillars, {})} == {float(THINNEST)}


POINTS = st.lists(st.tuples(st.floats(0, 300), st.floats(0, 300)), min_size=2, max_size=60)


@given(POINTS, st.floats(0.1, 20))
@settings(deadline=None)  # a loaded machine is no slow program
def test_a_simplified_line_keeps_its_ends_and_strays_no_further_than_allowed(
    points: list[tuple[float, float]], tolerance: float
) -> None:
    kept = simplify(points, tolerance)
    assert kept[0] == points[0]
    assert kept[-1] == points[-1]
    assert all(point in points for point in kept)
    assert all(min(_distance(point, a, b) for a, b in pairwise(kept)) <= tolerance + 1e-6 for point in points)


def _distance(point: tuple[float, float], a: tuple[float, float], b: tuple[float, float]) -> float:
    """From a point to a segment's line, as the rule of Douglas and Peucker counts it; to its ends where that is less."""
    length = math.dist(a, b)
    to_ends = min(math.dist(point, a), math.dist(point, b))
    if not length:
        return to_ends
    off = abs((b[1] - a[1]) * (point[0] - a[0]) - (b[0] - a[0]) * (point[1] - a[1])) / length
    return min(off, to_ends)


def test_the_outline_of_every_grouping_is_small_and_stays_in_its_box() -> None:
    for code, feature in load_geography(PROJECT / "data" / "geo").epci.items():
        bounds = bounds_of([feature])
        assert bounds
        drawn = path([feature], fit(bounds, 320, 200, 14), tolerance=1.5)
        assert 20 < len(drawn) < COVER_BYTES - 900, code
        x = y = 0.0
        for kind, numbers in re.findall(r"([Ml])([^Mlz]+)", drawn):
            steps = [float(one) for one in NUMBERS.findall(numbers)]
            for dx, dy in zip(steps[::2], steps[1::2], strict=True):
                x, y = (dx, dy) if kind == "M" else (x + dx, y + dy)
                assert 0 <= x <= 320, code
                assert 0 <= y <= 200, code


def test_a_cover_is_light_and_the_same_each_time(large: Context) -> None:
    for entry in [entry for entry in large.site.entries.values() if entry.pillars][:60]:
        drawn = cover(large, entry)
        assert drawn == cover(large, entry)
        assert len(json.dumps(drawn)) < COVER_BYTES
        assert 0 < drawn["size"] <= 76
        assert drawn["text"]


def test_a_cover_without_words_is_for_the_page_that_says_them(large: Context) -> None:
    entry = next(entry for entry in large.site.entries.values() if entry.pillars)
    assert (cover(large, entry, silent=True)["text"], cover(large, entry, silent=True)["small"]) == ("", "")


def test_one_short_series_is_bars_from_zero_in_proportion() -> None:
    drawn = chart({"Région": [(2019, 673.0), (2022, 676.0), (2023, 338.0)]})
    assert drawn["lines"] == []
    assert [bar["value"] for bar in drawn["bars"]] == ["673", "676", "338"]
    assert math.isclose(drawn["bars"][1]["height"] / drawn["bars"][2]["height"], 2, abs_tol=0.02)
    assert drawn["ticks"][0]["label"] == "0"
    assert all(bar["y"] + bar["height"] <= HEIGHT and bar["x"] + bar["width"] <= WIDTH for bar in drawn["bars"])


def test_several_territories_are_as_many_lines() -> None:
    drawn = chart({"A": [(2019, 10.0), (2023, 20.0)], "B": [(2019, 5.0)]})
    assert drawn["bars"] == []
    assert [(line["name"], line["index"]) for line in drawn["lines"]] == [("A", 0), ("B", 1)]


def test_millions_are_short_beside_a_chart_and_nothing_is_a_chart_too() -> None:
    assert chart({"Région": [(2023, 2_223_670.0)]})["ticks"][-1]["label"] == "2,4\u00a0M"
    assert chart({})["bars"] == []

"""Whatever a region chooses, text and signs stay readable in both schemes (WCAG 2.2 AA)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.model.objects import Pillar
from plugins.model.yaml.reader import read_yaml
from plugins.views.drawing.colour import BLACK, SIGN, TEXT, WHITE, contrast, parse, readable, written
from plugins.views.drawing.colours import palette, pillar_colour, style_sheet
from tests.site.building import PROJECT

if TYPE_CHECKING:
    from collections.abc import Mapping

COLOURS = st.tuples(*[st.integers(0, 255)] * 3).map(lambda rgb: "#{:02x}{:02x}{:02x}".format(*rgb))
NAMES = ("paper", "ink", "muted", "rule", "accent", "accent_ink")
CHOICES = st.dictionaries(st.sampled_from([*NAMES, *(f"dark_{name}" for name in NAMES)]), COLOURS)
# What is written on what, and how much it has to stand out.
PAIRS = (
    ("ink", "paper", 7.0), ("ink", "shade", 7.0), ("muted", "paper", TEXT), ("muted", "shade", TEXT), ("accent", "paper", TEXT),
    ("accent", "shade", TEXT), ("accent-ink", "accent", TEXT), ("line", "paper", SIGN),
)  # fmt: skip


@dataclass(frozen=True)
class Choice:
    """Colours of a region's data/site.yaml and data/pillars.yaml."""

    colours: Mapping[str, str]
    pillars: tuple[Pillar, ...]


def pillar(colour: str, position: int) -> Pillar:
    return Pillar(f"p{position}", f"Pilier {position}", "", colour, "", position, "/piliers/x/")


def own() -> Choice:
    site, pillars = _data("site.yaml"), _data("pillars.yaml")
    return Choice(site["colours"], tuple(pillar(one["colour"], at) for at, one in enumerate(pillars)))


def _data(name: str) -> Any:
    return read_yaml((PROJECT / "data" / name).read_text(encoding="utf-8")).data


def assert_readable(colours: Mapping[str, str], *, dark: bool) -> None:
    found = palette(colours, dark=dark)
    grounds = (found["paper"], found["shade"])
    for name, ground, ratio in PAIRS:
        on = grounds if ground in {"paper", "shade"} else (found[ground],)
        # Nothing has a contrast of 7 on middle grey: black or white is then the best there is.
        best = max(min(contrast(end, one) for one in on) for end in (BLACK, WHITE))
        got = contrast(parse(written(found[name])), parse(written(found[ground])))
        assert got >= min(ratio, best), (name, ground, got, dark)


@pytest.mark.parametrize("dark", [False, True])
def test_the_platforms_own_colours_are_readable_as_they_are(*, dark: bool) -> None:
    colours = own().colours
    assert_readable(colours, dark=dark)
    prefix = "dark_" if dark else ""
    for name in ("paper", "ink", "accent"):
        assert written(palette(colours, dark=dark)[name]) == colours[prefix + name].lower(), name


@given(CHOICES)
@settings(deadline=None)  # a loaded machine is no slow program
def test_any_colours_are_made_readable(colours: dict[str, str]) -> None:
    assert_readable(colours, dark=False)
    assert_readable(colours, dark=True)


@given(COLOURS, st.sampled_from(["#f8f5ee", "#1c2227", "#ffffff", "#000000"]))
def test_every_pillar_is_told_from_the_paper(colour: str, ground: str) -> None:
    assert contrast(parse(written(pillar_colour(pillar(colour, 0), parse(ground)))), parse(ground)) >= SIGN


@given(COLOURS, COLOURS, st.floats(1, 4.5))
def test_a_colour_that_reads_well_enough_is_left_alone(colour: str, ground: str, ratio: float) -> None:
    if contrast(parse(colour), parse(ground)) >= ratio:
        assert written(readable(parse(colour), ratio, parse(ground))) == colour


def test_the_sheet_holds_a_class_and_a_place_for_each_pillar_in_each_scheme() -> None:
    choice = own()
    sheet = style_sheet(choice.colours, choice.pillars)
    for at in range(len(choice.pillars)):
        assert len(re.findall(rf"\.p{at}\{{--p:#[0-9a-f]{{6}};--q:#[0-9a-f]{{6}}\}}", sheet)) == 3  # light, dark, print
        assert f".at{at}{{--x:" in sheet
    assert f".p{len(choice.pillars)}{{" not in sheet


def test_a_region_of_one_pillar_without_a_colour_has_a_sheet() -> None:
    assert ".p0{" in style_sheet({}, [pillar("", 0)])


@pytest.mark.parametrize("wrong", ["", "red", "#12", "#12345", "#ggg"])
def test_what_is_no_colour_is_refused(wrong: str) -> None:
    with pytest.raises(ValueError, match=r"colour|invalid literal"):
        parse(wrong)

"""The region's colours as a style sheet: properties from ``data/site.yaml``, one class per pillar from ``data/pillars.yaml``.

Regions choose by taste; what they choose is moved towards black or white as far as its contrast needs (WCAG 2.2 AA),
in both schemes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.publication.assets import FOLDER, hashed, minified
from plugins.publication.page import Document
from plugins.views.drawing.colour import SIGN, TEXT, Rgb, ink_on, mix, parse, readable, rounded, written
from plugins.views.drawing.ring import directions

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.model.objects import Pillar
    from plugins.publication.context import Context

DEFAULTS: Final = {
    "paper": "#f8f5ee",
    "ink": "#22282d",
    "accent": "#9a3b20",
    "dark_paper": "#1c2227",
    "dark_ink": "#efebe1",
    "dark_accent": "#f0a67e",
}
PLAIN_PILLAR: Final = "#6b6f73"  # a pillar that says no colour
STRONG: Final = 7.0  # contrast of running text: WCAG 2.2, 1.4.6
_MUTED: Final = 0.3  # share of the paper in text of less weight
_RULE: Final = 0.2  # share of the ink in a thin rule
_ASIDE: Final = 0.25  # how far from the vertical a name stands beside the ring and not above or below it
_SHADE: Final = 0.05  # share of the ink in a shaded ground


def palette(chosen: Mapping[str, str], *, dark: bool) -> dict[str, Rgb]:
    """The colours of one scheme by name: paper, shade, ink, muted, rule, line, accent, accent-ink."""
    prefix = "dark_" if dark else ""

    def pick(name: str, fallback: Rgb | None = None) -> Rgb:
        written_down = chosen.get(prefix + name) or (DEFAULTS.get(prefix + name) if fallback is None else None)
        return parse(written_down) if written_down else fallback or parse(DEFAULTS[prefix + name])

    paper = pick("paper")
    shade = rounded(mix(paper, readable(pick("ink"), STRONG, paper), _SHADE))
    ink = readable(pick("ink"), STRONG, paper, shade)
    rule = pick("rule", rounded(mix(paper, ink, _RULE)))
    accent = readable(pick("accent"), TEXT, paper, shade)
    return {
        "paper": paper,
        "shade": shade,
        "ink": ink,
        "muted": readable(pick("muted", mix(ink, paper, _MUTED)), TEXT, paper, shade),
        "rule": rule,
        "line": readable(rule, SIGN, paper, shade),  # edges of controls
        "accent": accent,
        "accent-ink": readable(pick("accent_ink", ink_on(accent, paper, ink)), TEXT, accent),
    }


def pillar_colour(pillar: Pillar, ground: Rgb) -> Rgb:
    """A pillar's colour as a sign on ``ground``."""
    return readable(parse(pillar.colour or PLAIN_PILLAR), SIGN, ground)


def style_sheet(chosen: Mapping[str, str], pillars: Iterable[Pillar]) -> str:
    """The whole sheet.

    Arcs, marks and tags of pillar ``n`` carry the class ``pn``; ``--p`` is its colour, ``--q`` what is written on it.
    """
    pillars = list(pillars)
    light, dark = palette(chosen, dark=False), palette(chosen, dark=True)
    return minified(
        f":root{{color-scheme:light dark;{_properties(light)}}}\n{_pillars(pillars, light)}{_places(len(pillars))}\n"
        f"@media (prefers-color-scheme:dark){{:root{{{_properties(dark)}}}\n{_pillars(pillars, dark)}}}\n"
        f"@media print{{:root{{--paper:#fff;--shade:#fff;--ink:#000;--muted:#444;{_accent(light)}}}{_pillars(pillars, light)}}}"
    )


def _properties(colours: Mapping[str, Rgb]) -> str:
    return "".join(f"--{name}:{written(colour)};" for name, colour in colours.items())


def _accent(colours: Mapping[str, Rgb]) -> str:
    return f"--rule:{written(colours['rule'])};--accent:{written(colours['accent'])};"


def _pillars(pillars: Iterable[Pillar], scheme: Mapping[str, Rgb]) -> str:
    rules = []
    for pillar in pillars:
        colour = pillar_colour(pillar, scheme["shade"])
        on_it = readable(ink_on(colour, scheme["paper"], scheme["ink"]), SIGN, colour)
        rules.append(f".p{pillar.position}{{--p:{written(colour)};--q:{written(on_it)}}}")
    return "".join(rules)


def _places(count: int) -> str:
    """Where the names stand around the large ring: ``--x``, ``--y`` from its centre; ``--side``: how far they hang to the left."""
    rules = []
    for index, (x, y) in enumerate(directions(count)):
        side = "0%" if x > _ASIDE else "-100%" if x < -_ASIDE else "-50%"
        rules.append(f".at{index}{{--x:{x};--y:{y};--side:{side}}}")
    return "".join(rules)


def colours_document(ctx: Context) -> Document:
    """``/theme/colours.<hash>.css``."""
    sheet = style_sheet(ctx.site.settings.get("colours") or {}, ctx.site.pillars.values()).encode("utf-8")
    return Document(FOLDER + hashed("colours.css", sheet), sheet)

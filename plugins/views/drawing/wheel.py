"""The large ring: arcs that lead to their pillar, each with its icon."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.views.drawing.ring import LARGE, TIGHT, arcs, middles

if TYPE_CHECKING:
    from plugins.publication.context import Context


class WheelArc(TypedDict):
    """An arc of the large ring, in a box of 400 × 400 centred on 0."""

    index: int
    name: str
    href: str
    icon: Annotated[str, "The name of its icon below ``icons/``."]
    path: str
    x: Annotated[float, "The middle of the arc, where the icon stands."]
    y: float


def wheel(ctx: Context) -> list[WheelArc]:
    """The arcs of all pillars, in order."""
    pillars = list(ctx.site.pillars.values())
    drawn = zip(pillars, arcs(len(pillars), LARGE, TIGHT), middles(len(pillars), LARGE), strict=True)
    return [
        {
            "index": pillar.position,
            "name": pillar.name,
            "href": ctx.href(pillar.address),
            "icon": pillar.icon,
            "path": path,
            "x": x,
            "y": y,
        }
        for pillar, path, (x, y) in drawn
    ]

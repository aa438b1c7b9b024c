"""The favicon: the ring of the region's own pillars, in their colours."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.publication.assets import FOLDER, hashed
from plugins.publication.page import Document
from plugins.views.drawing.colour import written
from plugins.views.drawing.colours import palette, pillar_colour
from plugins.views.drawing.ring import arcs

if TYPE_CHECKING:
    from plugins.publication.context import Context

RADIUS: Final = 11.5
WIDTH: Final = 7


def favicon_document(ctx: Context) -> Document:
    """``/theme/ring.<hash>.svg``."""
    ground = palette(ctx.site.settings.get("colours") or {}, dark=False)["shade"]
    pillars = list(ctx.site.pillars.values())
    drawn = "".join(
        f'<path d="{path}" stroke="{written(pillar_colour(pillar, ground))}"/>'
        for pillar, path in zip(pillars, arcs(len(pillars), RADIUS), strict=True)
    )
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="-16 -16 32 32" fill="none" stroke-width="{WIDTH}">{drawn}</svg>\n'
    return Document(FOLDER + hashed("ring.svg", svg.encode()), svg.encode())

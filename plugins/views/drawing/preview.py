"""The picture that other sites show for a link to a page without one: the region's ring and name (OpenGraph, 1200 × 630)."""

from __future__ import annotations

import io
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from PIL import Image, ImageDraw, ImageFont

from plugins.publication.assets import FOLDER, hashed
from plugins.publication.page import Document
from plugins.publication.theme import STATIC
from plugins.views.drawing.colour import written
from plugins.views.drawing.colours import palette, pillar_colour
from plugins.views.drawing.ring import GAP

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.publication.context import Context

WIDTH, HEIGHT = 1200, 630
_FINE: Final = 3  # drawn three times as large, then made smaller: smooth edges
_RADIUS, _THICKNESS, _EDGE = 200, 96, 72
_SIZES: Final = (84, 72, 60, 50, 42)
_FONT: Final = STATIC / "fonts" / "bricolage.woff2"


class Preview(TypedDict):
    """The site's own preview picture."""

    url: Annotated[str, "Its full address."]
    width: int
    height: int


def preview(ctx: Context) -> Preview | None:
    """The preview of pages that have no picture; None where the output that writes it (home) is switched off."""
    if "home" not in ctx.outputs:
        return None
    return {"url": ctx.absolute(f"/{preview_document(ctx).path}"), "width": WIDTH, "height": HEIGHT}


def preview_document(ctx: Context) -> Document:
    """``/theme/preview.<hash>.png``."""
    colours = palette(ctx.site.settings.get("colours") or {}, dark=False)
    arcs = tuple(written(pillar_colour(pillar, colours["shade"])) for pillar in ctx.site.pillars.values())
    png = _drawn(str(ctx.site.settings["name"]), arcs, written(colours["paper"]), written(colours["ink"]))
    return Document(FOLDER + hashed("preview.png", png), png)


@lru_cache(maxsize=4)
def _drawn(name: str, arcs: Sequence[str], paper: str, ink: str) -> bytes:
    picture = Image.new("RGB", (WIDTH * _FINE, HEIGHT * _FINE), paper)
    _ring(ImageDraw.Draw(picture), arcs)
    picture = picture.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    _title(ImageDraw.Draw(picture), name, ink)
    out = io.BytesIO()
    picture.quantize(128, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


def _ring(draw: ImageDraw.ImageDraw, arcs: Sequence[str]) -> None:
    centre, middle, reach = (WIDTH - _EDGE - _RADIUS) * _FINE, HEIGHT // 2 * _FINE, _RADIUS * _FINE
    box = (centre - reach, middle - reach, centre + reach, middle + reach)
    turn = 360 / len(arcs)
    open_share = GAP / 3 * turn if len(arcs) > 1 else 0
    for at, colour in enumerate(arcs):
        draw.arc(box, at * turn - 90 + open_share, (at + 1) * turn - 90 - open_share, colour, _THICKNESS * _FINE)


def _title(draw: ImageDraw.ImageDraw, name: str, ink: str) -> None:
    """The name in the largest size in which it has room beside the ring."""
    room = (WIDTH - 3 * _EDGE - 2 * _RADIUS, HEIGHT - 2 * _EDGE)
    for size in _SIZES:
        font = ImageFont.truetype(str(_FONT), size, layout_engine=ImageFont.Layout.BASIC)
        text = _wrapped(draw, name, font, room[0])
        left, top, right, bottom = draw.multiline_textbbox((0, 0), text, font=font, spacing=size // 8)
        if right - left <= room[0] and bottom - top <= room[1]:
            break
    draw.multiline_text((_EDGE, (HEIGHT - bottom - top) / 2), text, fill=ink, font=font, spacing=size // 8)


def _wrapped(draw: ImageDraw.ImageDraw, name: str, font: ImageFont.FreeTypeFont, width: float) -> str:
    lines: list[str] = []
    for word in name.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and draw.textlength(longer, font=font) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return "\n".join(lines)

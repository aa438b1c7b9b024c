"""Small copies of pictures that have been made harmless, as addresses of their own: shown in a page, and kept nowhere."""

from __future__ import annotations

import base64
import io
from typing import TYPE_CHECKING, Final

from PIL import Image

if TYPE_CHECKING:
    from scripts.bot.submission import Picture

THUMBNAIL: Final = 240  # pixels: some 10 kB
_QUALITY: Final = 70


def thumbnail(picture: Picture) -> str:
    """The address of a copy that lets its sender know his picture again."""
    return data_url(picture.name, small(picture, THUMBNAIL))


def small(picture: Picture, widest: int) -> bytes:
    """A picture of at most so many pixels in width. Takes some tens of milliseconds."""
    with Image.open(io.BytesIO(picture.content)) as opened:
        if opened.width <= widest:
            return picture.content
        kind = opened.format
        reduced = opened.copy()
    reduced.thumbnail((widest, reduced.height), Image.Resampling.BILINEAR)
    target = io.BytesIO()
    reduced.save(target, kind, quality=_QUALITY)
    return target.getvalue()


def data_url(name: str, content: bytes) -> str:
    """A picture as its own address (RFC 2397)."""
    kind = {"jpg": "jpeg"}.get(name.rpartition(".")[2], name.rpartition(".")[2])
    return f"data:image/{kind};base64,{base64.b64encode(content).decode('ascii')}"

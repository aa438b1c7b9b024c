"""Pictures beside entries, as pages show them: an address, sizes, and smaller copies for small screens.

What is published is decoded and encoded again, without the camera's notes (EXIF tells where a person lives), and no wider than
:data:`WIDEST`. Names are those of the files; a copy of 480 pixels is called ``photo.480.jpg``.
"""

from __future__ import annotations

import posixpath
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final, TypedDict
from urllib.parse import unquote

from PIL import ExifTags, Image

from plugins.markup import Picture as PictureInText
from plugins.markup import typography

if TYPE_CHECKING:
    from plugins.model.objects import Entry
    from plugins.publication.context import Context

_TURNED: Final = frozenset({5, 6, 7, 8})  # EXIF orientations by a quarter turn
WIDEST: Final = 1600
WIDTHS: Final = (480, 960)
FORMATS: Final = {".jpg": "JPEG", ".jpeg": "JPEG", ".png": "PNG", ".webp": "WEBP"}


class PictureView(TypedDict):
    """A picture on a page."""

    src: str
    url: Annotated[str, "The full address, for previews."]
    width: int
    height: int
    srcset: Annotated[str, "Smaller copies, as the attribute of that name; may be empty."]
    alt: str
    credit: str


def picture(ctx: Context, entry: Entry) -> PictureView | None:
    """The picture of an entry, None where it has none or pictures are not published."""
    image = entry.picture
    if image is None:
        return None
    name = posixpath.basename(image.path)
    src = ctx.attachment(entry, name)
    if not src:
        return None
    width, height = shown_size(image.width, image.height)
    copies = [(copy_name(name, at), at) for at in copy_widths(image.width)]
    return {
        "src": src,
        "url": ctx.absolute(entry.address + name),
        "width": width,
        "height": height,
        "srcset": ", ".join(f"{ctx.attachment(entry, copy)} {at}w" for copy, at in [*copies, (name, width)])
        if copies
        else "",
        "alt": typography(image.alt),
        "credit": typography(image.credit),
    }


def picture_in_text(ctx: Context, entry: Entry, target: str) -> PictureInText | None:
    """A picture of an entry's text, None where pictures are not published (its description is shown then)."""
    name = unquote(target)
    src = ctx.attachment(entry, name)
    if not src:
        return None
    whole = _size(Path(ctx.root) / posixpath.dirname(entry.path) / name)
    width, height = shown_size(*whole)
    copies = tuple((ctx.attachment(entry, copy_name(name, at)), at) for at in copy_widths(whole[0]))
    return PictureInText(src, width, height, (*copies, (src, width)) if copies else ())


def _size(path: Path) -> tuple[int, int]:
    """Width and height as the picture is shown: a camera held upright says so in its notes (EXIF)."""
    with Image.open(path) as opened:
        width, height = opened.size
        return (height, width) if opened.getexif().get(ExifTags.Base.Orientation, 1) in _TURNED else (width, height)


def shown_size(width: int, height: int) -> tuple[int, int]:
    """The size in pixels of what is published for a picture of this size."""
    return (width, height) if width <= WIDEST else (WIDEST, max(1, round(height * WIDEST / width)))


def copy_widths(width: int) -> list[int]:
    """The widths of the smaller copies of a picture of this width: those that are really smaller."""
    return [at for at in WIDTHS if at < min(width, WIDEST) * 0.8]


def copy_name(name: str, width: int) -> str:
    """``photo.jpg`` → ``photo.480.jpg``."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{width}{dot}{ending}"

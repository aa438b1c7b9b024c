"""Pictures of contributors: what they really are, and smaller copies of them without anything but the picture.

Formats are read by Pillow with its bomb limit; what is published is always encoded anew, so that no EXIF, comment or second file
hidden in a picture goes online.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

MAX_BYTES = 10_000_000
MAX_PIXELS = 60_000_000
_ENDINGS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP", "gif": "GIF"}
_QUALITY = 78


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """A sound picture: pixels as they are seen (orientation applied), format as Pillow names it, size of the file in bytes."""

    width: int
    height: int
    format: str
    bytes: int


@dataclass(frozen=True, slots=True)
class PictureFault:
    """Why a picture is refused: ``code`` is ``picture-format`` or ``picture-too-large``, ``reason`` a piece of a French sentence."""

    code: str
    reason: str


def inspect(path: Path) -> PictureInfo | PictureFault:
    """What the file at ``path`` really is, which its name has to say too. The pixels are decoded: a broken file is found."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        return PictureFault(
            "picture-too-large", f"{size // 1_000_000} Mo, le maximum est de {MAX_BYTES // 1_000_000} Mo"
        )
    wanted = _ENDINGS.get(path.suffix.lower().removeprefix("."))
    try:
        with warnings.catch_warnings(), Image.open(path, formats=sorted(set(_ENDINGS.values()))) as picture:
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            if picture.width * picture.height > MAX_PIXELS:
                return PictureFault("picture-too-large", f"{picture.width} × {picture.height} pixels")
            picture.load()
            found = ImageOps.exif_transpose(picture)
            return found.width, found.height, picture.format or ""
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return PictureFault("picture-too-large", "trop de pixels")
    except UnidentifiedImageError:
        return PictureFault("picture-format", "ce n’est pas une image")
    except (OSError, SyntaxError, ValueError):
        return PictureFault("picture-format", "le fichier est abîmé")


def variants(path: Path, widths: Iterable[int]) -> dict[int, bytes]:
    """The picture as WebP at each of ``widths`` pixels (never wider than it is), without metadata; the same bytes each time."""
    with Image.open(path, formats=sorted(set(_ENDINGS.values()))) as opened:
        picture = ImageOps.exif_transpose(opened)
        picture = picture.convert("RGBA" if "A" in picture.getbands() or "transparency" in picture.info else "RGB")
        return {width: _encoded(picture, width) for width in sorted(set(widths)) if width <= picture.width}


def _encoded(picture: Image.Image, width: int) -> bytes:
    height = max(1, round(picture.height * width / picture.width))
    target = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(target, "WEBP", quality=_QUALITY, method=4)
    return target.getvalue()

"""Pictures of contributors: what they really are.

They are read by Pillow, with a limit to their pixels; what is published is encoded anew (plugins/views/attachments.py).
"""

from __future__ import annotations

import warnings
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PIL import Image, ImageOps, UnidentifiedImageError

if TYPE_CHECKING:
    from pathlib import Path

MAX_BYTES = 10_000_000
MAX_PIXELS = 60_000_000
_ENDINGS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}


@dataclass(frozen=True, slots=True)
class PictureInfo:
    """A sound picture: pixels as they are seen (orientation applied), format as Pillow names it, size of the file in bytes."""

    width: int
    height: int
    format: str
    bytes: int


@dataclass(frozen=True, slots=True)
class PictureFault:
    """Why a picture is refused: ``code`` as in the catalogue of problems, ``reason`` a piece of a French sentence."""

    code: str
    reason: str


def inspect(path: Path) -> PictureInfo | PictureFault:
    """What the file at ``path`` really is, which its name has to say too. The pixels are decoded: a broken file is found."""
    size = path.stat().st_size
    if size > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        return PictureFault("picture-too-large", f"{size // 1_000_000} Mo, le maximum est de {most} Mo")
    found = _decoded(path)
    if isinstance(found, PictureFault):
        return found
    width, height, kind = found
    if kind != _ENDINGS.get(path.suffix.lower().removeprefix(".")):
        return PictureFault("picture-format", f"c’est une image {kind}")
    return PictureInfo(width, height, kind, size)


def _decoded(path: Path) -> tuple[int, int, str] | PictureFault:
    """Width, height and format; only formats that are accepted, so that Pillow's many others are never tried."""
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

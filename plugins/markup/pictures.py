"""Pictures of contributors: what they really are.

They are read by Pillow, with a limit to their pixels; what is published is encoded anew (plugins/views/entry/attachments.py).
"""

from __future__ import annotations

import struct
import warnings
from dataclasses import dataclass
from pathlib import PurePath
from typing import TYPE_CHECKING

from PIL import ExifTags, Image, UnidentifiedImageError

if TYPE_CHECKING:
    from pathlib import Path
    from typing import BinaryIO

MAX_BYTES = 10_000_000
MAX_PIXELS = 60_000_000
_ENDINGS = {"jpg": "JPEG", "jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_FORMATS = ("JPEG", "PNG", "WEBP")
_SAME = {"MPO": "JPEG"}
"""Telephones put a second picture (depth, brightness) behind the first of a JPEG file; Pillow has a name of its own for it."""
_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
"""What undoes each EXIF orientation (EXIF 2.32, 4.6.4.A); from 5 on, width and height change places."""
_FIRST_QUARTER_TURN = 5
_DAMAGE = (OSError, SyntaxError, ValueError, TypeError, KeyError, IndexError, EOFError, struct.error)
"""What Pillow's decoders raise for bytes that are no picture: there is no common class."""


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
    with path.open("rb") as file:
        return inspect_file(path.name, path.stat().st_size, file)


def inspect_file(name: str, size: int, file: BinaryIO) -> PictureInfo | PictureFault:
    """The same for an open file of that name and ``size`` in bytes."""
    if size > MAX_BYTES:
        most = MAX_BYTES // 1_000_000
        return PictureFault("picture-too-large", f"{size // 1_000_000} Mo, le maximum est de {most} Mo")
    found = _decoded(file)
    if isinstance(found, PictureFault):
        return found
    width, height, kind = found
    if kind != _ENDINGS.get(PurePath(name).suffix.lower().removeprefix(".")):
        return PictureFault("picture-format", f"c’est une image {kind}")
    return PictureInfo(width, height, kind, size)


def _decoded(file: BinaryIO) -> tuple[int, int, str] | PictureFault:
    """Width, height and format; only formats that are accepted, so that Pillow's many others are never tried."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            return _read(file)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning):
            return PictureFault("picture-too-large", "trop de pixels")
        except UnidentifiedImageError:
            return PictureFault("picture-format", "ce n’est pas une image")
        except _DAMAGE:
            return PictureFault("picture-format", "le fichier est abîmé")


def _read(file: BinaryIO) -> tuple[int, int, str] | PictureFault:
    with Image.open(file, formats=_FORMATS) as picture:
        width, height = picture.size
        if width * height > MAX_PIXELS:
            return PictureFault("picture-too-large", f"{width} × {height} pixels")
        picture.load()
        if _orientation(picture) >= _FIRST_QUARTER_TURN:
            width, height = height, width
        return width, height, _SAME.get(picture.format or "", picture.format or "")


def upright(picture: Image.Image) -> Image.Image:
    """The pixels as the camera's notes say they are to be seen.

    Pillow's own `exif_transpose` also writes the notes anew, and fails where they are damaged in a picture that is sound.
    """
    turn = _TURNS.get(_orientation(picture))
    return picture if turn is None else picture.transpose(turn)


def _orientation(picture: Image.Image) -> int:
    """1 to 8; 1, which is upright, for anything else."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)  # a note that is damaged is as good as none
        noted = picture.getexif().get(ExifTags.Base.Orientation)
    return noted if isinstance(noted, int) and noted in _TURNS else 1

"""Makes a posted picture harmless: decoded whole and encoded anew, so that nothing of its file survives but what one sees.

What goes: EXIF (place, time, camera), XMP, comments, colour profiles (colours are converted to sRGB), thumbnails, trailing bytes,
archives and scripts that hide in a file that is also a picture. What is refused: other formats (SVG is a program, not a picture),
moving pictures, and pictures that unpack to far more than they weigh. The same file always gives the same bytes.
"""

from __future__ import annotations

import io
import threading
from dataclasses import dataclass
from typing import IO, TYPE_CHECKING, Final, Literal

from PIL import Image, ImageCms, ImageOps

from scripts.bot.french import web as french

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMATS: Final = ("JPEG", "PNG", "WEBP")
MOST_PIXELS: Final = 60_000_000  # a phone's picture has 12 to 50 million; decoded, 60 million take 180 MB
MULTI_PICTURE: Final = (
    "MPO"  # a JPEG of a phone with a second picture (brightness, depth) behind the first, which is all we take
)
LONGEST_SIDE: Final = 2000  # pixels, of what is kept
SHORTEST_SIDE: Final = 16
_QUALITY: Final = 85
_AT_ONCE: Final = threading.BoundedSemaphore(2)  # decoded pictures are large: the others wait
_ENDINGS: Final[Mapping[str, str]] = {"JPEG": ".jpg", "PNG": ".png", "WEBP": ".webp"}
_MEDIA_TYPES: Final[Mapping[str, str]] = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}
Kind = Literal["JPEG", "PNG", "WEBP"]


class PictureError(Exception):
    """The file is no picture that we take; the message is a French sentence for whoever sent it."""


@dataclass(frozen=True, slots=True)
class CleanPicture:
    """A picture encoded by us. ``ending`` begins with a point; sizes are in pixels."""

    content: bytes
    ending: str
    media_type: str
    width: int
    height: int


def clean_picture(file: IO[bytes]) -> CleanPicture:
    """Decode, turn upright, reduce to 2,000 pixels, encode.

    Takes up to some seconds and 200 MB: two at once, and not in the event loop.

    Raises:
        PictureError: not a JPEG, PNG or WebP picture, broken, moving, or too large in pixels.
    """
    with _AT_ONCE:
        try:
            return _cleaned(file)
        except (Image.DecompressionBombError, Image.DecompressionBombWarning, MemoryError) as error:
            raise PictureError(french.PICTURE_TOO_MANY_PIXELS) from error
        except PictureError:
            raise
        except Exception as error:  # decoders raise whatever a broken file makes them stumble over
            raise PictureError(french.NOT_A_PICTURE) from error


def _cleaned(file: IO[bytes]) -> CleanPicture:
    """``Image.open`` reads no more than the header; pixels are only decoded once that has been found reasonable."""
    with Image.open(file, formats=FORMATS) as opened:
        if opened.width * opened.height > MOST_PIXELS:
            raise PictureError(french.PICTURE_TOO_MANY_PIXELS)
        if min(opened.size) < SHORTEST_SIDE:
            raise PictureError(french.PICTURE_TOO_SMALL)
        if opened.format != MULTI_PICTURE and getattr(opened, "n_frames", 1) > 1:
            raise PictureError(french.MOVING_PICTURE)
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))  # JPEG: decode no more than is kept
        opened.load()
        upright = ImageOps.exif_transpose(opened)
        kind = _kind(opened.format or "", upright)
        small = _reduced(_in_srgb(upright, kind))
    return _encoded(small, kind)


def _kind(given: str, picture: Image.Image) -> Kind:
    """JPEG stays JPEG; what may be transparent or drawn stays exact."""
    if given == "WEBP":
        return "WEBP"
    return "PNG" if given == "PNG" and picture.mode != "CMYK" else "JPEG"


def _in_srgb(picture: Image.Image, kind: Kind) -> Image.Image:
    """The picture in RGB, or RGBA where it may be transparent; a colour profile is applied, then no longer needed."""
    profile = picture.info.get("icc_profile")
    if picture.mode == "P":
        picture = picture.convert("RGBA" if "transparency" in picture.info else "RGB")
    elif picture.mode.startswith("I"):
        picture = picture.convert("I").point(lambda value: value / 256).convert("L")
    if profile and picture.mode in {"RGB", "CMYK", "L"}:
        picture = _converted(picture, profile)
    transparent = kind != "JPEG" and ("A" in picture.getbands() or "transparency" in picture.info)
    return picture.convert("RGBA" if transparent else "RGB")


def _converted(picture: Image.Image, profile: bytes) -> Image.Image:
    """Colours by their profile; one that is broken or of another kind of colours is left aside, as browsers do."""
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        converted = ImageCms.profileToProfile(picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
    except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
        return picture
    return converted or picture


def _reduced(picture: Image.Image) -> Image.Image:
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE), Image.Resampling.LANCZOS)
    return picture


def _encoded(picture: Image.Image, kind: Kind) -> CleanPicture:
    """Encode pixels that were copied into a picture of their own, which has no metadata to hand on."""
    bare = Image.new(picture.mode, picture.size)
    bare.paste(picture)
    target = io.BytesIO()
    if kind == "JPEG":
        bare.save(target, "JPEG", quality=_QUALITY, optimize=True, progressive=True, subsampling="4:2:0")
    elif kind == "PNG":
        bare.save(target, "PNG", optimize=True)
    else:
        bare.save(target, "WEBP", quality=_QUALITY, method=4)
    return CleanPicture(target.getvalue(), _ENDINGS[kind], _MEDIA_TYPES[kind], bare.width, bare.height)

from __future__ import annotations

import io
import struct
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import ExifTags, Image, ImageCms, PngImagePlugin

from scripts.bot.french import web as french
from scripts.bot.web.posting.pictures import LONGEST_SIDE, PictureError, clean_picture

if TYPE_CHECKING:
    from typing import Any

SECRET = b"secret-of-the-camera"


def stripes(size: tuple[int, int] = (60, 40), mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right."""
    picture = Image.new("RGB", size, (220, 20, 20))
    picture.paste((20, 20, 220), (size[0] // 2, 0, size[0], size[1]))
    return picture.convert(mode)


def saved(picture: Image.Image, kind: str, **more: Any) -> bytes:
    target = io.BytesIO()
    picture.save(target, kind, **more)
    return target.getvalue()


def opened(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.load()
    return picture


@pytest.mark.parametrize(("kind", "ending"), [("JPEG", ".jpg"), ("PNG", ".png"), ("WEBP", ".webp")])
def test_each_format_comes_back_as_itself(kind: str, ending: str) -> None:
    clean = clean_picture(io.BytesIO(saved(stripes(), kind)))
    assert (clean.ending, clean.width, clean.height) == (ending, 60, 40)
    assert opened(clean.content).format == kind
    assert clean.media_type == f"image/{kind.lower()}"


def test_the_same_file_gives_the_same_bytes() -> None:
    content = saved(stripes((300, 200)), "JPEG")
    assert clean_picture(io.BytesIO(content)).content == clean_picture(io.BytesIO(content)).content


def test_place_time_and_camera_are_dropped_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6  # the camera was turned: show it rotated by 90° clockwise
    exif[ExifTags.Base.Make] = SECRET.decode()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitudeRef] = "N"
    content = saved(stripes(), "JPEG", exif=exif, comment=SECRET)
    assert SECRET in content
    clean = clean_picture(io.BytesIO(content))
    assert SECRET not in clean.content
    picture = opened(clean.content)
    assert (clean.width, clean.height) == picture.size == (40, 60)
    assert dict(picture.getexif()) == {}
    top, bottom = picture.getpixel((20, 5)), picture.getpixel((20, 55))
    assert isinstance(top, tuple)
    assert isinstance(bottom, tuple)
    assert top[0] > 150 > bottom[0]


def test_texts_of_a_png_and_bytes_behind_a_picture_are_dropped() -> None:
    texts = PngImagePlugin.PngInfo()
    texts.add_text("Author", SECRET.decode())
    content = saved(stripes(), "PNG", pnginfo=texts) + b"PK\x03\x04<script>" + SECRET
    clean = clean_picture(io.BytesIO(content)).content
    assert SECRET not in clean
    assert b"<script>" not in clean
    assert opened(clean).info == {}


def test_of_a_phone_s_double_picture_the_first_is_taken() -> None:
    double = saved(stripes(), "MPO", save_all=True, append_images=[stripes((60, 40), "L")])
    clean = clean_picture(io.BytesIO(double))
    assert (opened(clean.content).format, clean.ending) == ("JPEG", ".jpg")


def test_transparency_stays() -> None:
    picture = stripes(mode="RGBA")
    picture.putpixel((3, 3), (0, 0, 0, 0))
    clean = opened(clean_picture(io.BytesIO(saved(picture, "PNG"))).content)
    assert clean.getpixel((3, 3)) == (0, 0, 0, 0)


@pytest.mark.parametrize("mode", ["L", "LA", "P", "1", "I;16", "CMYK"])
def test_unusual_colours_become_usual_ones(mode: str) -> None:
    kind = "JPEG" if mode == "CMYK" else "PNG"
    picture = Image.new("I;16", (40, 40), 40_000) if mode == "I;16" else stripes((40, 40), mode)
    clean = opened(clean_picture(io.BytesIO(saved(picture, kind))).content)
    assert clean.mode in {"RGB", "RGBA"}
    if mode == "I;16":
        assert clean.getpixel((5, 5)) == (156, 156, 156)


def test_a_colour_profile_is_applied_and_dropped() -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    for given in (profile, b"not a profile"):
        clean = opened(clean_picture(io.BytesIO(saved(stripes(), "PNG", icc_profile=given))).content)
        assert "icc_profile" not in clean.info
        pixel = clean.getpixel((3, 3))
        assert isinstance(pixel, tuple)
        assert abs(pixel[0] - 220) < 3


def test_large_pictures_become_smaller_in_proportion() -> None:
    clean = clean_picture(io.BytesIO(saved(stripes((5000, 1000)), "JPEG")))
    assert (clean.width, clean.height) == (LONGEST_SIDE, 400)


def bomb_png(side: int) -> bytes:
    """A PNG of a few kilobytes whose header speaks of ``side``² pixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", french.NOT_A_PICTURE),
        (b"<?xml version='1.0'?><!DOCTYPE svg><svg/>", french.NOT_A_PICTURE),
        (b"GIF89a<script>alert(1)</script>", french.NOT_A_PICTURE),
        (saved(stripes(), "GIF"), french.NOT_A_PICTURE),
        (saved(stripes(), "BMP"), french.NOT_A_PICTURE),
        (saved(stripes(), "TIFF"), french.NOT_A_PICTURE),
        (saved(stripes(), "PDF"), french.NOT_A_PICTURE),
        (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 99 99\n(x) run\n", french.NOT_A_PICTURE),
        (saved(stripes((200, 200)), "JPEG")[:400], french.NOT_A_PICTURE),
        (saved(stripes((400, 400)), "PNG")[:-60], french.NOT_A_PICTURE),
        (saved(stripes(), "WEBP")[:-20], french.NOT_A_PICTURE),
        (b"", french.NOT_A_PICTURE),
        (b"\xff\xd8\xff" + b"\0" * 900, french.NOT_A_PICTURE),
        (saved(stripes((8, 8)), "PNG"), french.PICTURE_TOO_SMALL),
        (saved(stripes(), "WEBP", save_all=True, append_images=[stripes(mode="L")]), french.MOVING_PICTURE),
        (saved(stripes(), "PNG", save_all=True, append_images=[stripes(mode="L")]), french.MOVING_PICTURE),
        (bomb_png(9_000), french.PICTURE_TOO_MANY_PIXELS),
        (bomb_png(60_000), french.PICTURE_TOO_MANY_PIXELS),
    ],
)  # fmt: skip
def test_what_is_no_harmless_picture_is_refused(content: bytes, message: str) -> None:
    with pytest.raises(PictureError) as raised:
        clean_picture(io.BytesIO(content))
    assert str(raised.value) == message


def test_any_broken_file_gives_a_whole_picture_or_a_refusal_in_words() -> None:
    content = saved(stripes((120, 80)), "PNG")
    refused = 0
    for place in range(0, len(content), 7):
        broken = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
        try:
            clean = clean_picture(io.BytesIO(broken))
        except PictureError:
            refused += 1
        else:
            assert opened(clean.content).size == (clean.width, clean.height)
    assert refused > 10

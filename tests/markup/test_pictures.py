"""Pictures are what their names say, sound, and of a size that a machine can bear."""

from __future__ import annotations

import io
import random
import struct
import warnings
import zlib
from typing import TYPE_CHECKING

import pytest
from PIL import ExifTags, Image, ImageOps

from plugins.markup import pictures
from plugins.markup.pictures import PictureFault, PictureInfo, inspect, upright

if TYPE_CHECKING:
    from pathlib import Path

KINDS = (("JPEG", "jpg"), ("JPEG", "jpeg"), ("PNG", "png"), ("WEBP", "webp"))


def encoded(kind: str, size: tuple[int, int] = (40, 30), mode: str = "RGB", **options: object) -> bytes:
    out = io.BytesIO()
    Image.effect_noise(size, 60).convert(mode).save(out, kind, **options)
    return out.getvalue()


def noted(orientation: object) -> Image.Exif:
    notes = Image.Exif()
    notes[ExifTags.Base.Orientation] = orientation
    return notes


def put(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def code(found: PictureInfo | PictureFault) -> str:
    return found.code if isinstance(found, PictureFault) else "sound"


@pytest.mark.parametrize(("kind", "ending"), KINDS)
def test_sound_pictures(tmp_path: Path, kind: str, ending: str) -> None:
    for mode in ("L", "RGB") if kind == "JPEG" else ("L", "RGB", "RGBA"):
        content = encoded(kind, mode=mode)
        assert inspect(put(tmp_path, f"a.{ending}", content)) == PictureInfo(40, 30, kind, len(content))
    assert code(inspect(put(tmp_path, f"a.{ending.upper()}", encoded(kind)))) == "sound"


@pytest.mark.parametrize(
    ("kind", "ending"),
    [("PNG", "jpg"), ("JPEG", "png"), ("WEBP", "jpg"), ("PNG", "webp"), ("JPEG", "gif"), ("PNG", "")],
)
def test_a_name_that_says_something_else(tmp_path: Path, kind: str, ending: str) -> None:
    found = inspect(put(tmp_path, f"a.{ending}", encoded(kind)))
    assert found == PictureFault("picture-format", f"c’est une image {kind}")


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"GIF89a",
        b'<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>',
        b"<html><script>alert(1)</script></html>",
        b"%PDF-1.7",
        b"\x89PNG\r\n\x1a\n",
        encoded("GIF", mode="L"),
        encoded("BMP"),
        encoded("TIFF"),
        encoded("JPEG")[:600],
        encoded("PNG")[:-40],
        encoded("WEBP")[:200],
    ],
)
def test_no_picture_or_a_broken_one(tmp_path: Path, content: bytes) -> None:
    for ending in ("jpg", "png", "webp"):
        assert code(inspect(put(tmp_path, f"a.{ending}", content))) == "picture-format"


def test_too_many_bytes(tmp_path: Path) -> None:
    found = inspect(put(tmp_path, "a.jpg", encoded("JPEG") + bytes(pictures.MAX_BYTES)))
    assert found == PictureFault("picture-too-large", "10 Mo, le maximum est de 10 Mo")


@pytest.mark.parametrize("side", [8_000, 10_000, 14_000, 60_000])
def test_a_small_file_that_unpacks_to_very_many_pixels(tmp_path: Path, side: int) -> None:
    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    header = struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    bomb = (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )
    assert code(inspect(put(tmp_path, "a.png", bomb))) == "picture-too-large"


def test_a_telephones_jpeg_with_a_second_picture_in_it(tmp_path: Path) -> None:
    out = io.BytesIO()
    first, second = Image.new("RGB", (40, 30), "red"), Image.new("RGB", (20, 15), "blue")
    first.save(out, "MPO", save_all=True, append_images=[second])
    assert inspect(put(tmp_path, "a.jpg", out.getvalue())) == PictureInfo(40, 30, "JPEG", len(out.getvalue()))


@pytest.mark.parametrize(("kind", "ending"), KINDS[1:])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_measured_and_turned_as_it_is_seen(
    tmp_path: Path, kind: str, ending: str, orientation: int
) -> None:
    path = put(tmp_path, f"a.{ending}", encoded(kind, exif=noted(orientation)))
    with Image.open(path) as opened:
        expected = ImageOps.exif_transpose(opened)
        assert upright(opened).tobytes() == expected.tobytes()
    found = inspect(path)
    assert isinstance(found, PictureInfo)
    assert (found.width, found.height) == expected.size


@pytest.mark.parametrize("orientation", [0, 9, 600])
def test_nonsense_in_the_cameras_notes_changes_nothing(tmp_path: Path, orientation: int) -> None:
    path = put(tmp_path, "a.jpg", encoded("JPEG", exif=noted(orientation)))
    with Image.open(path) as opened:
        assert upright(opened).size == (40, 30)
    assert code(inspect(path)) == "sound"


@pytest.mark.parametrize(("kind", "ending"), KINDS[1:])
def test_damage_anywhere_gives_an_answer(tmp_path: Path, kind: str, ending: str) -> None:
    """Pillow's decoders raise many classes of exceptions; none may come through, nor a warning."""
    chance = random.Random(4)  # noqa: S311 - the same damage each time
    sound = encoded(kind, exif=noted(6))
    for _ in range(300):
        content = bytearray(sound)
        for _ in range(chance.randint(1, 6)):
            content[chance.randrange(min(len(content), 300))] = chance.randrange(256)
        path = put(tmp_path, f"a.{ending}", bytes(content))
        if isinstance(inspect(path), PictureInfo):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", UserWarning)  # of Pillow's own opening
                opened = Image.open(path)
            with opened:
                upright(opened).load()

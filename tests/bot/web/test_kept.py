from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scripts.bot.submission import Picture
from scripts.bot.web.posting import kept
from scripts.bot.web.posting.kept import KeptPictures

if TYPE_CHECKING:
    from pathlib import Path

NOW = dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)


class Chance:
    """Different bytes each time, the same in each run."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, size: int) -> bytes:
        self.asked += 1
        return self.asked.to_bytes(size, "big")


def pictures(folder: Path, *, later: dt.timedelta = dt.timedelta()) -> KeptPictures:
    return KeptPictures(folder, lambda: NOW + later, Chance())


def test_a_picture_is_found_again_for_an_hour_by_its_reference_only(tmp_path: Path) -> None:
    reference = pictures(tmp_path / "new").keep(b"content", ".webp")
    found = pictures(tmp_path / "new", later=dt.timedelta(minutes=59)).get(reference, "image")
    assert found == Picture("image.webp", "image/webp", b"content")
    assert pictures(tmp_path / "new", later=dt.timedelta(minutes=61)).get(reference, "image") is None


@pytest.mark.parametrize(
    "reference", ["", "a" * 32, "../../../etc/passwd", "%2e%2e", "a" * 31 + "/", "A" * 32, "\0" * 32]
)
def test_nothing_else_is_found(tmp_path: Path, reference: str) -> None:
    pictures(tmp_path).keep(b"content", ".jpg")
    assert pictures(tmp_path).get(reference, "image") is None


def test_only_the_service_reads_what_is_kept_and_the_old_goes(tmp_path: Path) -> None:
    folder = tmp_path / "kept"
    pictures(folder).keep(b"content", ".jpg")
    (file,) = folder.iterdir()
    assert (folder.stat().st_mode & 0o777, file.stat().st_mode & 0o777) == (0o700, 0o600)
    KeptPictures(folder, lambda: NOW + dt.timedelta(hours=2), lambda size: b"x" * size).keep(b"other", ".png")
    assert [path.suffix for path in folder.iterdir()] == [".png"]


def test_what_nobody_asks_for_goes_after_its_hour_by_itself(tmp_path: Path) -> None:
    assert pictures(tmp_path / "never").forget_old() == 0
    pictures(tmp_path / "kept").keep(b"content", ".jpg")
    assert pictures(tmp_path / "kept", later=dt.timedelta(minutes=61)).forget_old() == 0
    assert list((tmp_path / "kept").iterdir()) == []


def test_where_there_is_no_room_nothing_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept, "MOST", 2)
    store = pictures(tmp_path)
    assert [bool(store.keep(b"content", ".jpg")) for _ in range(3)] == [True, True, False]


def test_where_the_disk_fails_nothing_is_kept(tmp_path: Path) -> None:
    store = pictures(tmp_path)
    assert store.keep(b"x", "/missing/folder.jpg") == ""

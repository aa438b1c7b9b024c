"""The swap itself: at no instant is there no site, where the system can exchange two directories."""

from __future__ import annotations

import sys
import threading
from typing import TYPE_CHECKING

import pytest

from plugins import swap as swapping
from plugins.exchange import exchange
from plugins.swap import swap

if TYPE_CHECKING:
    from pathlib import Path

ROUNDS = 300


def directory(path: Path, text: str) -> Path:
    path.mkdir()
    (path / "index.html").write_text(text, encoding="utf-8")
    return path


def test_two_directories_change_places(tmp_path: Path) -> None:
    one, other = directory(tmp_path / "one", "1"), directory(tmp_path / "other", "2")
    if not exchange(one, other):
        assert not sys.platform.startswith("linux"), "Linux has renameat2"
    else:
        assert (one / "index.html").read_text(encoding="utf-8") == "2"
        assert (other / "index.html").read_text(encoding="utf-8") == "1"


def test_a_directory_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        exchange(directory(tmp_path / "one", "1"), tmp_path / "none")


def test_a_reader_always_finds_a_site(tmp_path: Path) -> None:
    final = directory(tmp_path / "site", "0")
    missing: list[int] = []
    done = threading.Event()

    def read() -> None:
        while not done.is_set():
            if not (final / "index.html").is_file():
                missing.append(1)

    reader = threading.Thread(target=read)
    reader.start()
    for number in range(1, ROUNDS + 1):
        swap(directory(tmp_path / f".site-1-{number}", str(number)), final)
    done.set()
    reader.join()
    assert (final / "index.html").read_text(encoding="utf-8") == str(ROUNDS)
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
    assert missing == []


def test_without_such_a_step_the_site_is_swapped_by_two_renames(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(swapping, "exchange", lambda *_: False)
    final = directory(tmp_path / "site", "0")
    swap(directory(tmp_path / ".site-1-a", "1"), final)
    assert (final / "index.html").read_text(encoding="utf-8") == "1"
    assert [path.name for path in tmp_path.iterdir()] == ["site"]

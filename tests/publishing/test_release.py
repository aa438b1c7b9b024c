from __future__ import annotations

import datetime as dt
import errno
import json
import os
from typing import TYPE_CHECKING

import pytest

from scripts.publishing.errors import PublishingError
from scripts.publishing.release import STAMP, Version, next_version, seal, stamped_id, to_forget, version_named
from tests.publishing.moments import DAY, NOW
from tests.publishing.sites import write_site

if TYPE_CHECKING:
    from pathlib import Path


def test_the_identity_follows_from_the_files_and_nothing_else(tmp_path: Path) -> None:
    one, two = write_site(tmp_path / "un", "mot"), write_site(tmp_path / "ailleurs" / "deux", "mot")
    for path in two.rglob("*"):
        os.utime(path, (1, 1))
    assert seal(one, DAY).id == seal(two, DAY + dt.timedelta(days=3)).id
    (two / "agenda" / "index.html").rename(two / "agenda.html")
    assert seal(two, DAY).id != seal(one, DAY).id


def test_sealing_twice_changes_nothing(tmp_path: Path) -> None:
    site = write_site(tmp_path / "un", "mot")
    first = seal(site, DAY)
    assert seal(site, DAY) == first
    stamp = (site / STAMP).read_bytes()
    assert json.loads(stamp) == {"id": first.id, "day": "2026-03-04"}
    assert stamped_id(stamp) == first.id


@pytest.mark.parametrize("text", [b"", b"<html>", b"[]", b'{"id": 3}', b"\xff"])
def test_what_is_no_stamp_states_nothing(text: bytes) -> None:
    assert stamped_id(text) == ""


def test_a_folder_without_a_home_page_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="n’est pas un site fabriqué"):
        seal(tmp_path, DAY)


def test_a_link_is_never_published(tmp_path: Path) -> None:
    site = write_site(tmp_path / "un", "mot")
    (site / "passwd").symlink_to("/etc/passwd")
    with pytest.raises(PublishingError, match="passwd n’est pas un simple fichier"):
        seal(site, DAY)


def test_names_are_read_back_and_sort_by_time(tmp_path: Path) -> None:
    release = seal(write_site(tmp_path / "un", "mot"), DAY)
    first = next_version(release, NOW, [])
    second = next_version(release, NOW, [first])
    assert version_named(first.name) == first
    assert first.name < second.name
    assert next_version(release, NOW - dt.timedelta(days=9), [first, second]) > second
    assert version_named("site") is None


def test_what_is_forgotten_is_the_oldest() -> None:
    versions = [Version(NOW + dt.timedelta(minutes=minute), "0" * 16) for minute in range(5)]
    shown = Version(NOW + dt.timedelta(minutes=9), "1" * 16)
    assert to_forget(shown, versions, 3) == versions[:2]
    assert to_forget(shown, versions, 5) == []


def test_a_sealed_site_is_not_written_again_and_one_that_cannot_be_is_said(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    site = write_site(tmp_path / "site", "un")
    sealed = seal(site, DAY)

    def refused(*_: object) -> None:
        raise OSError(errno.EROFS, os.strerror(errno.EROFS))

    monkeypatch.setattr("pathlib.Path.write_text", refused)
    assert seal(site, DAY) == sealed
    (site / "version.json").unlink()
    with pytest.raises(PublishingError, match=r"version\.json pas y être écrit"):
        seal(site, DAY)

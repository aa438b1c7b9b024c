"""What is a folder's own: links of others, files of others, sites of others."""

from __future__ import annotations

import errno
import os
import shutil
from typing import TYPE_CHECKING

import pytest

from scripts.publishing.errors import PublishingError
from tests.publishing.places import Place, built, place
from tests.publishing.sites import files_of, read_folder, without_stamp, write_site

if TYPE_CHECKING:
    from pathlib import Path

    from tests.publishing.storage_double import Stored

PROOF = ".well-known/acme-challenge/proof"


@pytest.fixture(params=["link", "real-folder"])
def somewhere(request: pytest.FixtureRequest, tmp_path: Path, stored: Stored) -> Place:
    return place(request.param, tmp_path, stored)


def test_files_of_others_stay_whichever_version_is_shown(somewhere: Place, tmp_path: Path) -> None:
    site = tmp_path / "web" / "site"
    somewhere.publish(built(tmp_path, "un"))
    write_proof(site)
    (site / "host").symlink_to("/etc/hostname")
    for word in ("deux", "trois", "quatre", "cinq"):
        somewhere.publish(built(tmp_path, word))
        assert (site / PROOF).read_bytes() == b"of certbot"
        assert str((site / "host").readlink()) == "/etc/hostname"
        assert not (site / "only-un").exists()
    somewhere.go_back()
    assert (site / PROOF).read_bytes() == b"of certbot"


def test_a_file_of_the_site_wins_over_that_of_others(somewhere: Place, tmp_path: Path) -> None:
    site = tmp_path / "web" / "site"
    somewhere.publish(built(tmp_path, "un"))
    (site / "only-deux").mkdir()
    (site / "only-deux" / "index.html").write_text("by hand")
    somewhere.publish(built(tmp_path, "deux"))
    assert somewhere.look() == files_of("deux")


def test_a_site_that_stood_there_before_is_never_forgotten(tmp_path: Path, stored: Stored) -> None:
    there = place("real-folder", tmp_path, stored)
    site = write_site(tmp_path / "web" / "site", "avant", **{"photos/a.jpg": "precious"})
    before = read_folder(site)
    for word in ("un", "deux", "trois", "quatre", "cinq"):
        there.publish(built(tmp_path, word))
    assert "photos/a.jpg" not in there.look()
    for word in ("quatre", "trois"):
        there.go_back()
        assert there.look() == files_of(word)
    there.go_back()
    assert there.look() == before


def test_what_was_put_over_a_publication_can_be_gone_back_to(tmp_path: Path, stored: Stored) -> None:
    there = place("real-folder", tmp_path, stored)
    there.publish(built(tmp_path, "un"))
    site = tmp_path / "web" / "site"
    shutil.rmtree(site)
    write_site(site, "par-main")
    there.publish(built(tmp_path, "deux"))
    for word in ("par-main", "un"):
        there.go_back()
        assert without_stamp(there.look()) == files_of(word)


def test_a_link_of_others_leads_where_it_led(tmp_path: Path, stored: Stored) -> None:
    there = place("link", tmp_path, stored)
    (tmp_path / "disk").mkdir()
    site = tmp_path / "web" / "site"
    site.symlink_to("../disk/site")
    for word in ("un", "deux"):
        there.publish(built(tmp_path, word))
        assert there.look() == files_of(word)
    assert str(site.readlink()) == "../disk/site"
    assert (tmp_path / "disk" / "site.releases").is_dir()


def test_a_version_that_somebody_deleted_is_not_online(tmp_path: Path, stored: Stored) -> None:
    there = place("link", tmp_path, stored)
    there.publish(built(tmp_path, "un"))
    shutil.rmtree(tmp_path / "web" / "site.releases")
    there.publish(built(tmp_path, "un"))
    assert there.look() == files_of("un")


def write_proof(site: Path) -> None:
    (site / PROOF).parent.mkdir(parents=True)
    (site / PROOF).write_text("of certbot")


def test_a_disk_that_is_full_does_not_stay_full(
    tmp_path: Path, stored: Stored, monkeypatch: pytest.MonkeyPatch
) -> None:
    there = place("link", tmp_path, stored)
    there.publish(built(tmp_path, "un"))
    copied: list[str] = []
    copyfile = shutil.copyfile

    def full(source: str, target: str) -> None:
        copied.append(source)
        if len(copied) == 3:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        copyfile(source, target)

    monkeypatch.setattr("scripts.publishing.targets.folder.shutil.copyfile", full)
    with pytest.raises(PublishingError, match="en ligne y est toujours"):
        there.publish(built(tmp_path, "deux"))
    assert there.look() == files_of("un")
    assert not list((tmp_path / "web" / "site.releases").glob(".new-*"))

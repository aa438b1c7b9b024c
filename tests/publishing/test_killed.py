"""A publication that is killed, whenever that is, leaves the old site or the new one; the next one puts everything right."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.publishing.release import seal
from tests.publishing.moments import DAY, LATER, NOW
from tests.publishing.places import KINDS, Place, built, place
from tests.publishing.sites import dead_ends, files_of

if TYPE_CHECKING:
    from tests.publishing.storage_double import Stored

pytestmark = pytest.mark.slow
PROJECT = Path(__file__).parents[2]
KILLED = -9
MOST = 120  # effects; more would be a loop without an end


@pytest.fixture(params=KINDS)
def somewhere(request: pytest.FixtureRequest, tmp_path: Path, stored: Stored) -> Place:
    return place(request.param, tmp_path, stored)


def killed(where: Place, what: str, directory: Path, number: int) -> bool:
    """Whether the process was killed at its effect of this number."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.publishing.killed", where.address, what, str(directory), str(number)],
        cwd=PROJECT,
        env={**os.environ, **where.environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode in {0, KILLED}, done.stderr
    return done.returncode == KILLED


def publish(where: Place, directory: Path) -> None:
    where.publish(directory, NOW if directory.name.endswith("un") else LATER)


def assert_whole(where: Place, *words: str) -> None:
    """What is shown is one of these sites. Of a storage: each page is a page of one of them, and all that it loads is there."""
    shown, sites = where.look(), [files_of(word) for word in words]
    if where.kind != "storage":
        assert shown in sites
        return
    assert not dead_ends(shown)
    for path, content in shown.items():
        assert content in [site.get(path) for site in sites], path
    for path in sites[0].keys() & sites[1].keys():  # what both have is never away
        assert path in shown


def test_killed_at_each_effect_then_published_again(somewhere: Place, tmp_path: Path) -> None:
    old, new = built(tmp_path, "un"), built(tmp_path, "deux")
    publish(somewhere, old)
    number = 1
    while killed(somewhere, "publish", new, number):
        assert_whole(somewhere, "un", "deux")
        number += 1
        assert number < MOST
    assert number > 1
    publish(somewhere, new)
    assert somewhere.shown() == files_of("deux")


def test_killed_while_going_back_at_each_effect(somewhere: Place, tmp_path: Path) -> None:
    publish(somewhere, built(tmp_path, "un"))
    publish(somewhere, built(tmp_path, "deux"))
    number = 1
    while killed(somewhere, "back", tmp_path, number):
        assert_whole(somewhere, "un", "deux")
        number += 1
        assert number < MOST
        if _is_back(somewhere):
            publish(somewhere, built(tmp_path, "deux"))
    assert number > 1
    assert_whole(somewhere, "un", "deux")


def _is_back(where: Place) -> bool:
    shown, versions = where.versions()
    return shown == versions[-1]


def test_what_killed_publications_left_is_cleared(somewhere: Place, tmp_path: Path) -> None:
    publish(somewhere, built(tmp_path, "un"))
    new = built(tmp_path, "deux")
    for number in (3, 9):
        killed(somewhere, "publish", new, number)
    publish(somewhere, new)
    left = [path.name for path in (tmp_path / "web").glob("site.releases/.*") if path.name != ".lock"]
    assert left == []
    if somewhere.stored:
        blobs = {path for path in somewhere.stored.objects if "/.circular/blobs/" in path}
        wanted = {digest for word in ("un", "deux") for digest in seal(built(tmp_path, word), DAY).files.values()}
        assert {path.rpartition("/")[2] for path in blobs} == wanted

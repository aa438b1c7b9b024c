"""Pages say when they were last changed and how often they were worked on, and nobody's name."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.history.repository import Repository, new_repository
from tests.site.building import PROJECT, SMALL, TODAY, build, files_of

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

COMPOST = "content/initiatives/2026/compost-du-port.md"
TOOLS = "content/events/2026/pret-d-outils.md"
MEMBER = "data/members/ines-falaise.yaml"
WITH = {"CIRCULAR_HISTORY": "1"}


@pytest.fixture
def repository(tmp_path: Path) -> Repository:
    repository = new_repository(tmp_path / "depot", template=SMALL)
    repository.commit("2026-09-01", {})
    for day, path in (("2026-10-02", COMPOST), ("2026-10-03", COMPOST), ("2026-10-04", MEMBER), ("2026-10-05", TOOLS)):
        content = (repository.root / path).read_text("utf-8")
        repository.commit(day, {path: f"{content}\n"})
    return repository


def words(site: Path, address: str) -> str:
    """The words in which a page tells of its changes."""
    html = (site / address / "index.html").read_text("utf-8")
    found = re.search(r"mis à jour le .*?contributions?", html)
    return re.sub("<[^>]*>", "", found.group()).replace("\u00a0", " ") if found else ""


def test_entries_and_members_say_it(repository: Repository, tmp_path: Path) -> None:
    site = build(repository.root, tmp_path / "site", env=WITH)
    assert words(site, "initiatives/2026/compost-du-port") == "mis à jour le 3 octobre 2026, 3 contributions"
    assert words(site, "agenda/2026/pret-d-outils") == "mis à jour le 5 octobre 2026, 2 contributions"
    assert words(site, "membres/ines-falaise") == "mis à jour le 4 octobre 2026, 2 contributions"
    page = (site / "initiatives/2026/compost-du-port/index.html").read_text("utf-8")
    assert '"dateModified":"2026-10-03"' in page.replace(": ", ":")
    site_map = (site / "sitemap.xml").read_text("utf-8")
    assert "compost-du-port/</loc><lastmod>2026-10-03</lastmod>" in site_map
    assert "ines-falaise/</loc><lastmod>2026-10-04</lastmod>" in site_map
    assert not any(b"discr" in content and b"example.org" in content for content in files_of(site).values())


def test_what_the_front_matter_says_wins(repository: Repository, tmp_path: Path) -> None:
    content = (repository.root / COMPOST).read_text("utf-8")
    stated = content.replace("\ndate:", "\nupdated: 2026-09-30\ndate:", 1)
    repository.commit("2026-10-20", {COMPOST: stated})
    site = build(repository.root, tmp_path / "site", env=WITH)
    assert words(site, "initiatives/2026/compost-du-port") == "mis à jour le 30 septembre 2026, 4 contributions"


def test_the_usual_pelican_command_tells_the_same(repository: Repository, tmp_path: Path) -> None:
    site, other = build(repository.root, tmp_path / "site", env=WITH), tmp_path / "other"
    command = ["pelican", str(repository.root / "content"), "-s", str(PROJECT / "pelicanconf.py"), "-o", str(other)]
    done = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=PROJECT,
        env={**os.environ, "CIRCULAR_TODAY": TODAY, **WITH},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert files_of(site) == files_of(other)


def test_without_git_in_a_short_clone_and_switched_off_pages_are_as_their_files_say(
    repository: Repository, tmp_path: Path
) -> None:
    bare = exported(repository, tmp_path / "export")
    without = files_of(build(bare, tmp_path / "without", env=WITH))
    assert not any("\u00a0contribution".encode() in page for page in without.values())
    short = repository.shallow(tmp_path / "short", 1)
    assert files_of(build(short.root, tmp_path / "of-short", env=WITH)) == without
    assert files_of(build(repository.root, tmp_path / "off", env={"CIRCULAR_HISTORY": "0"})) == without
    settings = repository.root / "data/site.yaml"
    settings.write_text(settings.read_text("utf-8") + "features: {history: false}\n", "utf-8")
    assert files_of(build(repository.root, tmp_path / "feature", env=WITH)) == without


def exported(repository: Repository, target: Path) -> Path:
    shutil.copytree(repository.root, target, ignore=shutil.ignore_patterns(".git"))
    return target

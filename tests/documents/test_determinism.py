"""Same input, same bytes, wherever and whenever the site is made."""

from __future__ import annotations

import hashlib
import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.documents.calendars import calendars
from plugins.documents.feeds import feeds
from plugins.documents.hosting import hosting
from plugins.documents.open_data import open_data
from plugins.documents.sitemap import sitemap
from plugins.documents.suggestions import suggestions
from plugins.documents.well_known import well_known
from tests.documents.small_root import SITE_URL, context, write_root

if TYPE_CHECKING:
    from plugins.publication.context import Context

PROJECT = Path(__file__).parents[2]
MAKERS = (feeds, calendars, open_data, sitemap, well_known, hosting, suggestions)


def digests(ctx: Context) -> str:
    """One line for each document."""
    found = [f"{d.path} {hashlib.sha256(d.content).hexdigest()}" for make in MAKERS for d in make(ctx)]
    return "\n".join(found)


def test_two_programs_in_two_timezones_write_the_same_bytes(tmp_path: Path) -> None:
    write_root(tmp_path / "here")
    here = _elsewhere(tmp_path / "here", TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="1")
    (tmp_path / "there").mkdir()
    write_root(tmp_path / "there" / "below")
    there = _elsewhere(tmp_path / "there" / "below", TZ="America/Los_Angeles", LC_ALL="C.UTF-8", PYTHONHASHSEED="2")
    assert here == there
    assert len(here.splitlines()) > 60


def _elsewhere(root: Path, **settings: str) -> str:
    program = (
        "import sys; from pathlib import Path; from tests.documents.test_determinism import digests;"
        "from tests.documents.small_root import context; print(digests(context(Path(sys.argv[1]))))"
    )
    environment = {**os.environ, **settings, "PYTHONUTF8": "1"}
    command = [sys.executable, "-c", program, str(root)]
    return subprocess.run(command, cwd=PROJECT, env=environment, check=True, capture_output=True, text=True).stdout


def test_every_document_is_written_once_and_below_the_output(ctx: Context) -> None:
    paths = [document.path for make in MAKERS for document in make(ctx)]
    assert len(paths) == len(set(paths))
    assert not any(path.startswith("/") or ".." in path or "//" in path for path in paths)


def test_a_region_with_almost_nothing_has_valid_documents(tmp_path: Path) -> None:
    files = {
        "data/site.yaml": '{name: Petit réseau, region: Exemplie, url: "https://petit.example.org"}\n',
        "data/pillars.yaml": "- {id: reparer, name: Réparer, definition: Faire durer.}\n",
        "data/members/camille.yaml": "{name: Camille Exemple, kind: citoyen}\n",
    }
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    small = context(tmp_path)
    lines = digests(small).splitlines()
    assert any(line.startswith("agenda.ics ") for line in lines)
    assert any(line.startswith("donnees/catalogue.jsonld ") for line in lines)


def test_what_is_switched_off_is_linked_nowhere(ctx: Context) -> None:
    off = replace(
        ctx, outputs=frozenset({"home", "feeds", "calendars", "open_data", "sitemap", "well_known", "hosting"})
    )
    found = {d.path: d.content.replace(b"\r\n ", b"") for make in MAKERS if make is not suggestions for d in make(off)}
    assert "clubs/atelier/flux.xml" not in found
    assert "clubs/atelier/agenda.ics" not in found
    gone = re.compile(SITE_URL.encode() + rb"/(clubs|membres|agenda/|piliers|observatoire|recherche)")
    linked = {
        path: gone.findall(content)
        for path, content in found.items()
        if path.endswith((".ics", ".xml", ".jsonld", ".csv", ".json"))
    }
    assert {path: hits for path, hits in linked.items() if hits} == {}

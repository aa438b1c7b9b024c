"""docs/autre-region.md is carried out: three files make a site, and the rest of the guide's files make it a region's own."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from plugins.model.load import load_site
from tests.docs.blocks import DOCS, blocks, write
from tests.site.building import build

if TYPE_CHECKING:
    from pathlib import Path

GUIDE = DOCS / "autre-region.md"
TODAY = dt.date(2026, 11, 24)
STEPS = [block for block in blocks(GUIDE) if "/" in block.file]
FIRST = STEPS[:3]


def test_three_files_come_first() -> None:
    assert [block.file for block in FIRST] == ["data/site.yaml", "data/pillars.yaml", "data/members/redaction.yaml"]


def test_after_each_further_file_the_region_is_still_right(tmp_path: Path) -> None:
    for number, block in enumerate(STEPS, start=1):
        write(tmp_path, block)
        if number >= len(FIRST):
            assert load_site(tmp_path, today=TODAY).problems == [], block.file


@pytest.mark.slow
def test_three_files_are_a_site(tmp_path: Path) -> None:
    for block in FIRST:
        write(tmp_path / "ma-region", block)
    site = build(tmp_path / "ma-region", tmp_path / "site")
    pages = ("index.html", "agenda/index.html", "membres/redaction/index.html", "carte/index.html", "flux.xml")
    for page in (*pages, "donnees/members.json"):
        assert (site / page).is_file(), page
    assert "Val-de-Lande circulaire" in (site / "index.html").read_text(encoding="utf-8")


@pytest.mark.slow
def test_the_whole_guide_is_a_region_of_its_own(tmp_path: Path) -> None:
    for block in STEPS:
        write(tmp_path / "ma-region", block)
    site = build(tmp_path / "ma-region", tmp_path / "site")
    styles = "".join(path.read_text(encoding="utf-8") for path in sorted((site / "theme").glob("colours*.css")))
    assert "#0f4c5c" in styles
    assert "#7fc8d8" in styles
    territory = (site / "territoires/bassin-de-landeville/index.html").read_text(encoding="utf-8")
    assert "Le site ouvre" in territory
    assert "Landeville" in territory
    assert "https://forge.example/val-de-lande/site" in (site / "index.html").read_text(encoding="utf-8")
    assert "https://circulaire.example/securite" in (site / ".well-known/security.txt").read_text(encoding="utf-8")
    assert "https://tuiles.example" in (site / "_headers").read_text(encoding="utf-8")
    assert "Syndicat imaginaire" in (site / "donnees/articles.json").read_text(encoding="utf-8")

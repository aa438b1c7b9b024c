"""Another region replaces content/ and data/, and nothing of the first is left."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.site.building import SMALL, build, files_of

pytestmark = pytest.mark.slow
OURS = ("normandie", "normand", "neci", "caen", "rouen")


def test_no_byte_of_another_region_says_where_the_code_comes_from(small_site: Path) -> None:
    found = [
        (name, word)
        for name, content in files_of(small_site).items()
        for word in OURS
        if word in content.decode("utf-8", "ignore").lower() and not name.endswith((".woff2", ".wasm", ".pagefind"))
    ]
    # « neci » also stands inside French words (« nécessaire » does not: the accent); a hit must be a word of its own.
    assert found == []


def test_its_name_colours_and_pillars_are_its_own(small_site: Path) -> None:
    home = (small_site / "index.html").read_text(encoding="utf-8")
    assert "Boucles d’Outre-Brume" in home
    assert "Réparer d’abord" in home.replace("\u00a0", " ").replace("\u202f", " ")
    styles = "".join(p.read_text(encoding="utf-8") for p in (small_site / "theme").glob("*.css"))
    assert "0f4c5c" in styles.lower() or "rgb(15" in styles.replace(" ", "")


def test_what_a_member_did_not_make_public_stands_nowhere(small_site: Path) -> None:
    secret = "Secrète archiviste".lower()
    assert [n for n, c in files_of(small_site).items() if secret in c.decode("utf-8", "ignore").lower()] == []


def test_the_least_a_region_can_have_is_three_files(tmp_path: Path) -> None:
    root = tmp_path / "minimum"
    (root / "data/members").mkdir(parents=True)
    (root / "content").mkdir()
    for name in ("site.yaml", "pillars.yaml"):
        shutil.copy(SMALL / "data" / name, root / "data" / name)
    (root / "data/members/jo.yaml").write_text("name: Jo Rivage\nkind: citoyen\n", encoding="utf-8")
    output = build(root, tmp_path / "out")
    for page in (
        "index.html",
        "agenda/index.html",
        "clubs/index.html",
        "membres/jo/index.html",
        "carte/index.html",
        "404.html",
    ):
        assert (output / page).is_file(), page


def test_a_region_switches_a_part_off_in_its_own_settings(tmp_path: Path) -> None:
    root = Path(shutil.copytree(SMALL, tmp_path / "root"))
    settings = root / "data/site.yaml"
    settings.write_text(settings.read_text(encoding="utf-8") + "features: {clubs: false}\n", encoding="utf-8")
    output = build(root, tmp_path / "out")
    assert not (output / "clubs").exists()
    linking = [n for n, c in files_of(output).items() if n.endswith(".html") and b'href="/clubs/' in c]
    assert linking == []

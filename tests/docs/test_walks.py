"""docs/changing-the-schema.md is carried out, block by block, and the site that comes out has what it promises."""

from __future__ import annotations

import csv
import datetime as dt
import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import feedparser
import pytest

from plugins.model.load import schema_directories
from plugins.model.schema.schemas import load_schemas
from tests.docs.blocks import DOCS, PROJECT, blocks, write
from tests.site.building import command

pytestmark = pytest.mark.slow
WALKS = DOCS / "changing-the-schema.md"
TODAY = int(dt.datetime(2026, 11, 24, tzinfo=dt.UTC).timestamp())  # seconds, for SOURCE_DATE_EPOCH
EVENT = "agenda/2026/pret-d-outils/index.html"


@dataclass(frozen=True)
class Walk:
    root: Path
    site: Path

    def text(self, path: str) -> str:
        return (self.site / path).read_text(encoding="utf-8").replace("\u202f", " ").replace("\u00a0", " ")

    def json(self, path: str) -> Any:
        return json.loads((self.site / path).read_text(encoding="utf-8"))

    def rows(self, name: str) -> list[dict[str, str]]:
        with (self.site / "donnees" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def walk(tmp_path_factory: pytest.TempPathFactory) -> Walk:
    root = tmp_path_factory.mktemp("walks") / "essai"
    for block in blocks(WALKS):
        if block.language == "sh":
            shell(block.text, root)
        elif block.file:
            write(root, block)
    return Walk(root, root.with_name("essai-site"))


def shell(commands: str, root: Path) -> None:
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    environment = {**os.environ, "ROOT": str(root), "PATH": path, "SOURCE_DATE_EPOCH": str(TODAY)}
    done = subprocess.run(
        ["sh", "-eu", "-c", commands], cwd=PROJECT, env=environment, text=True, capture_output=True, check=False
    )
    assert done.returncode == 0, f"{commands}\n{done.stdout}{done.stderr}"


def test_a_new_field_is_shown_published_and_asked_for(walk: Walk) -> None:
    assert "<dt>À apporter</dt>" in walk.text(EVENT)
    assert "un grand sac" in walk.text(EVENT)
    public = walk.json("donnees/schemas/events.json")["properties"]["bring"]
    assert public["title"] == "À apporter"
    assert public["examples"] == [["un vêtement à repriser", "des ciseaux"]]
    assert walk.rows("events")[0]["bring"] == "une pièce d’identité|un grand sac"
    assert walk.json("donnees/events.json")["items"][0]["bring"] == ["une pièce d’identité", "un grand sac"]
    assert "À apporter" in walk.text("contribuer/evenement/index.html")


def test_a_wrong_value_of_the_new_field_is_told_in_french_at_its_line(walk: Walk, tmp_path: Path) -> None:
    root = Path(shutil.copytree(walk.root, tmp_path / "racine"))
    path = "content/events/2026/pret-d-outils.md"
    text = (root / path).read_text(encoding="utf-8")
    (root / path).write_text(
        text.replace("bring: [une pièce d’identité, un grand sac]", "bring: un grand sac"), encoding="utf-8"
    )
    done = command("check", "--root", str(root), "--format", "json", "--today", "2026-11-24")
    (found,) = json.loads(done.stdout)["problems"]
    assert done.returncode == 1
    assert (found["path"], found["field"], found["code"]) == (path, "bring", "wrong-type")
    assert text.splitlines()[found["line"] - 1].startswith("bring:")
    assert found["message"].startswith("À apporter")


def test_a_new_type_has_its_pages_feed_menu_and_form(walk: Walk) -> None:
    entry = walk.text("fiches/2026/recoudre-une-anse/index.html")
    assert "<dt>Difficulté</dt>" in entry
    assert "10 min" in entry
    assert '"@type":"HowTo"' in entry
    for page in (
        "fiches/index.html",
        "fiches/2026/index.html",
        "piliers/reparer/index.html",
        "membres/ines-falaise/index.html",
    ):
        assert "Recoudre une anse de sac" in walk.text(page), page
    assert 'href="/fiches/"' in walk.text("index.html")
    assert "Difficulté" in walk.text("contribuer/fiche/index.html")
    for index in ("sitemap.xml", "search-index.json"):
        assert "/fiches/2026/recoudre-une-anse/" in walk.text(index), index
    for feed in ("fiches/flux.xml", "flux.xml", "etiquettes/couture/flux.xml"):
        assert "Recoudre une anse de sac" in [entry.title for entry in feedparser.parse(walk.site / feed).entries], feed


def test_a_new_type_is_open_data(walk: Walk) -> None:
    (row,) = walk.rows("recipes")
    assert (row["id"], row["difficulty"], row["duration"]) == ("recipes/2026/recoudre-une-anse", "facile", "10")
    (item,) = walk.json("donnees/recipes.json")["items"]
    assert item["tools"] == ["une aiguille", "du fil solide"]
    assert walk.json("donnees/recipes.geojson")["type"] == "FeatureCollection"
    assert "difficulty" in walk.json("donnees/schemas/recipes.json")["required"]
    assert "donnees/recipes.csv" in walk.text("donnees/catalogue.jsonld")


def test_the_examples_of_the_new_schema_are_right_and_wrong_as_they_say(walk: Walk) -> None:
    schemas = load_schemas(schema_directories(walk.root))
    validator, examples = schemas.validator("recipe"), schemas.examples("recipe")
    assert [error.message for value in examples.valid for error in validator.iter_errors(value)] == []
    told = [[error.validator for error in validator.iter_errors(wrong.value)] for wrong in examples.invalid]
    assert told == [[wrong.keyword] for wrong in examples.invalid]


def test_the_new_type_can_be_asked_for(walk: Walk) -> None:
    done = command("new", "--root", str(walk.root))
    assert done.returncode == 2
    assert "fiche pratique" in done.stderr


def test_no_walk_touches_code() -> None:
    files = [block.file for block in blocks(WALKS) if block.file]
    assert files
    assert not [name for name in files if not name.startswith(("data/", "content/"))]

"""A root in which strangers filled in everything with attacks, and of which every file is right by its schema."""

from __future__ import annotations

import io
import json
import shutil
from typing import TYPE_CHECKING, Any, Final

from PIL import Image, PngImagePlugin

from plugins.forms.entry_text import write_entry
from plugins.forms.yaml_text import write_yaml
from plugins.model.load import PROJECT_SCHEMAS
from plugins.model.schema.schemas import load_schemas
from tests.site.building import SMALL
from tests.site.hostile.attacks import ADDRESSES, BODIES, MANY_LINES, ONE_LINE, TRACE
from tests.site.hostile.seeds import Seeds, Words

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ATTACKS: Final = Words(ONE_LINE, MANY_LINES, BODIES, ADDRESSES, mark=TRACE)
ROUNDS: Final = ATTACKS.rounds
PICTURE: Final = "photo.png"
PAPER: Final = "piece.json"
QUESTION: Final = "toit"
ENTRY: Final[Mapping[str, Any]] = {"updated": "2026-03-02", "image.file": PICTURE, "demo": None}
FIXED: Final[Mapping[str, Mapping[str, Any]]] = {
    "article": {},
    "call": {"opens": "2026-03-01", "closes": "2026-12-31"},
    "consultation": {
        "opens": "2026-03-01",
        "closes": "2026-12-31",
        "phases.end": "2026-04-01",
        "questions.id": QUESTION,
        "questions.kind": "libre",
        "questions.choices": None,
        "documents.file": PAPER,
    },
    "contribution": {},
    "event": {
        "start": "2026-12-05T09:30",
        "end": "2026-12-05T12:00",
        "place.lat": 10.15,
        "place.lon": 20.15,
        "registration.deadline": "2026-12-04",
    },
    "initiative": {"lat": 10.15, "lon": 20.15, "contact_form": True},
    "offer": {"expires": "2026-12-31"},
    "page": {},
    "research": {},
    "resource": {"file": PAPER},
}
SITE: Final[Mapping[str, Any]] = {
    "url": "https://boucles.example",
    "timezone": "Europe/Paris",
    "colours": {"paper": "#FFFFFF", "ink": "#1A1A2E", "accent": "#0F4C5C"},
    "features": {"observatory": True},
    "map.tiles": "https://tuiles.example/{z}/{x}/{y}.png",
    "geo": {"bounds": {"south": 10.0, "west": 20.0, "north": 10.4, "east": 20.4}},
    "intake": "https://formulaires.example",
    "languages": ["fr"],
}
EVERYTHING: Final = [
    "name", "kind", "organisation", "role", "clubs", "pillars", "skills", "seeks", "offers", "commune", "url", "since",
]  # fmt: skip


def write_hostile_root(root: Path) -> None:
    """A copy of the small root with attacks in every field of every type, and in the files of ``data/``."""
    write_filled_root(root, ATTACKS)


def write_filled_root(root: Path, words: Words, settings: Mapping[str, Any] | None = None) -> None:
    """A copy of the small root with entries of every type, members, clubs… of which every field holds ``words``.

    ``settings`` are fields of ``site.yaml`` that hold something else.
    """
    shutil.copytree(SMALL, root)
    _Writer(root, words, {**SITE, **(settings or {})}).write()


class _Writer:
    def __init__(self, root: Path, words: Words, settings: Mapping[str, Any]) -> None:
        self.root, self.words, self.settings = root, words, settings
        self.schemas = load_schemas([PROJECT_SCHEMAS])

    def write(self) -> None:
        for content_type in self.schemas.content_types:
            folder = self.root / "content" / content_type.folder / ("2026" if content_type.address else "")
            folder.mkdir(parents=True, exist_ok=True)
            for number in range(self.words.rounds):
                self._entry(folder / f"hostile-{number}.md", content_type.name, number)
            (folder / PICTURE).write_bytes(_picture_with_a_script())
            if {"documents.file", "file"} & FIXED[content_type.name].keys():
                (folder / PAPER).write_text('"</script><script>alert(1)</script>"', encoding="utf-8")
        self._data(self.root / "data")

    def _filled(self, schema: str, number: int, fixed: Mapping[str, Any] | None = None) -> dict[str, Any]:
        return Seeds(self.words, number, {"demo": None, **(fixed or {})}).of(self.schemas.flattened(schema))

    def _items(self, schema: str, fixed: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
        return [
            {**self._filled(schema, number, fixed), "id": f"hostile-{number}"} for number in range(self.words.rounds)
        ]

    def _entry(self, path: Path, name: str, number: int) -> None:
        fields = self._filled(name, number, {**ENTRY, **FIXED[name]})
        if name == "contribution":
            answer = self._filled("article", number)["title"]
            fields |= {"consultation": f"consultations/2026/hostile-{number}", "answers": {QUESTION: answer}}
        order = [field.name for field in self.schemas.flattened(name).fields]
        body = self.words.bodies[number % len(self.words.bodies)]
        path.write_text(write_entry(fields, body, order), encoding="utf-8")

    def _data(self, data: Path) -> None:
        for number in range(self.words.rounds):
            member = self._filled("member", number, {"public": EVERYTHING})
            (data / "members" / f"hostile-{number}.yaml").write_text(write_yaml(member, []), encoding="utf-8")
        _more(data / "clubs.yaml", self._items("club", {"editors": ["camille-exemple"]}))
        _more(data / "pillars.yaml", self._items("pillar", {"icon": None}))
        baie = {"id": "baie", "name": "La Baie", "kind": "epci", "members": ["98001", "98002"]}
        _more(data / "territories.yaml", [baie, *self._items("territory", {"insee": None, "siren": None})])
        _more(data / "platforms.yaml", self._items("platform"))
        terms: dict[str, Any] = {name: self._terms() for name in ("sectors", "flows", "audiences", "synonyms")}
        (data / "vocabularies.yaml").write_text(write_yaml(terms, []), encoding="utf-8")
        (data / "site.yaml").write_text(write_yaml(self._filled("site", 1, self.settings), []), encoding="utf-8")
        self._indicators(data / "indicators")

    def _terms(self) -> list[dict[str, Any]]:
        found = [
            {"id": item["id"], "label": item["title"], "description": item["summary"], "aliases": item["tags"]}
            for item in self._items("article")
        ]
        return [{"id": "terme", "label": found[0]["label"]}, *found]

    def _indicators(self, folder: Path) -> None:
        folder.mkdir()
        for number in range(self.words.rounds):
            filled = self._filled("indicator", number)
            package = {key: filled[key] for key in ("title", "description", "unit", "method", "licence", "source")}
            package["resources"] = [{"name": f"serie-{number}", "path": f"serie-{number}.csv"}]
            (folder / f"serie-{number}.datapackage.json").write_text(json.dumps(package), encoding="utf-8")
            rows = "year,territory,value\n2023,baie,1\n2024,baie,2.5\n"
            (folder / f"serie-{number}.csv").write_text(rows, encoding="utf-8")


def _more(path: Path, items: list[dict[str, Any]]) -> None:
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    new = "".join("- " + write_yaml(item, ["id"]).rstrip("\n").replace("\n", "\n  ") + "\n" for item in items)
    path.write_text(old + new, encoding="utf-8")


def _picture_with_a_script() -> bytes:
    """A sound picture that carries a script in its notes and behind its end."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>alert('x-evil')</script>")
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 20, 20)).save(out, "PNG", pnginfo=notes)
    return out.getvalue() + b"<script>alert('x-evil')</script>"

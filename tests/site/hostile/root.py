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
from plugins.model.schemas import SchemaSet, load_schemas
from tests.site.building import SMALL
from tests.site.hostile.attacks import BODIES, MANY_LINES, ONE_LINE
from tests.site.hostile.seeds import Seeds

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROUNDS: Final = len(ONE_LINE) + len(MANY_LINES)
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
EVERYTHING: Final = [
    "name", "kind", "organisation", "role", "clubs", "pillars", "skills", "seeks", "offers", "commune", "url", "since",
]  # fmt: skip


def write_hostile_root(root: Path) -> None:
    """A copy of the small root with attacks in every field of every type, and in the files of ``data/``."""
    shutil.copytree(SMALL, root)
    schemas = load_schemas([PROJECT_SCHEMAS])
    for content_type in schemas.content_types:
        folder = root / "content" / content_type.folder / ("2026" if content_type.address else "")
        folder.mkdir(parents=True, exist_ok=True)
        for number in range(ROUNDS):
            _entry(folder / f"hostile-{number}.md", schemas, content_type.name, number)
        (folder / PICTURE).write_bytes(_picture_with_a_script())
        (folder / PAPER).write_text('"</script><script>alert(1)</script>"', encoding="utf-8")
    _data(root / "data", schemas)


def _entry(path: Path, schemas: SchemaSet, name: str, number: int) -> None:
    flat = schemas.flattened(name)
    fields = Seeds(number, {**ENTRY, **FIXED[name]}).of(flat)
    if name == "contribution":
        words = Seeds(number, {}).of(schemas.flattened("article"))["title"]
        fields |= {"consultation": f"consultations/2026/hostile-{number}", "answers": {QUESTION: words}}
    order = [field.name for field in flat.fields]
    path.write_text(write_entry(fields, BODIES[number % len(BODIES)], order), encoding="utf-8")


def _data(data: Path, schemas: SchemaSet) -> None:
    for number in range(ROUNDS):
        member = Seeds(number, {"public": EVERYTHING, "demo": None}).of(schemas.flattened("member"))
        (data / "members" / f"hostile-{number}.yaml").write_text(write_yaml(member, []), encoding="utf-8")
    _more(data / "clubs.yaml", _items(schemas, "club"))
    _more(data / "pillars.yaml", _items(schemas, "pillar", {"icon": None}))
    baie = {"id": "baie", "name": "La Baie", "kind": "epci", "members": ["98001", "98002"]}
    _more(data / "territories.yaml", [baie, *_items(schemas, "territory", {"insee": None, "siren": None})])
    _more(data / "platforms.yaml", _items(schemas, "platform"))
    terms: dict[str, Any] = {name: _terms(schemas) for name in ("sectors", "flows", "audiences", "synonyms")}
    (data / "vocabularies.yaml").write_text(write_yaml(terms, []), encoding="utf-8")
    (data / "site.yaml").write_text(write_yaml(_site(schemas), []), encoding="utf-8")
    _indicators(data / "indicators", schemas)


def _items(schemas: SchemaSet, name: str, fixed: Mapping[str, Any] | None = None) -> list[dict[str, Any]]:
    return [
        {**Seeds(number, {"demo": None, **(fixed or {})}).of(schemas.flattened(name)), "id": f"hostile-{number}"}
        for number in range(ROUNDS)
    ]


def _more(path: Path, items: list[dict[str, Any]]) -> None:
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    new = "".join("- " + write_yaml(item, ["id"]).rstrip("\n").replace("\n", "\n  ") + "\n" for item in items)
    path.write_text(old + new, encoding="utf-8")


def _terms(schemas: SchemaSet) -> list[dict[str, Any]]:
    words = _items(schemas, "article")
    hostile = [
        {"id": item["id"], "label": item["title"], "description": item["summary"], "aliases": item["tags"]}
        for item in words
    ]
    return [{"id": "terme", "label": words[0]["title"]}, *hostile]


def _site(schemas: SchemaSet) -> dict[str, Any]:
    fixed = {
        "url": "https://boucles.example",
        "timezone": "Europe/Paris",
        "colours": {"paper": "#FFFFFF", "ink": "#1A1A2E", "accent": "#0F4C5C"},
        "features": {"observatory": True},
        "map.tiles": "https://tuiles.example/{z}/{x}/{y}.png",
        "geo": {"bounds": {"south": 10.0, "west": 20.0, "north": 10.4, "east": 20.4}},
        "intake": "https://formulaires.example",
        "languages": ["fr"],
    }
    return Seeds(1, fixed).of(schemas.flattened("site"))


def _indicators(folder: Path, schemas: SchemaSet) -> None:
    folder.mkdir()
    for number in range(ROUNDS):
        words = Seeds(number, {}).of(schemas.flattened("indicator"))
        package = {key: words[key] for key in ("title", "description", "unit", "method", "licence", "source")}
        package["resources"] = [{"name": f"serie-{number}", "path": f"serie-{number}.csv"}]
        (folder / f"serie-{number}.datapackage.json").write_text(json.dumps(package), encoding="utf-8")
        (folder / f"serie-{number}.csv").write_text(
            "year,territory,value\n2023,baie,1\n2024,baie,2.5\n", encoding="utf-8"
        )


def _picture_with_a_script() -> bytes:
    """A sound picture that carries a script in its notes and behind its end."""
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Comment", "<script>alert('x-evil')</script>")
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 20, 20)).save(out, "PNG", pnginfo=notes)
    return out.getvalue() + b"<script>alert('x-evil')</script>"

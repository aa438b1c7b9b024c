"""The content manager's configuration: every field of every type, with the choices of the data."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from plugins.forms.cms_config import cms_config
from plugins.model.schema.schemas import load_schemas
from scripts.derived.forms import CMS, documents

SCHEMAS = load_schemas([Path(__file__).parents[2] / "data" / "schemas"])
CONFIG: dict[str, Any] = yaml.safe_load(documents()[CMS]())
COLLECTIONS = {one["name"]: one for one in CONFIG["collections"]}
WIDGETS = {
    "string",
    "text",
    "markdown",
    "boolean",
    "number",
    "datetime",
    "select",
    "relation",
    "object",
    "list",
    "image",
    "file",
    "code",
}


def widgets(fields: list[dict[str, Any]]) -> set[str]:
    return {one["widget"] for one in fields} | {name for one in fields for name in widgets(one.get("fields", []))}


def test_every_type_is_a_collection_with_every_field() -> None:
    for kind in SCHEMAS.content_types:
        collection = COLLECTIONS[kind.folder]
        names = [field["name"] for field in collection["fields"] if field["name"] != "body"]
        assert names == [field.name for field in SCHEMAS.flattened(kind.name).fields]
        assert collection["folder"] == f"content/{kind.folder}"
        assert ("path" in collection) == bool(kind.address)
        assert widgets(collection["fields"]) <= WIDGETS
    assert COLLECTIONS["members"]["folder"] == "data/members"
    assert COLLECTIONS["members"]["format"] == "yaml"


def test_choices_are_those_of_schemas_and_data() -> None:
    fields = {field["name"]: field for field in COLLECTIONS["events"]["fields"]}
    assert {option["value"] for option in fields["status"]["options"]} == {"confirmed", "postponed", "cancelled"}
    assert {"label": "Écoconception", "value": "ecoconception"} in fields["pillars"]["options"]
    assert fields["pillars"]["multiple"] is True
    assert fields["pillars"]["min"] == 1
    assert fields["authors"]["collection"] == "members"
    assert [field["name"] for field in fields["registration"]["fields"]] == ["url", "deadline", "price", "capacity"]


@pytest.mark.parametrize(
    ("repository", "backend"),
    [
        ("", {"name": "test-repo"}),
        ("https://github.com/a/b.git", {"name": "github", "repo": "a/b", "branch": "main"}),
        (
            "https://gitlab.example.org/g/a/b/",
            {
                "name": "gitlab",
                "repo": "g/a/b",
                "branch": "main",
                "base_url": "https://gitlab.example.org",
                "api_root": "https://gitlab.example.org/api/v4",
            },
        ),
        (
            "https://codeberg.org/a/b",
            {
                "name": "gitea",
                "repo": "a/b",
                "branch": "main",
                "base_url": "https://codeberg.org",
                "api_root": "https://codeberg.org/api/v1",
            },
        ),
    ],
)
def test_the_forge_is_that_of_the_site(repository: str, backend: dict[str, str]) -> None:
    assert cms_config([], {}, {"repository": repository})["backend"] == backend

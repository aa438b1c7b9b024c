"""The files by which other people's forms follow from our schemas: issue forms of forges, the content manager's configuration."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import yaml

from plugins.forms.cms_config import cms_config
from plugins.forms.issue_form import issue_form, issue_questions
from plugins.forms.issue_template import issue_template
from plugins.model.data_files import read_data_files
from plugins.model.geography import Geography
from plugins.model.reading import Reader
from plugins.model.root_files import DiskFiles
from plugins.model.schema.schemas import load_schemas
from scripts.arguments import PROJECT

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.forms.issue_form import Question
    from plugins.model.data_files import DataFiles
    from plugins.model.schema.schemas import ContentType, DataType, SchemaSet

ISSUE_FORMS = ".github/ISSUE_TEMPLATE"
ISSUE_TEMPLATES = ".gitlab/issue_templates"
FORM_LABEL = "proposition"  # the worker knows it by the same name (scripts/bot/forges/issues.py)
CMS = "cms/config.yml"
_HEAD = "# Écrit par « make derive » à partir de data/schemas et de data : ne le modifiez pas à la main.\n"
_NAMED = {"pillar": "pillars", "club": "clubs", "territory": "territories"}


def documents() -> Mapping[str, Callable[[], str]]:
    """The path of each file in the project, and the function that makes its text."""
    forms = {f"{ISSUE_FORMS}/{kind.form}.yml": _issue_form(kind.name) for kind in _kinds(_schemas())}
    templates = {f"{ISSUE_TEMPLATES}/{kind.new}.md": _issue_template(kind.name) for kind in _kinds(_schemas())}
    return {**forms, **templates, CMS: _cms}


def _issue_form(name: str) -> Callable[[], str]:
    def make() -> str:
        schemas = _schemas()
        kind = next(kind for kind in _kinds(schemas) if kind.name == name)
        description = schemas.flattened(name).description
        return _written(issue_form(kind.new, description, [FORM_LABEL, kind.form], _questions(name)))

    return make


def _issue_template(name: str) -> Callable[[], str]:
    def make() -> str:
        kind = next(kind for kind in _kinds(_schemas()) if kind.name == name)
        return issue_template([FORM_LABEL, kind.form], _questions(name))

    return make


def _questions(name: str) -> tuple[Question, ...]:
    names = {key: [label for _, label in pairs] for key, pairs in _words().items()}
    return issue_questions(_schemas().flattened(name), names)


def _cms() -> str:
    schemas = _schemas()
    kinds: list[ContentType | DataType] = [*schemas.content_types, *_data_types(schemas)]
    pairs = [(kind, schemas.flattened(kind.name)) for kind in kinds]
    return _written(cms_config(pairs, _words(), _data().settings or {}))


@cache
def _schemas() -> SchemaSet:
    return load_schemas([PROJECT / "data" / "schemas"])


@cache
def _data() -> DataFiles:
    return read_data_files(Reader(PROJECT, _schemas(), Geography(), DiskFiles(PROJECT)))


def _words() -> dict[str, list[tuple[str, str]]]:
    """(id, name) of what fields may name, by the kind of reference or by vocabulary."""
    data = _data()
    things = {
        kind: [(id_, str(item["name"])) for id_, item in data.items[name].items()] for kind, name in _NAMED.items()
    }
    terms = {
        name: [(str(term["id"]), str(term["label"])) for term in found] for name, found in data.vocabularies.items()
    }
    return {**things, **terms}


def _kinds(schemas: SchemaSet) -> list[ContentType | DataType]:
    return [*(kind for kind in schemas.content_types if kind.form), *_data_types(schemas)]


def _data_types(schemas: SchemaSet) -> list[DataType]:
    return [kind for kind in schemas.data_types if kind.form]


def _written(data: Any) -> str:
    return _HEAD + yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=1000)

"""The configuration of a content manager for editors who like one (Sveltia CMS, Decap CMS): collections follow from schemas.

Both read the same file (https://decapcms.org/docs/configuration-options/). They write the files of the repository; the check that
runs on every proposal judges them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from plugins.forms.open_fields import is_open

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.model.schema.schemas import ContentType, DataType, Field, FlatSchema

_LINES: Final = frozenset({"textarea", "markdown"})
_RELATIONS: Final = {"member": ("members", "name")}


def cms_config(
    collections: Sequence[tuple[ContentType | DataType, FlatSchema]],
    words: Mapping[str, Sequence[tuple[str, str]]],
    settings: Mapping[str, Any],
) -> dict[str, Any]:
    """The whole file. ``words`` are the (id, name) to choose from, by what a field names (``pillar``, ``flows``…)."""
    return {
        "backend": _backend(str(settings.get("repository") or "")),
        "publish_mode": "editorial_workflow",
        "locale": "fr",
        "site_url": str(settings.get("url") or ""),
        "media_folder": "",
        "public_folder": "",
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "collections": [_collection(kind, flat, words) for kind, flat in collections],
    }


def _backend(repository: str) -> dict[str, str]:
    """How to reach the forge that ``repository`` names; without one the manager tries things out and writes nothing."""
    parts = urlsplit(repository)
    path = parts.path.strip("/").removesuffix(".git")
    if not path:
        return {"name": "test-repo"}
    if parts.hostname == "github.com":
        return {"name": "github", "repo": path, "branch": "main"}
    base = f"{parts.scheme}://{parts.netloc}"
    if "gitlab" in (parts.hostname or ""):
        return {"name": "gitlab", "repo": path, "branch": "main", "base_url": base, "api_root": f"{base}/api/v4"}
    return {"name": "gitea", "repo": path, "branch": "main", "base_url": base, "api_root": f"{base}/api/v1"}


def _collection(
    kind: ContentType | DataType, flat: FlatSchema, words: Mapping[str, Sequence[tuple[str, str]]]
) -> dict[str, Any]:
    fields = [_field(each, words) for each in flat.fields]
    if flat.body_label:
        fields.append(
            {"name": "body", "label": flat.body_label, "widget": "markdown", "hint": flat.body_help, "required": False}
        )
    folder = getattr(kind, "folder", "")
    common = {"label": kind.plural, "label_singular": kind.singular.capitalize(), "create": True, "fields": fields}
    if not folder:
        place = {"folder": "data/members", "identifier_field": "name", "extension": "yaml", "format": "yaml"}
        return {"name": f"{kind.name}s", **place, **common}
    dated = {"path": "{{year}}/{{slug}}"} if kind.address else {}
    return {
        "name": folder,
        "folder": f"content/{folder}",
        "extension": "md",
        "format": "yaml-frontmatter",
        **dated,
        **common,
    }


def _field(field: Field, words: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, Any]:
    common: dict[str, Any] = {"name": field.name, "label": field.label, "required": field.required}
    if field.help:
        common["hint"] = field.help
    if not is_open(field) and field.widget == "hidden" and field.kind == "boolean":
        return {**common, "widget": "boolean", "default": False}
    if field.kind == "object":
        return {
            **common,
            "widget": "object",
            "collapsed": True,
            "fields": [_field(each, words) for each in field.fields],
        }
    if field.kind == "objects":
        return {**common, "widget": "list", "collapsed": True, "fields": [_field(each, words) for each in field.fields]}
    if field.kind in {"map", "any"}:
        return {**common, "widget": "code", "default_language": "yaml", "output_code_only": True}
    return {**common, **_value(field, words)}


def _value(field: Field, words: Mapping[str, Sequence[tuple[str, str]]]) -> dict[str, Any]:
    many = field.kind == "list"
    options = _options(field, words)
    if options:
        return {"widget": "select", "options": options, **({"multiple": True} if many else {}), **_bounds(field)}
    if field.reference in _RELATIONS:
        collection, shown = _RELATIONS[field.reference]
        relation = {"widget": "relation", "collection": collection, "value_field": "{{slug}}", "search_fields": [shown]}
        return {**relation, "display_fields": [shown], **({"multiple": True} if many else {}), **_bounds(field)}
    if many:
        return {"widget": "list", **_bounds(field)}
    return _scalar(field)


def _scalar(field: Field) -> dict[str, Any]:
    if field.kind == "boolean":
        return {"widget": "boolean", "default": bool(field.default)}
    if field.kind in {"number", "integer"}:
        schema = field.schema
        bounds = {name: schema[key] for name, key in (("min", "minimum"), ("max", "maximum")) if key in schema}
        return {"widget": "number", "value_type": "int" if field.kind == "integer" else "float", **bounds}
    if field.widget == "date":
        return {"widget": "datetime", "format": "YYYY-MM-DD", "date_format": "DD/MM/YYYY", "time_format": False}
    if field.widget == "datetime":
        return {"widget": "string", "pattern": [_MOMENT, "AAAA-MM-JJTHH:MM, ou AAAA-MM-JJ pour une journée entière"]}
    if field.widget == "file":
        return {"widget": "image" if field.path[0] == "image" else "file"}
    return {"widget": "text" if field.widget in _LINES else "string", **_lengths(field)}


_MOMENT: Final = "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ][0-9]{2}:[0-9]{2}(:[0-9]{2})?)?$"


def _lengths(field: Field) -> dict[str, Any]:
    low, high = field.schema.get("minLength", 0), field.schema.get("maxLength", 0)
    return {"pattern": [rf"^[\s\S]{{{low},{high}}}$", f"De {low} à {high} caractères"]} if high else {}


def _bounds(field: Field) -> dict[str, Any]:
    if field.kind != "list":
        return {}
    schema = field.schema
    return {name: schema[key] for name, key in (("min", "minItems"), ("max", "maxItems")) if key in schema}


def _options(field: Field, words: Mapping[str, Sequence[tuple[str, str]]]) -> list[dict[str, str]]:
    if field.labels:
        return [{"label": label, "value": value} for value, label in field.labels.items()]
    named = words.get(field.vocabulary or field.reference, ())
    return [{"label": name, "value": value} for value, name in named]

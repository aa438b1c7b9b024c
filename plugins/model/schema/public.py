"""A schema for the rest of the world: JSON Schema 2020-12 without our keywords, formats and files."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_FORMATS = {"date": "date", "uri-http": "iri"}
_ONE = ("items", "additionalProperties", "propertyNames", "not", "if", "then", "else")
_MANY = ("anyOf", "oneOf", "allOf")
_NAMED = ("properties", "patternProperties")


def public_schema(schema: Mapping[str, Any], identifier: str) -> dict[str, Any]:
    """A self-contained schema with the address ``identifier`` (left out if empty).

    Labels and help become title and description, as editors show them; a format of ours becomes the pattern that comes nearest, so
    the result may let pass what ours refuses (a commune that does not exist), and never the other way round.
    """
    head = {"$schema": DIALECT, **({"$id": identifier} if identifier else {})}
    return {**head, **_public(schema)}


def _public(schema: Mapping[str, Any]) -> dict[str, Any]:
    return dict(_keywords(schema))


def _keywords(schema: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    title = schema.get("x-label", schema.get("title"))
    description = schema.get("x-help", schema.get("description") if "title" in schema else None)
    yield from ((key, text) for key, text in (("title", title), ("description", description)) if text)
    for key, value in schema.items():
        if key in {"title", "description", "$comment"}:
            continue
        if key in _ONE:
            yield key, _part(value)
        elif key in _MANY:
            yield key, [_part(part) for part in value]
        elif key in _NAMED:
            yield key, {name: _part(part) for name, part in value.items()}
        elif key == "format":
            yield from (("format", name) for name in (_FORMATS.get(value),) if name)
        elif not key.startswith("x-"):
            yield key, value
    if "x-pattern" in schema and "pattern" not in schema:
        yield "pattern", schema["x-pattern"]
    if "x-example" in schema:
        yield "examples", [schema["x-example"]]


def _part(part: Any) -> Any:
    return _public(part) if isinstance(part, dict) else part

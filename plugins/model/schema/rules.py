"""Whether schema files keep the rules of their dialect: those of meta.yaml, and those that a JSON Schema cannot say."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from plugins.model.schema.faults import SchemaFault, pointer
from plugins.model.schema.formats import FORMATS
from plugins.model.schema.merge import Merger

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.model.schema.merge import Schema, Steps

META = "meta.yaml"
COMMON = "common.yaml"
_BELOW_ONE = ("items", "additionalProperties", "propertyNames")
_BRANCHES_ONE = ("not", "if", "then", "else")
_BRANCHES_MANY = ("anyOf", "oneOf", "allOf")
_OF_THE_FORM = frozenset(
    [
        "action",
        "base",
        "body",
        "captcha",
        "contact",
        "form-opened",
        "kept",
        "key",
        "member",
        "message",
        "seen",
        "target",
        "website",
    ]
)
"""Inputs that every form has beside its fields (docs/forms.md): a field of such a name would be read as one of them."""


def meta_faults(documents: Mapping[str, Schema]) -> Iterator[SchemaFault]:
    """What meta.yaml refuses: unknown keywords, values that a keyword cannot have, fields without label and help."""
    validator = Draft202012Validator(_meta_schema(documents[META]), format_checker=FORMATS)
    for name, document in documents.items():
        if name == META:
            continue
        for error in validator.iter_errors(document):
            causes = "".join(f"; {cause.message}" for cause in error.context or ())
            yield SchemaFault(name, pointer(*error.absolute_path), error.message + causes)
        if document.get("$id") != name:
            yield SchemaFault(name, "/$id", f"is the name of the file, {name}")


def _meta_schema(document: Schema) -> Schema:
    """The meta-schema, merged as far as its recursion allows: 25 times as fast as with unevaluatedProperties."""
    merger = Merger({META: document}, inline=False)
    definitions = {key: merger.merged(value, META, ("$defs", key)) for key, value in document["$defs"].items()}
    return {**merger.file(META), "$defs": definitions}


def rule_faults(name: str, schema: Schema, common_sections: Mapping[str, str]) -> Iterator[SchemaFault]:
    """What is wrong with one merged schema. ``common_sections`` are the labels of common.yaml's sections."""
    for steps, part in _declaring(schema, ()):
        for rule in _RULES:
            for below, message in rule(part):
                yield SchemaFault(name, pointer(*steps, *below), message)
    for below, message in (*_sections(schema, common_sections), *_form_fields(schema), *_type_fields(schema)):
        yield SchemaFault(name, pointer(*below), message)


def set_faults(schemas: Mapping[str, Schema]) -> Iterator[SchemaFault]:
    """What two schemas cannot both have: a place in the order, a folder, an address, a form."""
    described = {name: schema.get("x-type") or schema.get("x-data") or {} for name, schema in schemas.items()}
    for key in ("order", "folder", "address", "form", "path"):
        seen: dict[Any, str] = {}
        for name, about in described.items():
            if not about.get(key):
                continue
            first = seen.setdefault(about[key], name)
            if first != name:
                where = "x-type" if "x-type" in schemas[name] else "x-data"
                yield SchemaFault(name, pointer(where, key), f"{about[key]!r} is taken by {first}")


def _declaring(schema: Schema, steps: Steps) -> Iterator[tuple[Steps, Schema]]:
    """A schema and all that it declares below, but not what only tests."""
    yield steps, schema
    for key in _BELOW_ONE:
        if isinstance(schema.get(key), dict):
            yield from _declaring(schema[key], (*steps, key))
    for name, part in schema.get("properties", {}).items():
        yield from _declaring(part, (*steps, "properties", name))


def _explained(schema: Schema) -> Iterator[tuple[Steps, str]]:
    for name, part in schema.get("properties", {}).items():
        for key in ("x-label", "x-help"):
            if not part.get(key):
                yield ("properties", name), f"has no {key}, here or in what $ref names"


def _closed(schema: Schema) -> Iterator[tuple[Steps, str]]:
    if schema.get("type") == "object" and "additionalProperties" not in schema:
        yield (), "is open: say unevaluatedProperties: false, or what other keys may hold"
    if "properties" in schema and schema.get("type") != "object":
        yield (), "has properties and must say type: object"


def _declared(schema: Schema) -> Iterator[tuple[Steps, str]]:
    """A condition may only name what is declared: unevaluatedProperties would take a key in a branch for declared."""
    if "properties" not in schema:
        return
    for steps, name in _named(schema, ()):
        if name not in schema["properties"]:
            yield steps, f"names {name!r}, which properties does not declare"


def _named(schema: Schema, steps: Steps) -> Iterator[tuple[Steps, str]]:
    """The keys that a schema and its branches name (where the branches look at the same object)."""
    for name in schema.get("required", ()):
        yield (*steps, "required"), name
    for name, others in schema.get("dependentRequired", {}).items():
        for each in (name, *others):
            yield (*steps, "dependentRequired"), each
    for key in _BRANCHES_ONE:
        if key in schema:
            yield from _branch(schema[key], (*steps, key))
    for key in _BRANCHES_MANY:
        for number, part in enumerate(schema.get(key, ())):
            yield from _branch(part, (*steps, key, number))


def _branch(part: Schema, steps: Steps) -> Iterator[tuple[Steps, str]]:
    yield from (((*steps, "properties"), name) for name in part.get("properties", ()))
    yield from _named(part, steps)


def _labelled(schema: Schema) -> Iterator[tuple[Steps, str]]:
    if "x-labels" in schema and set(schema["x-labels"]) != set(schema.get("enum", ())):
        yield ("x-labels",), "must have one label for each value of enum"
    if "enum" in schema and "x-labels" not in schema:
        yield ("enum",), "needs x-labels: people read these values"


def _sections(schema: Schema, common: Mapping[str, str]) -> Iterator[tuple[Steps, str]]:
    sections = schema.get("x-sections", ())
    counts = Counter(item["id"] for item in sections)
    for number, item in enumerate(sections):
        if counts[item["id"]] > 1:
            yield ("x-sections", number), f"{item['id']!r} stands twice"
        if not item.get("label", common.get(item["id"])):
            yield ("x-sections", number), "has no label, here or in common.yaml"
    if sections:
        yield from _in_sections(schema, {item["id"]: item.get("folded", False) for item in sections})


def _in_sections(schema: Schema, folded: Mapping[str, bool]) -> Iterator[tuple[Steps, str]]:
    """Every field has its section, and what must be filled in is seen."""
    for name, part in schema.get("properties", {}).items():
        section = part.get("x-section")
        if section not in folded:
            yield ("properties", name), f"x-section {section!r} is not in x-sections"
        elif folded[section] and name in schema.get("required", ()) and "x-default" not in part:
            yield ("properties", name), "is required, so it cannot be in a folded section"


def _form_fields(schema: Schema) -> Iterator[tuple[Steps, str]]:
    about = schema.get("x-type") or schema.get("x-data") or {}
    if about.get("form"):
        for name in sorted(_OF_THE_FORM.intersection(schema.get("properties", {}))):
            yield ("properties", name), "is the name of another input of the form"


def _type_fields(schema: Schema) -> Iterator[tuple[Steps, str]]:
    about = schema.get("x-type")
    if not about:
        return
    fields = schema.get("properties", {})
    if about.get("sort", "date") not in fields:
        yield ("x-type", "sort"), "names no field"
    if about["place"] and not {"place", "commune"} & set(fields):
        yield ("x-type", "place"), "wants a field place or commune"


_RULES = (_explained, _closed, _declared, _labelled)

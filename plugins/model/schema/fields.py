"""A schema as a list of fields: what forms, guides and tables of open data go through."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

Kind = Literal["text", "number", "integer", "boolean", "list", "object", "objects", "map", "any"]
_SCALARS: Mapping[str, Kind] = {"string": "text", "number": "number", "integer": "integer", "boolean": "boolean"}
_WIDGET_OF_FORMAT = {"date": "date", "local-datetime": "datetime", "uri-http": "url", "file-name": "file"}
_MOST_RADIOS = 4
_LONGEST_LINE = 500


@dataclass(frozen=True, slots=True)
class Field:
    """One key of an object.

    ``path`` leads to it from the root of a value, with ``*`` for each item of a list. ``kind`` says what it holds:
    list is one of plain values, objects one of groups; ``fields`` are those of the group (object, objects).
    ``widget`` is empty for groups and maps. ``reference``, ``vocabulary`` and ``labels`` (enum value → French label)
    are those of the items where it is a list. ``default`` is the value meant when it is left out; ``filled`` is what
    the tools write then (``today``).
    """

    name: str
    path: tuple[str, ...]
    kind: Kind
    schema: Mapping[str, Any]
    label: str
    help: str
    section: str
    required: bool
    widget: str
    reference: str
    vocabulary: str
    labels: Mapping[str, str]
    unit: str
    public: bool
    example: Any
    default: Any
    filled: str
    fields: tuple[Field, ...] = ()

    @property
    def dotted(self) -> str:
        """The path without list positions, as messages and references name the field: ``results.value``."""
        return ".".join(step for step in self.path if step != "*")

    @property
    def value_schema(self) -> Mapping[str, Any]:
        """The schema of the value, or of one item where there are several."""
        items: Mapping[str, Any] = self.schema.get("items", {}) if self.kind in {"list", "objects"} else self.schema
        return items


@dataclass(frozen=True, slots=True)
class Reference:
    """A field that names something.

    ``kind`` is x-reference as written; ``pattern`` is the path of the texts, with ``*`` for each item of a list, and
    ``field`` the path without; ``kinds`` are what may be named (``member``, ``entry:consultations``…), ``names`` says
    whether words may stand there, too.
    """

    kind: str
    vocabulary: str
    pattern: tuple[str, ...]
    field: str
    kinds: tuple[str, ...]
    names: bool


@dataclass(frozen=True, slots=True)
class Section:
    """A group of fields under a French heading; a folded one opens on demand."""

    id: str
    label: str
    folded: bool
    fields: tuple[Field, ...]


@dataclass(frozen=True)
class FlatSchema:
    """A whole schema.

    ``fields`` are in the order of ``sections`` (one without heading where the schema has none); ``schema`` is the merged
    JSON Schema; ``body_label`` and ``body_help`` speak of the text below the front matter (empty for data),
    which most entries do without where ``body_folded``.
    """

    name: str
    title: str
    description: str
    schema: Mapping[str, Any]
    fields: tuple[Field, ...]
    sections: tuple[Section, ...]
    body_label: str
    body_help: str
    body_folded: bool
    by_dotted: Mapping[str, Field] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_dotted", {found.dotted: found for found in self.every_field()})

    def every_field(self) -> Iterator[Field]:
        """All fields, a group before its own."""
        return _walk(self.fields)

    @cached_property
    def labels(self) -> Mapping[str, str]:
        """The French label of each field, by its path without list positions."""
        return {dotted: found.label for dotted, found in self.by_dotted.items()}

    @cached_property
    def references(self) -> tuple[Reference, ...]:
        """The fields that name something else, in order."""
        return tuple(_reference(found) for found in self.every_field() if found.reference or found.vocabulary)


def flat_schema(name: str, schema: Mapping[str, Any], section_labels: Mapping[str, str]) -> FlatSchema:
    """The fields of a merged schema; ``section_labels`` are those of common.yaml."""
    unordered = tuple(fields_of(schema, ()))
    sections = tuple(
        Section(
            item["id"],
            item.get("label", section_labels.get(item["id"], "")),
            item.get("folded", False),
            tuple(found for found in unordered if found.section == item["id"]),
        )
        for item in schema.get("x-sections", ())
    ) or (Section("", "", folded=False, fields=unordered),)
    body = schema.get("x-body", {})
    return FlatSchema(
        name=name,
        title=schema.get("title", ""),
        description=schema.get("description", ""),
        schema=schema,
        fields=tuple(found for section in sections for found in section.fields),
        sections=sections,
        body_label=body.get("label", ""),
        body_help=body.get("help", ""),
        body_folded=body.get("folded", False),
    )


def fields_of(schema: Mapping[str, Any], path: tuple[str, ...]) -> Iterator[Field]:
    """The fields of an object, of the items of a list, or of the values of a map, in the order in which they are declared."""
    if "items" in schema:
        yield from fields_of(schema["items"], (*path, "*"))
    elif "properties" in schema:
        required = schema.get("required", ())
        for name, below in schema["properties"].items():
            yield _field(name, (*path, name), below, required=name in required)
    elif isinstance(schema.get("additionalProperties"), dict):
        yield from fields_of(schema["additionalProperties"], (*path, "*"))


def _field(name: str, path: tuple[str, ...], schema: Mapping[str, Any], *, required: bool) -> Field:
    kind = _kind(schema)
    value = schema.get("items", {}) if kind == "list" else schema
    return Field(
        name=name,
        path=path,
        kind=kind,
        schema=schema,
        label=schema.get("x-label", ""),
        help=schema.get("x-help", ""),
        section=schema.get("x-section", ""),
        required=required,
        widget=schema.get("x-widget") or _widget(kind, value),
        reference=value.get("x-reference", ""),
        vocabulary=value.get("x-vocabulary", ""),
        labels=value.get("x-labels", {}),
        unit=schema.get("x-unit", ""),
        public=schema.get("x-public", True),
        example=schema.get("x-example"),
        default=schema.get("default"),
        filled=schema.get("x-default", ""),
        fields=tuple(fields_of(schema, path)) if kind in {"object", "objects"} else (),
    )


def _kind(schema: Mapping[str, Any]) -> Kind:
    if "enum" in schema and "type" not in schema:
        return "text"
    name = schema.get("type")
    if name == "array":
        return "objects" if schema.get("items", {}).get("type") == "object" else "list"
    if name == "object":
        return "object" if "properties" in schema else "map"
    return _SCALARS.get(name, "any") if isinstance(name, str) else "any"


def _widget(kind: Kind, value: Mapping[str, Any]) -> str:
    """How to ask for a value of which the schema says no more than what it is."""
    if kind in {"object", "objects", "map", "any"}:
        return ""
    if kind == "boolean":
        return "checkbox"
    if kind == "list":
        return _list_widget(value)
    if kind in {"number", "integer"}:
        return "number"
    return _text_widget(value)


def _list_widget(item: Mapping[str, Any]) -> str:
    if "enum" in item or "x-vocabulary" in item:
        return "checkboxes"
    return "complete" if "x-reference" in item else "text"


def _text_widget(value: Mapping[str, Any]) -> str:
    if "enum" in value:
        return "radio" if len(value["enum"]) <= _MOST_RADIOS else "select"
    if "x-vocabulary" in value:
        return "select"
    if "x-reference" in value:
        return "complete"
    if value.get("maxLength", 0) > _LONGEST_LINE and "format" not in value:
        return "textarea"
    return _WIDGET_OF_FORMAT.get(value.get("format", ""), "text")


def _walk(fields: tuple[Field, ...]) -> Iterator[Field]:
    for found in fields:
        yield found
        yield from _walk(found.fields)


def _reference(found: Field) -> Reference:
    pattern = (*found.path, "*") if found.kind == "list" else found.path
    words = found.reference.replace("member-club", "member-or-club").split("-or-") if found.reference else []
    kinds = tuple(word for word in words if word != "name")
    return Reference(found.reference, found.vocabulary, pattern, found.dotted, kinds, "name" in words)

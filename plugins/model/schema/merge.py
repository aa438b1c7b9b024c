"""One schema from many: what ``$ref`` and ``allOf`` bring together, written in one place.

The result accepts and refuses the same values. It needs no registry, and an object is closed by ``additionalProperties``,
which a validator decides key by key. ``unevaluatedProperties`` has to try every branch again (four to six times slower), and
after a mistake in a common field calls that field unknown as well: a branch that fails has evaluated nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeAlias

from plugins.model.schema.faults import SchemaError, SchemaFault, pointer

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

Schema: TypeAlias = "dict[str, Any]"
Steps: TypeAlias = "tuple[str | int, ...]"

_ONE = ("items", "additionalProperties", "propertyNames", "not", "if", "then", "else")
_MANY = ("anyOf", "oneOf", "allOf")
_NAMED = ("properties", "patternProperties")
_DROPPED = ("$schema", "$id", "$defs", "x-examples")
_BOUNDS: Mapping[str, Callable[[Any, Any], Any]] = {
    "minLength": max,
    "minItems": max,
    "minProperties": max,
    "minimum": max,
    "exclusiveMinimum": max,
    "maxLength": min,
    "maxItems": min,
    "maxProperties": min,
    "maximum": min,
}


class Merger:
    """Merges the schemas of one set of files, ``documents`` by file name.

    With ``inline`` false a ``$ref`` that stands alone is kept: a schema that refers to itself (our meta-schema) can then be merged.
    """

    def __init__(self, documents: Mapping[str, Schema], *, inline: bool = True) -> None:
        self.documents = documents
        self.inline = inline
        self._targets: dict[str, Schema] = {}
        self._open: list[str] = []

    def file(self, name: str) -> Schema:
        """The merged schema of a file, without its definitions and examples.

        Raises:
            SchemaError: a reference leads nowhere or in a circle, or two places say different things of one keyword.
        """
        document = {key: value for key, value in self.documents[name].items() if key not in _DROPPED}
        return self.merged(document, name, ())

    def merged(self, schema: Schema, file: str, steps: Steps) -> Schema:
        """``schema``, which stands at ``steps`` of ``file``, with all its references written out."""
        if set(schema) == {"$ref"} and not self.inline:
            return schema
        own = {key: self._below(key, value, file, (*steps, key)) for key, value in schema.items() if key != "$ref"}
        if own.get("unevaluatedProperties") is False:
            own["additionalProperties"] = own.pop("unevaluatedProperties")
        bases = [self._target(schema["$ref"], file, (*steps, "$ref"))] if "$ref" in schema else []
        bases += self._take_bases(schema, own)
        for base in reversed(bases):
            own = _combined(base, own, SchemaFault(file, pointer(*steps), ""))
        return own

    def _below(self, key: str, value: Any, file: str, steps: Steps) -> Any:
        if key in _ONE:
            return self._part(value, file, steps)
        if key in _MANY:
            return [self._part(part, file, (*steps, number)) for number, part in enumerate(value)]
        if key in _NAMED:
            return {name: self._part(part, file, (*steps, name)) for name, part in value.items()}
        return value

    def _part(self, part: Any, file: str, steps: Steps) -> Any:
        """A schema within another; true and false are schemas, too."""
        return self.merged(part, file, steps) if isinstance(part, dict) else part

    @staticmethod
    def _take_bases(schema: Schema, own: Schema) -> list[Schema]:
        """Take out of ``allOf`` what merely refers: these are the bases; what tests by itself stays."""
        parts = list(zip(schema.get("allOf", ()), own.pop("allOf", ()), strict=True))
        tests = [merged for written, merged in parts if set(written) != {"$ref"}]
        if tests:
            own["allOf"] = tests
        return [merged for written, merged in parts if set(written) == {"$ref"}]

    def _target(self, reference: str, file: str, steps: Steps) -> Schema:
        name, _, fragment = reference.partition("#")
        name = name or file
        address = f"{name}#{fragment}"
        if address in self._open:
            raise SchemaError([SchemaFault(file, pointer(*steps), f"{reference} leads back to itself")])
        if address not in self._targets:
            self._open.append(address)
            found = self._find(name, fragment, SchemaFault(file, pointer(*steps), f"{reference} leads nowhere"))
            self._targets[address] = self.merged(found, name, tuple(fragment.split("/")[1:]))
            self._open.pop()
        return self._targets[address]

    def _find(self, name: str, fragment: str, missing: SchemaFault) -> Schema:
        found: Any = self.documents.get(name)
        for step in fragment.split("/")[1:]:
            found = found.get(step) if isinstance(found, dict) else None
        if not isinstance(found, dict):
            raise SchemaError([missing])
        return found


def _combined(base: Schema, own: Schema, where: SchemaFault) -> Schema:
    """Both at once. What describes (x-…, title, default…) is taken from ``own``; what tests must hold of both."""
    result = dict(base)
    for key, value in own.items():
        result[key] = _both(key, base[key], value, where) if key in base else value
    return result


def _both(key: str, base: Any, own: Any, where: SchemaFault) -> Any:
    if key.startswith("x-") or key in {"title", "description", "default", "examples", "$comment"} or base == own:
        return own
    if key == "required":
        return list(dict.fromkeys([*base, *own]))
    if key in {"properties", "patternProperties", "dependentRequired"}:
        shared = {name: _combined(base[name], own[name], where) for name in own if name in base}
        return {**base, **own, **shared}
    if key == "allOf":
        return [*base, *own]
    if key in _BOUNDS and _BOUNDS[key](base, own) == own:
        return own
    known = (
        "is looser here than in what $ref names, so it has no effect" if key in _BOUNDS else "says two different things"
    )
    raise SchemaError([SchemaFault(where.path, where.pointer, f"{key} {known}")])

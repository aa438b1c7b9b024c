"""Values for every field of a schema: hostile words wherever words are free, and right ones where the schema says which."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.model.schema.schemas import Field, FlatSchema

IDS: Final = {
    "member": "ines-falaise",
    "member-or-club": "outilleurs",
    "member-club-or-name": "",
    "member-or-name": "",
    "club": "outilleurs",
    "pillar": "partager",
    "territory": "baie",
    "territory-or-commune": "98001",
    "entry": "articles/2025/une-echelle-pour-dix",
    "entry:initiatives": "initiatives/2026/compost-du-port",
    "entry:consultations": "consultations/2026/hostile-0",
    "commune": "98001",
}
"""What may be named; empty where a name in words may stand, too."""
FORMATS: Final = {
    "date": "2026-03-01",
    "insee": "98001",
    "spdx": "CC-BY-4.0",
    "language": "fr",
    "timezone": "Europe/Paris",
    "rrule": "FREQ=WEEKLY;COUNT=3",
    "slug": "hostile",
    "colour": "#123456",
    "siren": "732829320",
    "file-name": "photo.png",
}


@dataclass(frozen=True)
class Words:
    """What is written where words are free. ``mark`` stands behind each, where there is room."""

    one_line: tuple[str, ...]
    many_lines: tuple[str, ...]
    bodies: tuple[str, ...]
    addresses: tuple[str, ...]
    mark: str = ""

    @property
    def rounds(self) -> int:
        """How many entries it takes until everything was written everywhere."""
        return len(self.one_line) + len(self.many_lines)


class Seeds:
    """Fills in a schema with the words of one round; ``fixed`` are the values that a field must have, by dotted path."""

    def __init__(self, words: Words, round_: int, fixed: Mapping[str, Any]) -> None:
        self.words = words
        self.round = round_
        self.fixed = fixed
        self.counted = 0

    def of(self, schema: FlatSchema) -> dict[str, Any]:
        return self._group(schema.fields)

    def _group(self, fields: tuple[Field, ...]) -> dict[str, Any]:
        filled = {field.name: self._value(field) for field in fields}
        return {name: value for name, value in filled.items() if value is not None}

    def _value(self, field: Field) -> Any:
        if field.dotted in self.fixed:
            return self.fixed[field.dotted]
        if field.kind == "objects":
            return [self._group(field.fields)]
        if field.kind == "object":
            return self._group(field.fields)
        if field.kind == "list":
            return [self._plain(field)]
        if field.kind in {"integer", "number"}:
            return max(field.schema.get("minimum", 1), 1)
        return self._plain(field) if field.kind == "text" else None

    def _plain(self, field: Field) -> Any:
        schema = field.value_schema
        if "enum" in schema:
            return schema["enum"][self.round % len(schema["enum"])]
        if field.vocabulary:
            return "terme"
        if IDS.get(field.reference):
            return IDS[field.reference]
        if schema.get("format") == "uri-http":
            self.counted += 1
            return self.words.addresses[(self.round + self.counted) % len(self.words.addresses)]
        return FORMATS[schema["format"]] if "format" in schema else self._text(schema)

    def _text(self, schema: Mapping[str, Any]) -> str:
        """The words at the start, where formulas are dangerous, then the mark, cut and filled up to the bounds."""
        lines = "\\x00" not in schema.get("pattern", "")
        choices = (*self.words.many_lines, *self.words.one_line) if lines else self.words.one_line
        chosen = choices[self.round % len(choices)]
        least, most = schema.get("minLength", 0), schema.get("maxLength", 300)
        text = chosen if len(chosen) + len(self.words.mark) + 1 > most else f"{chosen} {self.words.mark}".rstrip()
        return text[:most].rstrip().ljust(least, "…")

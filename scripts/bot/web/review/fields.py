"""The fields of a proposal in words, beside those of the page as it is now: for people who do not read YAML."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.views.parts.facts import moment
from plugins.views.words.french import measure
from scripts.bot.french import review as french
from scripts.bot.web.review.compare import written_out

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.model.objects import Site
    from plugins.model.schema.schemas import Field
    from plugins.model.yaml.reader import Json


class FieldRow(TypedDict):
    """One field in words, before and after."""

    label: str
    before: Annotated[list[str], "What it says now; empty where it says nothing, or the page is new."]
    after: Annotated[list[str], "What it will say; empty where it will say nothing."]
    changed: bool


def field_rows(site: Site, type_name: str, before: Mapping[str, Json], after: Mapping[str, Json]) -> list[FieldRow]:
    """The fields that either version fills, in the order of the schema; those that no schema knows last, as they are."""
    flat = site.schemas.flattened(type_name)
    words = _Words(site)
    rows = [row for field in flat.fields for row in _rows(words, field, "", before, after)]
    known = {field.name for field in flat.fields}
    strange = [name for name in dict.fromkeys([*before, *after]) if name not in known]
    return rows + [_row(written_out(name), _raw(before.get(name)), _raw(after.get(name))) for name in strange]


def _rows(
    words: _Words, field: Field, within: str, before: Mapping[str, Json], after: Mapping[str, Json]
) -> Iterator[FieldRow]:
    old, new = before.get(field.name), after.get(field.name)
    if old is None and new is None:
        return
    label = f"{within}{field.label}" if field.label else f"{within}{field.name}"
    if field.kind == "object":
        for below in field.fields:
            yield from _rows(words, below, f"{label}, ", _mapping(old), _mapping(new))
    elif field.kind == "objects":
        items = [_list(old), _list(new)]
        for at in range(max(map(len, items))):
            left, right = (_mapping(part[at]) if at < len(part) else {} for part in items)
            for below in field.fields:
                yield from _rows(words, below, f"{label} {at + 1}, ", left, right)
    else:
        yield _row(label, words.of(field, old), words.of(field, new))


def _row(label: str, before: list[str], after: list[str]) -> FieldRow:
    return {"label": typography(label), "before": before, "after": after, "changed": before != after}


class _Words:
    """Puts values into words: names for ids, labels for terms, days for dates."""

    def __init__(self, site: Site) -> None:
        self.site = site

    def of(self, field: Field, value: Json) -> list[str]:
        """The value, or each value of a list; a value that has not the shape of its field is shown as it stands."""
        if value is None:
            return []
        if field.kind in {"map", "any"} or isinstance(value, dict):
            return _raw(value)
        return [self._one(field, item) for item in (value if isinstance(value, list) else [value])]

    def _one(self, field: Field, value: Json) -> str:
        if isinstance(value, bool):
            return french.yes_or_no(value)
        if isinstance(value, int | float):
            return str(value) if field.name in {"year", "started", "founded"} else measure(value, field.unit)
        if not isinstance(value, str):
            return "; ".join(_raw(value))
        return typography(written_out(self._named(field, value)))

    def _named(self, field: Field, value: str) -> str:
        if field.reference:
            return self._reference(value)
        terms = self.site.vocabularies.get(field.vocabulary, {})
        if value in terms:
            return terms[value].label
        if field.widget in {"date", "datetime"}:
            return _moment(value)
        return str(field.labels.get(value, value))

    def _reference(self, value: str) -> str:
        site = self.site
        for found in (site.members, site.clubs, site.pillars, site.territories):
            if value in found:
                return str(found[value].name)
        if value in site.entries:
            return site.entries[value].title
        commune = site.geography.communes.get(value)
        return f"{commune.name} ({value})" if commune else value


def _moment(value: str) -> str:
    try:
        return moment(value)
    except ValueError:  # no date; the check says so
        return value


def _raw(value: Json) -> list[str]:
    """A value of any shape, one text for each leaf."""
    if value is None:
        return []
    if isinstance(value, dict):
        return [f"{written_out(str(key))}: {text}" for key, below in value.items() for text in _raw(below)]
    if isinstance(value, list):
        return [text for below in value for text in _raw(below)]
    return [french.yes_or_no(value) if isinstance(value, bool) else written_out(str(value))]


def _mapping(value: Json) -> Mapping[str, Json]:
    return value if isinstance(value, dict) else {}


def _list(value: Json) -> Sequence[Json]:
    return value if isinstance(value, list) else []

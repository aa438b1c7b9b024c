"""The facts of an entry, read from its schema: a new field, or a new type, shows itself without a line of code."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from plugins.markup import typography
from plugins.model.objects import Club, Entry, Member
from plugins.views.words.french import clock, day_words, duration, euros, host, measure, number
from plugins.views.words.labels import term_label
from plugins.views.words.paragraphs import paragraphs

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping

    from plugins.model.schema.schemas import Field
    from plugins.publication.context import Context

FREE, YES = "Gratuit", "oui"


class Value(TypedDict):
    """A value in words, and where it leads."""

    text: str
    href: str


class Fact(TypedDict):
    """One field in words."""

    label: str
    values: list[Value]
    long: Annotated[bool, "Whether it is a text of several lines."]


class Table(TypedDict):
    """A field that holds several groups: results, funding, phases, winners."""

    label: str
    columns: list[str]
    numeric: Annotated[list[bool], "For each column, whether it holds numbers."]
    rows: list[list[Value]]


# Fields of every entry, which the page shows in places of their own.
EVERYWHERE = frozenset(
    {
        *("title", "summary", "date", "updated", "authors", "pillars", "clubs", "territories", "tags", "image"),
        *("sources", "related", "licence", "lang", "demo"),
    }
)


class Teller:
    """Puts the fields of one entry into words. What its ``references`` name becomes a link."""

    def __init__(self, ctx: Context, entry: Entry) -> None:
        self.ctx = ctx
        self.entry = entry
        self.named: dict[str, Iterator[Any]] = {name: iter(found) for name, found in entry.references.items()}

    def facts(self, without: Collection[str] = ()) -> list[Fact]:
        """The plain fields and the groups, in the order of the schema; ``without`` are shown elsewhere."""
        return [fact for field in self._fields(without) for fact in self._facts(field, self.entry.fields)]

    def tables(self, without: Collection[str] = ()) -> list[Table]:
        """The fields that hold several groups."""
        return [
            self._table(field, self.entry.fields[field.name])
            for field in self._fields(without)
            if field.kind == "objects" and self.entry.fields.get(field.name)
        ]

    def _fields(self, without: Collection[str]) -> list[Field]:
        fields = self.ctx.site.schemas.flattened(self.entry.type.name).fields
        return [field for field in fields if field.name not in EVERYWHERE and field.name not in without]

    def _facts(self, field: Field, data: Mapping[str, Any]) -> Iterator[Fact]:
        value = data.get(field.name)
        if value is None or value is False or field.kind in {"objects", "map", "any"}:
            return
        if field.kind == "object":
            for below in field.fields:
                yield from self._facts(below, value)
            return
        values = [one for item in (value if field.kind == "list" else [value]) for one in self._values(field, item)]
        yield {"label": field.label, "values": values, "long": field.widget == "textarea"}

    def _table(self, field: Field, rows: list[dict[str, Any]]) -> Table:
        used = [below for below in field.fields if any(row.get(below.name) is not None for row in rows)]
        return {
            "label": field.label,
            "columns": [below.label for below in used],
            "numeric": [below.kind in {"number", "integer"} for below in used],
            "rows": [[self._cell(below, row.get(below.name)) for below in used] for row in rows],
        }

    def _cell(self, field: Field, value: Any) -> Value:
        if value is None:
            return {"text": "", "href": ""}
        found = [one for item in (value if isinstance(value, list) else [value]) for one in self._values(field, item)]
        return {"text": ", ".join(one["text"] for one in found), "href": found[0]["href"] if len(found) == 1 else ""}

    def _values(self, field: Field, value: Any) -> list[Value]:
        if field.reference:
            return [
                self._named(next(self.named[field.dotted], value)) if field.dotted in self.named else plain(str(value))
            ]
        if field.vocabulary:
            return [plain(term_label(self.ctx, field.vocabulary, str(value)))]
        if field.labels:
            return [plain(typography(field.labels.get(str(value), str(value))))]
        if not isinstance(value, str):
            return [plain(YES if isinstance(value, bool) else _number(field, value))]
        if field.widget == "textarea":
            return [plain(part) for part in paragraphs(value)]
        return [self._text(field, value)]

    def _text(self, field: Field, value: str) -> Value:
        tell = _BY_WIDGET.get(field.widget)
        if tell:
            return tell(value)
        if field.widget == "file":
            return {"text": value, "href": self.ctx.attachment(self.entry, value)}
        return plain(typography(value))

    def _named(self, found: Any) -> Value:
        if isinstance(found, Member | Club):
            return {"text": typography(found.name), "href": self.ctx.href(found.address)}
        if isinstance(found, Entry):
            return {"text": typography(found.title), "href": self.ctx.href(found.address)}
        return plain(typography(str(getattr(found, "name", found))))


def plain(text: str) -> Value:
    """A value that leads nowhere."""
    return {"text": text, "href": ""}


def moment(value: str) -> str:
    """« 4 mars 2026 », or « 4 mars 2026 à 18 h » where an hour is written."""
    at = dt.datetime.fromisoformat(value)
    return day_words(at.date()) if len(value) == len("2026-03-04") else f"{day_words(at.date())} à {clock(at)}"


def _number(field: Field, value: float) -> str:
    if field.unit == "euros":
        return euros(value) if value or field.name != "price" else FREE
    if field.unit == "minutes":
        return duration(int(value))
    if field.name in {"year", "started", "founded"}:
        return str(value)
    return measure(value, field.unit) if field.unit else number(value)


_BY_WIDGET: Mapping[str, Callable[[str], Value]] = {
    "date": lambda value: plain(moment(value)),
    "datetime": lambda value: plain(moment(value)),
    "url": lambda value: {"text": host(value), "href": value},
}

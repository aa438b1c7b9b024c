"""A data set as CSV (RFC 4180): one line a thing, groups as dotted columns, several values in one cell with ``|`` between them.

Spreadsheets execute what looks like a formula, and cells are written by strangers: such cells begin with an apostrophe here.
"""

from __future__ import annotations

import csv
import io
import json
import re
from typing import TYPE_CHECKING, Any, Final

from plugins.publication.identity import page_url

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from plugins.documents.datasets import DataSet, Row
    from plugins.model.schema.schemas import Field
    from plugins.publication.context import Context

BETWEEN: Final = "|"
NUMBER: Final = re.compile(r"[+-]?\d+(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
# What makes a spreadsheet read a cell as a formula, full-width forms included (OWASP, « CSV injection »).
FORMULA: Final = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def dataset_csv(ctx: Context, dataset: DataSet) -> bytes:
    """The table of a data set. Columns are ``id``, ``page``, each public field, and the point (degrees) where there are places."""
    columns = list(leaves(dataset.fields))
    located = any(_is_point(row) for row in dataset.rows)
    head = ["id", "page", *(".".join(step for step in path if step != "*") for path in columns)]
    body = (_cells(ctx, row, columns, located=located) for row in dataset.rows)
    return table([[*head, "point.lat", "point.lon"] if located else head, *body])


def table(rows: Iterable[Sequence[Any]]) -> bytes:
    """Rows as CSV in UTF-8 without a byte order mark; lines end with CRLF."""
    text = io.StringIO(newline="")
    csv.writer(text, lineterminator="\r\n").writerows([inert(cell(value)) for value in row] for row in rows)
    return text.getvalue().encode("utf-8", errors="replace")


def leaves(fields: Sequence[Field]) -> Iterator[tuple[str, ...]]:
    """The paths of the columns: every public field that holds no group of others."""
    for field in fields:
        if not field.public:
            continue
        if field.kind in {"object", "objects"}:
            yield from leaves(field.fields)
        else:
            yield field.path


def inert(text: str) -> str:
    """The same cell, which no spreadsheet executes. Plain numbers may begin with a sign."""
    return f"'{text}" if text.startswith(FORMULA) and not NUMBER.fullmatch(text) else text


def cell(value: Any) -> str:
    """A value as text. In a list, a ``|`` or backslash of the value itself has a backslash before it; what nests deeper is JSON."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, list):
        return BETWEEN.join(_item(item) for item in value)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _item(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) if isinstance(value, list) else cell(value)
    return text.replace("\\", "\\\\").replace(BETWEEN, f"\\{BETWEEN}")


def _cells(ctx: Context, row: Row, columns: Sequence[tuple[str, ...]], *, located: bool) -> list[Any]:
    cells = [row.id, page_url(ctx, row.address), *(_at(row.facts, path) for path in columns)]
    if located:
        lon, lat = row.geometry["coordinates"] if row.geometry and _is_point(row) else (None, None)
        cells += [lat, lon]
    return cells


def _is_point(row: Row) -> bool:
    return row.geometry is not None and row.geometry["type"] == "Point"


def _at(facts: Mapping[str, Any], path: tuple[str, ...]) -> Any:
    """What stands at a path; below a list, one value for each of its items (None where an item says nothing)."""
    found: Any = facts
    for number, step in enumerate(path):
        if step == "*":
            return [_at(item, path[number + 1 :]) for item in found]
        found = found.get(step)
        if found is None:
            return None
    return found

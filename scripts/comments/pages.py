"""Reads which pages a preview shows: perhaps from a job that ran the proposal's own code, so it is read as a result is."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from jsonschema import Draft202012Validator

from scripts.changes.outcome import MOST_FILES
from scripts.comments.result import ADDRESS, TEXT, ResultError, bounded, closed
from scripts.french import comments as french

if TYPE_CHECKING:
    from pathlib import Path

_PAGE = closed(
    {
        "path": TEXT,
        "title": TEXT,
        "address": ADDRESS,
        "page": {"type": "string", "pattern": r"^(?:avant|apres)/(?:[a-z0-9-]{1,100}/){0,9}index\.html\Z"},
        "kind": {"enum": ["new", "changed", "removed"]},
        "day": {"type": "string", "pattern": r"^(?:[0-9]{4}-[0-9]{2}-[0-9]{2})?\Z"},
    }
)
SCHEMA = {"type": "array", "maxItems": MOST_FILES, "items": _PAGE}


@dataclass(frozen=True, slots=True)
class PreviewPage:
    """One page of the change; ``page`` is the file of the preview that shows it.

    ``day``: the day to come before which it is not on the site, if any.
    """

    path: str
    title: str
    address: str
    page: str
    kind: Literal["new", "changed", "removed"]
    day: dt.date | None


def read_pages(file: Path) -> list[PreviewPage] | None:
    """The pages of a preview; None where there is no list, because no preview could be made.

    Raises:
        ResultError: the file is too large, or of another form.
    """
    if not file.exists() and not file.is_symlink():
        return None
    try:
        value = json.loads(bounded(file).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ResultError(french.NOT_JSON) from error
    fault = next(Draft202012Validator(SCHEMA).iter_errors(value), None)
    if fault is not None:
        raise ResultError(french.other_form(fault.json_path))
    try:
        return [PreviewPage(day=_day(page.pop("day")), **page) for page in value]
    except ValueError as error:
        raise ResultError(french.other_form("day")) from error


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None

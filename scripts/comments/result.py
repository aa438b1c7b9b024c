"""Reads the result of a check that ran the proposal's own code: whatever it holds may have been written by its author.

So its form is closed, its size bounded, and every text in it is a stranger's (`scripts.comments.defused`).
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from jsonschema import Draft202012Validator

from scripts.changes.outcome import MOST_FILES, MOST_PROBLEMS, VERSION
from scripts.french import comments as french

if TYPE_CHECKING:
    from pathlib import Path

LARGEST = 1_000_000
"""Bytes: a hundred problems and three hundred paths stay below half of it."""
_COUNT = {"type": "integer", "minimum": 0, "maximum": 1_000_000}
TEXT = {"type": "string", "maxLength": 600}
_IDS = {"type": "array", "maxItems": MOST_FILES, "items": {"type": "string", "pattern": r"^[a-z0-9-]{1,80}\Z"}}
ADDRESS = {"type": "string", "pattern": r"^/[a-z0-9/-]{1,300}\Z"}


def closed(properties: dict[str, Any]) -> dict[str, Any]:
    """The schema of an object that has these keys and no others."""
    return {
        "type": "object",
        "properties": properties,
        "required": list(properties),
        "additionalProperties": False,
    }


_PROBLEM = closed(
    {
        "path": TEXT,
        "line": {"type": "integer", "minimum": 1, "maximum": 10_000_000},
        "column": {"type": "integer", "minimum": 1, "maximum": 10_000_000},
        "code": {"type": "string", "pattern": r"^[a-z0-9-]{1,60}\Z"},
        "severity": {"enum": ["error", "warning"]},
        "message": TEXT,
        "suggestion": TEXT,
        "instead": {"type": ["string", "null"], "maxLength": 600},
    }
)
_FILE = closed({"path": TEXT, "kind": {"enum": ["added", "changed", "renamed", "removed"]}})
SCHEMA = closed(
    {
        "version": {"const": VERSION},
        "number": _COUNT,
        "first": {"type": "boolean"},
        "errors": _COUNT,
        "warnings": _COUNT,
        "problems": {"type": "array", "maxItems": MOST_PROBLEMS, "items": _PROBLEM},
        "files": _COUNT,
        "changed": {"type": "array", "maxItems": MOST_FILES, "items": _FILE},
        "types": _IDS,
        "clubs": _IDS,
        "pillars": _IDS,
        "addresses": {"type": "array", "maxItems": MOST_FILES, "items": ADDRESS},
    }
)


class ResultError(Exception):
    """The file is no result; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class Found:
    """One problem. ``instead`` is the whole line as it should be, None where that needs a person."""

    path: str
    line: int
    column: int
    code: str
    severity: Literal["error", "warning"]
    message: str
    suggestion: str
    instead: str | None


@dataclass(frozen=True, slots=True)
class Result:
    """What was found; ``number`` is 0 where the job did not know the request. Lists may be cut, counts are whole."""

    number: int
    first: bool
    errors: int
    warnings: int
    problems: list[Found]
    files: int
    changed: list[str]
    types: list[str]
    clubs: list[str]
    pillars: list[str]
    addresses: list[str]


def read_result(file: Path) -> Result:
    """Read and check a result.

    Raises:
        ResultError: there is none, it is too large, it is not JSON, or of another form.
    """
    try:
        value = json.loads(bounded(file).decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ResultError(french.NOT_JSON) from error
    fault = next(Draft202012Validator(SCHEMA).iter_errors(value), None)
    if fault is not None:
        raise ResultError(french.other_form(fault.json_path))
    del value["version"]
    problems = [Found(**problem) for problem in value.pop("problems")]
    return Result(problems=problems, changed=[file["path"] for file in value.pop("changed")], **value)


def bounded(file: Path) -> bytes:
    """What an ordinary file holds.

    Raises:
        ResultError: there is none, or it is too large.
    """
    if not file.is_file() or file.is_symlink():
        raise ResultError(french.no_result(str(file)))
    with file.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ResultError(french.too_large(LARGEST))
    return content

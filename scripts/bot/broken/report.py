"""Reads the report of ``build --skip-broken`` (`scripts.broken.report`): what is broken, and what the site shows instead.

The report quotes files that strangers wrote, and may come from another machine: its form is closed, its size bounded.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from jsonschema import Draft202012Validator, FormatChecker

from scripts.bot.french import broken as french
from scripts.comments.result import closed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from plugins.model.yaml.reader import Json

LARGEST: Final = 20_000_000
"""Bytes."""
MOST: Final = 5
"""Problems of one file that are told; the check tells all."""

_TEXT = {"type": "string", "maxLength": 2000}
_PATH = {"type": "string", "minLength": 1, "maxLength": 1000, "pattern": r"^[^\x00-\x1f\x7f]+\Z"}
_PLACE = {"type": "integer", "minimum": 0, "maximum": 100_000_000}
_PROBLEM = closed(
    {
        "path": {"type": "string", "maxLength": 1000},
        "line": _PLACE,
        "column": _PLACE,
        "field": _TEXT,
        "code": {"type": "string", "pattern": r"^[a-z0-9-]{1,60}\Z"},
        "severity": {"enum": ["error", "warning"]},
        "message": _TEXT,
        "suggestion": _TEXT,
    }
)
_TAKEN_BACK = closed(
    {
        "path": _PATH,
        "commit": {"type": "string", "pattern": r"^[0-9a-f]{40,64}\Z"},
        "date": {"type": "string", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}\Z", "format": "date"},
    }
)
_DEGRADED = closed({"path": _PATH, "field": _TEXT, "value": _TEXT, "kept": _TEXT})
SCHEMA: Final = closed(
    {
        "problems": {"type": "array", "items": _PROBLEM},
        "taken_back": {"type": "array", "items": _TAKEN_BACK},
        "left_out": {"type": "array", "items": closed({"path": _PATH})},
        "degraded": {"type": "array", "items": _DEGRADED},
        "history": {"enum": ["whole", "shallow", "none"]},
    }
)
SCHEMA["properties"]["published"] = {"type": "string", "pattern": r"^[0-9a-f]{16}\Z"}  # which version is online


class ReportError(Exception):
    """The file is no report; the message is a French sentence."""


def read_report(file: Path) -> dict[str, Json]:
    """Each broken file of a report and how it is broken: ``problems`` (line, code, message, suggestion; at most `MOST`), how many
    ``more`` there are, and what is ``shown``: « earlier » with its ``date``, « out », or « plain » where only what it points to is
    gone.

    Raises:
        ReportError: there is none, it is too large, it is not JSON, or of another form.
    """
    value = _read(file)
    problems: dict[str, list[Any]] = {}
    for problem in value["problems"]:
        if problem["severity"] == "error" and problem["path"]:
            problems.setdefault(problem["path"], []).append(problem)
    earlier = {one["path"]: one["date"] for one in value["taken_back"]}
    out = {one["path"] for one in value["left_out"]}
    return {
        path: {
            "shown": "earlier" if path in earlier else "out" if path in out else "plain",
            "date": earlier.get(path, ""),
            "problems": [_short(one) for one in problems.get(path, [])[:MOST]],
            "more": max(0, len(problems.get(path, [])) - MOST),
        }
        for path in sorted({*problems, *earlier, *out})
    }


def _read(file: Path) -> Mapping[str, Any]:
    if not file.is_file():
        raise ReportError(french.no_report(str(file)))
    with file.open("rb") as stream:
        content = stream.read(LARGEST + 1)
    if len(content) > LARGEST:
        raise ReportError(french.too_large(str(file)))
    try:
        value = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ReportError(french.not_a_report(str(file))) from error
    fault = next(Draft202012Validator(SCHEMA, format_checker=FormatChecker()).iter_errors(value), None)
    if fault is not None:
        raise ReportError(french.not_a_report(str(file), fault.json_path))
    found: dict[str, Any] = value
    return found


def _short(problem: Mapping[str, Json]) -> dict[str, Json]:
    return {name: problem[name] for name in ("line", "code", "message", "suggestion")}

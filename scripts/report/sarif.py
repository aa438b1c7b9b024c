"""Problems as SARIF 2.1.0 (OASIS standard), read by editors and code scanning services.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from plugins.model.problems import catalogue

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.model.problems import Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(problems: Sequence[Problem], instead: Mapping[Problem, str] | None = None) -> str:
    """One run, whose rules are the codes that occur. ``instead``: lines as they should be, of problems that this puts right."""
    better = instead or {}
    codes = sorted({found.code for found in problems})
    run = {
        "tool": {"driver": {"name": "circular-region", "language": "fr", "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, codes.index(found.code), better.get(found)) for found in problems],
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2) + "\n"


def _rule(code: str) -> dict[str, Any]:
    kind = catalogue()[code]
    return {
        "id": code,
        "shortDescription": {"text": kind.help.split("\n\n")[0]},
        "help": {"text": kind.help, "markdown": kind.help},
        "defaultConfiguration": {"level": kind.severity},
    }


def _result(found: Problem, rule: int, instead: str | None) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(found.path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": found.line, "startColumn": found.column},
    }
    result: dict[str, Any] = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity,
        "message": {"text": f"{found.message} {found.suggestion}".strip()},
        "locations": [{"physicalLocation": place}],
    }
    if instead is not None:
        result["fixes"] = [_fix(place, found, instead)]
    return result | ({"properties": {"field": found.field}} if found.field else {})


def _fix(place: Mapping[str, Any], found: Problem, instead: str) -> dict[str, Any]:
    """The whole line in place of the whole line (SARIF 2.1.0, 3.55 to 3.57: a region with a line alone is that line)."""
    change = {"deletedRegion": {"startLine": found.line}, "insertedContent": {"text": instead}}
    text = found.suggestion or found.message
    changes = [{"artifactLocation": place["artifactLocation"], "replacements": [change]}]
    return {"description": {"text": text}, "artifactChanges": changes}

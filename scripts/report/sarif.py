"""Problems as SARIF 2.1.0 (OASIS standard), read by editors and code scanning services.

https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from plugins.model.problems import catalogue

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.problems import Problem

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def render(problems: Sequence[Problem]) -> str:
    """One run, whose rules are the codes that occur."""
    codes = sorted({found.code for found in problems})
    run = {
        "tool": {"driver": {"name": "circular-region", "language": "fr", "rules": [_rule(code) for code in codes]}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(found, codes.index(found.code)) for found in problems],
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


def _result(found: Problem, rule: int) -> dict[str, Any]:
    place = {
        "artifactLocation": {"uri": quote(found.path, errors="surrogateescape"), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": found.line, "startColumn": found.column},
    }
    result = {
        "ruleId": found.code,
        "ruleIndex": rule,
        "level": found.severity,
        "message": {"text": f"{found.message} {found.suggestion}".strip()},
        "locations": [{"physicalLocation": place}],
    }
    return result | ({"properties": {"field": found.field}} if found.field else {})

"""Problems as GitLab's code quality report, a subset of the Code Climate format.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.problems import Problem

_SEVERITIES = {"error": "major", "warning": "minor"}


def render(problems: Sequence[Problem]) -> str:
    """A JSON array. A fingerprint survives a shift of lines, so that GitLab knows an old problem from a new
    one.
    """
    seen: Counter[str] = Counter()
    return json.dumps([_issue(found, seen) for found in problems], ensure_ascii=False, indent=2) + "\n"


def _issue(found: Problem, seen: Counter[str]) -> dict[str, Any]:
    return {
        "description": f"{found.message} {found.suggestion}".strip(),
        "check_name": found.code,
        "fingerprint": _fingerprint(found, seen),
        "severity": _SEVERITIES[found.severity],
        "location": {"path": found.path, "lines": {"begin": found.line}},
    }


def _fingerprint(found: Problem, seen: Counter[str]) -> str:
    """The same sentence twice in one file counts up: two problems never share a fingerprint."""
    key = f"{found.path}\0{found.code}\0{found.field}\0{found.message}"
    seen[key] += 1
    return hashlib.sha256(f"{key}\0{seen[key]}".encode("utf-8", "surrogateescape")).hexdigest()

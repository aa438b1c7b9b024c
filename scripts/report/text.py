"""Problems as text for people: file by file, from top to bottom, each with what to do."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

from scripts.french import commands as french

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.problems import Problem

_RED, _YELLOW, _DIM, _RESET = "\x1b[31m", "\x1b[33m", "\x1b[2m", "\x1b[0m"


def render(problems: Sequence[Problem], *, colour: bool = False) -> str:
    """A paragraph a file, then one line that counts; ``colour`` adds ANSI colours for a terminal."""
    files = [
        "".join(_lines(found, colour=colour) for found in group) for _, group in groupby(problems, lambda p: p.path)
    ]
    return "\n".join([*files, french.count_problems(problems)]) + "\n"


def _lines(found: Problem, *, colour: bool) -> str:
    place = f"{french.visible(found.path)}:{found.line}:{found.column}:"
    code = f"[{found.code}]" if found.severity == "error" else f"[{found.code}, {french.WARNING}]"
    if colour:
        mark = _RED if found.severity == "error" else _YELLOW
        place, code = f"{mark}{place}{_RESET}", f"{_DIM}{code}{_RESET}"
    advice = f"    → {found.suggestion}\n" if found.suggestion else ""
    return f"{place} {found.message} {code}\n{advice}"

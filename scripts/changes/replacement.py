"""A line as it should be, where one replacement puts a problem right: for suggestions that people apply with a click."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from scripts.french import changes as french

if TYPE_CHECKING:
    from collections.abc import Callable

    from plugins.model.problems import Problem

_QUOTED = re.compile(r"« ([^«»]+) »")
_MEANT = re.compile(r"(?:Vouliez-vous dire|Écrivez) « ([^«»]+) »")
_WORD = re.compile(r"[A-Za-z0-9/_#.-]+")
_DAY_FIRST = re.compile(r"(\d{1,2})[/. -](\d{1,2})[/. -](\d{4})")
_YEAR_FIRST = re.compile(r"(\d{4})[/. -](\d{1,2})[/. -](\d{1,2})")
LONGEST_LINE = 2_000
"""Characters; a longer line is a text, of which no one part is surely meant."""


def replacement(problem: Problem, line: str) -> str | None:
    """The whole ``line`` (without its line break) with the mistake put right, or None where that needs a person."""
    if len(line) > LONGEST_LINE:
        return None
    found = _BY_CODE.get(problem.code, _nearest)(problem, line)
    return found if found != line else None


def _nearest(problem: Problem, line: str) -> str | None:
    """The word that was meant in place of the one that the sentence quotes, where the problem stands."""
    meant = _MEANT.search(problem.suggestion)
    if meant is None or not _WORD.fullmatch(meant[1]):
        return None
    start = problem.column - 1
    for wrong in _QUOTED.findall(problem.message):
        at = line.find(wrong, start)
        if at >= 0 and not _goes_on(line, at, wrong) and line.find(wrong, at + 1) < 0:
            return line[:at] + meant[1] + line[at + len(wrong) :]
    return None


def _goes_on(line: str, at: int, word: str) -> bool:
    """Whether the word is part of a longer one."""
    around = line[at - 1 : at] + line[at + len(word) : at + len(word) + 1]
    return any(character.isalnum() or character in "-_/" for character in around)


def _date(problem: Problem, line: str) -> str | None:
    """« 31/12/2026 » as « 2026-12-31 », where the day exists."""
    for value in _QUOTED.findall(problem.message):
        day = _day(value)
        if day and line.count(value) == 1:
            quoted = re.compile(rf"""(["']?){re.escape(value)}\1""")
            return quoted.sub(day.isoformat(), line)
    return None


def _day(value: str) -> dt.date | None:
    for pattern, order in ((_DAY_FIRST, (3, 2, 1)), (_YEAR_FIRST, (1, 2, 3))):
        found = pattern.fullmatch(value)
        if found:
            try:
                return dt.date(*(int(found[group]) for group in order))
            except ValueError:
                return None
    return None


def _alternative(problem: Problem, line: str) -> str | None:
    """Something to fill in where a picture has no words; what it shows is for its author to say."""
    del problem
    empty = re.findall(r"!\[\s*\](?=\()", line)
    return re.sub(r"!\[\s*\](?=\()", f"![{french.DESCRIBE_PICTURE}]", line) if len(empty) == 1 else None


_BY_CODE: dict[str, Callable[[Problem, str], str | None]] = {
    "bad-date": _date,
    "bad-format": _date,
    "image-alt-missing": _alternative,
}

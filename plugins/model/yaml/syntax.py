"""What the author did where a YAML parser gives up: from its message and the text to a reason and a
culprit.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plugins.model.source_text import SyntaxFault

if TYPE_CHECKING:
    import yaml

_KEY_WITHOUT_SPACE = re.compile(r"\s*(?:- +)?[A-Za-z_][\w-]*:\S")
_KEY = re.compile(r"\s*(?:- +)?(?:[A-Za-z_][\w.-]*|'[^']*'|\"[^\"]*\") *:(?:\s|$)")
_QUOTE, _BRACKET = "text-after-quote", "text-after-bracket"
_CLOSERS = {"'": _QUOTE, '"': _QUOTE, "]": _BRACKET, "}": _BRACKET}


class Stop(NamedTuple):
    """Where a parser gave up (from 0), and where what it was reading then began (`context`)."""

    problem: str
    line: int
    column: int
    context: str
    context_line: int
    context_column: int


def stop_of(error: yaml.MarkedYAMLError) -> Stop:
    """Take out of a parser's error what is needed to explain it."""
    mark, context = error.problem_mark, error.context_mark
    line, column = (mark.line, mark.column) if mark else (0, 0)
    start = (context.line, context.column) if context else (line, column)
    return Stop(error.problem or "", line, column, error.context or "", *start)


def explain(stop: Stop, text: str, first_line: int) -> SyntaxFault:
    """Translate a stop of PyYAML's own (Python) parser into a fault.

    Code `yaml-syntax` {reason, character}, where `reason` is one of unclosed-quote, unclosed-bracket,
    text-after-quote, text-after-bracket, colon-in-value, missing-colon, missing-colon-space, bad-indentation,
    unexpected-character, bad-escape, other; `character` is "" when no single one is to blame.
    Code `yaml-tag` {tag} for a tag with an unknown handle, `yaml-many-documents` for text after `...`.
    """
    if "undefined tag handle" in stop.problem:
        return _fault(stop.line, stop.column, first_line, "yaml-tag", tag=_word_at(text, stop))
    lines = text.split("\n")
    if "document start" in stop.problem and any(line.startswith("...") for line in lines[: stop.line + 1]):
        return _fault(stop.line, stop.column, first_line, "yaml-many-documents")
    line, column, reason, character = _culprit(stop, lines)
    return _fault(line, column, first_line, "yaml-syntax", reason=reason, character=character)


def missing_colon(line_text: str, line: int) -> SyntaxFault:
    """The fault of a line that should hold `key: value` and holds only text. `line` counts from 1."""
    column = len(line_text) - len(line_text.lstrip()) + 1
    reason = "missing-colon"
    if _KEY_WITHOUT_SPACE.match(line_text):
        reason, column = "missing-colon-space", line_text.index(":") + 1
    return SyntaxFault("yaml-syntax", line, column, {"reason": reason, "character": ""})


def bad_indentation(line_text: str, line: int) -> SyntaxFault:
    """The fault of a line that begins at a column where nothing can begin. `line` counts from 1."""
    column = len(line_text) - len(line_text.lstrip()) + 1
    return SyntaxFault("yaml-syntax", line, column, {"reason": "bad-indentation", "character": ""})


_Culprit = tuple[int, int, str, str]


def _culprit(stop: Stop, lines: list[str]) -> _Culprit:
    problem, context = stop.problem, stop.context
    if "quoted scalar" in context:
        return _in_quotes(stop, lines)
    if problem.startswith("mapping values are not allowed"):
        return _stray_colon(stop, lines)
    if "could not find expected ':'" in problem:
        return _no_colon(stop.context_line, lines)
    if "flow" in context:
        return _in_brackets(stop, lines)
    return _misplaced(stop, lines)


def _misplaced(stop: Stop, lines: list[str]) -> _Culprit:
    problem, context = stop.problem, stop.context
    if "cannot start any token" in problem or "not allowed here" in problem:
        return _unexpected(stop.line, stop.column, lines)
    if any(word in context for word in ("anchor", "alias", "block scalar", "tag", "directive")):
        return _unexpected(stop.context_line, stop.context_column, lines)
    return _unwanted_token(stop, lines)


def _in_quotes(stop: Stop, lines: list[str]) -> _Culprit:
    quote = _character(lines, stop.context_line, stop.context_column)
    if "unexpected end of stream" in stop.problem or "document separator" in stop.problem:
        return stop.context_line, stop.context_column, "unclosed-quote", quote
    return stop.line, stop.column, "bad-escape", _character(lines, stop.line, stop.column)


def _in_brackets(stop: Stop, lines: list[str]) -> _Culprit:
    if "<stream end>" in stop.problem:
        line, column = _open_bracket(stop, lines)
        return line, column, "unclosed-bracket", _character(lines, line, column)
    bracket = _character(lines, stop.context_line, stop.context_column)
    if stop.line == stop.context_line:
        found = _character(lines, stop.line, stop.column)
        if found == ":":
            return stop.line, stop.column, "colon-in-value", ":"
        if found not in ("", "'", '"'):
            return stop.line, stop.column, "unexpected-character", found
    return stop.context_line, stop.context_column, "unclosed-bracket", bracket


def _open_bracket(stop: Stop, lines: list[str]) -> tuple[int, int]:
    """Find the innermost bracket that is still open where the text ends."""
    if _character(lines, stop.context_line, stop.context_column) in ("[", "{"):
        return stop.context_line, stop.context_column
    closed = 0
    for number in range(len(lines) - 1, -1, -1):
        for found in reversed(list(re.finditer(r"[\[\]{}]", lines[number]))):
            closed += 1 if found.group() in "]}" else -1
            if closed < 0:
                return number, found.start()
    return stop.context_line, stop.context_column


def _stray_colon(stop: Stop, lines: list[str]) -> _Culprit:
    """`a: b: c` (a colon in a text), or a line that is indented too far below a value that has ended."""
    line = _line(lines, stop.line)
    before = line[: stop.column]
    if _KEY.match(before):
        closed = before.rstrip()[-1:]
        if closed in ("'", '"'):
            return stop.line, len(before.rstrip()) - 1, "text-after-quote", closed
        return stop.line, stop.column, "colon-in-value", ":"
    if stop.line > 0 and not line[:1].isspace():
        return _no_colon(_previous(lines, stop.line), lines)
    return stop.line, len(line) - len(line.lstrip()), "bad-indentation", ""


def _no_colon(number: int, lines: list[str]) -> _Culprit:
    fault = missing_colon(_line(lines, number), number + 1)
    return number, fault.column - 1, str(fault.params["reason"]), ""


def _unexpected(number: int, column: int, lines: list[str]) -> _Culprit:
    return number, column, "unexpected-character", _character(lines, number, column)


def _unwanted_token(stop: Stop, lines: list[str]) -> _Culprit:
    before = _line(lines, stop.line)[: stop.column].rstrip()
    if before.strip("- ") and before[-1] in _CLOSERS:
        return stop.line, len(before) - 1, _CLOSERS[before[-1]], before[-1]
    found = _character(lines, stop.line, stop.column)
    if before.strip("- ") or found in (",", "]", "}"):
        return stop.line, stop.column, "unexpected-character", found
    return stop.line, stop.column, "bad-indentation", ""


def _previous(lines: list[str], number: int) -> int:
    """The nearest line above that says something."""
    while number > 0:
        number -= 1
        if lines[number].strip() and not lines[number].lstrip().startswith("#"):
            break
    return number


def _word_at(text: str, stop: Stop) -> str:
    rest = _line(text.split("\n"), stop.line)[stop.column :].split()
    return rest[0] if rest else ""


def _line(lines: list[str], number: int) -> str:
    return lines[number] if number < len(lines) else ""


def _character(lines: list[str], number: int, column: int) -> str:
    return _line(lines, number)[column : column + 1]


def _fault(line: int, column: int, first_line: int, code: str, **params: str) -> SyntaxFault:
    return SyntaxFault(code, first_line + line, column + 1, params)

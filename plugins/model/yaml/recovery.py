"""One syntax error must not hide the next: a document that does not parse is read again piece by piece.

A piece is a key of the outermost mapping with its value, or an item of the outermost list.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import yaml

from plugins.model.yaml.builder import Builder, GivenUpError
from plugins.model.yaml.events import python_events
from plugins.model.yaml.syntax import bad_indentation, explain, missing_colon, stop_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.source_text import SyntaxFault

_KEY = re.compile(r"([A-Za-z_][\w.-]*|'[^'\n]*'|\"[^\"\\\n]*\")\s*:")
_CONTINUES = (" ", "\t", "#", "]", "}", "...")

_MAX_BROKEN = 50
"""Pieces of one file that are explained. Where there are more, the file is something else than it should be."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines `start` to `end` (from 0, end excluded) of a text, what is wrong in them, and what may stand for
    them: the key or the hyphen of an item, without a value.
    """

    start: int
    end: int
    faults: list[SyntaxFault]
    instead: str


def broken_pieces(text: str, first_line: int, max_nodes: int) -> list[Piece]:
    """Find the pieces of a text that do not parse by themselves, each with its faults."""
    lines = text.split("\n")
    listed = next((_is_item(line) for line in lines if _says_something(line)), False)
    bounds = [*_starts(lines, listed=listed), len(lines)]
    broken = []
    for start, end in pairwise(bounds):
        faults = _misplaced(lines, start, end, first_line, listed=listed)
        if not faults:
            faults = _faults("\n".join(lines[start:end]) + "\n", first_line + start, max_nodes, listed=listed)
        if faults:
            broken.append(Piece(start, end, faults, _instead(lines[start], listed=listed)))
        if len(broken) == _MAX_BROKEN:
            break
    return broken


def lines_without_key(text: str, first_line: int) -> list[SyntaxFault]:
    """Say of each line of a file that is one text, where it should hold keys, what it lacks. Lines that are
    indented further than the first continue others.
    """
    lines = [(n, line) for n, line in enumerate(text.split("\n"), first_line) if _says_something(line)]
    indent = min((_indent(line) for _, line in lines[:1]), default=0)
    keys = [(number, line) for number, line in lines if _indent(line) <= indent]
    return [missing_colon(line, number) for number, line in keys[:_MAX_BROKEN]]


def without(text: str, pieces: list[Piece]) -> str:
    """Empty the given pieces, line for line; keys that can be told and items of a list keep their places."""
    lines = text.split("\n")
    for piece in pieces:
        lines[piece.start : piece.end] = [piece.instead] + [""] * (piece.end - piece.start - 1)
    return "\n".join(lines)


def _starts(lines: list[str], *, listed: bool) -> Iterator[int]:
    yield 0
    for number, line in enumerate(lines):
        if number and line and not line.startswith(_CONTINUES) and (listed or not _is_item(line)):
            yield number


def _instead(head: str, *, listed: bool) -> str:
    if listed:
        return "-" if _is_item(head) else ""
    key = _KEY.match(head)
    return key.group(1) + ":" if key else ""


def _misplaced(lines: list[str], start: int, end: int, first_line: int, *, listed: bool) -> list[SyntaxFault]:
    """Find a piece that is well-formed and stands wrong: indented before others, or no item among items."""
    number = next((i for i in range(start, end) if _says_something(lines[i])), None)
    if number is None or lines[number].startswith("---"):
        return []
    indented = lines[number].startswith(" ") and end < len(lines)
    stray = listed and not _is_item(lines[number])
    return [bad_indentation(lines[number], first_line + number)] if indented or stray else []


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())


def _says_something(line: str) -> bool:
    return bool(line.strip()) and not line.lstrip().startswith("#")


def _is_item(line: str) -> bool:
    return line == "-" or line.startswith("- ")


def _faults(piece: str, line: int, max_nodes: int, *, listed: bool) -> list[SyntaxFault]:
    """Read a piece for its syntax errors. What else is wrong in a piece that parses is found with the
    whole.
    """
    builder = Builder(python_events(piece), line, max_nodes)
    try:
        data, _ = builder.document()
    except GivenUpError:
        return builder.faults
    except yaml.MarkedYAMLError as error:
        stop = explain(stop_of(error), piece, line)
        explained = any(fault.line == stop.line for fault in builder.faults)
        return builder.faults if explained else [*builder.faults, stop]
    if listed or data is None or isinstance(data, dict):
        return []
    return lines_without_key(piece, line)[:1]

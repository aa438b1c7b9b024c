"""An entry's file: YAML between two lines of three hyphens, then Markdown."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.model.source_text import SyntaxFault, decode, trim_blank_lines
from plugins.model.yaml.positions import DAMAGED, Positions
from plugins.model.yaml.reader import Json, read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

_OPENING = re.compile(r"(?:[ \t]*\n)*---[ \t]*(?:\n|\Z)")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.MULTILINE)
# A plain value and what YAML takes for a comment, though no space follows the sign: « Atelier #1 ». Texts of several
# lines are indented, so a line that begins with a key is never part of one.
_CUT_OFF = re.compile(r"^(\w[\w-]*):[ \t]+([^\s\"'\[{|>#&*!%@`][^\n]*?)[ \t]+(#\S[^\n]*?)[ \t]*$", re.MULTILINE)
_BLANK_LINE = re.compile(r"^[ \t]*\n", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """The two parts of an entry's file, with the lines (from 1) at which they begin.

    `body` has no blank lines at its ends and no line break after its last line.
    """

    yaml_text: str
    first_line: int
    body: str
    body_line: int
    faults: list[SyntaxFault]


@dataclass(frozen=True, slots=True)
class SourceEntry:
    """An entry as it stands in its file. `data` is empty where nothing could be read; `faults` are in the
    order of the file.
    """

    data: Mapping[str, Json]
    positions: Positions
    body: str
    body_line: int
    faults: list[SyntaxFault]


def split(text: str) -> FrontMatter:
    """Separate fields and body of a text with LF line breaks.

    Codes: `front-matter-missing`, at the first line that says something: all is body then;
    `front-matter-unclosed`, at the opening line: the fields are taken to end at the next blank line.
    """
    opening = _OPENING.match(text)
    if not opening:
        body, line = _body(text, 0)
        return FrontMatter("", 1, body, line, [SyntaxFault("front-matter-missing", line, 1)])
    start = opening.end()
    first_line = _line_at(text, text.index("---")) + 1
    closing = _CLOSING.search(text, start)
    if closing:
        body, line = _body(text, closing.end())
        return FrontMatter(text[start : closing.start()], first_line, body, line, [])
    blank = _BLANK_LINE.search(text, start)
    end = blank.start() if blank else len(text)
    body, line = _body(text, end)
    fault = SyntaxFault("front-matter-unclosed", first_line - 1, 1)
    return FrontMatter(text[start:end], first_line, body, line, [fault])


def read_entry(data: bytes) -> SourceEntry:
    """Read an entry's file: its fields, where they stand, its body, and all that is wrong with the form of
    it.

    Codes: those of `decode`, `split` and `read_yaml`, `yaml-not-mapping` where the fields are no `key: value`, and
    `yaml-cut-off` {key, kept, lost} where YAML reads the end of a text as a comment.
    """
    text, faults = decode(data)
    if not text and faults:
        return SourceEntry({}, Positions((1, 1, DAMAGED)), "", 1, faults)
    parts = split(text)
    document = read_yaml(parts.yaml_text, parts.first_line)
    faults += parts.faults
    faults += document.faults
    faults += _cut_off(parts)
    fields, positions = document.data, document.positions
    if parts.faults and not parts.yaml_text:
        positions = Positions((1, 1, DAMAGED))
    if fields is not None and not isinstance(fields, dict):
        faults.append(SyntaxFault("yaml-not-mapping", parts.first_line, 1))
        positions = Positions((parts.first_line, 1, DAMAGED))
    faults.sort(key=lambda fault: (fault.line, fault.column))
    entry = fields if isinstance(fields, dict) else {}
    return SourceEntry(entry, positions, parts.body, parts.body_line, faults)


def _cut_off(parts: FrontMatter) -> list[SyntaxFault]:
    if " #" not in parts.yaml_text and "\t#" not in parts.yaml_text:
        return []
    return [
        SyntaxFault(
            "yaml-cut-off",
            parts.first_line + parts.yaml_text.count("\n", 0, found.start()),
            found.start(3) - found.start() + 1,
            {"key": found[1], "kept": found[2], "lost": found[3]},
        )
        for found in _CUT_OFF.finditer(parts.yaml_text)
    ]


def _body(text: str, start: int) -> tuple[str, int]:
    """Give what follows a place, without blank lines around it, and the line at which it begins."""
    body = trim_blank_lines(text[start:])
    begins = text.find(body, start) if body else start
    return body, _line_at(text, begins)


def _line_at(text: str, index: int) -> int:
    return text.count("\n", 0, index) + 1

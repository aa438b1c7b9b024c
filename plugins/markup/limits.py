"""Bounds that keep a hostile text from costing minutes, each far above what an honest text of 1 MB holds.

Python-Markdown recurses once for each level of nesting and copies the rest of a block (or of a paragraph) for each thing
it finds there, so its cost grows with the square of a few quantities. Those are counted here before it starts; the few
that only appear while it works raise `TooDenseError`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.markup.parsed import Fault, FaultCode

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

MAX_CHARACTERS = 1_100_000
"""Of a text: 1 MB as fields.md allows, and some."""
MAX_DEPTH = 20
"""Quotes, lists and indentation inside each other; CommonMark texts of people stay below eight."""
MAX_BLOCKS = 20_000
"""Paragraphs, list items with blank lines between them and the like."""
MAX_BLOCK_LINES = 2_000
"""Lines without a blank one between them: a table of 2,000 rows is a data file."""
MAX_LINE_MARKS = 400
"""Bars of a table in one line."""
MAX_PIECE = 100_000
"""Characters of one paragraph or cell."""
MAX_PIECE_MARKS = 3_000
"""Characters with a meaning in Markdown, in one paragraph or cell."""
MAX_CELLS = 40_000
"""Cells of one table."""
MAX_NOTES = 1_000
"""Footnotes and references to them."""

MAX_RAW_BLOCKS = 300
"""Tags `<details>` and `<figure>`, which the HTML parser nests as deep as they come."""

_PREFIX = re.compile(r"(?:[ ]*(?:>|(?:[-*+:•]|!!!|\d{1,9}[.)])(?=[ ]|$)))+")
_PREFIX_MARK = re.compile(r">|[-*+:•]|!!!|\d{1,9}[.)]")
_RAW_BLOCK = re.compile(r"<(?:details|figure)\b", re.IGNORECASE)
_RULE = re.compile(r"[ ]*([-*_])(?:[ ]*\1)*[ ]*")
_TAB = 4


class TooDenseError(Exception):
    """A bound was passed while the text was being rendered."""

    code: FaultCode = "markdown-too-dense"

    def __init__(self, excerpt: str) -> None:
        super().__init__(excerpt)
        self.excerpt = excerpt


def faults(lines: Sequence[str]) -> tuple[Fault, ...]:
    """What the lines of a text (code blanked out) hold too much of; empty for every honest text."""
    if sum(map(len, lines)) > MAX_CHARACTERS:
        return (Fault("markdown-too-long", 1),)
    return tuple(_faults(lines))


def _faults(lines: Sequence[str]) -> Iterator[Fault]:
    count = _Count()
    for number, line in enumerate(lines, 1):
        if count.passes(line):
            yield Fault("markdown-too-dense", number)
            return
        if _depth(line) > MAX_DEPTH:
            yield Fault("markdown-too-deep", number)
            return


class _Count:
    """Adds up, line by line, what there may be only so much of."""

    def __init__(self) -> None:
        self._blocks = self._run = self._notes = self._raw = 0

    def passes(self, line: str) -> bool:
        """Whether this line is one too many."""
        self._blocks += not line
        self._run = self._run + 1 if line else 0
        if "[^" in line:
            self._notes += line.count("[^")
        if "<" in line:
            self._raw += len(_RAW_BLOCK.findall(line))
        return (
            self._run > MAX_BLOCK_LINES
            or self._blocks > MAX_BLOCKS
            or self._notes > MAX_NOTES
            or self._raw > MAX_RAW_BLOCKS
            or line.count("|") > MAX_LINE_MARKS
        )


def _depth(line: str) -> int:
    if not line or (line[0] not in " >" and len(line) <= MAX_DEPTH):
        return 0
    indent = (len(line) - len(line.lstrip(" "))) // _TAB
    prefix = _PREFIX.match(line)
    if prefix is None or _RULE.fullmatch(line):
        return indent if prefix else 0
    return indent + len(_PREFIX_MARK.findall(prefix.group()))

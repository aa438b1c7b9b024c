"""Lists as people write them, made into lists as Python-Markdown reads them.

Most editors, forges and converters follow CommonMark: a list may follow its introducing line at once, and an item nests as
soon as it is indented to the text of the one above. Python-Markdown wants a blank line and four spaces for each level, and
silently makes one paragraph, or one flat list, of anything else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

ITEM = re.compile(r"([ ]*)([-*+•]|(\d{1,9})[.)])([ ]+)(?=[^ ])")
"""The start of a list item: indentation, marker, number, space."""
_RULE = re.compile(r"[ ]{0,3}([-*_])(?:[ ]*\1){2,}[ ]*")
_QUOTE = re.compile(r">[ ]?")
_OPENS_CONTAINER = re.compile(r"!!! ?\w|\[\^[^\]]+\]:")
_BREAKS_LIST = re.compile(r"#{1,6}(?:[ ]|$)|>")
_HINT = re.compile(r"^[ >]*(?:[-*+•]|\d{1,9}[.)])[ ]", re.MULTILINE)
_TAB = 4
_NESTED = 2
"""Columns to the right of a marker from which a line belongs to its item."""


def normalise(lines: Sequence[str]) -> list[str]:
    """The same text with lists that Python-Markdown understands; line numbers may shift."""
    if not _HINT.search("\n".join(lines)):
        return list(lines)
    out: list[str] = []
    for is_quote, group in groupby(lines, key=lambda line: line.startswith(">")):
        part = list(group)
        out += _quoted(part) if is_quote else _Lists().run(part)
    return out


def _quoted(lines: Iterable[str]) -> list[str]:
    inside = [_QUOTE.sub("", line, count=1) for line in lines]
    return [f"> {line}" if line else ">" for line in normalise(inside)]


@dataclass(frozen=True, slots=True)
class _Item:
    column: int
    text_column: int
    ordered: bool


class _Lists:
    """Follows the open items down the lines; `base` is the indentation of a box or a footnote around them."""

    def __init__(self) -> None:
        self._open: list[_Item] = []
        self._base = 0
        self._blank = True
        self._after_block = False

    def run(self, lines: Iterable[str]) -> Iterator[str]:
        """The lines, rewritten."""
        for line in lines:
            if not line.strip():
                self._blank = True
                yield ""
                continue
            yield from self._line(line)
            self._blank = False

    def _line(self, line: str) -> Iterator[str]:
        indent = len(line) - len(line.lstrip(" "))
        if self._base and indent < self._base:
            self._base, self._open = 0, []
        if _OPENS_CONTAINER.match(line):
            self._base, self._open = _TAB, []
            yield line
            return
        margin, line = line[: self._base], line[self._base :]
        match = ITEM.match(line)
        rewritten = self._item(line, match) if match and not _RULE.fullmatch(line) else self._text(line)
        for part in rewritten:
            yield margin + part if part else part

    def _item(self, line: str, match: re.Match[str]) -> Iterator[str]:
        column = len(match.group(1))
        last = self._close_to(column)
        if not self._open and last is None and not self._may_start(match, column):
            yield line
            return
        item = _Item(column, match.end(), ordered=match.group(3) is not None)
        if not self._blank and (
            self._after_block or (not self._open and (last is None or last.ordered != item.ordered))
        ):
            yield ""
        self._after_block = False
        marker = f"{match.group(3)}." if item.ordered else match.group(2).replace("•", "-")
        yield f"{' ' * (_TAB * len(self._open))}{marker} {line[match.end() :]}"
        self._open.append(item)

    def _close_to(self, column: int) -> _Item | None:
        """Close the items that a line at this column does not belong to; gives back the outermost of them."""
        last = None
        while self._open and column < self._open[-1].column + _NESTED:
            last = self._open.pop()
        return last

    def _may_start(self, match: re.Match[str], column: int) -> bool:
        """Not as indented code, and in the middle of a paragraph only as a bullet or a number one (CommonMark 5.3)."""
        return column < _TAB and (self._blank or match.group(3) in {None, "1"})

    def _text(self, line: str) -> Iterator[str]:
        stripped = line.lstrip(" ")
        indent = len(line) - len(stripped)
        if not self._open:
            yield line
        elif self._blank:
            self._close_to(indent)
            self._after_block = bool(self._open)
            yield self._continued(indent, stripped) if self._open else line
        elif indent < self._open[0].column + _NESTED and (_BREAKS_LIST.match(stripped) or _RULE.fullmatch(line)):
            self._open = []
            yield from ("", line)
        else:
            yield " " * (_TAB * (len(self._open) - 1)) + stripped

    def _continued(self, indent: int, stripped: str) -> str:
        """A further block of an item: at four spaces for each level, and code four more."""
        margin = _TAB * len(self._open)
        beyond = indent - (margin if indent >= margin + _TAB else self._open[-1].text_column)
        return " " * (margin + (beyond if beyond >= _TAB else 0)) + stripped

"""The Markdown source, read line by line: what is code, what is text, how deep it nests.

Python-Markdown keeps no line numbers, reads fences only at the left margin and goes through a long text once for each of
them; so fences are found here, once, for the renderer as well as for the line numbers.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HIGH = re.compile("[\ud800-\udfff\ufdd0-\U0010ffff]")
_LAST_OF_PLANES = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NONCHARACTER = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")
_FENCE = re.compile(r"([ ]*)(`{3,}|~{3,})[ ]*(?:\{?[ ]*\.?)([\w+#-]*)([^\n]*)")
_ITEM = re.compile(r"[ ]*(?:[-*+]|\d{1,9}\.)[ ]")
_BACKTICKS = re.compile(r"(?<!\\)`+")
_COMMENT, _COMMENT_END = re.compile(r"[ ]{0,3}<!--"), "-->"
_SLIP = re.compile(r"^([ ]*(?:[-*+>]|#{1,6}|\d{1,9}\.))\u00a0", re.MULTILINE)
_TAB = 4


@dataclass(frozen=True, slots=True)
class Fence:
    """A fenced block: lines `first` to `last` of the source (from 0, fences included)."""

    first: int
    last: int
    indent: int
    language: str
    code: str

    @property
    def html(self) -> str:
        """The block as HTML, everything in it escaped."""
        css = f' class="language-{self.language}"' if self.language else ""
        return f"<pre><code{css}>{escape(self.code)}</code></pre>"


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of a text and its fenced blocks, in order."""

    lines: tuple[str, ...]
    fences: tuple[Fence, ...]

    def with_placeholders(self, store: Callable[[str], str]) -> list[str]:
        """The lines with each fence replaced by what `store` gives for its HTML, on a line of its own."""
        lines: list[str] = []
        done = 0
        for fence in self.fences:
            lines += self.lines[done : fence.first]
            lines += ["", " " * fence.indent + store(fence.html), ""]
            done = fence.last + 1
        return lines + list(self.lines[done:])

    def text_lines(self) -> list[str]:
        """The lines with all code blanked out, columns kept: for whatever looks for places in the text."""
        lines = list(self.lines)
        for fence in self.fences:
            lines[fence.first : fence.last + 1] = [""] * (fence.last + 1 - fence.first)
        return [_without_code_spans(line) if "`" in line else line for line in lines]


def _without_code_spans(line: str) -> str:
    """Each run of backticks closes at the next run of its length; what lies between becomes spaces."""
    runs = list(_BACKTICKS.finditer(line))
    parts: list[str] = []
    opening = done = 0
    while opening < len(runs):
        start, size = runs[opening].start(), len(runs[opening].group())
        closing = next((n for n in range(opening + 1, len(runs)) if len(runs[n].group()) == size), None)
        if closing is not None:
            end = runs[closing].end()
            parts += (line[done:start], " " * (end - start))
            opening, done = closing, end
        opening += 1
    return "".join([*parts, line[done:]])


def clean(text: str) -> str:
    """The text as Markdown gets it: LF line ends, tabs as spaces, without the control characters HTML forbids.

    A no-break space after a mark at the start of a line (a slip of the hand on a Mac's keyboard) becomes a space.
    """
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    text = without_controls(text).expandtabs(_TAB)
    return _SLIP.sub(r"\1 ", text) if "\u00a0" in text else text


def without_controls(text: str) -> str:
    """The text without control characters, lone surrogates and noncharacters, which HTML forbids."""
    text = _CONTROL.sub("", text)
    return _NONCHARACTER.sub("", text) if _HIGH.search(text) else text


def scan(text: str) -> Source:
    """Find the fenced blocks of a cleaned text and blank out the comments that begin a line.

    As in CommonMark, an unclosed fence runs to the end, and one inside a list item may be indented.
    """
    lines = text.split("\n")
    fences = _Scan(lines).run() if "```" in text or "~~~" in text or "<!--" in text else []
    return Source(tuple(lines), tuple(fences))


class _Scan:
    """Goes down the lines once; blanks comments in place."""

    def __init__(self, lines: list[str]) -> None:
        self._lines = lines
        self._in_list = False
        self._last_comment_end = max((n for n, line in enumerate(lines) if _COMMENT_END in line), default=-1)

    def run(self) -> list[Fence]:
        fences: list[Fence] = []
        number = 0
        while number < len(self._lines):
            self._follow_list(self._lines[number])
            opening = self._opening(self._lines[number])
            if opening is not None:
                fences.append(self._fence(number, opening))
                number = fences[-1].last
            elif _COMMENT.match(self._lines[number]) and number <= self._last_comment_end:
                number = self._blank_comment(number)
            number += 1
        return fences

    def _follow_list(self, line: str) -> None:
        goes_on = self._in_list and (not line.strip() or line[0] == " ")
        self._in_list = goes_on or _ITEM.match(line) is not None

    def _opening(self, line: str) -> re.Match[str] | None:
        match = _FENCE.fullmatch(line)
        if match is None or (len(match.group(1)) >= _TAB and not self._in_list):
            return None
        return None if match.group(2)[0] == "`" and "`" in match.group(4) else match

    def _fence(self, first: int, opening: re.Match[str]) -> Fence:
        indent, mark = len(opening.group(1)), opening.group(2)
        last = next((n for n in range(first + 1, len(self._lines)) if _closes(self._lines[n], mark)), None)
        inside = self._lines[first + 1 : last]
        code = "\n".join(line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in inside)
        end = len(self._lines) - 1 if last is None else last
        return Fence(first, end, indent, opening.group(3).lower(), code.rstrip("\n") + "\n")

    def _blank_comment(self, first: int) -> int:
        """Blank a comment out; gives back its last line."""
        last = next(n for n in range(first, len(self._lines)) if _COMMENT_END in self._lines[n])
        for number in range(first, last):
            self._lines[number] = ""
        end = self._lines[last].index(_COMMENT_END) + len(_COMMENT_END)
        self._lines[last] = self._lines[last][end:].lstrip(" ")
        return last


def _closes(line: str, mark: str) -> bool:
    bare = line.strip(" ")
    return bare.startswith(mark) and not bare.strip(mark[0])

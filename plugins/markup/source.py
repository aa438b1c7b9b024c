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
    from collections.abc import Callable, Iterator

_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_HIGH = re.compile("[\ud800-\udfff\ufdd0-\U0010ffff]")
_LAST_OF_PLANES = "".join(chr(plane * 0x10000 + last) for plane in range(17) for last in (0xFFFE, 0xFFFF))
_NONCHARACTER = re.compile(f"[\ud800-\udfff\ufdd0-\ufdef{_LAST_OF_PLANES}]")
_FENCE = re.compile(r"([ ]*)(`{3,}|~{3,})[ ]*(?:\{?[ ]*\.?)([\w+#-]*)([^\n]*)")
_ITEM = re.compile(r"[ ]*(?:[-*+]|\d{1,9}\.)[ ]")
_BACKTICKS = re.compile(r"(?<!\\)`+")
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
    """The text as Markdown gets it: LF line ends, tabs as spaces, without the control characters HTML forbids."""
    text = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return without_controls(text).expandtabs(_TAB)


def without_controls(text: str) -> str:
    """The text without control characters, lone surrogates and noncharacters, which HTML forbids."""
    text = _CONTROL.sub("", text)
    return _NONCHARACTER.sub("", text) if _HIGH.search(text) else text


def scan(text: str) -> Source:
    """Find the fenced blocks of a cleaned text.

    As in CommonMark, an unclosed fence runs to the end, and one inside a list item may be indented.
    """
    lines = tuple(text.split("\n"))
    fences = tuple(_fences(lines)) if "```" in text or "~~~" in text else ()
    return Source(lines, fences)


def _fences(lines: tuple[str, ...]) -> Iterator[Fence]:
    number, in_list = 0, False
    while number < len(lines):
        line = lines[number]
        in_list = bool(_ITEM.match(line)) or (in_list and (not line.strip() or line[0] == " "))
        opening = _opening(line, in_list=in_list)
        if opening is None:
            number += 1
            continue
        last = _closing(lines, number, opening.group(2))
        yield _fence(lines, number, last, opening)
        number = last + 1


def _opening(line: str, *, in_list: bool) -> re.Match[str] | None:
    match = _FENCE.fullmatch(line)
    if match is None or (len(match.group(1)) >= _TAB and not in_list):
        return None
    return None if match.group(2)[0] == "`" and "`" in match.group(4) else match


def _closing(lines: tuple[str, ...], first: int, mark: str) -> int:
    for number in range(first + 1, len(lines)):
        line = lines[number].strip(" ")
        if line.startswith(mark) and not line.strip(mark[0]):
            return number
    return len(lines) - 1


def _fence(lines: tuple[str, ...], first: int, last: int, opening: re.Match[str]) -> Fence:
    indent, mark = len(opening.group(1)), opening.group(2)
    closed = last > first and lines[last].strip(" ").startswith(mark) and not lines[last].strip(" " + mark[0])
    inside = lines[first + 1 : last if closed else last + 1]
    code = "\n".join(line[min(indent, len(line) - len(line.lstrip(" "))) :] for line in inside)
    return Fence(first, last, indent, opening.group(3).lower(), code.rstrip("\n") + "\n")

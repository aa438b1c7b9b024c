"""Where in the source things stand: Python-Markdown does not say, so the source is searched for what came out.

A place is a hint for people. It is exact for everything written in one piece, and where a text is so twisted that the
search finds nothing, it is the best line known.
"""

from __future__ import annotations

import re
from collections import defaultdict, deque
from html import unescape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

Place = tuple[int, int | None]
"""Line and column, from 1."""

_DESTINATION = re.compile(
    r"\]\([ ]{0,3}(?:<([^<>\n]*)>|([^\s<>()]*(?:\([^\s<>()]*\)[^\s<>()]*)*))"
    r"|^[ >]*\[[^\]\n]+\]:[ ]*<?([^\s>]+)"
    r"|<([a-zA-Z][\w+.-]*:[^<>\s]*|[^<>\s@]{1,200}@[^<>\s@]+)>"
    r"|(https?://[^\s<>«»\"`|]{1,2000})"
)
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")
_ATX = re.compile(r"[ >]*(?:(?:[-*+]|\d{1,9}\.)[ ]+)*(#{1,6})(?:[ ]|$)")
_SETEXT = re.compile(r"[ >]*(=+|-+)[ ]*")
_WORD = re.compile(r"[^\W_]+")
_END_MARKS = ".,;:!?'’*_…~)]}"


class Targets:
    """The addresses of a source, each with its places in order."""

    def __init__(self, lines: Sequence[str]) -> None:
        self._places: defaultdict[str, deque[Place]] = defaultdict(deque)
        self._last: dict[str, Place] = {}
        for target, place in _targets(lines):
            self._places[target].append(place)

    def next(self, target: str) -> Place:
        """The place of the next use of the target; of the last one known if there are more uses than places."""
        for key in (target, target.removeprefix("mailto:"), target.rstrip(_END_MARKS)):
            if places := self._places.get(key):
                self._last[target] = places.popleft()
                return self._last[target]
        return self._last.get(target, (1, None))


def _targets(lines: Sequence[str]) -> Iterator[tuple[str, Place]]:
    for number, line in enumerate(lines, 1):
        if "](" not in line and ":" not in line and "@" not in line:
            continue
        for match in _DESTINATION.finditer(line):
            group = match.lastindex or 2
            raw = match.group(group) or ""
            if group == 5:  # noqa: PLR2004 - the bare address, whose end is punctuation of the sentence
                raw = raw.rstrip(_END_MARKS)
            yield _plain(raw), (number, match.start(group) + 1 if match.start(group) >= 0 else None)


def _plain(raw: str) -> str:
    return unescape(_ESCAPED.sub(r"\1", raw)).strip()


def heading_lines(lines: Sequence[str], titles: Iterable[tuple[int, str]]) -> list[int]:
    """The line of each heading, given in order as (written level, text)."""
    candidates = list(_headings(lines))
    found: list[int] = []
    start = 0
    for level, text in titles:
        at = _match(candidates, start, level, text)
        if at is None:
            found.append(found[-1] if found else 1)
        else:
            found.append(candidates[at][0])
            start = at + 1
    return found


_WINDOW = 50
"""How many candidates one heading may look at: only twisted texts have more that do not fit in between."""


def _match(candidates: Sequence[tuple[int, int, str]], start: int, level: int, text: str) -> int | None:
    words = _WORD.findall(text)
    for at in range(start, min(start + _WINDOW, len(candidates))):
        _, its_level, raw = candidates[at]
        if its_level == level and (not words or words[0] in raw):
            return at
    return None


def _headings(lines: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    for number, line in enumerate(lines, 1):
        if "#" in line and (match := _ATX.match(line)):
            yield number, len(match.group(1)), line
        elif number > 1 and lines[number - 2].strip() and (match := _SETEXT.fullmatch(line)):
            yield number - 1, 1 if match.group(1)[0] == "=" else 2, lines[number - 2]


_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9-]*)")


def tag_lines(lines: Sequence[str], names: Iterable[str]) -> list[tuple[str, int]]:
    """The line of each raw tag in the order in which they were met; line 1 for one that is not found again."""
    places: defaultdict[str, deque[int]] = defaultdict(deque)
    for number, line in enumerate(lines, 1):
        if "<" in line:
            for match in _TAG.finditer(line):
                places[match.group(1).lower()].append(number)
    return [(name, places[name].popleft() if places[name] else 1) for name in names]

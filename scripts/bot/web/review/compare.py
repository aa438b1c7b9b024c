"""Two versions of a text, as data: which lines stay, go and come, and what changed inside a line.

Every character that a reader would not see is written out, so that nothing hides from who reviews (https://trojansource.codes).
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

CONTEXT: Final = 3  # unchanged lines shown around a change
_MOST_WORDS: Final = 400  # of a line that is compared word by word; longer ones are shown as changed whole
_ALIKE: Final = 0.4  # two lines that share less are no versions of each other
_WORDS: Final = re.compile(r"\w+|\s+|[^\w\s]")
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})  # general categories (Unicode, UAX 44)

Kind: TypeAlias = Literal["same", "removed", "added", "skipped"]


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of characters. ``changed``: it stands in one of the two versions only."""

    text: str
    changed: bool = False


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the comparison.

    ``before`` and ``after`` are its numbers in the two versions, from 1; None where it does not stand there. A line of kind
    ``skipped`` stands for ``count`` unchanged lines that are not shown.
    """

    kind: Kind
    before: int | None = None
    after: int | None = None
    pieces: tuple[Piece, ...] = ()
    count: int = 1


def compare(before: str, after: str, *, context: int = CONTEXT) -> list[Line]:
    """The lines of both versions in reading order, removed ones before added ones; empty where they are equal.

    What is new or goes altogether is compared with an empty text. Lines that recur hundreds of times in a long text are not
    matched one by one (``difflib`` calls them popular), which keeps the time in proportion to the texts.
    """
    old, new = lines_of(before), lines_of(after)
    if old == new:
        return []
    found: list[Line] = []
    for tag, i, j, k, m in SequenceMatcher(None, old, new).get_opcodes():
        if tag == "equal":
            found += _same(old[i:j], i, k, head=i > 0 or k > 0, tail=j < len(old) or m < len(new), context=context)
        else:
            found += _changed(old[i:j], new[k:m], i, k)
    return found


def numbered(text: str) -> list[Line]:
    """A text by itself, line by line, with what is unseen written out."""
    return [Line("same", None, number, (Piece(written_out(line)),)) for number, line in enumerate(lines_of(text), 1)]


def lines_of(text: str) -> list[str]:
    """The lines of a text. Only the line feed ends one: other characters that some programs take for an end are shown."""
    lines = text.split("\n")
    return lines[:-1] if not lines[-1] else lines


def written_out(text: str) -> str:
    """The text with each character that shows nothing, or turns the direction of others, as its code: ``⟨U+202E⟩``.

    Spaces, tabs and line feeds stay; so does the joiner within an emoji, which shows.
    """
    return "".join(_shown(character) for character in text)


def _shown(character: str) -> str:
    if character in "\t\n\u200d" or unicodedata.category(character) not in _UNSEEN:
        return character
    return f"⟨U+{ord(character):04X}⟩"


def _same(lines: Sequence[str], i: int, k: int, *, head: bool, tail: bool, context: int) -> Iterator[Line]:
    """Unchanged lines; those far from the change before (``head``) and the one after (``tail``) are counted only."""
    first = context if head else 0
    last = context if tail else 0
    hidden = len(lines) - first - last
    for at, line in enumerate(lines):
        if hidden > 1 and first <= at < first + hidden:  # to say « one line » would take a line
            if at == first:
                yield Line("skipped", count=hidden)
            continue
        yield Line("same", i + at + 1, k + at + 1, (Piece(written_out(line)),))


def _changed(old: Sequence[str], new: Sequence[str], i: int, k: int) -> Iterator[Line]:
    """Lines that went and lines that came. Where there are as many, each is compared with its fellow word by word."""
    pairs = [_words(*pair) for pair in zip(old, new, strict=True)] if len(old) == len(new) else None
    removed = [left for left, _ in pairs] if pairs else [_whole(line) for line in old]
    added = [right for _, right in pairs] if pairs else [_whole(line) for line in new]
    yield from (Line("removed", i + at, None, pieces) for at, pieces in enumerate(removed, 1))
    yield from (Line("added", None, k + at, pieces) for at, pieces in enumerate(added, 1))


def _whole(line: str) -> tuple[Piece, ...]:
    return (Piece(written_out(line)),)


def _words(old: str, new: str) -> tuple[tuple[Piece, ...], tuple[Piece, ...]]:
    left, right = _WORDS.findall(old), _WORDS.findall(new)
    if max(len(left), len(right)) > _MOST_WORDS:
        return _whole(old), _whole(new)
    matcher = SequenceMatcher(None, left, right, autojunk=False)
    if matcher.ratio() < _ALIKE:
        return _whole(old), _whole(new)
    steps = matcher.get_opcodes()
    return (
        _pieces((left[i:j], tag != "equal") for tag, i, j, _, _ in steps),
        _pieces((right[k:m], tag != "equal") for tag, _, _, k, m in steps),
    )


def _pieces(runs: Iterator[tuple[list[str], bool]]) -> tuple[Piece, ...]:
    return tuple(Piece(written_out("".join(words)), changed) for words, changed in runs if words)

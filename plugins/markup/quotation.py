"""Straight quotation marks, turned into guillemets where their pairing leaves no doubt."""

from __future__ import annotations

import re
from itertools import pairwise

_SP = " \t\n\u00a0\u2009\u202f"
_OPENS_AFTER = frozenset(_SP + "([{«“‘—–-’'/=")
_CLOSES_BEFORE = frozenset(_SP + ")]}»”’,.;:!?…—–-/\x02")
_QUOTE = re.compile('"')


def set_quotes(block: str) -> str:
    """One block with its quotation marks paired, or as it was: marks of inches, an odd one out, nested ones."""
    at = [match.start() for match in _QUOTE.finditer(block)]
    if not at or len(at) % 2 or not _alternate(block, at):
        return block
    parts = [block[: at[0]]]
    for number, (start, end) in enumerate(pairwise([*at, len(block)])):
        piece = block[start + 1 : end]
        parts.append(("« " if number % 2 == 0 else " »") + piece)
    return "".join(parts)


def _alternate(block: str, at: list[int]) -> bool:
    return all(_opens(block, place) if number % 2 == 0 else _closes(block, place) for number, place in enumerate(at))


def _opens(block: str, place: int) -> bool:
    before, after = _neighbour(block, place, -1), _neighbour(block, place, 1)
    return (not before or before in _OPENS_AFTER) and bool(after) and after not in _SP


def _closes(block: str, place: int) -> bool:
    before, after = _neighbour(block, place, -1), _neighbour(block, place, 1)
    return bool(before) and before not in _SP and (not after or after in _CLOSES_BEFORE)


def _neighbour(block: str, place: int, step: int) -> str:
    """The next character on that side, looking through inline tags; empty at the border of the block."""
    place += step
    while 0 <= place < len(block) and block[place] == "\x00":
        place += step
    return block[place] if 0 <= place < len(block) else ""

"""The known word nearest to a mistyped one, in time that does not grow with the square of the words."""

from __future__ import annotations

from difflib import get_close_matches
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CANDIDATES = 200
_RARE_PIECES = 6
_LIKENESS = 0.6


class Nearest:
    """Finds near misses among ``words`` by the three-letter pieces they share; made once, asked often."""

    def __init__(self, words: Iterable[str]) -> None:
        self._words = sorted(set(words))
        self._by_piece: dict[str, list[str]] | None = None

    def to(self, word: str) -> str | None:
        """The word most like ``word`` (Ratcliff/Obershelp, at least 0.6), or None if none is near."""
        found = get_close_matches(word.lower(), self._candidates(word.lower()), n=1, cutoff=_LIKENESS)
        return found[0] if found else None

    def _candidates(self, word: str) -> list[str]:
        if len(self._words) <= _CANDIDATES:
            return self._words
        index = self._index()
        lists = sorted((index[piece] for piece in _pieces(word) if piece in index), key=len)
        found: dict[str, None] = {}
        for words in lists[:_RARE_PIECES]:
            found.update(dict.fromkeys(words[:_CANDIDATES]))
        return list(found)

    def _index(self) -> dict[str, list[str]]:
        if self._by_piece is None:
            self._by_piece = {}
            for word in self._words:
                for piece in _pieces(word):
                    self._by_piece.setdefault(piece, []).append(word)
        return self._by_piece


def _pieces(word: str) -> set[str]:
    padded = f"  {word} "
    return {padded[i : i + 3] for i in range(len(padded) - 2)}

"""``words.txt``: the words of the site as it spells them, against which a question's slips are put right; loaded only when
one fails.

A line holds the words that stand on about as many pages (each line twice as many as the next), sorted, the most frequent
words first.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from plugins.search_index.folding import STOP_WORDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plugins.search_index.page_text import Block

MOST: Final = 15_000  # words: some 60 kB on the wire
_SHORTEST: Final = 4  # letters; shorter words have too many neighbours to be corrected


class Spelling:
    """Counts the words of pages: on how many pages each stands, and in what spelling most often."""

    def __init__(self) -> None:
        self._pages: Counter[str] = Counter()
        self._spellings: dict[str, Counter[str]] = {}

    def read(self, blocks: Iterable[Block]) -> None:
        """Count the words of one page."""
        seen = {found for block in blocks for piece in block.pieces if (found := _spelled(piece.word, piece.shown))}
        self._pages.update({word for word, _ in seen})
        for word, spelling in seen:
            self._spellings.setdefault(word, Counter())[spelling] += 1

    def lines(self) -> bytes:
        """The file. Plurals are left out where their singular is there: the browser compares words without their « s »."""
        kept = (
            (word, count) for word, count in self._pages.items() if word[-1] not in "sx" or word[:-1] not in self._pages
        )
        often = sorted(kept, key=lambda item: (-item[1], item[0]))[:MOST]
        by_size: dict[int, list[str]] = {}
        for word, count in often:
            by_size.setdefault(count.bit_length(), []).append(self._usual(word))
        lines = (" ".join(sorted(by_size[size])) for size in sorted(by_size, reverse=True))
        return "".join(f"{line}\n" for line in lines).encode()

    def _usual(self, word: str) -> str:
        return min(self._spellings[word].items(), key=lambda item: (-item[1], item[0]))[0]


@lru_cache(maxsize=100_000)
def _spelled(word: str, shown: str) -> tuple[str, str] | None:
    """A folded word and the letters it has in the text; None for what is not worth correcting."""
    if len(word) < _SHORTEST or not word.isalpha() or word in STOP_WORDS:
        return None
    spelling = unicodedata.normalize("NFC", _letters(shown)).lower()
    return word, spelling


def _letters(shown: str) -> str:
    """The last run of letters: what is before is an article or a sign."""
    runs: Sequence[str] = "".join(char if char.isalpha() else " " for char in shown).split()
    return runs[-1] if runs else shown

"""The folded copy of a page that Pagefind reads, and the words as they were, to be shown again where Pagefind found theirs.

Pagefind counts a page by its words: word 12 of the copy is word 12 of the text that a result shows. Words that say nothing
have their place in the copy taken by a sign that it does not index. Of the others the copy has the stems, closed by a digit:
Pagefind finds whatever begins with a word of the question, so « porte » would find every « porteur » and « rep » every
repair.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from plugins.search_index.folding import STOP_WORDS, words
from plugins.search_index.page_text import STANDFIRST, TITLE
from plugins.search_index.stemming import stem

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plugins.search_index.page_text import Block
    from plugins.search_index.synonyms import Synonyms

PLACEHOLDER: Final = "-"
MEANT: Final = 0.25  # weight of the words that a page means without saying them
CLOSE: Final = "0"
END: Final = "\u2029"  # closes the last word of a block, so that an extract can begin and end where a sentence does


@dataclass(frozen=True, slots=True)
class Copy:
    """A page for Pagefind. ``count`` is the number of words in ``html``; the first of them are those of ``shown``, of which
    those from ``summary[0]`` up to, not including, ``summary[1]`` sum the page up.
    """

    html: str
    count: int
    shown: str
    summary: tuple[int, int]


def copy_of(blocks: Sequence[Block], synonyms: Synonyms, *, also: str = "", scale: float = 1.0) -> Copy:
    """The copy of a page with these blocks; ``also`` are more words under which it is found, ``scale`` what all its words
    weigh.
    """
    full = [block for block in blocks if block.pieces]
    said = [piece.word for block in full for piece in block.pieces if piece.word not in STOP_WORDS]
    more = (word for word in words(also) if word not in STOP_WORDS and word not in said)
    meant = list(dict.fromkeys((*synonyms.others(said), *more)))
    parts = [
        _part(block.weight * scale, (piece.word for piece in block.pieces), title=block.weight == TITLE)
        for block in full
    ]
    if meant:
        parts.append(_part(MEANT * scale, meant))
    shown = [piece.shown + (END if piece is block.pieces[-1] else "") for block in full for piece in block.pieces]
    return Copy(
        f"<html><body>{' '.join(parts)}</body></html>", len(shown) + len(meant), " ".join(shown), _summary(full)
    )


def _summary(blocks: Sequence[Block]) -> tuple[int, int]:
    """Where the words of the standfirst begin and end; where there is none, both times where the title ends."""
    end = after_title = 0
    for block in blocks:
        begin, end = end, end + len(block.pieces)
        if block.weight == STANDFIRST:
            return begin, end
        if block.weight == TITLE:
            after_title = end
    return after_title, after_title


@lru_cache(maxsize=100_000)
def _indexed(word: str) -> str:
    return PLACEHOLDER if word in STOP_WORDS else stem(word) + CLOSE


def _part(weight: float, words: Iterable[str], *, title: bool = False) -> str:
    """Words are letters and digits only: there is nothing to escape. To a block Pagefind would add a full stop."""
    meta = ' data-pagefind-meta="title"' if title else ""
    return f'<span data-pagefind-weight="{weight:g}"{meta}>{" ".join(map(_indexed, words))}</span>'

"""The folded copy of a page that Pagefind reads, and the words as they were, to be shown again where Pagefind found theirs.

Pagefind counts a page by its words: word 12 of the copy is word 12 of the text that a result shows. Words that say nothing
have their place in the copy taken by a sign that it does not index.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from plugins.search_index.folding import STOP_WORDS
from plugins.search_index.page_text import STANDFIRST, TITLE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from plugins.search_index.page_text import Block
    from plugins.search_index.synonyms import Synonyms

PLACEHOLDER: Final = "-"
MEANT: Final = 0.25  # weight of the words that a page means without saying them
SHORT: Final = 3  # letters
WHOLE: Final = "0"  # closes short words: Pagefind looks for beginnings, and « rep » is not the beginning of « réparer »


@dataclass(frozen=True, slots=True)
class Copy:
    """A page for Pagefind. ``count`` is the number of words in ``html``; the first of them are those of ``shown``, of which
    those from ``summary[0]`` up to, not including, ``summary[1]`` sum the page up.
    """

    html: str
    count: int
    shown: str
    summary: tuple[int, int]


def copy_of(blocks: Sequence[Block], synonyms: Synonyms, lang: str) -> Copy:
    """The copy of a page with these blocks."""
    parts: list[str] = []
    shown: list[str] = []
    summary = (0, 0)
    said: list[str] = []
    title_end = 0
    for weight, _, pieces in blocks:
        if weight == STANDFIRST and not summary[1]:
            summary = (len(shown), len(shown) + len(pieces))
        shown += [piece.shown for piece in pieces]
        if weight == TITLE:
            title_end = len(shown)
        words = [piece.word for piece in pieces]
        said += [word for word in words if word not in STOP_WORDS]
        if words:
            parts.append(_paragraph(weight, (_indexed(word) for word in words)))
    meant = synonyms.others(said)
    if meant:
        parts.append(_paragraph(MEANT, (_indexed(word) for word in meant)))
    html = f'<html lang="{lang}"><body>{"".join(parts)}</body></html>'
    return Copy(html, len(shown) + len(meant), " ".join(shown), summary if summary[1] else (title_end, title_end))


def _indexed(word: str) -> str:
    if word in STOP_WORDS:
        return PLACEHOLDER
    bare = word[:-1] if len(word) == SHORT + 1 and word[-1] in "sx" else word
    return bare + WHOLE if len(bare) <= SHORT else word


def _paragraph(weight: float, words: Iterable[str]) -> str:
    """Words are letters and digits only: there is nothing to escape."""
    return f'<p data-pagefind-weight="{weight:g}">{" ".join(words)}</p>'

"""Texts as the search sees them: small letters, no accents, « œ » as « oe », articles cut off, one word at a time.

« L’économie sociale, les cœurs » holds the words ``economie``, ``sociale``, ``coeurs``. The same rules stand in
``theme/static/js/search-words.js``: what one side does and the other does not is never found.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

APOSTROPHES: Final = "'’‘ʼ′`´"
# What French cuts off before a vowel.
ELIDED: Final = frozenset(["c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "quoiqu"])
# Words that say nothing about a page, left out of the index and of questions. « sans », « entre », « eu » (a town) say something.
STOP_WORDS: Final = frozenset(
    """
    a ai as au aux avec c ca car ce cela ces cet cette ceux chez combien comme comment d dans de des donc dont du elle elles en
    est et etre ete il ils j je l la le les leur leurs lui m ma mais me mes moi mon n ne nos notre nous on ont ou par pas pour
    pourquoi qu quand que quel quelle quelles quels qui s sa se ses si soi son sont sur t ta te tes toi ton tu un une vos votre
    vous y
    """.split()  # noqa: SIM905  # a list to read, not a hundred quotation marks
)

_WORD: Final = re.compile(r"[^\W_]+")
_SPACES: Final = re.compile(r"[ \t\r\n\f\v]+")  # where a line may break; espaces insécables stay inside a piece
_LIGATURES: Final = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ß": "ss", "ł": "l", "đ": "d"})
# Without its accent the stemmer takes « réparée » and « première » for nouns in « -e »: they become the masculine, which it knows.
_FEMININE: Final = re.compile(r"([a-z]{2}(?:e|ier))e(s?)$")
_SIGNS: Final = frozenset(APOSTROPHES)
_ELIDED_BEFORE: Final = re.compile(
    rf"(?<![^\W_])(?:{'|'.join(sorted(ELIDED, key=len, reverse=True))})[{APOSTROPHES}]$", re.IGNORECASE
)
GLUE: Final = "\u2060"  # word joiner: this piece follows the one before without a space


class Piece(NamedTuple):
    """A word as the search sees it, and the stretch of the text where it stands, signs around it included.

    A stretch that begins with :data:`GLUE` follows the one before it without a space (« éco-organisme »).
    """

    word: str
    shown: str


@lru_cache(maxsize=100_000)
def fold(word: str) -> str:
    """One word in small letters, without accents, ligatures and signs; the feminine of « é » and « ier » as the masculine."""
    spelled = unicodedata.normalize("NFKD", word).lower().translate(_LIGATURES)
    plain = "".join(char for char in spelled if char.isalnum())
    return _FEMININE.sub(r"\1\2", plain)


def words(text: str) -> list[str]:
    """The folded words of a text in order, elided articles left out."""
    whole = unicodedata.normalize("NFC", text)
    return [fold(whole[start:end]) for start, end in _places(whole)]


def telling(text: str) -> list[str]:
    """The words of a text that say something: no stop words. All of them where nothing else is left."""
    found = words(text)
    return [word for word in found if word not in STOP_WORDS] or found


def pieces(text: str) -> Iterator[Piece]:
    """The words of a text with the stretches they come from, which together are the whole text.

    A stretch never holds a plain space: those between a word and lone signs become espaces insécables. A text without words gives
    nothing.
    """
    before = ""
    last: Piece | None = None
    for token in _SPACES.split(unicodedata.normalize("NFC", text)):
        found = _of_token(token)
        if not found:
            if last is None:
                before = f"{before}{token}\xa0" if token else before
            elif token:
                last = Piece(last.word, f"{last.shown}\xa0{token}")
            continue
        if last is not None:
            yield last
        if before:
            found = (Piece(found[0].word, before + found[0].shown), *found[1:])
            before = ""
        yield from found[:-1]
        last = found[-1]
    if last is not None:
        yield last


@lru_cache(maxsize=100_000)
def _of_token(token: str) -> tuple[Piece, ...]:
    """The words of a token without spaces: the first takes the signs before it, each the signs after it."""
    places = list(_places(token))
    cuts = [0, *(_start(token, start) for start, _ in places[1:]), len(token)]
    stretches = [token[cut:after] for cut, after in pairwise(cuts)]
    return tuple(
        Piece(fold(token[start:end]), GLUE + stretch if number else stretch)
        for number, ((start, end), stretch) in enumerate(zip(places, stretches, strict=False))
    )


def _start(token: str, start: int) -> int:
    """Where the stretch of a word begins: at the article cut off before it, if there is one."""
    before = _ELIDED_BEFORE.search(token, 0, start)
    return before.start() if before else start


def _places(text: str) -> Iterator[tuple[int, int]]:
    """Where the words of a text stand. An elided article is none; « aujourd’hui » is one."""
    joined: int | None = None
    for found in _WORD.finditer(text):
        start, end = found.span()
        follows = text[end : end + 1] in _SIGNS and text[end + 1 : end + 2].isalnum()
        if follows and (low := text[start:end].lower()) in ELIDED:
            continue
        if follows and low == "aujourd":
            joined = start
            continue
        yield (start if joined is None else joined), end
        joined = None

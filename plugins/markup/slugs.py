"""Ids from French words: lower-case ASCII with hyphens."""

from __future__ import annotations

import re
import unicodedata

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})
_NOT_WORD = re.compile(r"[^a-z0-9]+")
MAX_LENGTH = 60


def slug(text: str) -> str:
    """The text as an id of at most 60 characters, cut between words; empty if it holds no Latin letter or digit.

    >>> slug("Évènements à venir : l’économie d’œuvre")
    'evenements-a-venir-l-economie-d-oeuvre'
    """
    folded = unicodedata.normalize("NFKD", text.lower().translate(_LIGATURES))
    if not folded.isascii():
        folded = "".join(char for char in folded if not unicodedata.combining(char))
    return _cut(_NOT_WORD.sub("-", folded).strip("-"))


def _cut(words: str) -> str:
    if len(words) <= MAX_LENGTH:
        return words
    return words[: MAX_LENGTH + 1].rpartition("-")[0] or words[:MAX_LENGTH]

"""Stems of folded French words, as Snowball makes them (https://snowballstem.org/algorithms/french/stemmer.html).

``snowballstemmer.stemmer`` would take another package's C code where that is installed, of another version; this takes its own.
"""

from __future__ import annotations

from functools import lru_cache

from snowballstemmer.french_stemmer import FrenchStemmer

_SEEN = 100_000  # words kept: more than a large site has, a few megabytes


@lru_cache(maxsize=_SEEN)
def stem(word: str) -> str:
    """The stem of a folded word: « recyclerie » and « recycleries » have one. A number or an acronym is its own."""
    return str(_stemmer().stemWord(word))


@lru_cache(maxsize=1)
def _stemmer() -> FrenchStemmer:
    return FrenchStemmer()

"""Stems of folded French words, as Snowball makes them (https://snowballstem.org/algorithms/french/stemmer.html).

``snowballstemmer.stemmer`` would take another package's C code where that is installed, of another version; this takes its own.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from snowballstemmer.french_stemmer import FrenchStemmer

_PLURAL: Final = re.compile(r"([a-z]{2}[^aious])s$")
_SEEN: Final = 100_000  # words kept: more than a large site has, a few megabytes


@lru_cache(maxsize=_SEEN)
def stem(word: str) -> str:
    """The stem of a folded word: « recyclerie » and « recycleries » have one. A number or an acronym is its own.

    The plural is cut off first. Snowball, which goes by the ending, would find « ménag- » in the singular and « ménager- » in the
    plural.
    """
    return str(_stemmer().stemWord(_PLURAL.sub(r"\1", word)))


@lru_cache(maxsize=1)
def _stemmer() -> FrenchStemmer:
    return FrenchStemmer()

"""How much two titles say the same: the share of the words they have in common (Jaccard), small words left out."""

from __future__ import annotations

from typing import Final

from plugins.model.addresses import slug

NEARLY: Final = 0.7  # share of the words that two titles have in common
SAME_DAY: Final = 0.4  # is enough for two events of one day
_SMALL: Final = frozenset(
    ("a", "au", "aux", "d", "de", "des", "du", "en", "et", "l", "la", "le", "les", "pour", "sur", "un", "une")
)


def title_words(title: str) -> frozenset[str]:
    """The words of a title that mean something, as they are compared."""
    return frozenset(slug(title.replace("’", " ")).split("-")) - _SMALL - {""}


def share(left: frozenset[str], right: frozenset[str]) -> float:
    """From 0 to 1; 0 where either has no words."""
    return len(left & right) / len(left | right) if left and right else 0.0

"""What letters are called and how much they hold, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.markup import typography
from plugins.views.listing.months import month_words
from plugins.views.words.french import FIXED, joined, number

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.letters import Digest
    from plugins.model.months import Month

EVENTS: Final = "Rendez-vous"
CLOSING: Final = "Appels qui se terminent"
OPEN: Final = "Consultations ouvertes"
EXPIRING: Final = "Annonces qui expirent"
HIGHLIGHTS: Final = 3
_VOWELS: Final = "ao"  # avril, août, octobre


def letter_name(month: Month) -> str:
    """« Lettre de novembre 2026 », « Lettre d’avril 2026 »."""
    words = month_words(month)
    return f"Lettre d’{words}" if words[0] in _VOWELS else f"Lettre de {words}"


def counts_words(digest: Digest) -> str:
    """« 12 nouveautés, 5 rendez-vous et 1 appel qui se termine. »; empty where there is nothing to tell."""
    words = joined(list(_counts(digest)))
    return f"{words}." if words else ""


def highlights(digest: Digest) -> list[str]:
    """The titles of the first things that a letter tells, what is new before what comes; what is over or made up comes last."""
    told = sorted(digest.told, key=lambda entry: (entry.demo, entry.id in digest.over))
    return [typography(entry.title) for entry in told[:HIGHLIGHTS]]


def _counts(digest: Digest) -> Iterator[str]:
    for count, one, several in (
        (sum(len(entries) for _, entries in digest.news), "nouveauté", "nouveautés"),
        (len(digest.events), "rendez-vous", "rendez-vous"),
        (len(digest.closing), "appel qui se termine", "appels qui se terminent"),
        (len(digest.open), "consultation ouverte", "consultations ouvertes"),
        (len(digest.expiring), "annonce qui expire", "annonces qui expirent"),
    ):
        if count:
            yield f"{number(count)}{FIXED}{one if count == 1 else several}"

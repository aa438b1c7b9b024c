"""What the indexes are called, in menus, breadcrumbs and titles."""

from __future__ import annotations

from typing import Final

from plugins.model import addresses

INDEXES: Final = {
    addresses.CLUBS: "Clubs",
    addresses.MEMBERS: "Membres",
    addresses.PILLARS: "Piliers",
    addresses.TERRITORIES: "Territoires",
    addresses.TAGS: "Mots-clés",
    addresses.MAP: "Carte",
    addresses.SEARCH: "Recherche",
    addresses.OBSERVATORY: "Observatoire",
    addresses.CONTRIBUTE: "Contribuer",
    addresses.LETTERS: "Lettres",
}

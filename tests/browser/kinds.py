"""One address for each kind of page of a built site: what every test of this folder goes through."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from pathlib import Path

# The first page in alphabetical order that matches stands for its kind.
PATTERNS: Final = {
    "home": "index.html",
    "list": "actualites/index.html",
    "year": "actualites/2[0-9][0-9][0-9]/index.html",
    "article": "actualites/*/*/index.html",
    "agenda": "agenda/index.html",
    "month": "agenda/mois/*/index.html",
    "event": "agenda/2*/*/index.html",
    "initiatives": "initiatives/index.html",
    "initiative": "initiatives/*/*/index.html",
    "resources": "ressources/index.html",
    "resource": "ressources/*/*/index.html",
    "offers": "offres/index.html",
    "offer": "offres/*/*/index.html",
    "calls": "appels/index.html",
    "call": "appels/*/*/index.html",
    "consultations": "consultations/index.html",
    "consultation": "consultations/*/*/index.html",
    "contribution": "contributions/*/*/index.html",
    "laboratory": "labo/index.html",
    "research": "labo/*/*/index.html",
    "directory": "membres/index.html",
    "letter": "membres/lettre/*/index.html",
    "member": "membres/[!l]*/index.html",
    "clubs": "clubs/index.html",
    "club": "clubs/*/index.html",
    "pillars": "piliers/index.html",
    "pillar": "piliers/*/index.html",
    "territories": "territoires/index.html",
    "territory": "territoires/*/index.html",
    "tags": "etiquettes/index.html",
    "tag": "etiquettes/*/index.html",
    "map": "carte/index.html",
    "letters": "lettres/index.html",
    "letter of a month": "lettres/2026/11/index.html",
    "search": "recherche/index.html",
    "observatory": "observatoire/index.html",
    "contribute": "contribuer/index.html",
    "form": "contribuer/evenement/index.html",
    "page": "gouvernance/index.html",
    "not found": "404.html",
}
ENTRIES: Final = (
    "article",
    "event",
    "initiative",
    "resource",
    "offer",
    "call",
    "consultation",
    "contribution",
    "research",
)


def address(site: Path, kind: str) -> str:
    """The address of the first page of a kind; fails if there is none."""
    found = sorted(site.glob(PATTERNS[kind]))
    assert found, f"no page of the kind « {kind} » in {site}"
    return "/" + found[0].relative_to(site).as_posix().removesuffix("index.html")

"""A region that has what a letter tells, and nothing else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from plugins.model.load import load_site
from plugins.publication.context import Context
from tests.documents.small_root import OUTPUTS, entry

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

URL: Final = "https://copie.example.org/essai"
TODAY: Final = dt.date(2026, 12, 10)
DATA: Final = {
    "data/site.yaml": "name: Réseau du Vallon\nshort: Vallon\nregion: Vallon\nurl: https://vallon.example.org\n"
    "tagline: Ici les choses durent.\ncontact: {name: Agence du Vallon, url: 'https://agence.example.org'}\n",
    "data/pillars.yaml": "- {id: durer, name: Durer, definition: Faire durer les choses.}\n"
    "- {id: partager, name: Partager, definition: User ensemble.}\n",
    "data/clubs.yaml": "- {id: repar, name: Club Repar, pillars: [durer], description: Le club répare.}\n"
    "- {id: vrac, name: Club du vrac, pillars: [partager], description: Sans emballage.}\n",
    "data/territories.yaml": "- {id: vallon, name: Le Vallon, kind: projet, members: ['35001']}\n",
    "data/members/ada.yaml": "name: Ada Exemple\nkind: citoyen\n",
    "data/vocabularies.yaml": "flows: [{id: palettes, label: Palettes}]\n",
    "data/geo/communes.csv": "insee,name,postal_codes,departement,epci,population,lat,lon\n"
    "35001,Rive,35100,35,,900,48.20000,-1.20000\n",
}
CONTENT: Final[Mapping[str, Mapping[str, Any]]] = {
    "articles/2026/premier": {"date": "2026-11-03", "title": "Le premier article", "kind": "actualite", "clubs": ["repar"]},
    "articles/2026/second": {"date": "2026-11-20", "title": "Le second article", "kind": "actualite", "clubs": ["vrac"]},
    "articles/2026/octobre": {"date": "2026-10-31", "title": "Un article d’octobre", "kind": "actualite"},
    "articles/2026/invente": {"date": "2026-11-21", "title": "Un article inventé", "kind": "actualite", "demo": True},
    "initiatives/2026/palettes": {
        "date": "2026-11-12", "title": "Des palettes qui reviennent", "stage": "pilote", "commune": "35001", "holder": "ada",
    },
    "events/2026/fete": {
        "date": "2026-11-05", "title": "La fête du réemploi", "start": "2026-12-12T14:00", "end": "2026-12-12T18:00",
        "place": {"commune": "35001"}, "clubs": ["repar"],
    },
    "events/2026/couture": {
        "date": "2026-09-01", "title": "Coudre le mercredi", "start": "2026-09-02T18:00", "end": "2026-09-02T20:00",
        "recurrence": "FREQ=WEEKLY;BYDAY=WE;UNTIL=20270331", "online": "https://visio.example.org/salle",
    },
    "events/2026/lointain": {
        "date": "2026-11-06", "title": "Un colloque lointain", "start": "2027-06-01T09:00",
        "place": {"name": "La Halle"},
    },
    "events/2026/annule": {
        "date": "2026-10-06", "title": "Une visite annulée", "start": "2026-12-20T09:00", "place": {"name": "La Halle"},
        "status": "cancelled",
    },
    "calls/2026/bientot": {
        "date": "2026-10-01", "title": "Un appel qui se termine", "opens": "2026-10-01", "closes": "2026-12-31T12:00",
    },
    "calls/2026/plus-tard": {
        "date": "2026-11-01", "title": "Un appel de longue haleine", "opens": "2026-11-01", "closes": "2027-12-31",
    },
    "consultations/2026/charte": {
        "date": "2026-10-15", "title": "Quelle charte pour nos fêtes ?", "level": "consultation", "opens": "2026-10-15",
        "closes": "2027-06-30", "questions": [{"id": "avis", "text": "Votre avis ?"}],
    },
    "offers/2026/lot": {
        "date": "2026-08-01", "title": "Un lot de palettes", "kind": "offre", "flow": "palettes", "commune": "35001",
        "expires": "2027-01-05", "holder": "ada", "quantity": {"value": 40, "unit": "palettes"},
    },
    "offers/2026/expiree": {
        "date": "2026-11-08", "title": "Une annonce vite expirée", "kind": "offre", "flow": "palettes", "commune": "35001",
        "expires": "2026-11-15", "holder": "ada",
    },
}  # fmt: skip


def write(root: Path, content: Mapping[str, Mapping[str, Any]] = CONTENT) -> Path:
    """Write the region with these entries (id → front matter)."""
    texts = {
        f"content/{name}.md": entry(**{"authors": ["ada"], "pillars": ["durer"], **fields})
        for name, fields in content.items()
    }
    for path, text in {**DATA, **texts}.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    (root / "content").mkdir(exist_ok=True)
    return root


def region(root: Path, today: dt.date = TODAY, content: Mapping[str, Mapping[str, Any]] = CONTENT) -> Context:
    """The region as the outputs see it on a day."""
    loaded = load_site(write(root, content), today=today)
    assert loaded.site is not None
    assert loaded.is_publishable, [problem.message for problem in loaded.problems]
    return Context(loaded.site, URL, OUTPUTS, str(root))

"""Small made-up regions for the tests of the desk."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final

from plugins.model.load import load_site
from plugins.model.problems import has_errors

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from plugins.model.objects import Site

TODAY: Final = dt.date(2026, 6, 1)
BASE: Final[Mapping[str, str]] = {
    "data/site.yaml": "name: Boucles\nshort: BEX\nregion: Exemplie\nurl: https://boucles.example.org\n",
    "data/pillars.yaml": "- {id: reparer, name: Réparer, definition: D.}\n- {id: partager, name: Partager, definition: D.}\n",
    "data/clubs.yaml": (
        "- {id: atelier, name: Club de l’atelier, pillars: [reparer], description: Le club répare., url: 'https://atelier.example.org'}\n"
        "- {id: calme, name: Club calme, pillars: [reparer], description: Rien.}\n"
    ),
    "data/members/camille.yaml": "{name: Camille, kind: citoyen, consent: '2026-01-02'}\n",
}


def entry(**fields: Any) -> str:
    """The text of an entry's file: what every entry has, then ``fields`` (None takes one away); ``body`` is its text."""
    body = fields.pop("body", "Un texte.")
    common = {
        "title": "Un titre tout à fait ordinaire",
        "summary": "Un résumé assez long pour être accepté par le schéma, et rien de plus.",
        "date": "2026-03-01",
        "authors": ["camille"],
        "pillars": ["reparer"],
    }
    front = {name: value for name, value in {**common, **fields}.items() if value is not None}
    return f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\n{body}\n"


def initiative(**fields: Any) -> str:
    return entry(**{"stage": "deployee", "lat": 48.1, "lon": -1.6, "holder": "camille", **fields})


def event(**fields: Any) -> str:
    return entry(**{"start": "2026-05-01T10:00", "online": "https://visio.example.org/salle", **fields})


def call(**fields: Any) -> str:
    return entry(**{"opens": "2025-01-01", "closes": "2025-03-01", **fields})


def offer(**fields: Any) -> str:
    return entry(
        **{"kind": "offre", "flow": "bois", "commune": None, "holder": "camille", "expires": "2026-04-01", **fields}
    )


def resource(**fields: Any) -> str:
    return entry(**{"kind": "guide", "url": "https://guides.example.org/un", **fields})


def article(**fields: Any) -> str:
    return entry(**{"kind": "actualite", **fields})


def write(root: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in {**BASE, **files}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return root


def site_of(root: Path, files: Mapping[str, str | bytes], today: dt.date = TODAY) -> Site:
    """The loaded site of a root with these files; the test fails where they have errors."""
    loaded = load_site(write(root, files), today=today)
    assert loaded.site is not None
    assert not has_errors(loaded.problems), loaded.problems
    return loaded.site

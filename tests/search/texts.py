"""French words to try: those of the project's own content, data and documents."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from plugins.search_index.folding import words

PROJECT = Path(__file__).parents[2]
TRICKY = (
    "aujourd’hui l’œuvre d'art qu’elle presqu’île répar’café L'ÉCOLE D’Œuvre ½ CO₂ İstanbul ΣΟΦΟΣ straße « l’eau » 10 000 €",
    "éco-organisme",
    "« (l’économie) » — 15/03/2026, n° 4 : 3,5 % d’OMR ; S’ABONNER ? L’Aigle, l'Île-de-France, d’1 t à 2 t",
    "  \n\t … – — ",
    "",
    "e\u0301te\u0301 a\u200bb l\u2019\u0301x",
)


@cache
def texts() -> tuple[str, ...]:
    files = [
        *sorted(PROJECT.glob("content/**/*.md")),
        *sorted(PROJECT.glob("data/**/*.yaml")),
        *sorted(PROJECT.glob("data/geo/*.csv")),
    ]
    return (*(path.read_text(encoding="utf-8") for path in files), *TRICKY)


@cache
def all_words() -> tuple[str, ...]:
    return tuple(sorted({word for text in texts() for word in words(text)}))

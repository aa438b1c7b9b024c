"""Twenty files with one mistake each, as people make them, and what must be said of each: line, sentence, what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HEAD: Final = """---
title: Le four banal du bourg
summary: Le four du bourg rallume ses braises un samedi sur deux, et chacun y porte son pain à cuire.
date: 2026-03-01
authors: [ines-falaise]
pillars: [partager]
"""
ARTICLE: Final = f"{HEAD}kind: actualite\n---\nLe four est chaud.\n"
EVENT: Final = f"{HEAD}start: 2026-12-05T09:30\nend: 2026-12-05T12:00\nplace:\n  commune: '98001'\n---\nVenez.\n"


class Told(NamedTuple):
    """``words`` stand in the sentence, ``advice`` in what to do."""

    path: str
    text: str
    code: str
    line: int
    words: str
    advice: str


def _wrong(folder: str, right: str) -> Callable[..., Told]:
    """A maker of files of that folder which are right but for one change."""

    def make(name: str, change: tuple[str, str], code: str, line: int, *said: str) -> Told:
        old, new = change
        assert old in right, old
        words, advice = said
        return Told(f"content/{folder}/2026/{name}.md", right.replace(old, new, 1), code, line, words, advice)

    return make


article = _wrong("articles", ARTICLE)
event = _wrong("events", EVENT)


TWENTY: Final = (
    article("cle-inconnue", ("kind:", "sumary: x\nkind:"), "unknown-key", 7, "« sumary »", "« summary »"),
    article("cle-absente", ("kind: actualite\n", ""), "missing-key", 2, "Genre", "kind:"),
    article("titre-court", ("Le four banal du bourg", "Four"), "too-short", 2, "Titre", ""),
    article("jour-inexistant", ("2026-03-01", "2026-02-30"), "bad-date", 4, "2026-02-30", ""),
    article("genre-inconnu", ("actualite", "actualites"), "not-in-list", 7, "actualites", "actualite"),
    article(
        "auteur-inconnu", ("[ines-falaise]", "[ines-falese]"), "unknown-reference", 5, "ines-falese", "ines-falaise"
    ),
    article("pas-une-liste", ("[partager]", "partager"), "wrong-type", 6, "Piliers", ""),
    article("guillemet", ("kind: actualite", 'kind: "actualite'), "yaml-unclosed-quote", 7, "guillemet", ""),
    article("deux-points", ("title: Le four", "title: Le four : le"), "yaml-colon-in-value", 2, "", "guillemets"),
    article("cle-double", ("kind:", "date: 2026-03-02\nkind:"), "yaml-duplicate-key", 7, "date", ""),
    article("sans-tete", (ARTICLE, "Bonjour à tous.\n"), "front-matter-missing", 1, "", "---"),
    article(
        "image-absente", ("kind:", "image: {file: four.jpg, alt: Un four}\nkind:"), "file-missing", 7, "four.jpg", ""
    ),
    article(
        "lien-mort",
        ("Le four est", "[Là](/agenda/2026/pret-doutils/), le four est"),
        "dead-link",
        9,
        "pret-doutils",
        "pret-d-outils",
    ),
    article(
        "lien-piege", ("Le four est", "[Là](javascript:alert(1)), le four est"), "forbidden-link", 9, "javascript", ""
    ),
    event("fin-avant", ("2026-12-05T12:00", "2026-12-05T08:00"), "end-before-start", 8, "Fin", ""),
    event("commune-inconnue", ("'98001'", "'98100'"), "unknown-commune", 10, "98100", ""),
    event(
        "heure-sautee",
        ("2026-12-05T09:30\nend: 2026-12-05T12:00", "2027-03-28T02:30"),
        "time-does-not-exist",
        7,
        "",
        "",
    ),
    event("repetition", ("place:", "recurrence: chaque mardi\nplace:"), "recurrence-invalid", 9, "", ""),
    event("nulle-part", ("place:\n  commune: '98001'\n", ""), "missing-choice", 2, "", ""),
    Told("content/events/2026/Four Banal.md", EVENT, "bad-file-name", 1, "Four Banal.md", "four-banal.md"),
)


def write_twenty(root: Path) -> None:
    for told in TWENTY:
        (root / told.path).parent.mkdir(parents=True, exist_ok=True)
        (root / told.path).write_text(told.text, encoding="utf-8")

"""One mistake for each problem code: which file of the small root is changed, and where the problem is told.

A case is (code, path, change, field, line): ``change`` maps the file's text to a new one (for a new file, from ""),
``line`` is where the problem must be reported (0: not checked).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

EVENT = "content/events/2026/pret-d-outils.md"
ARTICLE = "content/articles/2025/une-echelle-pour-dix.md"
INITIATIVE = "content/initiatives/2026/compost-du-port.md"
CONSULTATION = "content/consultations/2026/un-lavoir.md"
ANSWER = "content/contributions/2026/mon-avis.md"
CLUBS, MEMBER, PILLARS = "data/clubs.yaml", "data/members/ines-falaise.yaml", "data/pillars.yaml"
TERRITORIES, VOCABULARIES, REDIRECTS = "data/territories.yaml", "data/vocabularies.yaml", "data/redirects.yaml"
SERIES = "data/indicators/tri"

Change = Callable[[str], str]


@dataclass(frozen=True)
class Mistake:
    code: str
    path: str
    change: Change
    field: str = ""
    line: int = 0
    others: tuple[tuple[str, str], ...] = ()  # files that must be there for the mistake to be this one


def swap(old: str, new: str) -> Change:
    def change(text: str) -> str:
        assert old in text, old
        return text.replace(old, new, 1)

    return change


def add(line: str) -> Change:
    """A line more at the end of the front matter."""
    return lambda text: text.replace("\n---\n", f"\n{line}\n---\n", 1)


def body(text: str) -> Change:
    return lambda old: old.rstrip("\n") + f"\n\n{text}\n"


def whole(text: str) -> Change:
    return lambda _: text


HEAD = """title: Un lavoir pour tous
summary: Que faire du vieux lavoir, qui sert encore mais dont le toit menace de tomber cet hiver.
date: 2026-03-01
"""
LAVOIR = f"""---
{HEAD}authors: [ines-falaise]
pillars: [partager]
level: concertation
opens: 2026-03-01
closes: 2026-05-01
questions:
  - id: toit
    text: Quel toit voulez-vous ?
    kind: choix
    choices: [tuile, ardoise]
---
Le lavoir a deux cents ans.
"""
AVIS = """---
title: Mon avis sur le lavoir
summary: Je réponds à la consultation sur le lavoir, parce que j’y lave mes tapis chaque printemps.
date: 2026-04-01
authors: [ines-falaise]
pillars: [partager]
consultation: consultations/2026/un-lavoir
author: ines-falaise
answers:
  toit: tuile
---
Voilà.
"""
PACKAGE = """{"name": "tri", "title": "Tri", "unit": "kg", "method": "Pesée au port", "sources": [{"title": "Le port", "path": "https://port.example/"}],
"licenses": [{"name": "etalab-2.0"}], "resources": [{"name": "tri", "path": "tri.csv"}]}"""
WITH_LAVOIR = ((CONSULTATION, LAVOIR),)

MISTAKES: tuple[Mistake, ...] = (
    # the file itself
    Mistake("bad-file-name", "content/events/2026/Prêt d’outils.md", whole(""), line=1),
    Mistake("bad-file-name", "data/members/Inès.yaml", whole("name: Inès\nkind: citoyen\n"), line=1),
    Mistake("misplaced-file", "content/events/pret.md", whole(""), line=1),
    Mistake("misplaced-file", "content/recettes/2026/soupe.md", whole(""), line=1),
    Mistake("missing-file", "data/site.yaml", whole("\0DELETE"), line=1),
    Mistake("missing-file", PILLARS, whole("\0DELETE"), line=1),
    Mistake("bad-data-file", f"{SERIES}.datapackage.json", whole("{"), line=1),
    Mistake(
        "bad-data-file",
        f"{SERIES}.csv",
        whole("an,valeur\n"),
        line=1,
        others=((f"{SERIES}.datapackage.json", PACKAGE),),
    ),
    Mistake("file-too-large", ARTICLE, body("x" * 1_000_001), line=1),
    Mistake("control-character", ARTICLE, body("un\x07bruit"), line=12),
    # the front matter
    Mistake("front-matter-missing", ARTICLE, whole("Bonjour\n"), line=1),
    Mistake("front-matter-unclosed", ARTICLE, swap("\n---\nL’", "\n\nL’"), line=1),
    Mistake("yaml-not-mapping", ARTICLE, whole("---\n- un\n- deux\n---\n"), line=2),
    Mistake("yaml-not-mapping", "data/site.yaml", whole("- un\n"), line=1),
    Mistake("not-a-list", CLUBS, whole("id: outilleurs\n"), line=1),
    Mistake("yaml-unclosed-quote", ARTICLE, swap("kind: actualite", 'kind: "actualite'), line=7),
    Mistake("yaml-missing-colon-space", ARTICLE, swap("kind: actualite", "kind:actualite"), line=7),
    Mistake("yaml-missing-colon", ARTICLE, swap("kind: actualite", "actualite"), line=7),
    Mistake("yaml-colon-in-value", ARTICLE, swap("title: Une", "title: Outils : une"), line=2),
    Mistake("yaml-unexpected-character", ARTICLE, swap("kind: actualite", "kind: @actualite"), line=7),
    Mistake("yaml-unclosed-bracket", ARTICLE, swap("[ines-falaise]", "[ines-falaise"), line=5),
    Mistake(
        "yaml-text-after-quote", ARTICLE, swap("title: Une échelle pour dix maisons", "title: 'L'échelle'"), line=2
    ),
    Mistake("yaml-text-after-bracket", ARTICLE, swap("title: Une", "title: [Une] belle"), line=2),
    Mistake("yaml-bad-escape", ARTICLE, swap("title: Une échelle", 'title: "C:\\dossier"'), line=2),
    Mistake("yaml-bad-indentation", ARTICLE, swap("kind: actualite", "   kind: actualite"), line=7),
    Mistake("yaml-cut-off", ARTICLE, swap("\nsummary:", " #1\nsummary:"), line=2),
    Mistake("yaml-duplicate-key", ARTICLE, add("kind: dossier"), line=9),
    Mistake("yaml-anchor", ARTICLE, swap("kind: actualite", "kind: &a actualite"), line=7),
    Mistake("yaml-alias", ARTICLE, swap("kind: actualite", "kind: *a"), line=7),
    Mistake("yaml-merge-key", ARTICLE, add("<<: {a: 1}"), line=9),
    Mistake("yaml-tag", ARTICLE, swap("kind: actualite", "kind: !!python/name:os.system x"), line=7),
    Mistake("yaml-tab", ARTICLE, add("image:\n\tfile: a.jpg"), line=10),
    Mistake("yaml-many-documents", CLUBS, body("---\n- a"), line=7),
    Mistake("yaml-not-string-key", ARTICLE, add("? [a, b]\n: c"), line=9),
    Mistake("yaml-too-deep", ARTICLE, add("sources: " + "[" * 30 + "]" * 30), line=9),
    Mistake("yaml-too-many", ARTICLE, add("tags: [" + "a, " * 30_000 + "a]"), line=9),
    # the schema
    Mistake("unknown-key", EVENT, add("sart: 2026-12-05T09:30"), "sart", 14),
    Mistake("unknown-key", EVENT, add("save_as: index.html"), "save_as", 14),
    Mistake("bad-key", REDIRECTS, whole("ancien: /clubs/\n"), "ancien", 1),
    Mistake("missing-key", ARTICLE, swap("kind: actualite\n", ""), "kind", 2),
    Mistake("missing-choice", INITIATIVE, swap('commune: "98001"\n', ""), "", 2),
    Mistake("missing-companion", INITIATIVE, add("lat: 10.1"), "lat", 17),
    Mistake("wrong-type", INITIATIVE, add("contact_form: oui"), "contact_form", 17),
    Mistake("wrong-type", ARTICLE, swap("[partager, reparer]", "partager"), "pillars", 6),
    Mistake("wrong-type", ARTICLE, add("updated:"), "updated", 9),
    Mistake("not-in-list", ARTICLE, swap("actualite", "actualités"), "kind", 7),
    Mistake("too-short", ARTICLE, swap("Une échelle pour dix maisons", "Une"), "title", 2),
    Mistake("too-long", ARTICLE, swap("Une échelle pour dix maisons", "Une échelle " * 20), "title", 2),
    Mistake("too-small", INITIATIVE, add("cost: -3"), "cost", 17),
    Mistake("too-large", INITIATIVE, swap("started: 2024", "started: 20244"), "started", 8),
    Mistake("too-few", ARTICLE, swap("[ines-falaise]", "[]"), "authors", 5),
    Mistake("too-many", ARTICLE, swap("[voisinage]", "[aa, bb, cc, dd, ee, ff, gg, hh, ii]"), "tags", 8),
    Mistake("not-unique", ARTICLE, swap("[voisinage]", "[outils, outils]"), "tags", 8),
    Mistake("empty-tag", ARTICLE, swap("[voisinage]", "[outils, '!!']"), "tags.1", 8),
    Mistake("bad-format", PILLARS, swap('"#7A4E2D"', "marron"), "2.colour", 11),
    Mistake("bad-date", ARTICLE, swap("2025-05-12", "2025-02-30"), "date", 4),
    Mistake("bad-datetime", EVENT, swap("2026-12-05T09:30", "0001-01-01T00:00"), "start", 8),
    Mistake("bad-datetime", EVENT, swap("2026-12-05T09:30", "2026-12-05T25:30"), "start", 8),
    Mistake(
        "bad-address", ARTICLE, add("sources: [{title: Un piège, url: 'javascript:alert(1)'}]"), "sources.0.url", 9
    ),
    Mistake("not-allowed", ARTICLE, swap("Une échelle pour dix maisons", '"          "'), "title", 2),
    # relations
    Mistake("unknown-reference", ARTICLE, swap("[ines-falaise]", "[ines-falese]"), "authors.0", 5),
    Mistake("unknown-reference", CLUBS, swap("[partager]", "[partage]"), "0.pillars.0", 3),
    Mistake("unknown-commune", EVENT, swap("98001", "98100"), "place.commune", 12),
    Mistake("unknown-term", EVENT, add("audience: [tous]"), "audience.0", 14),
    Mistake(
        "unknown-question", ANSWER, lambda _: AVIS.replace("toit: tuile", "mur: tuile"), "answers.mur", 10, WITH_LAVOIR
    ),
    Mistake(
        "bad-answer", ANSWER, lambda _: AVIS.replace("toit: tuile", "toit: chaume"), "answers.toit", 10, WITH_LAVOIR
    ),
    Mistake("duplicate-id", CLUBS, lambda text: text + text, "1.id", 6),
    # time and place
    Mistake("end-before-start", EVENT, swap("end: 2026-12-05T12:00", "end: 2026-12-05T08:00"), "end", 9),
    Mistake("end-before-start", ARTICLE, add("updated: 2025-05-11"), "updated", 9),
    Mistake("deadline-after-event", EVENT, add("registration:\n  deadline: 2026-12-06"), "registration.deadline", 15),
    Mistake(
        "time-does-not-exist",
        EVENT,
        lambda text: text.replace("2026-12-05T09:30", "2027-03-28T02:30").replace(
            "2026-12-05T12:00", "2027-03-28T12:00"
        ),
        "start",
        8,
    ),
    Mistake("recurrence-invalid", EVENT, add("recurrence: tous les mardis"), "recurrence", 14),
    Mistake("recurrence-never", EVENT, add("recurrence: FREQ=DAILY;INTERVAL=7;BYDAY=MO"), "recurrence", 14),
    Mistake("recurrence-empty", EVENT, add("recurrence: FREQ=WEEKLY;UNTIL=20200101"), "recurrence", 14),
    Mistake("recurrence-endless", EVENT, add("recurrence: FREQ=WEEKLY"), "recurrence", 14),
    Mistake("coordinates-swapped", INITIATIVE, add("lat: 20.1\nlon: 10.1"), "lat", 17),
    Mistake("outside-region", INITIATIVE, add("lat: 48.1\nlon: 2.3"), "lat", 17),
    # files
    Mistake("file-missing", ARTICLE, add("image: {file: absente.jpg, alt: Une échelle}"), "image.file", 9),
    Mistake("file-missing", ARTICLE, body("Voir [le plan](plan.pdf)."), "body", 12),
    Mistake(
        "file-refused",
        ARTICLE,
        body("Voir [le piège](piege.svg)."),
        "body",
        12,
        (("content/articles/2025/piege.svg", "<svg/>"),),
    ),
    Mistake(
        "picture-format",
        ARTICLE,
        body("![Une échelle](faux.png)"),
        "body",
        12,
        (("content/articles/2025/faux.png", "GIF89a"),),
    ),
    Mistake(
        "image-alt-missing", ARTICLE, body("![](faux.png)"), "body", 12, (("content/articles/2025/faux.png", "GIF89a"),)
    ),
    Mistake("orphan-file", "content/articles/2025/reste.pdf", whole("%PDF"), line=1),
    # texts
    Mistake("dead-link", ARTICLE, body("Voir [là](/agenda/2026/pret-doutils/)."), "body", 12),
    Mistake("dead-link", ARTICLE, body("Voir [là]({filename}absent.md)."), "body", 12),
    Mistake("dead-anchor", ARTICLE, body("Voir [là](/agenda/2026/pret-d-outils/#nulle-part)."), "body", 12),
    Mistake("dead-anchor", ARTICLE, body("Voir [là](#nulle-part)."), "body", 12),
    Mistake("forbidden-link", ARTICLE, body("Voir [là](javascript:alert(1))."), "body", 12),
    Mistake("insecure-link", ARTICLE, body("Voir [là](http://exemple.example/)."), "body", 12),
    Mistake("heading-skip", ARTICLE, body("#### Trop bas"), "body", 12),
    Mistake("heading-top-level", ARTICLE, body("# Trop haut"), "body", 12),
    Mistake("tag-removed", ARTICLE, body("<script>alert(1)</script>"), "body", 12),
    Mistake("email-in-text", ARTICLE, body("Écrivez à ines@falaise.example."), "body", 12),
    Mistake("phone-in-text", ARTICLE, body("Appelez le 06 12 34 56 78."), "body", 12),
    Mistake("text-too-dense", ARTICLE, body("*a* " * 60_000), "body"),
    Mistake("text-too-deep", ARTICLE, body(">" * 2_000 + " au fond"), "body", 12),
    # the site as a whole
    Mistake("address-taken", "content/pages/agenda.md", whole(f"---\n{HEAD}---\nNon.\n"), line=1),
    Mistake("redirect-from-page", REDIRECTS, whole("/agenda/: /clubs/\n"), "/agenda/", 1),
    Mistake("redirect-from-page", REDIRECTS, whole("/_headers: /clubs/\n"), "/_headers", 1),
    Mistake("redirect-from-page", REDIRECTS, whole("/carte/offers-2.json: /clubs/\n"), "/carte/offers-2.json", 1),
    Mistake("redirect-to-nowhere", REDIRECTS, whole("/ancien/: /nulle-part/\n"), "/ancien/", 1),
    Mistake(
        "territory-loop",
        TERRITORIES,
        whole(
            "- id: a\n  name: Vallée\n  kind: projet\n  members: [b]\n- id: b\n  name: Plateau\n  kind: projet\n  members: [a]\n"
        ),
    ),
    Mistake(
        "unknown-territory-in-series",
        f"{SERIES}.csv",
        whole("year,territory,value\n2024,nulle-part,3\n"),
        "territory",
        2,
        ((f"{SERIES}.datapackage.json", PACKAGE),),
    ),
)
# Codes that need more than a changed text (bytes, rights, links, size): their own tests are in test_mistakes.py.
SHOWN_ELSEWHERE = frozenset(
    {"address-lost", "not-utf8", "symbolic-link", "unreadable-file", "picture-too-large", "yaml-syntax"}
)

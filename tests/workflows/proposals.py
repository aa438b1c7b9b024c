"""Ten proposals as they come, on the small region: each changes a checkout, and says what must become of it.

Publication is followed with the same proposals: what a later stage expects is a field more here.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from tests.changes.repository import Work

ARTICLE = "content/articles/2025/une-echelle-pour-dix.md"
ADDRESS, NEW_ADDRESS = "/actualites/2025/une-echelle-pour-dix/", "/actualites/2026/un-lavoir-pour-tous/"
NEW = "content/articles/2026/un-lavoir-pour-tous.md"
HEAD = """---
title: Un lavoir pour tous
summary: Que faire du vieux lavoir, qui sert encore mais dont le toit menace de tomber cet hiver.
date: 2026-03-01
authors: [ines-falaise]
pillars: [reparer]
clubs: [outilleurs]
kind: actualite
---
"""
ABLE = "Tout est en ordre"


@dataclass(frozen=True)
class Proposed:
    """``codes``: what the comment explains; ``says`` and ``never``: words of the comment; ``passes``: whether job one is green.

    ``pages``: what the preview shows, by address; ``hides``: whether something cannot be shown.
    ``remarked``: whether lines of the proposal carry remarks.
    """

    change: Callable[[Work], None]
    codes: frozenset[str] = frozenset()
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    passes: bool = True
    labels: frozenset[str] = frozenset()
    reviewers: tuple[str, ...] = ()
    author: str = "habituee@exemple.org"
    pages: Mapping[str, str] = field(default_factory=dict)
    hides: bool = False
    remarked: bool = False


def good(work: Work) -> None:
    work.write(NEW, HEAD + "\nVenez dimanche, avec une truelle.\n")


def mistakes(work: Work) -> None:
    text = HEAD.replace("ines-falaise", "ines-falaize").replace("2026-03-01", "01/03/2026")
    work.write(NEW, text + "\n![](toit.png)\n")


def hostile(work: Work) -> None:
    """Words that would call people, close issues, draw pictures and forge the comment's marker; a name that is none."""
    text = HEAD.replace("kind: actualite", 'kind: "@reseau closes #1 <img src=//mal.invalid> [x](https://mal.invalid)"')
    work.write(NEW, text + "\n[x](javascript:alert(1)) <script>alert(1)</script>\n<!-- marqueur:verification -->\n")
    work.write("content/articles/2026/`@tous` ![x](https:mal.invalid).md", HEAD)


def huge(work: Work) -> None:
    for number in range(400):
        work.write(f"content/articles/2026/page-{number:03}.md", HEAD.replace("kind: actualite", "kind: rien"))


def renamed(work: Work) -> None:
    (work.folder / ARTICLE).rename(work.folder / ARTICLE.replace("dix", "vingt"))


def removed(work: Work) -> None:
    (work.folder / "data/members/ines-falaise.yaml").unlink()
    work.write("data/members/autre-personne.yaml", "name: Une autre personne\nkind: citoyen\n")


def large_picture(work: Work) -> None:
    image = "image: {file: lavoir.jpg, alt: Le lavoir vu du pont}\n---\n"
    work.write(NEW, HEAD.replace("---\n", image, 2).replace(image, "---\n", 1) + "\nVoilà.\n")
    picture = work.folder / "content/articles/2026/lavoir.jpg"
    picture.write_bytes(b"\xff\xd8\xff\xe0" + random.Random(1).randbytes(20_000_000))  # noqa: S311  # the same every time


def only_data(work: Work) -> None:
    file = work.folder / "data/clubs.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("partager", "partagez"), encoding="utf-8")


def conflicting(work: Work) -> None:
    file = work.folder / ARTICLE
    file.write_text(file.read_text(encoding="utf-8").replace("dix maisons", "onze maisons"), encoding="utf-8")


PROPOSALS: dict[str, Proposed] = {
    "good": Proposed(
        good,
        says=(ABLE, "La rédaction prend la suite"),
        never=("Bienvenue",),
        labels=frozenset({"article", "club Les Outilleurs", "Réparer d’abord"}),
        reviewers=("camille",),
        pages={NEW_ADDRESS: "new"},
    ),
    "with mistakes": Proposed(
        mistakes,
        frozenset({"unknown-reference", "bad-date", "image-alt-missing", "file-missing"}),
        ("à corriger", "authors: [ines-falaise]", "date: 2026-03-01", "**Ligne 4**"),
        never=("Aucune page",),
        passes=False,
        hides=True,
        remarked=True,
    ),
    "hostile": Proposed(
        hostile,
        frozenset({"not-in-list", "forbidden-link", "bad-file-name", "tag-removed"}),
        never=("@reseau", "](https://mal", "<img", "<script", "#1 "),
        passes=False,
        hides=True,
        remarked=True,
    ),
    "huge": Proposed(
        huge, frozenset({"not-in-list"}), ("400 fichiers", "autres points"), passes=False, hides=True, remarked=True
    ),
    "conflicting": Proposed(conflicting, says=(ABLE,), pages={ADDRESS: "changed"}),
    "from a first-timer": Proposed(
        good, says=(ABLE, "Bienvenue"), author="nouvelle@exemple.org", pages={NEW_ADDRESS: "new"}
    ),
    "rename": Proposed(
        renamed,
        frozenset({"address-lost"}),
        ("une-echelle-pour-vingt/",),
        pages={"/actualites/2025/une-echelle-pour-vingt/": "changed"},
    ),
    "delete a referenced member": Proposed(
        removed,
        frozenset({"unknown-reference"}),
        (ARTICLE, "data/clubs.yaml"),
        passes=False,
        pages={"/membres/ines-falaise/": "removed", "/membres/autre-personne/": "new"},
    ),
    "picture of 20 MB": Proposed(
        large_picture, frozenset({"picture-too-large"}), ("20 Mo",), passes=False, hides=True, remarked=True
    ),
    "only data": Proposed(
        only_data,
        frozenset({"unknown-reference"}),
        ("pillars: [partager]", "data/clubs.yaml"),
        passes=False,
        remarked=True,
        pages={"/clubs/outilleurs/": "changed"},
    ),
}

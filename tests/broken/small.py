"""A small root that is written again without some of its pages, as somebody would who mends it by hand."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

from tests.site.building import SMALL

if TYPE_CHECKING:
    from collections.abc import Collection

NUMBERS = range(6)
MEMBERS = range(3)
ALWAYS = "ines-falaise"
"""The member of the small region, who signs everything and is never broken here."""


def article(number: int, without: Collection[str] = (), word: str = "premier") -> str:
    """An article that links to the next, is related to the one after that, and is signed by a member as well."""
    after, related, member = f"article-{(number + 1) % 6}", f"article-{(number + 2) % 6}", f"personne-{number % 3}"
    next_page = "la *page* suivante" if after in without else f"[la *page* suivante](/actualites/2026/{after}/)"
    by_file = "son fichier" if after in without else f"[son fichier]({{filename}}/articles/2026/{after}.md)"
    person = "une personne" if member in without else f"[une personne](/membres/{member}/)"
    authors = ", ".join([ALWAYS, *([] if member in without else [member])])
    lines = [
        "---",
        f"title: Article numéro {number}",
        "summary: Un article parmi d’autres, qui mène à ses voisins et dit qui l’a écrit.",
        f"date: 2026-03-0{number + 1}",
        "kind: actualite",
        f"authors: [{authors}]",
        "pillars: [partager]",
        f"tags: [voisinage, mot-{number}]",
        *([] if related in without else [f"related: [articles/2026/{related}]"]),
        "---",
        f"Le {word} texte mène à {next_page}, à {by_file} et à {person}.",
        "",
    ]
    return "\n".join(lines)


def member(number: int) -> str:
    return f"name: Personne {number}\nkind: citoyen\n"


def files(without: Collection[str] = ()) -> dict[str, str]:
    """All files of the root, without some: nothing points to these."""
    articles = {
        f"content/articles/2026/article-{n}.md": article(n, without) for n in NUMBERS if f"article-{n}" not in without
    }
    people = {f"data/members/personne-{n}.yaml": member(n) for n in MEMBERS if f"personne-{n}" not in without}
    base = {
        path.relative_to(SMALL).as_posix(): path.read_text("utf-8")
        for path in sorted((SMALL / "data").rglob("*"))
        if path.is_file()
    }
    return {**base, **articles, **people}


def picture(width: int = 40, height: int = 30) -> bytes:
    """A PNG of one colour."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x80" * width) * height)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")

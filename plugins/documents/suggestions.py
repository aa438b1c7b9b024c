"""``/search-index.json``: what the search box may suggest while one types.

A list of objects, without spaces to stay small: ``t`` is the title, ``a`` the address below the site, ``k``
what it is, in French.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Final

from plugins.documents.texts import one_line
from plugins.views.page import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.views.context import Context

NAME: Final = "search-index.json"
MOST_MEMBERS: Final = 2000  # a directory larger than that is searched on its own pages


def suggestions(ctx: Context) -> Iterator[Document]:
    """Titles and names of the site, those first that lead to most pages."""
    rows = [{"t": one_line(title), "a": address, "k": kind} for title, address, kind in _titles(ctx)]
    yield Document(NAME, json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode())


def _titles(ctx: Context) -> Iterator[tuple[str, str, str]]:
    site = ctx.site
    yield from ((pillar.name, pillar.address, "Pilier") for pillar in site.pillars.values())
    yield from ((club.name, club.address, "Club") for club in site.clubs.values())
    yield from ((territory.name, territory.address, "Territoire") for territory in site.territories.values())
    for kind in site.schemas.content_types:
        label = kind.singular[:1].upper() + kind.singular[1:]
        yield from ((entry.title, entry.address, label) for entry in site.by_folder.get(kind.folder, []))
    yield from ((tag.label, tag.address, "Mot-clé") for tag in site.tags.values())
    if len(site.members) <= MOST_MEMBERS:
        yield from ((member.name, member.address, "Membre") for member in site.members.values())

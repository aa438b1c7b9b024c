"""``/search-index.json`` and what belongs to it: what the search box may suggest while one types.

The file is a list of objects, without spaces to stay small: ``t`` is the title, ``a`` the address below the site, ``k`` what
it is, in French. Beside it lie, in ``/search-index/``, its lunr index and the titles for which it has no room (see
:mod:`plugins.search_index.suggestions`).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.documents.texts import one_line
from plugins.model import addresses
from plugins.publication.page import Document
from plugins.search_index.suggestions import Suggestion, suggestion_files
from plugins.search_index.synonyms import Synonyms
from plugins.views.words.index_names import INDEXES
from plugins.views.words.labels import capital

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context

GROUP, PAGE, WORD = 2.0, 1.5, 0.8  # weights beside an entry's or a member's: what leads to many pages comes first


def suggestions(ctx: Context) -> Iterator[Document]:
    """Titles and names of the site, those first that lead to most pages."""
    shown = [one for one in _titles(ctx) if ctx.href(one.address)]
    for path, content in suggestion_files(shown, Synonyms(ctx.site.vocabularies)):
        yield Document(path, content)


def _titles(ctx: Context) -> Iterator[Suggestion]:
    site = ctx.site
    yield from (_suggestion(pillar.name, pillar.address, "Pilier", boost=GROUP) for pillar in site.pillars.values())
    yield from (_suggestion(club.name, club.address, "Club", club.short, GROUP) for club in site.clubs.values())
    yield from _pages(ctx)
    yield from (
        _suggestion(territory.name, territory.address, "Territoire", boost=GROUP)
        for territory in site.territories.values()
    )
    entries = sorted(site.entries.values(), key=lambda entry: (entry.date, entry.id), reverse=True)
    yield from (_suggestion(entry.title, entry.address, capital(entry.type.singular)) for entry in entries)
    tags = sorted(site.tags.values(), key=lambda tag: (-len(tag.mentions), tag.slug))
    yield from (_suggestion(tag.label, tag.address, "Mot-clé", boost=WORD) for tag in tags)
    members = sorted(site.members.values(), key=lambda member: (-len(member.mentions), member.id))
    yield from (_suggestion(member.name, member.address, "Membre") for member in members)


def _pages(ctx: Context) -> Iterator[Suggestion]:
    """Lists and indexes, which people look for by name."""
    kinds = [kind for kind in ctx.site.schemas.content_types if kind.list and ctx.site.by_folder.get(kind.folder)]
    yield from (_suggestion(kind.title, addresses.list_address(kind), "Rubrique", boost=PAGE) for kind in kinds)
    names = ((address, name) for address, name in INDEXES.items() if address != addresses.SEARCH)
    yield from (_suggestion(name, address, "Rubrique", boost=PAGE) for address, name in names)


def _suggestion(title: str, address: str, kind: str, also: str = "", boost: float = 1.0) -> Suggestion:
    return Suggestion(one_line(title), address, kind, one_line(also), boost)

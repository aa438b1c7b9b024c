"""The search page: the question's field, what the script needs to find and filter, and without a script every index of the site."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import (
    CLUBS,
    MEMBERS,
    PILLARS,
    SEARCH,
    TAGS,
    TERRITORIES,
    letter_address,
    letter_of,
    list_address,
)
from plugins.publication.page import Page
from plugins.publication.security import SEARCH_BUNDLE
from plugins.views.frame import Frame, Link, frame
from plugins.views.index_names import INDEXES
from plugins.views.search_filters import Filter, filters
from plugins.views.sections import link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context

TAGS_SHOWN = 60


class Counted(TypedDict):
    """A link with the number of things behind it."""

    name: str
    href: str
    count: int | None


class Index(TypedDict):
    """A way through the site."""

    title: str
    href: Annotated[str, "The whole index."]
    links: list[Counted]


class SearchView(TypedDict):
    """The search page (``search.html``)."""

    page: Frame
    script: Annotated[str, "The script that searches; empty where there is no search index."]
    data: Annotated[str, "Where the search index lies; its address ends with a slash."]
    titles: Annotated[str, "The titles to be searched where WebAssembly is not allowed; empty if there are none."]
    filters: Annotated[list[Filter], "By what results can be filtered."]
    indexes: Annotated[list[Index], "Types, pillars, clubs, territories, members, tags: those that hold something."]


def search_pages(ctx: Context) -> Iterator[Page]:
    """The one page of the search."""
    title = INDEXES[SEARCH]
    page = frame(ctx, SEARCH, title, f"{title}. {ctx.site.settings['name']}", section=SEARCH)
    view: SearchView = {
        "page": page,
        "script": ctx.asset("js/search-page.js") if {"search", "theme_files"} <= ctx.outputs else "",
        "data": f"{ctx.base}{SEARCH_BUNDLE}",
        "titles": ctx.href("/search-index.json"),
        "filters": filters(ctx),
        "indexes": [index for index in _indexes(ctx) if index["links"]],
    }
    yield Page(SEARCH, "search.html", view)


def _indexes(ctx: Context) -> Iterator[Index]:
    site = ctx.site
    types = [
        (kind.title, list_address(kind), len(site.by_folder.get(kind.folder, ())))
        for kind in site.schemas.content_types
        if kind.list
    ]
    yield {"title": "", "href": "", "links": _counted(ctx, [one for one in types if one[2]])}
    yield _index(ctx, PILLARS, [link(ctx, one.name, one.address) for one in site.pillars.values()])
    yield _index(ctx, CLUBS, [link(ctx, one.name, one.address) for one in site.clubs.values()])
    yield _index(ctx, TERRITORIES, [link(ctx, one.name, one.address) for one in site.territories.values()])
    letters = sorted({letter_of(member) for member in site.members.values()})
    yield _index(ctx, MEMBERS, [link(ctx, letter.upper(), letter_address(letter)) for letter in letters])
    often = heapq.nsmallest(TAGS_SHOWN, site.tags.values(), key=lambda tag: (-len(tag.mentions), tag.slug))
    tags = [(tag.label, tag.address, len(tag.mentions)) for tag in sorted(often, key=lambda tag: tag.slug)]
    yield {"title": INDEXES[TAGS], "href": ctx.href(TAGS), "links": _counted(ctx, tags)}


def _index(ctx: Context, address: str, links: list[Link]) -> Index:
    counted: list[Counted] = [{"name": one["name"], "href": one["href"], "count": None} for one in links]
    return {"title": INDEXES[address], "href": ctx.href(address), "links": counted}


def _counted(ctx: Context, items: list[tuple[str, str, int]]) -> list[Counted]:
    return [{"name": typography(name), "href": ctx.href(address), "count": count} for name, address, count in items]

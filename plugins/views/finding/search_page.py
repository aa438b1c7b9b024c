"""The search page: the question's field, what the script needs to find and filter, and without a script every index of the site."""

from __future__ import annotations

import heapq
from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.model.addresses import (
    CLUBS,
    MAP,
    MEMBERS,
    OBSERVATORY,
    PILLARS,
    SEARCH,
    TAGS,
    TERRITORIES,
    TITLES,
    list_address,
)
from plugins.publication.page import Page
from plugins.publication.security import SEARCH_BUNDLE
from plugins.views.finding.search_filters import Filter, filters
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.parts.sections import link
from plugins.views.words.index_names import INDEXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.model.objects import Mention
    from plugins.publication.context import Context

SHOWN = 16  # links of an index


class Index(TypedDict):
    """A way through the site."""

    title: str
    href: Annotated[str, "The whole index."]
    links: list[Link]


class SearchView(TypedDict):
    """The search page (``search.html``)."""

    page: Frame
    script: Annotated[str, "The script that searches; empty where there is no search index."]
    data: Annotated[str, "Where the search index lies; its address ends with a slash."]
    titles: Annotated[str, "The titles to be searched where WebAssembly is not allowed; empty if there are none."]
    filters: Annotated[list[Filter], "By what results can be filtered."]
    indexes: Annotated[
        list[Index], "Rubrics (without a title), pillars, clubs, territories, tags: those that hold something."
    ]


def search_pages(ctx: Context) -> Iterator[Page]:
    """The one page of the search."""
    title = INDEXES[SEARCH]
    page = frame(ctx, SEARCH, title, f"{title}. {ctx.site.settings['name']}", section=SEARCH)
    view: SearchView = {
        "page": page,
        "script": ctx.asset("js/search-page.js") if {"search", "theme_files"} <= ctx.outputs else "",
        "data": f"{ctx.base}{SEARCH_BUNDLE}",
        "titles": ctx.href(TITLES),
        "filters": filters(ctx),
        "indexes": [index for index in _indexes(ctx) if index["links"]],
    }
    yield Page(SEARCH, "search.html", view)


def _indexes(ctx: Context) -> Iterator[Index]:
    site = ctx.site
    types = [
        (kind.title, list_address(kind))
        for kind in site.schemas.content_types
        if kind.list and site.by_folder.get(kind.folder)
    ]
    others = {MEMBERS: site.members, MAP: site.entries, OBSERVATORY: site.indicators}
    more = [(INDEXES[address], address) for address, content in others.items() if content]
    yield {
        "title": "",
        "href": "",
        "links": [one for one in (link(ctx, *pair) for pair in (*types, *more)) if one["href"]],
    }
    yield _index(ctx, PILLARS, [(one.name, one.address, one.mentions) for one in site.pillars.values()])
    yield _index(ctx, CLUBS, [(one.name, one.address, one.mentions) for one in site.clubs.values()])
    yield _index(ctx, TERRITORIES, [(one.name, one.address, one.mentions) for one in site.territories.values()])
    yield _index(ctx, TAGS, [(one.label, one.address, one.mentions) for one in site.tags.values()])


def _index(ctx: Context, address: str, things: Sequence[tuple[str, str, Sequence[Mention]]]) -> Index:
    """The things with most entries, in the order in which they come; the rest stands on the index's own page."""
    kept = set(heapq.nsmallest(SHOWN, range(len(things)), key=lambda place: (-len(things[place][2]), place)))
    links = [link(ctx, name, where) for place, (name, where, _) in enumerate(things) if place in kept]
    return {"title": INDEXES[address], "href": ctx.href(address), "links": links}

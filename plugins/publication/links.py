"""Which output makes the page at an address, so that nothing links to what is switched off."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.model import addresses

if TYPE_CHECKING:
    from plugins.model.objects import Site

# The first part of an address and the plugin that makes what lies below it.
OUTPUTS: Final = {
    addresses.CLUBS: "clubs",
    addresses.MEMBERS: "members",
    addresses.PILLARS: "pillars",
    addresses.TERRITORIES: "territories",
    addresses.TAGS: "tags",
    addresses.MAP: "map_page",
    addresses.SEARCH: "search_page",
    addresses.OBSERVATORY: "observatory",
    addresses.CONTRIBUTE: "contribute",
    addresses.LETTERS: "newsletter",
    addresses.DATA: "open_data",
}
# Files by their name, wherever they lie.
FILES: Final = {
    "404.html": "not_found",
    "flux.xml": "feeds",
    "agenda.ics": "calendars",
    addresses.EVENT_FILE: "event_files",
    "sitemap.xml": "sitemap",
    "humans.txt": "well_known",
    "search-index.json": "suggestions",
}


def output_of(site: Site, address: str) -> str:
    """The name of the plugin that makes the page or file at a site-relative ``address``."""
    path = address.partition("#")[0].partition("?")[0]
    if path == addresses.HOME:
        return "home"
    name = path.rpartition("/")[2]
    if name:
        return FILES.get(name, OUTPUTS.get(_first(path), ""))
    return OUTPUTS.get(_first(path)) or _content_output(site, path)


def _first(path: str) -> str:
    return f"/{path.split('/', 2)[1]}/"


def _content_output(site: Site, path: str) -> str:
    """Below a type's address stand its list, its years and their pages, its months; everything else is an entry."""
    first, *rest = path.strip("/").split("/")
    if not any(kind.address == first for kind in site.schemas.content_types):
        return "entries"  # a page of content/pages
    while len(rest) > 1 and rest[-2] == "page":
        rest = rest[:-2]
    if rest and rest[0] == addresses.MONTHS:
        return "agenda_months"
    return "lists" if not rest or (len(rest) == 1 and rest[0].isdigit()) else "entries"

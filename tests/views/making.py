"""Makes and renders all pages of a region, as the press does."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Final

from plugins.press import Printer
from plugins.publication.theme import THEME
from plugins.views.entry.entries import entry_pages
from plugins.views.finding.map_page import map_pages
from plugins.views.finding.search_page import search_pages
from plugins.views.forms.contribute import contribute_pages
from plugins.views.groups.clubs import club_pages
from plugins.views.groups.members import member_pages
from plugins.views.groups.pillars import pillar_pages
from plugins.views.groups.territories import territory_pages
from plugins.views.home import home_pages
from plugins.views.letters.newsletter import newsletter_pages
from plugins.views.listing.lists import list_pages
from plugins.views.listing.months import month_pages
from plugins.views.listing.tags import tag_pages
from plugins.views.observatory import observatory_pages
from plugins.views.page.not_found import not_found_pages
from plugins.views.page.shell import shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from plugins.publication.context import Context
    from plugins.publication.page import Page

URL: Final = "https://copie.example.org/essai"
TODAY: Final = dt.date(2026, 11, 24)
MAKERS: Final[Mapping[str, Callable[[Context], Iterator[Page]]]] = {
    "home": home_pages,
    "entries": entry_pages,
    "lists": list_pages,
    "agenda_months": month_pages,
    "clubs": club_pages,
    "members": member_pages,
    "pillars": pillar_pages,
    "territories": territory_pages,
    "tags": tag_pages,
    "observatory": observatory_pages,
    "contribute": contribute_pages,
    "search_page": search_pages,
    "map_page": map_pages,
    "newsletter": newsletter_pages,
    "not_found": not_found_pages,
}
ALL: Final = frozenset({*MAKERS, "attachments", "feeds", "calendars", "open_data"})


def pages(ctx: Context) -> Iterator[Page]:
    """The pages of the outputs that are on."""
    for name, make in MAKERS.items():
        if name in ctx.outputs:
            yield from make(ctx)


_RENDERED: dict[int, tuple[Context, dict[str, str]]] = {}


def rendered(ctx: Context) -> Mapping[str, str]:
    """The HTML of every page, by address; made once for each context that the tests share."""
    if id(ctx) not in _RENDERED:
        _RENDERED[id(ctx)] = (ctx, render(ctx))
    return _RENDERED[id(ctx)][1]


def render(ctx: Context) -> dict[str, str]:
    """The HTML of every page as it is now."""
    environment = Printer(str(THEME), "", shell(ctx)).environment()
    return {page.address: environment.get_template(page.template).render(page.view) for page in pages(ctx)}

"""By what the results of the search can be filtered: the fields, and the values that some page has.

A filter bears the name of its field; « type » is the folder, « year » that of the day under which a page is found.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.markup import typography
from plugins.model import addresses
from plugins.views.parts.cards import occurrence
from plugins.views.words.index_names import INDEXES

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from plugins.model.objects import Entry
    from plugins.publication.context import Context

# Values of the filter « type » beside the folders of content types.
MEMBERS, CLUBS, TERRITORIES, PILLARS = "members", "clubs", "territories", "pillars"
PAGES: Final = "pages"  # the folder of plain pages, whose filter lists, indexes and forms share
PAGES_NAME: Final = "Pages du site"


class Choice(TypedDict):
    """A value of a filter."""

    value: str
    name: str


class Filter(TypedDict):
    """A filter: one value of one field."""

    name: Annotated[str, "The field, as the address names it."]
    label: str
    any: Annotated[str, "What choosing nothing is called."]
    choices: list[Choice]


def filters(ctx: Context) -> list[Filter]:
    """The filters that divide anything: those with two values at least."""
    site = ctx.site
    found = [
        _filter("type", "Type", "Tous les types", _types(ctx)),
        _filter("pillars", "Pilier", "Tous les piliers", ((one.id, one.name) for one in site.pillars.values())),
        _filter("clubs", "Club", "Tous les clubs", ((one.id, one.name) for one in site.clubs.values())),
        _filter(
            "territories",
            "Territoire",
            "Tous les territoires",
            ((one.id, one.name) for one in site.territories.values()),
        ),
        _filter("year", "Année", "Toutes les années", ((year, year) for year in _years(ctx))),
    ]
    return [one for one in found if len(one["choices"]) > 1]


def entry_day(ctx: Context, entry: Entry) -> dt.date:
    """The day under which an entry is found: of an event its own, else that of its publication."""
    moment = occurrence(ctx, entry)
    return moment.first_day if moment else entry.date


def _filter(name: str, label: str, without: str, choices: Iterable[tuple[str, str]]) -> Filter:
    shown: list[Choice] = [{"value": value, "name": typography(text)} for value, text in choices]
    return {"name": name, "label": label, "any": without, "choices": shown}


def _types(ctx: Context) -> Iterator[tuple[str, str]]:
    site = ctx.site
    for kind in site.schemas.content_types:
        if kind.folder != PAGES and site.by_folder.get(kind.folder):
            yield kind.folder, kind.title
    groups = {
        MEMBERS: (addresses.MEMBERS, site.members),
        CLUBS: (addresses.CLUBS, site.clubs),
        TERRITORIES: (addresses.TERRITORIES, site.territories),
        PILLARS: (addresses.PILLARS, site.pillars),
    }
    yield from ((value, INDEXES[address]) for value, (address, content) in groups.items() if content)
    yield PAGES, PAGES_NAME


def _years(ctx: Context) -> list[str]:
    days = (entry_day(ctx, entry) for entry in ctx.site.entries.values() if entry.type.address)
    return sorted({str(day.year) for day in days}, reverse=True)

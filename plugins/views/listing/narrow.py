"""The filters above a list, for the script ``filters.js``, and the ways that do without it."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.markup import typography
from plugins.model.addresses import CLUBS, PILLARS, TERRITORIES
from plugins.views.listing.facets import FREE, ON_SITE, ONLINE, PAID, PRICE, WORDS, YEAR, Facets, chosen_fields
from plugins.views.page.frame import Link  # noqa: TC001  # the theme's reference reads these types
from plugins.views.parts.sections import link
from plugins.views.words.index_names import INDEXES
from plugins.views.words.labels import enum_label, term_label, territory_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.model.schema.schemas import Field
    from plugins.publication.context import Context

SCRIPT: Final = "js/filters.js"
FEWEST: Final = 2  # rows from which on there is something to choose from
SUGGESTED: Final = 40  # words offered where people say things in words of their own
ENOUGH: Final = 250  # options of one filter; more would be no choice


class Option(TypedDict):
    """A value of a filter."""

    value: Annotated[str, "As the address and the data write it."]
    name: str
    count: Annotated[int, "How many rows of the whole list have it."]


class Options(TypedDict):
    """Values of a filter that belong together."""

    label: Annotated[str, "What they are; empty where all are of one sort."]
    options: list[Option]


class Narrowing(TypedDict):
    """A filter of a list: one field."""

    name: Annotated[str, "The field, as the address names it."]
    label: Annotated[str, "The field's label in its schema; the template has better ones for those that it knows."]
    groups: list[Options]
    words: Annotated[bool, "Whether one types words; the options are then suggestions."]


class Narrow(TypedDict):
    """The filters of a list."""

    script: Annotated[str, "The script that filters."]
    data: Annotated[str, "Where the index and the rows of the whole list lie; empty where all rows are in the page."]
    size: Annotated[int, "How many rows a file of rows holds."]
    total: Annotated[int, "How many rows the whole list has."]
    ways: Annotated[list[Link], "Pages that are filters in themselves, for those without scripts."]
    filters: Annotated[list[Narrowing], "Those that leave something and take something away."]


def narrow(ctx: Context, schema: str, facets: Facets, *, data: str = "", size: int = 0) -> Narrow | None:
    """The filters of a list of ``schema``; None where there is nothing to choose from or no script to do it."""
    filters = [one for one in _filters(ctx, schema, facets) if one["groups"]]
    if facets.total < FEWEST or not filters or not {"list_data", "theme_files"} <= ctx.outputs:
        return None
    return {
        "script": ctx.asset(SCRIPT),
        "data": data,
        "size": size,
        "total": facets.total,
        "ways": _ways(ctx),
        "filters": filters,
    }


def _ways(ctx: Context) -> list[Link]:
    indexes = {PILLARS: ctx.site.pillars, CLUBS: ctx.site.clubs, TERRITORIES: ctx.site.territories}
    links = [link(ctx, INDEXES[address], address) for address, content in indexes.items() if content]
    return [one for one in links if one["href"]]


def _filters(ctx: Context, schema: str, facets: Facets) -> Iterator[Narrowing]:
    site = ctx.site
    chosen = chosen_fields(ctx, schema)
    yield from (_of_field(ctx, facets, schema, field) for field in chosen if field.labels)
    yield _filter(facets, "pillars", {one.id: one.name for one in site.pillars.values()})
    yield _filter(facets, "clubs", {one.id: one.name for one in site.clubs.values()})
    yield _territories(ctx, facets)
    yield from (_of_field(ctx, facets, schema, field) for field in chosen if field.vocabulary)
    yield _filter(facets, YEAR, {year: year for year in sorted(facets.counts(YEAR), reverse=True)})
    yield _filter(facets, "online", dict.fromkeys((ON_SITE, ONLINE), ""))
    yield _filter(facets, PRICE, dict.fromkeys((FREE, PAID), ""))
    yield from (_words(facets, name) for name in WORDS)


def _of_field(ctx: Context, facets: Facets, schema: str, field: Field) -> Narrowing:
    if field.vocabulary:
        names = {value: term_label(ctx, field.vocabulary, value) for value in facets.counts(field.name)}
        names = dict(sorted(names.items(), key=lambda pair: (pair[1].casefold(), pair[0])))
    else:
        names = {value: enum_label(ctx, schema, field.name, value) for value in field.labels}
    return _filter(facets, field.name, names, label=typography(field.label))


def _filter(facets: Facets, name: str, names: Mapping[str, str], *, label: str = "") -> Narrowing:
    """A filter with the values in ``names`` (value → what it is called) that some rows have and others have not."""
    counts = facets.counts(name)
    options = [
        _option(value, text, counts[value]) for value, text in names.items() if 0 < counts.get(value, 0) < facets.total
    ]
    return _narrowing(name, label, [{"label": "", "options": options[:ENOUGH]}])


def _option(value: str, text: str, count: int) -> Option:
    return {"value": value, "name": typography(text), "count": count}


def _narrowing(name: str, label: str, groups: list[Options], *, words: bool = False) -> Narrowing:
    filled = [group for group in groups if group["options"]]
    return {"name": name, "label": label, "groups": filled, "words": words}


def _territories(ctx: Context, facets: Facets) -> Narrowing:
    counts = facets.counts("territories")
    known = [one for one in ctx.site.territories.values() if 0 < counts.get(one.id, 0) < facets.total]
    kinds = list(dict.fromkeys(one.kind for one in ctx.site.territories.values()))
    known.sort(key=lambda one: (kinds.index(one.kind), one.name.casefold(), one.id))
    groups: list[Options] = [
        {
            "label": territory_kind(ctx, first),
            "options": [_option(one.id, one.name, counts[one.id]) for one in (first, *found)],
        }
        for _, (first, *found) in groupby(known[:ENOUGH], key=lambda one: one.kind)
    ]
    return _narrowing("territories", "", groups if len(groups) > 1 else [{**one, "label": ""} for one in groups])


def _words(facets: Facets, name: str) -> Narrowing:
    """What members say in their own words is typed; the most frequent are suggested."""
    often = sorted(facets.counts(name).items(), key=lambda pair: (-pair[1], pair[0].casefold(), pair[0]))[:SUGGESTED]
    options = [
        _option(value, value, count) for value, count in sorted(often, key=lambda pair: (pair[0].casefold(), pair[0]))
    ]
    return _narrowing(name, "", [{"label": "", "options": options}], words=True)

"""The map of initiatives: drawn by the build, with the list beside it, so that both can be used without a script."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.model.addresses import MAP, list_address
from plugins.views.addition import proposal
from plugins.views.cards import Card, card
from plugins.views.frame import Frame, Link, frame
from plugins.views.index_names import INDEXES
from plugins.views.maps import MapView, Mark, marks_of, region_map
from plugins.views.page import Page
from plugins.views.sections import link

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Entry
    from plugins.model.schemas import ContentType
    from plugins.views.context import Context

WIDTH = 800
LISTED = 300


class Spot(TypedDict):
    """An entry in the list beside the map."""

    id: Annotated[str, "Its anchor in the page."]
    card: Card


class MapPageView(TypedDict):
    """The map (``map.html``)."""

    page: Frame
    map: Annotated[MapView | None, "None where nothing is known of the region's geography."]
    spots: Annotated[
        list[Spot], "From the north to the south, those that share a mark together; at most 300, the latest."
    ]
    total: Annotated[int, "How many entries stand on the map."]
    list: Annotated[Link | None, "The whole list of what the map shows."]
    propose: Annotated[Link | None, "How to propose one."]


def map_pages(ctx: Context) -> Iterator[Page]:
    """The one page of the map."""
    kind = mapped_type(ctx)
    entries = [entry for entry in ctx.site.by_folder.get(kind.folder, []) if entry.point] if kind else []
    marks, spots = _placed(ctx, entries)
    view: MapPageView = {
        "page": frame(ctx, MAP, INDEXES[MAP], f"{INDEXES[MAP]}. {ctx.site.settings['name']}", section=MAP),
        "map": region_map(ctx, WIDTH, marks, detailed=True),
        "spots": spots,
        "total": len(entries),
        "list": link(ctx, kind.title, list_address(kind)) if kind else None,
        "propose": proposal(ctx, kind) if kind else None,
    }
    yield Page(MAP, "map.html", view)


def mapped_type(ctx: Context) -> ContentType | None:
    """The type that the map shows: of those with places, the first that neither takes place nor expires."""
    for kind in ctx.site.schemas.content_types:
        if kind.place and kind.direction == "newest" and "expires" not in kind.schema.get("properties", {}):
            return kind
    return None


def _placed(ctx: Context, entries: list[Entry]) -> tuple[list[Mark], list[Spot]]:
    listed = {entry.id for entry in entries[:LISTED]}
    marks: list[Mark] = []
    spots: list[Spot] = []
    drawn = marks_of(ctx, entries, WIDTH)
    for mark, found in drawn:
        here = [entry for entry in found if entry.id in listed]
        if mark["count"] > 1 and here:
            mark["href"] = f"#page-{len(spots) + 1}"
        marks.append(mark)
        spots += [Spot(id=f"page-{len(spots) + at}", card=card(ctx, entry)) for at, entry in enumerate(here, start=1)]
    if not drawn:  # no geography: the list alone
        spots = [Spot(id=f"page-{at}", card=card(ctx, entry)) for at, entry in enumerate(entries[:LISTED], start=1)]
    return marks, spots

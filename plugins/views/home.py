"""The home page: what this is, what comes next, what is new, where, and how to take part. Nothing stands on it twice."""

from __future__ import annotations

import datetime as dt
import heapq
from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.model.addresses import CLUBS, HOME, MAP, MEMBERS, form_address, list_address
from plugins.publication.page import Page
from plugins.views.drawing.wheel import WheelArc, wheel
from plugins.views.groups.clubs import ClubRow, club_row
from plugins.views.page.addition import proposal, proposals
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.page.pictures import PictureView, picture
from plugins.views.parts.cards import Card, card, cards
from plugins.views.parts.cover import Cover, cover
from plugins.views.parts.maps import MapView, marks_of, region_map
from plugins.views.parts.sections import link
from plugins.views.words.states import has_dates, state

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Entry
    from plugins.publication.context import Context

EVENTS = 4
NEWS = 5
OPEN = 4
CLUBS_SHOWN = 8
MAP_WIDTH = 560
LATEST_ON_MAP = 4
WEEK = dt.timedelta(days=7)


class HomeView(TypedDict):
    """The home page (``home.html``)."""

    page: Frame
    wheel: Annotated[list[WheelArc], "The large ring."]
    total: Annotated[int, "How many entries the site has, static pages aside."]
    find: Annotated[list[Link], "Ways to look for something."]
    events: Annotated[list[Card], "The next events, at most four."]
    clock: Annotated[str, "The script that takes away events that are over; empty where none are to come."]
    this_week: Annotated[bool, "Whether all of them are within seven days."]
    announce: Annotated[Link | None, "How to announce an event."]
    agenda: Annotated[Link | None, "The agenda; None if there is no list of events."]
    lead: Annotated[Card | None, "The latest entry that is no event: the lead story."]
    lead_picture: Annotated[PictureView | None, "Its picture."]
    lead_cover: Annotated[Cover | None, "Its cover where it has no picture."]
    news: Annotated[list[Card], "The next latest."]
    open: Annotated[list[Card], "Calls and consultations that are open, the first to close first."]
    map: Annotated[
        MapView | None, "The map; None where nothing has a place or nothing is known of the region's geography."
    ]
    placed: Annotated[int, "How many entries stand on the map."]
    map_link: Annotated[str, "The page of the map."]
    on_map: Annotated[list[Card], "The latest of them that the page does not show elsewhere."]
    clubs: list[ClubRow]
    more_clubs: Annotated[int, "How many are not shown."]
    clubs_link: Annotated[str, "The index of clubs; empty if it is switched off."]
    proposals: list[Link]
    join: Annotated[str, "Where to ask for a page in the directory."]
    members: Annotated[str, "The directory; empty if there is none."]


def home_pages(ctx: Context) -> Iterator[Page]:
    """The one home page."""
    site = ctx.site
    types = [kind for kind in site.schemas.content_types if kind.address]
    everything = [entry for kind in types for entry in site.by_folder.get(kind.folder, ())]
    events = _next_events(ctx, everything)
    news = _news(ctx, everything)
    placed = [
        entry
        for entry in everything
        if entry.point and entry.type.place and not has_dates(entry.fields) and "expires" not in entry.fields
    ]
    shown = {entry.id for entry in (*events, *news)}
    lead = news[0] if news else None
    view: HomeView = {
        "page": _frame(ctx),
        "wheel": wheel(ctx),
        "total": len(everything),
        "find": _find(ctx),
        "events": cards(ctx, events),
        "clock": ctx.asset("js/past.js") if events and "theme_files" in ctx.outputs else "",
        "this_week": bool(events) and all(_is_near(ctx, event) for event in events),
        "announce": _announce(ctx),
        "agenda": _agenda(ctx),
        "lead": card(ctx, lead) if lead else None,
        "lead_picture": picture(ctx, lead) if lead else None,
        "lead_cover": cover(ctx, lead) if lead and not lead.picture and lead.pillars else None,
        "news": cards(ctx, news[1:]),
        "open": cards(ctx, _open(ctx, everything, shown)),
        "map": region_map(ctx, MAP_WIDTH, [mark for mark, _ in marks_of(ctx, placed, MAP_WIDTH)]) if placed else None,
        "placed": len(placed),
        "map_link": ctx.href(MAP),
        "on_map": cards(ctx, _elsewhere(placed, shown)),
        "clubs": [club_row(ctx, club) for club in list(site.clubs.values())[:CLUBS_SHOWN]],
        "more_clubs": max(0, len(site.clubs) - CLUBS_SHOWN),
        "clubs_link": ctx.href(CLUBS),
        "proposals": proposals(ctx),
        "join": ctx.href(form_address("membre")),
        "members": ctx.href(MEMBERS) if site.members else "",
    }  # fmt: skip
    yield Page(HOME, "home.html", view)


def _frame(ctx: Context) -> Frame:
    settings = ctx.site.settings
    name = str(settings["name"])
    return frame(
        ctx,
        HOME,
        name,
        str(settings.get("tagline") or name),
        section=HOME,
        feeds=[(name, "/flux.xml")],
        calendars=[(name, "/agenda.ics")] if _agenda(ctx) else [],
        about=[ctx.site],
    )


def _agenda(ctx: Context) -> Link | None:
    for kind in ctx.site.schemas.content_types:
        if kind.list and kind.direction == "upcoming" and ctx.href(list_address(kind)):
            return link(ctx, kind.title, list_address(kind))
    return None


def _announce(ctx: Context) -> Link | None:
    found = [proposal(ctx, kind) for kind in ctx.site.schemas.content_types if kind.direction == "upcoming"]
    return next((one for one in found if one), None)


def _next_events(ctx: Context, everything: list[Entry]) -> list[Entry]:
    ahead = [entry for entry in everything if has_dates(entry.fields) and not card(ctx, entry)["over"]]
    return heapq.nsmallest(
        EVENTS, ahead, key=lambda entry: ((card(ctx, entry)["block"] or {"iso": ""})["iso"], entry.id)
    )


def _news(ctx: Context, everything: list[Entry]) -> list[Entry]:
    """The latest of what lasts: no events, nothing that closes or expires. What is made up comes after all that is real."""
    told = [
        entry
        for entry in everything
        if entry.type.list and entry.date <= ctx.today and not {"start", "closes", "expires"} & entry.fields.keys()
    ]
    return heapq.nlargest(NEWS + 1, told, key=lambda entry: (not entry.demo, entry.date, entry.id))


def _open(ctx: Context, everything: list[Entry], shown: set[str]) -> list[Entry]:
    found = [
        entry
        for entry in everything
        if entry.id not in shown and state(entry.fields, ctx.today, to_come=False) == "open"
    ]
    return heapq.nsmallest(OPEN, found, key=lambda entry: (str(entry.fields["closes"]), entry.id))


def _elsewhere(placed: list[Entry], shown: set[str]) -> list[Entry]:
    """The latest on the map that the page does not show already; what is made up comes last."""
    return heapq.nsmallest(
        LATEST_ON_MAP, (entry for entry in placed if entry.id not in shown), key=lambda entry: entry.demo
    )


def _is_near(ctx: Context, event: Entry) -> bool:
    block = card(ctx, event)["block"]
    return block is not None and block["iso"] <= (ctx.today + WEEK).isoformat()


def _find(ctx: Context) -> list[Link]:
    """The lists that one looks things up in: initiatives, members, resources, offers – those that have any."""
    wanted = ("initiatives", "resources", "offers")
    kinds = [
        kind for kind in ctx.site.schemas.content_types if kind.folder in wanted and ctx.site.by_folder.get(kind.folder)
    ]
    links = [link(ctx, kind.plural, list_address(kind)) for kind in kinds]
    return [one for one in links if one["href"]]

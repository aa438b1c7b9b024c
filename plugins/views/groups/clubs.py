"""The clubs and networks: the index, and a page for each."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import CLUBS
from plugins.model.objects import entries_in
from plugins.publication.page import Page
from plugins.views.drawing.ring import Arc, count_pillars, weighted
from plugins.views.page.addition import proposals
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.parts.maps import MapView, marks_of, region_map
from plugins.views.parts.people import Person, person
from plugins.views.parts.roll import Roll, roll
from plugins.views.parts.sections import Section, link, sections, source_link
from plugins.views.words.french import host
from plugins.views.words.index_names import INDEXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Club, Member
    from plugins.publication.context import Context

MAP_WIDTH = 360


class ClubRow(TypedDict):
    """A club in the index."""

    name: str
    href: str
    description: str
    themes: list[str]
    arcs: Annotated[list[Arc], "Its ring, each arc as thick as its number of entries."]
    members: Annotated[int, "How many members show that they belong to it."]
    entries: Annotated[int, "How many entries name it."]
    demo: bool


class ClubsView(TypedDict):
    """The index of clubs (``clubs.html``)."""

    page: Frame
    clubs: list[ClubRow]


class ClubView(TypedDict):
    """A club (``club.html``)."""

    page: Frame
    name: str
    description: str
    themes: Annotated[list[str], "What it works on, in a few words each."]
    organisation: Annotated[str, "Who stands behind it."]
    website: Annotated[Link | None, "Its own web site."]
    founded: Annotated[int | None, "The year in which it began."]
    join: Annotated[str, "How to join; empty where it does not say."]
    source: Annotated[Link | None, "Where these facts come from."]
    demo: bool
    arcs: Annotated[list[Arc], "Its ring, each arc as thick as its number of entries."]
    pillars: list[Link]
    animator: Person | None
    roll: Annotated[Roll, "Members who show that they belong to it."]
    sections: Annotated[list[Section], "What it has organised and published, by type."]
    map: Annotated[MapView | None, "Where its entries are; None where none has a place."]
    feed: Annotated[str, "Its feed; empty if feeds are switched off."]
    proposals: Annotated[list[Link], "What one can propose."]


def club_pages(ctx: Context) -> Iterator[Page]:
    """The index and a page for each club."""
    yield Page(CLUBS, "clubs.html", _index(ctx))
    for club in ctx.site.clubs.values():
        yield Page(club.address, "club.html", _club(ctx, club))


def _index(ctx: Context) -> ClubsView:
    rows = [club_row(ctx, club) for club in ctx.site.clubs.values()]
    description = f"{INDEXES[CLUBS]}. {ctx.site.settings['name']}"
    return {
        "page": frame(ctx, CLUBS, INDEXES[CLUBS], description, section=CLUBS, sources=["data/clubs.yaml"]),
        "clubs": rows,
    }


def club_row(ctx: Context, club: Club) -> ClubRow:
    """A club in a list."""
    return {
        "name": typography(club.name),
        "href": ctx.href(club.address),
        "description": typography(club.description),
        "themes": [typography(theme) for theme in club.themes],
        "arcs": weighted(list(ctx.site.pillars.values()), _weights(club)),
        "members": len(club.members),
        "entries": len(entries_in(club.mentions)),
        "demo": club.demo,
    }


def _weights(club: Club) -> dict[int, int]:
    """Its entries by pillar; a club without entries has its own pillars, one each."""
    return count_pillars(club.mentions) or {pillar.position: 1 for pillar in club.pillars}


def _club(ctx: Context, club: Club) -> ClubView:
    name, description = typography(club.name), typography(club.description)
    entries, choice = entries_in(club.mentions), f"clubs={club.id}"
    marks = [mark for mark, _ in marks_of(ctx, entries, MAP_WIDTH)]
    return {
        "page": frame(
            ctx, club.address, name, description, section=CLUBS, trail=[(INDEXES[CLUBS], CLUBS)], sources=["data/clubs.yaml"],
            feeds=[(name, f"{club.address}flux.xml")], calendars=[(name, f"{club.address}agenda.ics")], about=[club],
        ),
        "name": name,
        "description": description,
        "themes": [typography(theme) for theme in club.themes],
        "organisation": typography(club.organisation),
        "website": {"name": host(club.url), "href": club.url} if club.url else None,
        "founded": club.founded,
        "join": typography(club.join),
        "source": source_link(club.source),
        "demo": club.demo,
        "arcs": weighted(list(ctx.site.pillars.values()), _weights(club)),
        "pillars": [link(ctx, pillar.name, pillar.address) for pillar in club.pillars],
        "animator": person(ctx, club.animator) if club.animator else None,
        "roll": roll(ctx, by_name(club), choice),
        "sections": sections(ctx, entries, choice),
        "map": region_map(ctx, MAP_WIDTH, marks) if marks else None,
        "feed": ctx.href(f"{club.address}flux.xml"),
        "proposals": proposals(ctx),
    }  # fmt: skip


def by_name(club: Club) -> list[Member]:
    """The members of a club by name."""
    return sorted(club.members, key=lambda member: (member.name.casefold(), member.id))

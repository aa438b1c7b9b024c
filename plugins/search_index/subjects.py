"""What each page of a site is about: how a result shows it, and by what it can be filtered. The addresses that can be found
at all.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from plugins.markup import typography
from plugins.model import addresses
from plugins.search_index.synonyms import aliases
from plugins.views.drawing.ring import positions
from plugins.views.finding.search_filters import CLUBS, MEMBERS, PAGES, PILLARS, TERRITORIES, entry_day
from plugins.views.parts.cards import card, moment_words, occurrence
from plugins.views.words.labels import member_kind, territory_kind

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterator, Mapping

    from plugins.model.objects import Entry, Member, Territory
    from plugins.publication.context import Context
    from plugins.views.parts.cards import Card

    _Values = Mapping[str, tuple[str, ...]]

FILTERS: Final = ("type", "pillars", "clubs", "territories", "year")


@dataclass(frozen=True, slots=True)
class Subject:
    """One page. ``label`` says what it is in a word or two, ``values`` are those of :data:`FILTERS`, ``day`` is what it is
    sorted by (publication, or the day of an event), ``ring`` the places of its pillars. An empty title is the page's;
    ``also`` are words under which it is found too; of a ``brief`` page only title and standfirst are read.
    """

    address: str
    type: str
    label: str
    title: str = ""
    when: str = ""
    place: str = ""
    also: str = ""
    brief: bool = False
    day: dt.date | None = None
    ring: tuple[int, ...] = ()
    demo: bool = False
    values: _Values = field(default_factory=dict)


def subjects(ctx: Context) -> Iterator[Subject]:
    """Every page that the search finds, in the order of ties: groups, entries, members, then lists and forms.

    Left out are pages of pages (second pages, years, letters), tags, which are lists of others, and the search page.
    """
    yield from _groups(ctx)
    for kind in ctx.site.schemas.content_types:
        for entry in ctx.site.by_folder.get(kind.folder, ()):
            yield _of_entry(ctx, entry)
    places = _territories_of_members(ctx)
    yield from (_of_member(ctx, member, places.get(member.id, ())) for member in ctx.site.members.values())
    yield from _others(ctx)


def _groups(ctx: Context) -> Iterator[Subject]:
    site = ctx.site
    for pillar in site.pillars.values():
        values: _Values = {"type": (PILLARS,), "pillars": (pillar.id,)}
        yield Subject(pillar.address, PILLARS, "Pilier", pillar.name, ring=(pillar.position,), values=values)
    for club in site.clubs.values():
        values = {"type": (CLUBS,), "clubs": (club.id,), "pillars": tuple(one.id for one in club.pillars)}
        ring = tuple(positions(club.pillars))
        yield Subject(club.address, CLUBS, "Club", club.name, ring=ring, demo=club.demo, values=values)
    for territory in site.territories.values():
        values = {"type": (TERRITORIES,), "territories": tuple(one.id for one in (territory, *_around(territory)))}
        yield Subject(territory.address, TERRITORIES, territory_kind(ctx, territory), territory.name, values=values)


def _around(territory: Territory) -> Iterator[Territory]:
    """The territories that hold this one, near or far, once each."""
    waiting, seen = list(territory.wholes), {territory.id}
    while waiting:
        whole = waiting.pop(0)
        if whole.id not in seen:
            seen.add(whole.id)
            yield whole
            waiting += whole.wholes


def _of_entry(ctx: Context, entry: Entry) -> Subject:
    shown, moment = card(ctx, entry), occurrence(ctx, entry)
    day = entry_day(ctx, entry)
    values = {
        "type": (entry.type.folder,),
        "pillars": tuple(one.id for one in entry.pillars),
        "clubs": tuple(one.id for one in entry.clubs),
        "territories": tuple(one.id for one in entry.territories),
        "year": (str(day.year),) if entry.type.address else (),
    }
    when = moment_words(moment) if moment else shown["date"]["words"]
    return Subject(
        entry.address,
        entry.type.folder,
        _label(shown),
        entry.title,
        when if entry.type.address else "",
        shown["place"],
        also=" ".join(aliases(ctx.site.vocabularies, ctx.site.schemas.flattened(entry.type.name), entry.fields)),
        day=day,
        ring=tuple(shown["ring"]),
        demo=entry.demo,
        values=values,
    )


def _label(shown: Card) -> str:
    """« Article, dossier », but « Consultation » alone where the sort has the name of its type."""
    label, kind = shown["label"], shown["kind"].lower()
    return f"{label}, {kind}" if kind not in {"", label.lower()} else label


def _of_member(ctx: Context, member: Member, territories: tuple[str, ...]) -> Subject:
    values = {
        "type": (MEMBERS,),
        "pillars": tuple(one.id for one in member.pillars),
        "clubs": tuple(one.id for one in member.clubs),
        "territories": territories,
    }
    return Subject(
        member.address,
        MEMBERS,
        ", ".join(word for word in ("Membre", member_kind(ctx, member).lower()) if word),
        member.name,
        place=typography(member.commune.name) if member.commune else "",
        ring=tuple(positions(member.pillars)),
        demo=member.demo,
        values=values,
    )


def _territories_of_members(ctx: Context) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for territory in ctx.site.territories.values():
        for member in territory.members:
            found.setdefault(member.id, []).append(territory.id)
    return {member: tuple(ids) for member, ids in found.items()}


def _others(ctx: Context) -> Iterator[Subject]:
    """Lists, indexes and forms: pages that one asks for by name."""
    kinds = ctx.site.schemas.content_types
    lists = [(addresses.list_address(kind), typography(kind.title)) for kind in kinds if kind.list]
    indexes = [addresses.PILLARS, addresses.CLUBS, addresses.TERRITORIES, addresses.MEMBERS, addresses.TAGS]
    tools = [addresses.MAP, addresses.OBSERVATORY, addresses.CONTRIBUTE]
    forms = [
        addresses.form_address(form) for form in (*(kind.form for kind in kinds if kind.form), addresses.MEMBER_FORM)
    ]
    values = {"type": (PAGES,)}
    whole = (addresses.OBSERVATORY, addresses.CONTRIBUTE)
    placed = " ".join(kind.title for kind in kinds if kind.place)
    for address, title in [*lists, *((address, "") for address in (*indexes, *tools, *forms))]:
        label = "Formulaire" if address in forms else "Rubrique"
        also = placed if address == addresses.MAP else ""
        yield Subject(address, PAGES, label, title, also=also, brief=address not in whole, values=values)

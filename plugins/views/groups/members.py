"""The directory, whole and by letter, and a page for each member. What a member keeps private is not in the model at all."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import MEMBER_FORM, MEMBERS, form_address, letter_address, letter_of, page_address
from plugins.model.objects import entries_in
from plugins.publication.page import Page
from plugins.views.drawing.ring import Arc, count_pillars, weighted
from plugins.views.listing.list_index import SIZE, member_index
from plugins.views.listing.narrow import Narrow, narrow
from plugins.views.listing.pager import Pager, neighbours, pager, sliced
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.parts.people import Person, person
from plugins.views.parts.sections import Section, link, sections, source_link
from plugins.views.words.contributions import contributions_words
from plugins.views.words.french import Stamp, host, stamp
from plugins.views.words.index_names import INDEXES
from plugins.views.words.labels import member_kind

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.model.objects import Member
    from plugins.publication.context import Context

# Somebody may be named in many ways; these are what the person has made or carries, the rest is being named.
ROLES = ("authors", "author", "holder", "organiser", "partners", "winners.member")


class Letter(TypedDict):
    """A letter of the directory."""

    letter: str
    href: str
    count: int


class MembersView(TypedDict):
    """A page of the directory (``members.html``)."""

    page: Frame
    members: list[Person]
    pager: Pager
    letters: Annotated[list[Letter], "The letters with which names begin."]
    letter: Annotated[str, "The letter shown, empty on the whole directory."]
    join: Annotated[str, "Where to ask for a page of one's own; empty if it is switched off."]
    narrow: Narrow | None


class MemberView(TypedDict):
    """A member (``member.html``)."""

    page: Frame
    name: str
    kind: Annotated[str, "What kind of member, in words; empty if not shown."]
    organisation: Annotated[str, "The organisation; empty if not shown."]
    role: Annotated[str, "What the member does there; empty if not shown."]
    place: Annotated[str, "The commune; empty if not shown."]
    website: Link | None
    since: Annotated[Stamp | None, "Member since this day; None if not shown."]
    updated: Annotated[Stamp | None, "When the page's file was last changed, as git remembers it."]
    contributions: Annotated[str, "How many contributions the page's file has had, in words; empty where nobody knows."]
    skills: Annotated[list[str], "What the member can do."]
    seeks: Annotated[list[str], "What the member looks for."]
    offers: Annotated[list[str], "What the member has to offer."]
    clubs: list[Link]
    animates: Annotated[list[Link], "Clubs that the member leads."]
    pillars: list[Link]
    arcs: Annotated[list[Arc], "The ring: pillars of the entries, else the member's own."]
    source: Link | None
    demo: bool
    sections: list[Section]


def member_pages(ctx: Context) -> Iterator[Page]:
    """The directory, its letters, and a page for each member."""
    members = list(ctx.site.members.values())
    by_letter: dict[str, list[Member]] = {}
    for member in members:
        by_letter.setdefault(letter_of(member), []).append(member)
    letters: list[Letter] = [
        {"letter": letter, "href": ctx.href(letter_address(letter)), "count": len(by_letter[letter])}
        for letter in sorted(by_letter)
    ]
    index = member_index(ctx, MEMBERS, members)
    filters = narrow(ctx, "member", index.facets, data=ctx.base + index.address, size=SIZE)
    yield from _directory(ctx, members, letters, "", filters)
    for letter in sorted(by_letter):
        yield from _directory(ctx, by_letter[letter], letters, letter, None)
    for member in members:
        yield member_page(ctx, member)


def member_page(ctx: Context, member: Member) -> Page:
    """The page of one member."""
    return Page(member.address, "member.html", _member(ctx, member))


def _directory(
    ctx: Context, members: Sequence[Member], letters: list[Letter], letter: str, filters: Narrow | None
) -> Iterator[Page]:
    base = letter_address(letter) if letter else MEMBERS
    for number, part in sliced(members):
        view: MembersView = {
            "page": _frame(ctx, base, letter, number, len(members)),
            "members": [person(ctx, member) for member in part],
            "pager": pager(ctx, base, number, len(members)),
            "letters": letters,
            "letter": letter,
            "join": ctx.href(form_address(MEMBER_FORM)),
            "narrow": filters,
        }
        yield Page(page_address(base, number), "members.html", view)


def _frame(ctx: Context, base: str, letter: str, number: int, total: int) -> Frame:
    steps = [(INDEXES[MEMBERS], MEMBERS)]
    if letter:
        steps.append((f"{INDEXES[MEMBERS]}, {letter.upper()}", base))
    title = steps[-1][0] if number == 1 else f"{steps[-1][0]}, page {number}"
    return frame(
        ctx,
        page_address(base, number),
        title,
        f"{title}. {ctx.site.settings['name']}",
        section=MEMBERS,
        trail=steps if number > 1 else steps[:-1],
        neighbours=neighbours(base, number, total),
    )


def _member(ctx: Context, member: Member) -> MemberView:
    name = typography(member.name)
    entries = entries_in(member.mentions, *ROLES)
    weights = count_pillars(member.mentions) or {pillar.position: 1 for pillar in member.pillars}
    said = [name, typography(member.organisation), member_kind(ctx, member), str(ctx.site.settings["name"])]
    return {
        "page": frame(
            ctx, member.address, name, ". ".join(part for part in said if part), section=MEMBERS,
            trail=[(INDEXES[MEMBERS], MEMBERS)], sources=[f"data/members/{member.id}.yaml"], about=[member], og_type="profile",
        ),
        "name": name,
        "kind": member_kind(ctx, member),
        "organisation": typography(member.organisation),
        "role": typography(member.role),
        "place": typography(member.commune.name) if member.commune else "",
        "website": {"name": host(member.url), "href": member.url} if member.url else None,
        "since": stamp(member.since) if member.since else None,
        "updated": stamp(member.changes.last) if member.changes and member.changes.last else None,
        "contributions": contributions_words(member.changes),
        "skills": [typography(word) for word in member.skills],
        "seeks": [typography(word) for word in member.seeks],
        "offers": [typography(word) for word in member.offers],
        "clubs": [link(ctx, club.name, club.address) for club in member.clubs],
        "animates": [link(ctx, club.name, club.address) for club in member.animates],
        "pillars": [link(ctx, pillar.name, pillar.address) for pillar in member.pillars],
        "arcs": weighted(list(ctx.site.pillars.values()), weights),
        "source": source_link(member.source),
        "demo": member.demo,
        "sections": sections(ctx, entries),
    }  # fmt: skip

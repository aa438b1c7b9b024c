"""A page for each contribution: what, who, where and when at once; the text; the facts; where to go from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from plugins.markup import typography
from plugins.model.addresses import list_address
from plugins.model.neighbours import neighbours
from plugins.model.objects import entries_in
from plugins.publication.licences import site_licence
from plugins.publication.page import Page
from plugins.publication.theme import entry_template
from plugins.views.entry.bodies import Bodies
from plugins.views.entry.own_views import own_fields, own_view
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.page.pictures import PictureView, picture
from plugins.views.page.shell import licence_link
from plugins.views.parts.cards import Card, card, cards, moment_words, occurrence
from plugins.views.parts.cover import Cover, cover
from plugins.views.parts.facts import Fact, Table, Teller
from plugins.views.parts.people import Person, people
from plugins.views.parts.sections import link
from plugins.views.words.contributions import contributions_words
from plugins.views.words.french import Stamp, days_words, host, stamp
from plugins.views.words.states import State, day_of  # the theme's reference reads these types

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plugins.model.objects import Entry
    from plugins.publication.context import Context

SEE_ALSO = 4
SECTIONS, LONG = 3, 5000  # a text of as many sections and characters has a table of contents
MENTIONED = 12


class PillarLink(TypedDict):
    """A pillar of the entry."""

    index: Annotated[int, "Its place in the ring."]
    name: str
    href: str


class Heading(TypedDict):
    """A heading of the text."""

    id: str
    text: str


class EntryView(TypedDict):
    """A contribution (``entry.html``, and what ``entry/<type>.html`` builds upon)."""

    page: Frame
    type: Annotated[str, "The name of its content type."]
    kind: Annotated[str, "What it is, in a word or two."]
    list: Annotated[Link, "The list to which it belongs; a type without a list has no href."]
    title: str
    summary: str
    lang: Annotated[str, "The language of the text, empty where it is the site's."]
    state: Annotated[State, "Where it stands today."]
    demo: Annotated[bool, "Whether it is made up, and has to say so."]
    date: Annotated[Stamp, "When it was published."]
    updated: Annotated[Stamp | None, "When it was last changed."]
    contributions: Annotated[str, "How many contributions it has had, in words; empty where nobody knows."]
    authors: list[Person]
    when: Annotated[str, "The days and hours of an event, or the days during which it is open, in words; else empty."]
    until: Annotated[Stamp | None, "The day until which it holds; None where `when` says it."]
    place: Annotated[str, "Where it is, in a few words."]
    pillars: list[PillarLink]
    picture: Annotated[PictureView | None, "Its picture."]
    cover: Annotated[Cover | None, "The cover drawn for it where it has no picture; None for plain pages."]
    actions: Annotated[list[Link], "What one can do: register, open the resource, answer."]
    body_html: Annotated[str, "The text, as safe HTML."]
    contents: Annotated[list[Heading], "The headings of a long text; empty for a short one."]
    facts: Annotated[list[Fact], "Its own fields, one line each."]
    tables: Annotated[list[Table], "Its own fields that hold several groups."]
    clubs: list[Link]
    territories: list[Link]
    tags: list[Link]
    sources: Annotated[list[Link], "Where its facts come from."]
    licence: Annotated[Link | None, "Its licence where it is not the site's."]
    related: Annotated[list[Card], "Entries that it names or that name it as related, then those most like it."]
    mentions: Annotated[list[Card], "Other entries that name it: contributions, calls."]


def entry_pages(ctx: Context) -> Iterator[Page]:
    """A page for each entry, static pages included."""
    yield from pages_of(ctx, ctx.site.entries.values())


def pages_of(ctx: Context, entries: Iterable[Entry]) -> Iterator[Page]:
    """The pages of some entries of the site, as they are among all of them."""
    bodies = Bodies(ctx)
    alike = neighbours([entry for entry in ctx.site.entries.values() if entry.type.list], most=SEE_ALSO)
    for entry in entries:
        yield entry_page(ctx, bodies, entry, alike.get(entry.id, []))


def entry_page(ctx: Context, bodies: Bodies, entry: Entry, alike: list[Entry]) -> Page:
    """The page of one entry; ``alike`` are those most like it, from the most to the least."""
    view: dict[str, Any] = {**_entry(ctx, bodies, entry, _related(entry, alike)), **own_view(ctx, entry)}
    return Page(entry.address, entry_template(entry.type.name), view)


def _entry(ctx: Context, bodies: Bodies, entry: Entry, related: list[Entry]) -> EntryView:
    shown, kind, teller = card(ctx, entry), entry.type, Teller(ctx, entry)
    without = own_fields(kind.name)
    when = _when(ctx, entry)
    image = picture(ctx, entry)
    return {
        "page": _frame(ctx, entry, image),
        "type": kind.name,
        "kind": shown["kind"] or shown["label"],
        "list": {"name": typography(kind.title), "href": ctx.href(list_address(kind)) if kind.list else ""},
        "title": shown["title"],
        "summary": shown["summary"],
        "lang": entry.lang if entry.lang != (ctx.site.settings.get("languages") or ["fr"])[0] else "",
        "state": shown["state"],
        "demo": entry.demo,
        "date": shown["date"],
        "updated": stamp(entry.changed) if entry.changed != entry.date else None,
        "contributions": contributions_words(entry.changes),
        "authors": people(ctx, entry.authors),
        "when": when,
        "until": None if when else shown["until"],
        "place": shown["place"],
        "pillars": [{"index": one.position, "name": one.name, "href": ctx.href(one.address)} for one in entry.pillars],
        "picture": image,
        "cover": cover(ctx, entry, silent=shown["figure"] is not None) if image is None and entry.pillars else None,
        "actions": _actions(ctx, entry),
        "body_html": bodies.html(entry),
        "contents": _contents(entry),
        "facts": teller.facts(without),
        "tables": teller.tables(without),
        "clubs": [link(ctx, club.name, club.address) for club in entry.clubs],
        "territories": [link(ctx, one.name, one.address) for one in entry.territories],
        "tags": [link(ctx, tag.label, tag.address) for tag in entry.tags],
        "sources": [{"name": typography(one.title or host(one.url)), "href": one.url} for one in entry.sources],
        "licence": licence_link(entry.licence) if entry.licence != site_licence(ctx) else None,
        "related": cards(ctx, related),
        "mentions": cards(ctx, _mentions(entry)),
    }


def _frame(ctx: Context, entry: Entry, image: PictureView | None) -> Frame:
    kind = entry.type
    own = list_address(kind) if kind.list else ""
    trail = [(typography(kind.title), own)] if kind.list else []
    return frame(
        ctx,
        entry.address,
        typography(entry.title),
        typography(entry.summary),
        section=own or entry.address,
        trail=trail,
        sources=[entry.path],
        feeds=[(typography(kind.title), f"{own}flux.xml")] if kind.list and kind.feed else [],
        about=[entry] if kind.address else [],
        og_type="article" if kind.address else "website",
        image=image,
    )


def _actions(ctx: Context, entry: Entry) -> list[Link]:
    """Where a field leads out of the page: the address of a resource or a call, a registration, a file."""
    fields = entry.fields
    found = [fields.get("url"), (fields.get("registration") or {}).get("url")]
    actions: list[Link] = [{"name": host(str(url)), "href": str(url)} for url in found if url]
    if isinstance(fields.get("file"), str):
        actions.append({"name": fields["file"], "href": ctx.attachment(entry, fields["file"])})
    return actions


def _when(ctx: Context, entry: Entry) -> str:
    moment = occurrence(ctx, entry)
    if moment:
        return moment_words(moment)
    opens, closes = entry.fields.get("opens"), entry.fields.get("closes")
    return days_words(day_of(opens), day_of(closes)) if opens and closes else ""


def _contents(entry: Entry) -> list[Heading]:
    """The sections of a long text."""
    items = [item for item in entry.body.toc if item.level == 2]  # noqa: PLR2004  # sections, not their parts
    if len(items) < SECTIONS or len(entry.body.text) < LONG:
        return []
    return [{"id": item.id, "text": item.text} for item in items]


def _related(entry: Entry, alike: list[Entry]) -> list[Entry]:
    """What people have put together first; then what is most like it and not made up, unless it is made up itself."""
    stated = [*entry.related, *entries_in(entry.mentions, "related")]
    like = [other for other in alike if entry.demo or not other.demo]
    return list({other.id: other for other in [*stated, *like] if other is not entry}.values())[:SEE_ALSO]


def _mentions(entry: Entry) -> list[Entry]:
    others = [m for m in entry.mentions if m.role not in {"related", "consultation"}]
    return entries_in(others)[:MENTIONED]

"""The site's Atom feeds: all that is new, and what is new in a list, club, pillar, territory or tag."""

from __future__ import annotations

import heapq
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from feedgenerator.django.utils.feedgenerator import Stylesheet

from plugins.documents.atom import AtomFeed, Category, Item, entry_xml
from plugins.documents.texts import one_line, writable
from plugins.model.addresses import HOME, PILLARS, TAGS, last_change, list_address
from plugins.model.objects import entries_in
from plugins.publication.identity import page_url, permanent
from plugins.publication.licences import licence_url
from plugins.publication.page import Document
from plugins.views.drawing.colours import colours_document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plugins.model.objects import Entry, Member
    from plugins.publication.context import Context

SIZE: Final = 30  # entries of a feed; the rest is on the pages
NAME: Final = "flux.xml"
DEMO: Final = "Démonstration"


@dataclass(frozen=True, slots=True)
class Channel:
    """What one feed is about: the page it belongs to, its title, a sentence, the entries it draws from."""

    address: str
    title: str
    subtitle: str
    entries: Iterable[Entry]


def feeds(ctx: Context) -> Iterator[Document]:
    """One feed for each :class:`Channel`, newest first. An entry is made once, however many feeds hold it."""
    written: dict[str, str] = {}
    latest = last_change(ctx.site.entries.values()) or ctx.today
    sheets = stylesheets(ctx)
    for channel in channels(ctx):
        if not ctx.href(channel.address):
            continue  # the page it belongs to is switched off
        entries = newest(channel.entries) if "entries" in ctx.outputs else []
        facts = {
            "entries": [_write(ctx, written, entry) for entry in entries],
            "updated": last_change(entries) or latest,  # without entries it is as old as the site's latest
            "stylesheets": sheets,
        }
        yield feed(ctx, channel, facts)


def feed(ctx: Context, channel: Channel, facts: Mapping[str, Any]) -> Document:
    """The feed of a channel; ``facts`` are its entries as XML, its date and its style sheets."""
    settings, address = ctx.site.settings, feed_address(channel.address)
    name = one_line(str(settings["name"]))
    title = one_line(channel.title)
    atom = AtomFeed(
        title=name if title == name else f"{title} – {name}",
        link=ctx.absolute(channel.address),
        description=one_line(channel.subtitle),
        language=(settings.get("languages") or ["fr"])[0],
        author_name=name,
        author_link=ctx.absolute(HOME),
        feed_url=ctx.absolute(address),
        feed_guid=permanent(ctx.site, address),
        **facts,
    )
    return Document(address.lstrip("/"), atom.document())


def feed_address(page: str) -> str:
    """Where the feed of a page stands."""
    return page + NAME


def newest(entries: Iterable[Entry]) -> list[Entry]:
    """The latest of those whose type has a feed, in the order of their last change, then of their id."""
    fed = (entry for entry in entries if entry.type.feed)
    return heapq.nlargest(SIZE, fed, key=lambda entry: (entry.updated or entry.date, entry.date, entry.id))


def channels(ctx: Context) -> Iterator[Channel]:
    """Every feed the site has."""
    site, settings = ctx.site, ctx.site.settings
    yield Channel(HOME, str(settings["name"]), str(settings.get("tagline") or ""), site.entries.values())
    for kind in site.schemas.content_types:
        if kind.list and kind.feed:
            yield Channel(list_address(kind), kind.title, kind.intro, site.by_folder.get(kind.folder, []))
    for club in site.clubs.values():
        yield Channel(club.address, club.name, club.description, entries_in(club.mentions))
    for pillar in site.pillars.values():
        yield Channel(pillar.address, pillar.name, pillar.definition, entries_in(pillar.mentions))
    for territory in site.territories.values():
        yield Channel(territory.address, territory.name, "", entries_in(territory.mentions))
    for tag in site.tags.values():
        yield Channel(tag.address, tag.label, "", entries_in(tag.mentions))


def stylesheets(ctx: Context) -> list[Stylesheet]:
    """How a browser shows the feed. No host in these addresses, so that they work wherever the site is looked at."""
    sheets = [f"{ctx.base}/{colours_document(ctx).path}", ctx.asset("feed.css")]
    return [Stylesheet(address, mimetype="text/css", media=None) for address in sheets]


def _write(ctx: Context, written: dict[str, str], entry: Entry) -> str:
    if entry.id not in written:
        written[entry.id] = entry_xml(_item(ctx, entry))
    return written[entry.id]


def _item(ctx: Context, entry: Entry) -> Item:
    title = one_line(entry.title)
    return Item(
        id=permanent(ctx.site, entry.address),
        title=f"[{DEMO}] {title}" if entry.demo else title,
        link=ctx.absolute(entry.address),
        summary=writable(entry.summary),
        published=entry.date,
        updated=entry.updated or entry.date,
        authors=[_author(ctx, who) for who in entry.authors],
        categories=list(_categories(ctx, entry)),
        rights=licence_url(entry.licence) if entry.licence else "",
        lang=entry.lang,
    )


def _author(ctx: Context, who: Member | str) -> tuple[str, str]:
    """A name and the page of whoever has one."""
    return (one_line(who), "") if isinstance(who, str) else (one_line(who.name), page_url(ctx, who.address))


def _categories(ctx: Context, entry: Entry) -> Iterator[Category]:
    home = permanent(ctx.site, HOME)
    yield Category(entry.type.folder, entry.type.plural, home)
    for pillar in entry.pillars:
        yield Category(pillar.id, one_line(pillar.name), permanent(ctx.site, PILLARS))
    for tag in entry.tags:
        yield Category(tag.slug, one_line(tag.label), permanent(ctx.site, TAGS))
    if entry.demo:
        yield Category("demonstration", DEMO, home)

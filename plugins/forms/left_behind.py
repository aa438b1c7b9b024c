"""What else has to change when a page goes away, or loses a part: whatever names it or links to it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from plugins.forms import french
from plugins.model import addresses
from plugins.model.links import PAGE_ANCHORS
from plugins.model.objects import Entry, Member

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from collections.abc import Set as AbstractSet

    from plugins.model.links import LinkResolver
    from plugins.model.objects import Site


@dataclass(frozen=True, slots=True)
class InsideLink:
    """A link of a text to another page of the site."""

    address: str
    anchor: str
    entry: Entry

    def is_lost(self, gone: AbstractSet[str]) -> bool:
        """Whether it leads to one of the pages ``gone``, to a document of it or to a file beside it."""
        return self.address in gone or f"{self.address.rpartition('/')[0]}/" in gone


def inside_links(site: Site, resolver: LinkResolver) -> list[InsideLink]:
    """All links of all texts to pages of the site."""
    found = []
    for entry in site.entries.values():
        for link in entry.body.links:
            if link.kind in {"site", "filename"}:
                parts = urlsplit(resolver.address(entry.path, link.target))
                found.append(InsideLink(unquote(parts.path), unquote(parts.fragment), entry))
    return found


def left_by_removal(site: Site, links: Iterable[InsideLink], thing: Entry | Member) -> list[str]:
    """What still names or links to an entry or member that goes away, or to a page that goes with it. Old addresses of an entry
    are no longer led to its page, but said to be gone (:mod:`plugins.forms.removing`).
    """
    gone = _gone(site, thing)
    lost = [link for link in links if link.entry is not thing and link.is_lost(gone)]
    led_to = gone if isinstance(thing, Member) else gone - {thing.address}
    return [*_naming(site, thing), *_linking(lost), *_redirects(site, led_to)]


def left_by_edit(
    site: Site, links: Iterable[InsideLink], entry: Entry, anchors: AbstractSet[str], tags: AbstractSet[str]
) -> list[str]:
    """What still links to what an edit takes away: places in the text, pages of tags and of months. ``anchors`` and ``tags``
    (as slugs) are those that the entry has afterwards.
    """
    others = [link for link in links if link.entry is not entry]
    places = anchors | PAGE_ANCHORS
    lost = [link for link in others if link.address == entry.address and link.anchor and link.anchor not in places]
    months = f"/{entry.type.address}/{addresses.MONTHS}/"
    at_risk = [link for link in others if link.address.startswith((addresses.TAGS, months))]
    kept = tuple(tag.address for tag in entry.tags if tag.slug in tags)
    gone: set[str] = set()
    if at_risk or any(new.startswith(addresses.TAGS) for new in site.redirects.values()):
        gone = {page for page in _gone(site, entry) if page.startswith((addresses.TAGS, months))}
        gone = {page for page in gone if not page.startswith(kept)} if kept else gone
    lost += [link for link in at_risk if link.is_lost(gone)]
    return [*_linking(lost), *_redirects(site, gone)]


def _gone(site: Site, thing: Entry | Member) -> set[str]:
    """The pages that are there because of it."""
    return addresses.all_addresses(site).keys() - addresses.all_addresses(_without(site, thing)).keys()


def _without(site: Site, thing: Entry | Member) -> Site:
    """The site as it is without it, as far as addresses go."""
    if isinstance(thing, Member):
        return replace(site, members={id_: member for id_, member in site.members.items() if member is not thing})
    tags = {
        key: replace(tag, mentions=[mention for mention in tag.mentions if mention.entry is not thing])
        for key, tag in site.tags.items()
    }
    folders = {folder: [entry for entry in found if entry is not thing] for folder, found in site.by_folder.items()}
    return replace(
        site,
        entries={id_: entry for id_, entry in site.entries.items() if entry is not thing},
        by_folder=folders,
        tags={key: tag for key, tag in tags.items() if tag.mentions},
    )


def _naming(site: Site, thing: Entry | Member) -> Iterator[str]:
    for mention in thing.mentions:
        entry = mention.entry
        if entry is not thing:
            label = site.schemas.labels(entry.type.name).get(mention.role, mention.role)
            yield french.still_named(entry.path, entry.title, label)
    for club in thing.animates if isinstance(thing, Member) else ():
        yield french.still_named("data/clubs.yaml", club.name, site.schemas.labels("club")["animator"])


def _linking(lost: Iterable[InsideLink]) -> list[str]:
    return [french.still_linked(link.entry.path, link.entry.title, link.address) for link in dict.fromkeys(lost)]


def _redirects(site: Site, gone: AbstractSet[str]) -> Iterator[str]:
    for old, new in site.redirects.items():
        if new.partition("#")[0].partition("?")[0] in gone:
            yield french.still_redirected(old)

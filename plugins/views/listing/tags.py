"""The free words: the index, and the entries of each."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.markup import typography
from plugins.model.addresses import TAGS, page_address
from plugins.model.objects import entries_in
from plugins.publication.page import Page
from plugins.views.listing.pager import Pager, neighbours, pager, sliced
from plugins.views.page.frame import Frame, frame
from plugins.views.parts.cards import Card, cards
from plugins.views.words.index_names import INDEXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Tag
    from plugins.publication.context import Context


DIGITS: Final = "0–9"


class TagLink(TypedDict):
    """A tag in the index."""

    name: str
    href: str
    count: int


class TagLetter(TypedDict):
    """The tags that begin alike."""

    name: Annotated[str, "The letter as a capital, or « 0–9 »."]
    tags: Annotated[list[TagLink], "In alphabetical order."]


class TagsView(TypedDict):
    """The index of tags (``tags.html``)."""

    page: Frame
    letters: Annotated[list[TagLetter], "The tags by their first letter, without its accent; digits come first."]


class TagView(TypedDict):
    """The entries of a tag (``tag.html``)."""

    page: Frame
    name: str
    cards: Annotated[list[Card], "The entries of this page, latest first."]
    pager: Pager
    feed: str


def tag_pages(ctx: Context) -> Iterator[Page]:
    """The index and the pages of each tag."""
    tags = sorted(ctx.site.tags.values(), key=lambda tag: tag.slug)
    page = frame(ctx, TAGS, INDEXES[TAGS], f"{INDEXES[TAGS]}. {ctx.site.settings['name']}", section=TAGS)
    index: TagsView = {
        "page": page,
        "letters": [
            {"name": letter, "tags": [_tag_link(ctx, tag) for tag in found]}
            for letter, found in groupby(tags, key=_letter)
        ],
    }
    yield Page(TAGS, "tags.html", index)
    for tag in ctx.site.tags.values():
        yield from _tag(ctx, tag)


def _tag_link(ctx: Context, tag: Tag) -> TagLink:
    return {"name": typography(tag.label), "href": ctx.href(tag.address), "count": len(tag.mentions)}


def _letter(tag: Tag) -> str:
    first = tag.slug[0]
    return DIGITS if first.isdigit() else first.upper()


def _tag(ctx: Context, tag: Tag) -> Iterator[Page]:
    name = typography(tag.label)
    entries = sorted(entries_in(tag.mentions), key=lambda entry: (entry.date, entry.id), reverse=True)
    for number, part in sliced(entries):
        steps = [(INDEXES[TAGS], TAGS), (name, tag.address)]
        title = name if number == 1 else f"{name}, page {number}"
        view: TagView = {
            "page": frame(
                ctx, page_address(tag.address, number), title, f"{title}. {ctx.site.settings['name']}", section=TAGS,
                trail=steps if number > 1 else steps[:-1], feeds=[(name, f"{tag.address}flux.xml")],
                neighbours=neighbours(tag.address, number, len(entries)),
            ),
            "name": name,
            "cards": cards(ctx, part),
            "pager": pager(ctx, tag.address, number, len(entries)),
            "feed": ctx.href(f"{tag.address}flux.xml"),
        }  # fmt: skip
        yield Page(page_address(tag.address, number), "tag.html", view)

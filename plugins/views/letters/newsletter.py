"""The letters of the network, one a month, and the list of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.model.addresses import LETTERS, monthly_address, page_address
from plugins.model.letters import Letters, letter_months
from plugins.publication.page import Page
from plugins.views.letters.letter_parts import LetterPart, ahead_parts, news_parts
from plugins.views.letters.letter_words import counts_words, highlights, letter_name
from plugins.views.listing.months import month_words
from plugins.views.listing.pager import Pager, neighbours, pager, sliced
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.words.french import Stamp, stamp
from plugins.views.words.index_names import INDEXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.model.letters import Digest
    from plugins.publication.context import Context

FEED = f"{LETTERS}flux.xml"


class LetterView(TypedDict):
    """The letter of a month (``newsletter.html``)."""

    page: Frame
    month: Annotated[str, "The month and its year, in words."]
    running: Annotated[bool, "Whether the month is not over, and the letter in preparation."]
    issued: Annotated[Stamp, "The day of which « what comes next » is said."]
    appears: Annotated[Stamp | None, "The day on which a letter in preparation will be whole."]
    news: Annotated[list[LetterPart], "What was published, by type."]
    ahead: Annotated[list[LetterPart], "What comes next."]
    before: Annotated[Link | None, "The letter before."]
    after: Annotated[Link | None, "The letter after."]
    list: Annotated[Link, "All letters."]


class LetterRow(TypedDict):
    """A letter in the list of letters."""

    href: str
    month: Annotated[str, "The month and its year, in words."]
    counts: Annotated[str, "How much it tells, in a sentence; empty where that is nothing."]
    highlights: Annotated[list[str], "The titles of the first things that it tells."]
    running: Annotated[bool, "Whether it is in preparation."]


class LettersView(TypedDict):
    """The list of letters, latest first (``newsletters.html``)."""

    page: Frame
    letters: list[LetterRow]
    pager: Pager


def newsletter_pages(ctx: Context) -> Iterator[Page]:
    """The list and every letter."""
    months, letters = letter_months(ctx.site), Letters(ctx.site)
    digests = [letters.of(month) for month in months]
    yield from _lists(ctx, digests[::-1])
    for at, digest in enumerate(digests):
        before = digests[at - 1] if at else None
        after = digests[at + 1] if at + 1 < len(digests) else None
        yield Page(monthly_address(digest.month), "newsletter.html", _letter(ctx, digest, before, after))


def _lists(ctx: Context, digests: Sequence[Digest]) -> Iterator[Page]:
    for number, part in sliced(digests):
        title = INDEXES[LETTERS] if number == 1 else f"{INDEXES[LETTERS]}, page {number}"
        view: LettersView = {
            "page": frame(
                ctx,
                page_address(LETTERS, number),
                title,
                f"{title}. {ctx.site.settings['name']}",
                section=LETTERS,
                trail=[(INDEXES[LETTERS], LETTERS)] if number > 1 else [],
                feeds=[(INDEXES[LETTERS], FEED)],
                neighbours=neighbours(LETTERS, number, len(digests)),
            ),
            "letters": [_row(ctx, digest) for digest in part],
            "pager": pager(ctx, LETTERS, number, len(digests)),
        }
        yield Page(page_address(LETTERS, number), "newsletters.html", view)


def _row(ctx: Context, digest: Digest) -> LetterRow:
    return {
        "href": ctx.href(monthly_address(digest.month)),
        "month": month_words(digest.month),
        "counts": counts_words(digest),
        "highlights": highlights(digest),
        "running": digest.running,
    }


def _letter(ctx: Context, digest: Digest, before: Digest | None, after: Digest | None) -> LetterView:
    title, address = letter_name(digest.month), monthly_address(digest.month)
    page = frame(
        ctx,
        address,
        title,
        f"{title}. {counts_words(digest)}".rstrip(),
        section=LETTERS,
        trail=[(INDEXES[LETTERS], LETTERS)],
        listed=not digest.running,
        feeds=[(INDEXES[LETTERS], FEED)],
    )
    ways = [_way(ctx, one) for one in (before, after)]
    return {
        "page": {**page, "previous": ways[0]["href"] if ways[0] else "", "next": ways[1]["href"] if ways[1] else ""},
        "month": month_words(digest.month),
        "running": digest.running,
        "issued": stamp(digest.issued),
        "appears": stamp(digest.month.later(1).first) if digest.running else None,
        "news": news_parts(ctx, digest),
        "ahead": ahead_parts(ctx, digest),
        "before": ways[0],
        "after": ways[1],
        "list": {"name": INDEXES[LETTERS], "href": ctx.href(LETTERS)},
    }


def _way(ctx: Context, digest: Digest | None) -> Link | None:
    return {"name": month_words(digest.month), "href": ctx.href(monthly_address(digest.month))} if digest else None

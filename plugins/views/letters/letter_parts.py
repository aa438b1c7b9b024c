"""The parts of a letter – articles, initiatives, what comes next – as its page and its mail show them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.markup import typography
from plugins.model.addresses import list_address
from plugins.views.letters.letter_words import CLOSING, EVENTS, EXPIRING, OPEN
from plugins.views.parts.cards import card, moment_words, occurrence
from plugins.views.parts.sections import narrowed
from plugins.views.words.french import day_words
from plugins.views.words.recurrence import recurrence_words
from plugins.views.words.states import OVER, State, day_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.letters import Digest
    from plugins.model.objects import Entry
    from plugins.model.occurrences import Occurrence
    from plugins.publication.context import Context

ROOM: Final = 20  # news of a letter, shared among the types that it has
MOST: Final = 6  # of each type; the rest is in the type's own list
FEWEST: Final = 2
EVENTS_SHOWN: Final = 8
OTHERS_SHOWN: Final = 4
_SAID: Final = OVER | {"cancelled", "postponed"}


class LetterItem(TypedDict):
    """What a letter tells of an entry."""

    href: str
    url: Annotated[str, "The full address, for mails."]
    title: str
    summary: str
    facts: Annotated[list[str], "When, where, of what sort: short things that stand on a line."]
    state: Annotated[State, "cancelled, postponed, or that it is over by now; else nothing."]
    demo: bool


class LetterPart(TypedDict):
    """A stretch of a letter."""

    title: str
    items: list[LetterItem]
    more: Annotated[int, "How many others there are."]
    href: Annotated[str, "The list with the others."]
    url: Annotated[str, "The full address of that list, for mails."]


def news_parts(ctx: Context, digest: Digest, choice: str = "") -> list[LetterPart]:
    """What was published, by type. ``choice`` is what the filters of lists call the group of the letter (``clubs=repar``)."""
    shown = max(FEWEST, min(MOST, ROOM // max(1, len(digest.news))))
    return [
        _part(ctx, kind.plural, [_news(ctx, entry) for entry in entries[:shown]], entries, choice)
        for kind, entries in digest.news
    ]


def ahead_parts(ctx: Context, digest: Digest, choice: str = "") -> list[LetterPart]:
    """What comes next; parts that are empty are left out."""
    events = [_item(ctx, one.entry, _times(one.entry, one.moment)) for one in digest.events[:EVENTS_SHOWN]]
    parts = [_part(ctx, EVENTS, events, [one.entry for one in digest.events], choice)]
    for title, entries in ((CLOSING, digest.closing), (OPEN, digest.open), (EXPIRING, digest.expiring)):
        items = [_item(ctx, entry, [_until(entry)]) for entry in entries[:OTHERS_SHOWN]]
        parts.append(_part(ctx, title, items, entries, choice))
    return [part for part in parts if part["items"]]


def _part(ctx: Context, title: str, items: list[LetterItem], entries: Sequence[Entry], choice: str) -> LetterPart:
    more = len(entries) - len(items)
    kinds = {entry.type.name: entry.type for entry in entries}
    (kind,) = kinds.values() if len(kinds) == 1 else (None,)
    address = list_address(kind) if kind and kind.list and more else ""
    href = ctx.href(address) if address else ""
    return {
        "title": typography(title),
        "items": items,
        "more": more,
        "href": narrowed(href, choice),
        "url": narrowed(ctx.absolute(address) if href else "", choice),
    }


def _news(ctx: Context, entry: Entry) -> LetterItem:
    moment = occurrence(ctx, entry)
    if moment:
        return _item(ctx, entry, _times(entry, moment))
    return _item(ctx, entry, [_until(entry) or day_words(entry.date)])


def _item(ctx: Context, entry: Entry, times: list[str]) -> LetterItem:
    shown = card(ctx, entry)
    return {
        "href": shown["href"],
        "url": ctx.absolute(entry.address) if shown["href"] else "",
        "title": shown["title"],
        "summary": shown["summary"],
        "facts": [fact for fact in (*times, shown["place"] or _afar(entry), shown["kind"]) if fact],
        "state": shown["state"] if shown["state"] in _SAID else "",
        "demo": entry.demo,
    }


def _times(entry: Entry, moment: Occurrence) -> list[str]:
    return [moment_words(moment), recurrence_words(entry.fields)]


def _until(entry: Entry) -> str:
    until = entry.fields.get("closes") or entry.fields.get("expires")
    return f"jusqu’au {day_words(day_of(until))}" if until else ""


def _afar(entry: Entry) -> str:
    return "en ligne" if entry.fields.get("online") else ""

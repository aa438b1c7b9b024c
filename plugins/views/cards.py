"""An entry in short, as lists, « voir aussi » and group pages show it. Made once per entry and kept in the context."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.occurrences import first_occurrence, next_occurrence
from plugins.views.french import (
    DateBlock,
    Stamp,
    date_block,
    days_words,
    measure,
    moments_words,
    stamp,
)
from plugins.views.labels import kind_label
from plugins.views.ring import positions
from plugins.views.states import OVER, State, day_of, has_dates, state

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.model.objects import Entry
    from plugins.model.occurrences import Occurrence
    from plugins.views.context import Context


class Card(TypedDict):
    """An entry in a list."""

    href: Annotated[str, "Its address, empty if entries are switched off."]
    title: Annotated[str, "Its title."]
    summary: Annotated[str, "Its summary."]
    type: Annotated[str, "The name of its content type (event, article…)."]
    kind: Annotated[str, "What it is, in a word or two: the label of its kind, else the name of its type."]
    date: Annotated[Stamp, "When it was published."]
    when: Annotated[str, "For events, the day or days and hours in words; else empty."]
    block: Annotated[DateBlock | None, "For events, the day to show as a block: the next one, or the last if all are past."]
    until: Annotated[Stamp | None, "The day until which it is open or holds; None where it has none."]
    place: Annotated[str, "The commune, the place or « en ligne »; empty if nowhere."]
    figure: Annotated[str, "Its first result with its unit, or the quantity on offer; else empty."]
    ring: Annotated[list[int], "The places of its pillars in the ring."]
    pillars: Annotated[str, "The names of its pillars, joined for reading."]
    state: Annotated[State, "Where it stands today: open, closed, past, cancelled… or nothing."]
    over: Annotated[bool, "Whether it belongs with what is behind us."]
    demo: Annotated[bool, "Whether it is made up, and has to say so."]


def card(ctx: Context, entry: Entry) -> Card:
    """The card of an entry."""
    found = ctx.cards.get(entry.id)
    if found is None:
        found = ctx.cards[entry.id] = _card(ctx, entry)
    return found


def cards(ctx: Context, entries: Iterable[Entry]) -> list[Card]:
    """The cards of several entries, in order."""
    return [card(ctx, entry) for entry in entries]


def _card(ctx: Context, entry: Entry) -> Card:
    fields = entry.fields
    coming = next_occurrence(fields, ctx.today) if has_dates(fields) else None
    moment = coming or (first_occurrence(fields) if has_dates(fields) else None)
    until = fields.get("closes") or fields.get("expires")
    stands = state(fields, ctx.today, to_come=coming is not None)
    return {
        "href": ctx.href(entry.address),
        "title": typography(entry.title),
        "summary": typography(entry.summary),
        "type": entry.type.name,
        "kind": kind_label(ctx, entry),
        "date": stamp(entry.date),
        "when": moment_words(moment) if moment else "",
        "block": date_block(moment.first_day) if moment else None,
        "until": stamp(day_of(until)) if until else None,
        "place": place_name(entry),
        "figure": figure(entry),
        "ring": positions(entry.pillars),
        "pillars": ", ".join(pillar.name for pillar in entry.pillars),
        "state": stands,
        "over": stands in OVER or (moment is not None and coming is None),
        "demo": entry.demo,
    }


def moment_words(moment: Occurrence) -> str:
    """« samedi 14 mars 2026, de 14 h à 18 h »."""
    if moment.all_day:
        return days_words(moment.first_day, moment.last_day)
    return moments_words(moment.start, moment.end)  # type: ignore[arg-type]  # date-times, as it is not all day


def place_name(entry: Entry) -> str:
    """Where an entry is, in a few words."""
    if entry.communes:
        return entry.communes[0].name
    place = entry.fields.get("place") or {}
    return str(place.get("name") or place.get("address") or "")


def figure(entry: Entry) -> str:
    """The figure that leads: the first result of an initiative, the quantity of an offer."""
    results = entry.fields.get("results") or ()
    first = next((r for r in results if isinstance(r.get("value"), int | float)), None) or entry.fields.get("quantity")
    if not isinstance(first, dict) or not isinstance(first.get("value"), int | float):
        return ""
    return measure(first["value"], str(first.get("unit") or ""))

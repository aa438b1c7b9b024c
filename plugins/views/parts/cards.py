"""An entry in short, as lists, « voir aussi » and group pages show it. Made once per entry and kept in the context."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from plugins.markup import typography
from plugins.model.occurrences import first_occurrence, next_occurrence
from plugins.views.drawing.ring import positions
from plugins.views.parts.endings import end_of_day, last_end, later, over_at
from plugins.views.words.french import (
    DateBlock,
    Stamp,
    date_block,
    days_words,
    hours_words,
    moments_words,
    number,
    stamp,
)
from plugins.views.words.labels import capital, kind_label
from plugins.views.words.states import OVER, State, day_of, has_dates, state

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.model.objects import Entry
    from plugins.model.occurrences import Occurrence
    from plugins.publication.context import Context


class Figure(TypedDict):
    """A number that leads, and what it counts."""

    number: str
    unit: str


class Card(TypedDict):
    """An entry in a list."""

    href: Annotated[str, "Its address, empty if entries are switched off."]
    title: Annotated[str, "Its title."]
    summary: Annotated[str, "Its summary."]
    label: Annotated[str, "The name of its type, with a capital."]
    kind: Annotated[str, "What sort of its type it is, in a word or two; empty where the type has no sorts."]
    date: Annotated[Stamp, "When it was published."]
    day: Annotated[Stamp, "When it is or was: of an event its day, else the day of its publication."]
    hours: Annotated[str, "For events, the hours, or the days of one that lasts; else empty."]
    block: Annotated[
        DateBlock | None, "For events, the day to show as a block: the next one, or the last if all are past."
    ]
    until: Annotated[Stamp | None, "The day until which it is open or holds; None where it has none."]
    ends: Annotated[str, "For what is not over, the moment at which it is (ISO 8601); empty where it never is."]
    later: Annotated[list[str], "Further times of one that comes again, each as its day and its end."]
    place: Annotated[str, "The commune, the place or « en ligne »; empty if nowhere."]
    figure: Annotated[Figure | None, "Its first result, or the quantity on offer."]
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
    fields, moment = entry.fields, occurrence(ctx, entry)
    coming = moment if moment and moment.last_day >= ctx.today else None
    until = fields.get("closes") or fields.get("expires")
    stands = state(fields, ctx.today, to_come=coming is not None)
    over = stands in OVER or (moment is not None and coming is None)
    return {
        "href": ctx.href(entry.address),
        "title": typography(entry.title),
        "summary": typography(entry.summary),
        "label": capital(typography(entry.type.singular)),
        "kind": kind_label(ctx, entry),
        "date": stamp(entry.date),
        "day": stamp(moment.first_day if moment else entry.date),
        "hours": hours(moment) if moment else "",
        "block": date_block(moment.first_day, ctx.today) if moment else None,
        "until": stamp(day_of(until)) if until else None,
        "ends": "" if over else _ends(ctx, fields, coming),
        "later": later(fields, coming, ctx.today) if coming else [],
        "place": place_name(entry),
        "figure": figure(fields),
        "ring": positions(entry.pillars),
        "pillars": ", ".join(pillar.name for pillar in entry.pillars),
        "state": stands,
        "over": over,
        "demo": entry.demo,
    }


def _ends(ctx: Context, fields: Mapping[str, Any], coming: Occurrence | None) -> str:
    """When what the card shows is over: the time shown, or all times where one lasts several days and its words cannot change."""
    if coming:
        return over_at(coming) if coming.first_day == coming.last_day else last_end(fields, coming, ctx.today)
    until = fields.get("closes") or fields.get("expires")
    return end_of_day(day_of(until)) if until else ""


def occurrence(ctx: Context, entry: Entry) -> Occurrence | None:
    """When an event takes place next, or first took place if all is past; None for what is no event."""
    if not has_dates(entry.fields):
        return None
    return next_occurrence(entry.fields, ctx.today) or first_occurrence(entry.fields)


def moment_words(moment: Occurrence) -> str:
    """« samedi 14 mars 2026, de 14 h à 18 h »."""
    if isinstance(moment.start, dt.datetime) and isinstance(moment.end, dt.datetime):
        return moments_words(moment.start, moment.end)
    return days_words(moment.first_day, moment.last_day)


def hours(moment: Occurrence) -> str:
    """What a block with the first day leaves unsaid: « de 14 h à 18 h », or all the days."""
    if moment.first_day != moment.last_day:
        return days_words(moment.first_day, moment.last_day)
    if isinstance(moment.start, dt.datetime) and isinstance(moment.end, dt.datetime):
        return hours_words(moment.start, moment.end)
    return ""


def place_name(entry: Entry) -> str:
    """Where an entry is, in a few words."""
    if entry.communes:
        return typography(entry.communes[0].name)
    place = entry.fields.get("place") or {}
    return typography(str(place.get("name") or place.get("address") or ""))


def figure(fields: Mapping[str, Any]) -> Figure | None:
    """The figure that leads: the first result of an initiative, the quantity of an offer."""
    groups = [*(fields.get("results") or ()), fields.get("quantity")]
    first = next((one for one in groups if isinstance(one, dict) and isinstance(one.get("value"), int | float)), None)
    return {"number": number(first["value"]), "unit": typography(str(first.get("unit") or ""))} if first else None

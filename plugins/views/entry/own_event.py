"""What an event's page shows of its own: where, how to take part, and when it takes place again."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import EVENT_FILE
from plugins.model.occurrences import first_occurrence, next_occurrence, occurrences
from plugins.views.page.frame import calendar
from plugins.views.parts.cards import moment_words
from plugins.views.parts.endings import last_end
from plugins.views.words.french import Stamp  # noqa: TC001  # the theme's reference reads these types
from plugins.views.words.recurrence import recurrence_words

if TYPE_CHECKING:
    from plugins.model.objects import Entry
    from plugins.publication.context import Context

AGENDA = "/agenda.ics"
DATES = 8
HORIZON = dt.timedelta(days=731)


class Place(TypedDict):
    """Where an event takes place."""

    name: str
    address: str
    commune: str
    online: Annotated[str, "The address at which one follows it; empty if it is not online."]


class EventOwn(TypedDict):
    """What ``entry/event.html`` sees beside the names of every entry."""

    where: Place
    again: Annotated[str, "When it comes again, in words; empty if it does not."]
    dates: Annotated[list[Stamp], "The next times of an event that comes again; empty for one that does not."]
    file: Annotated[str, "The event as a file for one's own calendar; empty if these are switched off."]
    subscribe: Annotated[str, "The whole agenda, to be subscribed to; empty if calendars are switched off."]
    ends: Annotated[str, "The moment at which it is over for good (ISO 8601)."]
    clock: Annotated[str, "The script that knows when that is; empty where it is over already."]


def event_view(ctx: Context, entry: Entry) -> EventOwn:
    """The own names of an event."""
    place = entry.fields.get("place") or {}
    coming = next_occurrence(entry.fields, ctx.today)
    return {
        "where": {
            "name": typography(str(place.get("name", ""))),
            "address": typography(str(place.get("address", ""))),
            "commune": typography(entry.communes[0].name) if entry.communes else "",
            "online": str(entry.fields.get("online") or ""),
        },
        "again": recurrence_words(entry.fields),
        "dates": _dates(ctx, entry),
        "file": ctx.href(entry.address + EVENT_FILE),
        "subscribe": calendar(ctx, "", AGENDA)["subscribe"] if ctx.href(AGENDA) else "",
        "ends": last_end(entry.fields, coming or first_occurrence(entry.fields), ctx.today),
        "clock": ctx.asset("js/past.js") if coming and "theme_files" in ctx.outputs else "",
    }


def _dates(ctx: Context, entry: Entry) -> list[Stamp]:
    if "recurrence" not in entry.fields:
        return []
    found = occurrences(entry.fields, ctx.today, ctx.today + HORIZON, today=ctx.today)[:DATES]
    return [{"iso": one.first_day.isoformat(), "words": moment_words(one)} for one in found]

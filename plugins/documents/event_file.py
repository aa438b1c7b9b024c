"""One event as a file that a calendar opens (RFC 5545): a copy for those who want this event and do not subscribe to the agenda.

It has the UID of the event in the agendas, so whoever does both has it once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from icalendar import Calendar

from plugins.documents.calendars import END, YEARS_AHEAD
from plugins.documents.vevent import vevent
from plugins.documents.vtimezone import vtimezone
from plugins.model.addresses import EVENT_FILE
from plugins.model.months import dated_types
from plugins.model.occurrences import first_occurrence, parse_rule, until
from plugins.publication.identity import host
from plugins.publication.page import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Entry
    from plugins.publication.context import Context


def event_files(ctx: Context) -> Iterator[Document]:
    """``evenement.ics`` beside the page of each event."""
    for kind in dated_types(ctx.site):
        events = ctx.site.by_folder.get(kind.folder, ())
        yield from (event_file(ctx, event) for event in events if "start" in event.fields)


def file_address(event: Entry) -> str:
    """Where the file of an event stands."""
    return event.address + EVENT_FILE


def event_file(ctx: Context, event: Entry) -> Document:
    """The file of one event: the event itself, with the clock changes that it needs."""
    head = Calendar()
    head.add("VERSION", "2.0")
    head.add("PRODID", f"-//{host(ctx.site)}//agenda//FR")
    head.add("CALSCALE", "GREGORIAN")
    head.add("METHOD", "PUBLISH")
    parts = [head.to_ical().removesuffix(END), *_timezone(ctx, event), bytes(vevent(ctx, event).to_ical()), END]
    return Document(file_address(event).lstrip("/"), b"".join(parts))


def _timezone(ctx: Context, event: Entry) -> Iterator[bytes]:
    """The rules of the event's zone; whole days and times in UTC need none."""
    first = first_occurrence(event.fields)
    if first.all_day or first.tz == "UTC":
        return
    last_year = first.last_day.year
    if event.fields.get("recurrence"):
        last = until(parse_rule(event.fields["recurrence"]), first.tz)
        last_year = last.year + 1 if last else max(first.first_day.year, ctx.today.year) + YEARS_AHEAD
    yield vtimezone(first.tz, first.first_day.year, last_year)

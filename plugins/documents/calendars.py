"""The agenda as calendars that people subscribe to (RFC 5545 and 7986)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from icalendar import Calendar, vDuration, vUri

from plugins.documents.texts import one_line
from plugins.documents.vevent import vevent
from plugins.documents.vtimezone import vtimezone
from plugins.model.addresses import HOME, last_change
from plugins.model.objects import entries_in
from plugins.model.occurrences import DEFAULT_TIMEZONE, first_occurrence, parse_rule, until
from plugins.publication.identity import host, permanent
from plugins.publication.page import Document

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from plugins.model.objects import Entry
    from plugins.publication.context import Context

NAME: Final = "agenda.ics"
FOLDER: Final = "events"
REFRESH: Final = dt.timedelta(days=1)
YEARS_AHEAD: Final = 10  # how far the clock changes are told for a rule without end
END: Final = b"END:VCALENDAR\r\n"


@dataclass(frozen=True, slots=True)
class Agenda:
    """What one calendar holds: its page, name, colour (``#rrggbb`` or empty) and events."""

    address: str
    name: str
    colour: str
    events: Iterable[Entry]


@dataclass(frozen=True, slots=True)
class Written:
    """An event made once for all calendars: where it sorts, its VEVENT, the clock changes it needs."""

    order: tuple[str, str]
    ical: bytes
    timezone: str  # empty for whole days
    first_year: int
    last_year: int


def calendars(ctx: Context) -> Iterator[Document]:
    """``agenda.ics`` of the site and of each club, pillar and territory; an event is made once for all."""
    events = ctx.site.by_folder.get(FOLDER, [])
    written = {event.id: _written(ctx, event) for event in events}
    for agenda in agendas(ctx):
        if agenda.address == HOME or ctx.href(agenda.address):
            yield calendar(ctx, agenda, written)


def calendar_address(page: str) -> str:
    """Where the calendar of a page stands (the site's own at the root)."""
    return page + NAME


def agendas(ctx: Context) -> Iterator[Agenda]:
    """Every calendar the site has."""
    site = ctx.site
    name, accent = str(site.settings["name"]), str((site.settings.get("colours") or {}).get("accent") or "")
    yield Agenda(HOME, name, accent, site.by_folder.get(FOLDER, []))
    for club in site.clubs.values():
        yield Agenda(club.address, f"{club.name} – {name}", accent, entries_in(club.mentions))
    for pillar in site.pillars.values():
        yield Agenda(pillar.address, f"{pillar.name} – {name}", pillar.colour, entries_in(pillar.mentions))
    for territory in site.territories.values():
        yield Agenda(territory.address, f"{territory.name} – {name}", accent, entries_in(territory.mentions))


def calendar(ctx: Context, agenda: Agenda, written: dict[str, Written]) -> Document:
    """The calendar of an agenda, its events by date."""
    events = [event for event in agenda.events if event.id in written]
    made = sorted((written[event.id] for event in events), key=lambda event: event.order)
    head = _head(ctx, agenda, last_change(events))
    body = [*_timezones(ctx, made), *(event.ical for event in made)]
    address = calendar_address(agenda.address)
    return Document(address.lstrip("/"), b"".join([head.to_ical().removesuffix(END), *body, END]))


def _head(ctx: Context, agenda: Agenda, changed: dt.date | None) -> Calendar:
    address = calendar_address(agenda.address)
    name = one_line(agenda.name)
    head = Calendar()
    head.add("VERSION", "2.0")
    head.add("PRODID", f"-//{host(ctx.site)}//agenda//FR")
    head.add("CALSCALE", "GREGORIAN")
    head.add("METHOD", "PUBLISH")
    head.add("UID", permanent(ctx.site, address))
    head.add("NAME", name)
    head.add("X-WR-CALNAME", name)
    head.add("URL", ctx.absolute(agenda.address))
    head.add("SOURCE", vUri(ctx.absolute(address)), parameters={"VALUE": "URI"})
    head.add("REFRESH-INTERVAL", vDuration(REFRESH), parameters={"VALUE": "DURATION"})
    head.add("X-PUBLISHED-TTL", vDuration(REFRESH))
    if changed:
        head.add("LAST-MODIFIED", dt.datetime.combine(changed, dt.time(), tzinfo=dt.UTC))
    if agenda.colour:
        head.add("X-APPLE-CALENDAR-COLOR", agenda.colour)  # COLOR itself takes only the names of CSS
    return head


def _written(ctx: Context, event: Entry) -> Written:
    first = first_occurrence(event.fields)
    return Written(
        order=(str(event.fields["start"]).replace(" ", "T"), event.id),
        ical=bytes(vevent(ctx, event).to_ical()),
        timezone="" if first.all_day else first.tz,
        first_year=first.first_day.year,
        last_year=_last_year(ctx, event),
    )


def _last_year(ctx: Context, event: Entry) -> int:
    first = first_occurrence(event.fields)
    if not event.fields.get("recurrence"):
        return first.last_day.year
    last = until(parse_rule(event.fields["recurrence"]), first.tz)
    return last.year + 1 if last else max(first.first_day.year, ctx.today.year) + YEARS_AHEAD


def _timezones(ctx: Context, events: list[Written]) -> Iterator[bytes]:
    """A VTIMEZONE for each zone in use, and at least one: a calendar without a component is invalid."""
    spans: dict[str, list[Written]] = {}
    for event in events:
        if event.timezone:
            spans.setdefault(event.timezone, []).append(event)
    if not events:
        yield vtimezone(DEFAULT_TIMEZONE, ctx.today.year, ctx.today.year)
    for name, users in sorted(spans.items()):
        if name != "UTC":  # times in UTC carry a Z and need no rules
            yield vtimezone(name, min(e.first_year for e in users), max(e.last_year for e in users))

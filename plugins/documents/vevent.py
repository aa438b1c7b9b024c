"""An event as a VEVENT (RFC 5545, section 3.6.1, with the properties of RFC 7986)."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from icalendar import Event, vRecur, vUri

from plugins.documents.texts import one_line, writable
from plugins.model.objects import Club, Member
from plugins.model.occurrences import first_occurrence, parse_rule, until, zone
from plugins.publication.identity import host, page_url

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.model.objects import Entry
    from plugins.model.occurrences import Occurrence
    from plugins.publication.context import Context

STATUS: Final = {"confirmed": "CONFIRMED", "postponed": "TENTATIVE", "cancelled": "CANCELLED"}
PREFIX: Final = {"postponed": "Reporté : ", "cancelled": "Annulé : "}
DEMO: Final = "[Démonstration] "
ONLINE: Final = "En ligne"


def vevent(ctx: Context, entry: Entry) -> Event:
    """The event as calendars know it. Its UID stays, and nothing depends on the day of the build."""
    event = Event()
    event.add("UID", f"{entry.id}@{host(ctx.site)}")
    event.add("SUMMARY", title(entry))
    event.add("STATUS", STATUS[status(entry)])
    event.add("TRANSP", "TRANSPARENT")  # to be told of an event is not to be busy
    event.add("DESCRIPTION", description(ctx, entry))
    page = page_url(ctx, entry.address)
    if page:
        event.add("URL", page)
    _add_stamps(event, entry)
    _add_times(event, entry.fields)
    _add_place(event, entry)
    _add_people(event, entry)
    return event


def status(entry: Entry) -> str:
    """``confirmed``, ``postponed`` or ``cancelled``."""
    return str(entry.fields.get("status") or "confirmed")


def title(entry: Entry) -> str:
    """The title, with what a calendar must not hide: that an event is off, or made up."""
    return f"{DEMO if entry.demo else ''}{PREFIX.get(status(entry), '')}{one_line(entry.title)}"


def sequence(entry: Entry) -> int:
    """How often the event changed, as far as its file tells: it grows with ``updated`` and the status."""
    days = (entry.updated - entry.date).days if entry.updated else 0
    return 2 * max(days, 0) + (status(entry) != "confirmed")


def description(ctx: Context, entry: Entry) -> str:
    """The summary, and where to go from there."""
    registration = (entry.fields.get("registration") or {}).get("url")
    page = page_url(ctx, entry.address)
    lines = [writable(entry.summary), ""]
    if registration:
        lines.append(f"Inscription : {registration}")
    if entry.fields.get("online"):
        lines.append(f"Pour suivre en ligne : {entry.fields['online']}")
    if page:
        lines.append(f"En savoir plus : {page}")
    return "\n".join(lines).rstrip()


def rule_of(fields: Mapping[str, Any], first: Occurrence) -> str | None:
    """The recurrence rule as RFC 5545 wants it: UNTIL is a date for whole days, otherwise a time in UTC."""
    if not fields.get("recurrence"):
        return None
    parts = parse_rule(str(fields["recurrence"]))
    last = until(parts, first.tz)
    if last is not None and first.all_day:
        parts["UNTIL"] = f"{last:%Y%m%d}"
    elif last is not None:
        parts["UNTIL"] = f"{last.replace(tzinfo=zone(first.tz)).astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
    return ";".join(f"{name}={value}" for name, value in parts.items())


def _add_stamps(event: Event, entry: Entry) -> None:
    changed = _midnight(max(entry.updated or entry.date, entry.date))
    event.add("DTSTAMP", changed)
    event.add("CREATED", _midnight(entry.date))
    event.add("LAST-MODIFIED", changed)
    event.add("SEQUENCE", sequence(entry))


def _add_times(event: Event, fields: Mapping[str, Any]) -> None:
    first = first_occurrence(fields)
    event.add("DTSTART", first.start)
    if first.all_day:
        event.add("DTEND", first.last_day + dt.timedelta(days=1))  # exclusive here, inclusive in the file
    elif first.end > first.start:
        event.add("DTEND", first.end)
    rule = rule_of(fields, first)
    if rule:
        event.add("RRULE", vRecur.from_ical(rule))


def _add_place(event: Event, entry: Entry) -> None:
    where = ", ".join(location(entry))
    online = entry.fields.get("online")
    if where or online:
        event.add("LOCATION", where or ONLINE)
    if entry.fields.get("place") and entry.point:
        event.add("GEO", entry.point)
    if online:
        parameters = {"VALUE": "URI", "FEATURE": "VIDEO", "LABEL": ONLINE}
        event.add("CONFERENCE", vUri(str(online)), parameters=parameters)


def location(entry: Entry) -> Iterator[str]:
    """Name, street and commune of the place, as far as they are known."""
    place = entry.fields.get("place") or {}
    for part in ("name", "address"):
        if place.get(part):
            yield one_line(str(place[part]))
    if place.get("commune") and entry.communes:
        yield entry.communes[0].name


def _add_people(event: Event, entry: Entry) -> None:
    # ORGANIZER wants an address for invitations, and nobody's e-mail stands here: CONTACT says who it is.
    for organiser in entry.references.get("organiser") or []:
        event.add("CONTACT", one_line(organiser.name if isinstance(organiser, Member | Club) else str(organiser)))
    words = [*(pillar.name for pillar in entry.pillars), *(tag.label for tag in entry.tags)]
    if words:
        event.add("CATEGORIES", [one_line(word) for word in words])


def _midnight(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), tzinfo=dt.UTC)

"""An event in the words of schema.org: when, how often, where, at what price, and whether it takes place."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final

from plugins.model.occurrences import first_occurrence, next_occurrence, parse_rule, timezone_of, until
from plugins.structured_data.parts import Node, place

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.model.objects import Entry
    from plugins.model.occurrences import Moment, Occurrence
    from plugins.publication.context import Context

SCHEMA: Final = "https://schema.org/"
STATUS: Final = {"confirmed": "EventScheduled", "postponed": "EventPostponed", "cancelled": "EventCancelled"}
DAYS: Final = {
    "MO": "Monday",
    "TU": "Tuesday",
    "WE": "Wednesday",
    "TH": "Thursday",
    "FR": "Friday",
    "SA": "Saturday",
    "SU": "Sunday",
}
PERIODS: Final = {"DAILY": "D", "WEEKLY": "W", "MONTHLY": "M", "YEARLY": "Y"}


def event_facts(ctx: Context, entry: Entry) -> Node:
    """What schema.org asks of an Event. A recurring one is given by its next occurrence, with its rule."""
    fields = entry.fields
    when = next_occurrence(fields, ctx.today) or first_occurrence(fields)
    registration = fields.get("registration") or {}
    price = registration.get("price")
    return {
        "startDate": when.start.isoformat(),
        "endDate": when.end.isoformat() if fields.get("end") else None,
        "eventStatus": SCHEMA + STATUS[fields.get("status") or "confirmed"],
        "eventAttendanceMode": SCHEMA + _attendance(fields),
        "eventSchedule": _schedule(fields),
        "location": [*_room(entry), *_link(fields)],
        "isAccessibleForFree": None if price is None else price == 0,
        "maximumAttendeeCapacity": registration.get("capacity"),
        "offers": _offer(ctx, entry, registration),
        "inLanguage": entry.lang,
        "keywords": [tag.label for tag in entry.tags],
    }


def _attendance(fields: Mapping[str, Any]) -> str:
    if fields.get("place") and fields.get("online"):
        return "MixedEventAttendanceMode"
    return "OnlineEventAttendanceMode" if fields.get("online") else "OfflineEventAttendanceMode"


def _room(entry: Entry) -> list[Node]:
    stated = entry.fields.get("place")
    if not stated:
        return []
    commune = entry.communes[0] if entry.communes else None
    found = place(commune, name=stated.get("name", ""), street=stated.get("address", ""), point=entry.point)
    return [found] if found else []


def _link(fields: Mapping[str, Any]) -> list[Node]:
    return [{"@type": "VirtualLocation", "url": fields["online"]}] if fields.get("online") else []


def _offer(ctx: Context, entry: Entry, registration: Mapping[str, Any]) -> Node | None:
    if not registration.get("url") and registration.get("price") is None:
        return None
    return {
        "@type": "Offer",
        "url": registration.get("url") or ctx.absolute(entry.address),
        "price": registration.get("price"),
        "priceCurrency": "EUR" if registration.get("price") is not None else None,
        "validFrom": entry.date.isoformat(),
        "validThrough": moment(registration.get("deadline"), timezone_of(entry.fields)),
    }


def moment(written: str | None, tz: str) -> str | None:
    """A day, or a time with its offset in a timezone, as ISO 8601 wants it."""
    return first_occurrence({"start": written, "timezone": tz}).start.isoformat() if written else None


def _schedule(fields: Mapping[str, Any]) -> Node | None:
    """The recurrence rule as a https://schema.org/Schedule."""
    if not fields.get("recurrence"):
        return None
    first, parts = first_occurrence(fields), parse_rule(fields["recurrence"])
    last = until(parts, first.tz)
    return {
        "@type": "Schedule",
        "repeatFrequency": f"P{parts.get('INTERVAL', '1')}{PERIODS[parts['FREQ']]}",
        "repeatCount": int(parts["COUNT"]) if "COUNT" in parts else None,
        "startDate": first.first_day.isoformat(),
        "endDate": last.date().isoformat() if last else None,
        "scheduleTimezone": first.tz,
        **_hours(first, has_end=bool(fields.get("end"))),
        **_days(parts),
    }


def _hours(first: Occurrence, *, has_end: bool) -> Node:
    return {"startTime": _clock(first.start), "endTime": _clock(first.end) if has_end else None}


def _clock(moment: Moment) -> str | None:
    return moment.strftime("%H:%M:%S") if isinstance(moment, dt.datetime) else None


def _days(parts: Mapping[str, str]) -> Node:
    """Which days the rule names; of « the second Tuesday » schema.org knows the day and the week apart."""
    named = [day for day in parts.get("BYDAY", "").split(",") if day]
    weeks = sorted({int(day[:-2]) for day in named if day[:-2]})
    return {
        "byDay": [SCHEMA + DAYS[day[-2:]] for day in named],
        "byMonthWeek": [week for week in weeks if week > 0],
        "byMonth": [int(month) for month in parts.get("BYMONTH", "").split(",") if month],
        "byMonthDay": [int(day) for day in parts.get("BYMONTHDAY", "").split(",") if day],
    }

"""Where an entry stands on the day of the build, read from its own dates: whatever has ``opens`` and ``closes`` can be open."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Mapping

State: TypeAlias = Literal[
    "", "soon", "open", "closed", "current", "expired", "upcoming", "past", "cancelled", "postponed"
]
OVER: Final = frozenset({"closed", "expired", "past"})
AFTER: Final = {"upcoming": "past", "open": "closed", "current": "expired"}  # what something is when its time is over


def day_of(value: object) -> dt.date:
    """The day of an ISO 8601 date or date-time."""
    return dt.date.fromisoformat(str(value)[:10])


def has_dates(fields: Mapping[str, Any]) -> bool:
    """Whether front matter is that of something that takes place (an event), and not of something that is open for a time."""
    return "start" in fields and "opens" not in fields


def state(fields: Mapping[str, Any], today: dt.date, *, to_come: bool) -> State:
    """What to say today about something with these dates, or nothing where time does not matter to it.

    ``to_come`` says whether an event has an occurrence that is not over.
    """
    if "opens" in fields and "closes" in fields:
        if today < day_of(fields["opens"]):
            return "soon"
        return "open" if today <= day_of(fields["closes"]) else "closed"
    if "expires" in fields:
        return "current" if today <= day_of(fields["expires"]) else "expired"
    return _event_state(fields, to_come=to_come) if has_dates(fields) else ""


def _event_state(fields: Mapping[str, Any], *, to_come: bool) -> State:
    if fields.get("status") == "cancelled":
        return "cancelled"
    if not to_come:
        return "past"
    return "postponed" if fields.get("status") == "postponed" else "upcoming"

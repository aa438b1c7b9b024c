"""A recurrence rule can be followed, gives at least one date, and ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model.occurrences import RecurrenceError, next_occurrence, parse_rule, timezone_of, until
from plugins.model.rules.dates import moment
from plugins.model.schema.rrule_format import occurs_after

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.problems import Problem
    from plugins.model.rules.draft import Draft


def recurrence(draft: Draft) -> Iterator[Problem]:
    """Check ``recurrence`` (RRULE, RFC 5545, section 3.3.10) beyond what its form says."""
    text = draft.text("recurrence")
    start = moment(draft.text("start"))
    if not text or start is None:
        return
    try:
        parts = parse_rule(text)
        if not occurs_after(text, start.date()):
            yield draft.say("recurrence-never", ("recurrence",), value=text)
            return
        next_occurrence(draft.data, start.date())
        last = until(parts, timezone_of(draft.data))
    except (RecurrenceError, ValueError, KeyError, OSError):
        return  # the schema's formats « rrule », « local-datetime » and « timezone » have reported it
    if "UNTIL" not in parts and "COUNT" not in parts:
        yield draft.say("recurrence-endless", ("recurrence",))
    if last is not None and last < start:
        yield draft.say("recurrence-empty", ("recurrence",), value=text)

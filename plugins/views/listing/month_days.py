"""A month as a table: weeks from Monday to Sunday, each day with what takes place on it."""

from __future__ import annotations

import datetime as dt
from calendar import monthcalendar
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypedDict

from plugins.views.listing.facets import chosen_fields, entry_values, tokens
from plugins.views.parts.cards import card
from plugins.views.parts.endings import over_at
from plugins.views.words.french import DAYS, FIXED, MONTHS, clock, day_number, day_words, hours_words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.months import Happening, Month
    from plugins.model.occurrences import Occurrence
    from plugins.publication.context import Context

SHOWN: Final = 6  # events of a day that stand open; the others are folded
STATUSES: Final = frozenset({"cancelled", "postponed"})


class MonthEvent(TypedDict):
    """An event on one of its days."""

    href: str
    title: str
    part: Annotated[Literal["", "first", "middle", "last"], "Which of its days it is; empty where it has one."]
    hours: Annotated[str, "The hours of that day; empty for whole days and days between."]
    until: Annotated[str, "The last day of one that lasts several; empty for others."]
    place: Annotated[str, "The commune or the place; empty where none is named."]
    online: Annotated[bool, "Whether one can follow it from afar."]
    state: Annotated[str, "cancelled, postponed or nothing."]
    over: Annotated[bool, "Whether that time is behind us."]
    demo: Annotated[bool, "Whether it is made up, and has to say so."]
    ends: Annotated[str, "The moment at which that time is over (ISO 8601)."]
    values: Annotated[str, "By what the script filters it: « field:value », with spaces between."]


class Day(TypedDict):
    """A day of the table."""

    iso: str
    weekday: str
    number: Annotated[str, "« 7 », « 1er »."]
    month: Annotated[str, "The name of the month."]
    today: Annotated[bool, "Whether the site is built on this day; the script knows better."]
    events: Annotated[list[MonthEvent], "The first of that day, by hour."]
    more: Annotated[list[MonthEvent], "The others of a full day."]


class Week(TypedDict):
    """A row of the table."""

    number: Annotated[int, "The number of the week (ISO 8601)."]
    days: Annotated[list[Day | None], "Monday to Sunday; None for days of the months around."]


def weeks(ctx: Context, month: Month, found: Sequence[Happening]) -> list[Week]:
    """The table of a month with what ``found`` says, each event on each of its days."""
    by_day: dict[dt.date, list[MonthEvent]] = {}
    for happening in found:
        for day in _days(happening.moment, month):
            by_day.setdefault(day, []).append(month_event(ctx, happening, day))
    return [_week(ctx, month, numbers, by_day) for numbers in monthcalendar(month.year, month.month)]


def lasts_throughout(happening: Happening, month: Month) -> bool:
    """Whether something takes place on every day of a month: it is said once and not thirty times."""
    return happening.moment.first_day <= month.first and happening.moment.last_day >= month.last


def month_event(ctx: Context, happening: Happening, day: dt.date) -> MonthEvent:
    """What takes place, as it is told on ``day``."""
    entry, moment = happening.entry, happening.moment
    shown, part = card(ctx, entry), _part(moment, day)
    status = str(entry.fields.get("status") or "")
    return {
        "href": shown["href"],
        "title": shown["title"],
        "part": part,
        "hours": _hours(moment, part),
        "until": _until(moment.last_day, day) if part else "",
        "place": shown["place"],
        "online": bool(entry.fields.get("online")),
        "state": status if status in STATUSES else "",
        "over": moment.last_day < ctx.today,
        "demo": entry.demo,
        "ends": over_at(moment),
        "values": tokens(entry_values(entry, chosen_fields(ctx, entry.type.name))),
    }


def _days(moment: Occurrence, month: Month) -> list[dt.date]:
    first, last = max(moment.first_day, month.first), min(moment.last_day, month.last)
    return [first + dt.timedelta(days=after) for after in range((last - first).days + 1)]


def _week(ctx: Context, month: Month, numbers: list[int], by_day: dict[dt.date, list[MonthEvent]]) -> Week:
    """The row of the days with these numbers; 0 is a day of another month."""
    days = [dt.date(month.year, month.month, number) if number else None for number in numbers]
    return {
        "number": next(day for day in days if day).isocalendar().week,
        "days": [_day(ctx, day, by_day.get(day, [])) if day else None for day in days],
    }


def _day(ctx: Context, day: dt.date, events: list[MonthEvent]) -> Day:
    # One more than is shown is shown, too: it takes no more room than the line that would say so.
    shown = SHOWN if len(events) > SHOWN + 1 else SHOWN + 1
    return {
        "iso": day.isoformat(),
        "weekday": DAYS[day.weekday()],
        "number": day_number(day),
        "month": MONTHS[day.month - 1],
        "today": day == ctx.today,
        "events": events[:shown],
        "more": events[shown:],
    }


def _part(moment: Occurrence, day: dt.date) -> Literal["", "first", "middle", "last"]:
    if moment.first_day == moment.last_day:
        return ""
    if day <= moment.first_day:
        return "first"
    return "last" if day >= moment.last_day else "middle"


def _until(last: dt.date, day: dt.date) -> str:
    """« 28 mars », with the year where it is another."""
    return day_words(last) if last.year != day.year else f"{day_number(last)}{FIXED}{MONTHS[last.month - 1]}"


def _hours(moment: Occurrence, part: str) -> str:
    if not (isinstance(moment.start, dt.datetime) and isinstance(moment.end, dt.datetime)):
        return ""
    if not part:
        return hours_words(moment.start, moment.end)
    return {"first": clock(moment.start), "last": clock(moment.end)}.get(part, "")

"""Dates, numbers and lists of words as French people read them: « mercredi 4 mars 2026 », « 12 000 € », « A, B et C »."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, TypedDict

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

NARROW: Final = "\u202f"  # espace fine insécable: thousands, before ; ? !
FIXED: Final = "\u00a0"  # espace insécable: before units, around « »
MINUS: Final = "\u2212"
DAYS: Final = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS: Final = (
    "janvier", "février", "mars", "avril", "mai", "juin",
    "juillet", "août", "septembre", "octobre", "novembre", "décembre",
)  # fmt: skip
SHORT_MONTHS: Final = (
    "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.",
)  # fmt: skip


class Stamp(TypedDict):
    """A day or a moment twice: for machines (ISO 8601) and in words."""

    iso: str
    words: str


class DateBlock(TypedDict):
    """A day in pieces, as a poster shows it."""

    iso: str
    weekday: str
    day: str
    month: str
    year: str  # empty where the reader knows it


def day_number(day: dt.date) -> str:
    """« 1er » for the first of a month, else the number."""
    return "1er" if day.day == 1 else str(day.day)


def day_words(day: dt.date, *, weekday: bool = False) -> str:
    """« 4 mars 2026 », with ``weekday`` « mercredi 4 mars 2026 »; the day stays with its month."""
    words = f"{day_number(day)}{FIXED}{MONTHS[day.month - 1]} {day.year}"
    return f"{DAYS[day.weekday()]} {words}" if weekday else words


def stamp(day: dt.date, *, weekday: bool = False) -> Stamp:
    """A day for ``<time datetime>`` and for people."""
    return {"iso": day.isoformat(), "words": day_words(day, weekday=weekday)}


def date_block(day: dt.date, today: dt.date) -> DateBlock:
    """A day in pieces: weekday, number, short month; the year where it is not this one."""
    return {
        "iso": day.isoformat(),
        "weekday": DAYS[day.weekday()],
        "day": str(day.day),
        "month": SHORT_MONTHS[day.month - 1],
        "year": "" if day.year == today.year else str(day.year),
    }


def clock(moment: dt.datetime) -> str:
    """« 18 h 30 », « 9 h »."""
    hours = f"{moment.hour}{FIXED}h"
    return f"{hours}{FIXED}{moment.minute:02d}" if moment.minute else hours


def days_words(first: dt.date, last: dt.date, *, weekday: bool = True) -> str:
    """A span of whole days, both inclusive: « du 3 au 5 mars 2026 », « du 30 avril au 2 mai 2026 »."""
    if first >= last:
        return day_words(first, weekday=weekday)
    start = day_number(first)
    if (first.year, first.month) != (last.year, last.month):
        start += f"{FIXED}{MONTHS[first.month - 1]}"
    if first.year != last.year:
        start += f" {first.year}"
    return f"du {start} au {day_words(last)}"


def hours_words(start: dt.datetime, end: dt.datetime) -> str:
    """« de 14 h à 18 h 30 », or « à 14 h » where no end is known."""
    return f"à {clock(start)}" if start >= end else f"de {clock(start)} à {clock(end)}"


def moments_words(start: dt.datetime, end: dt.datetime) -> str:
    """A span with hours: « samedi 14 mars 2026, de 14 h à 18 h », or over several days with the hour of each end."""
    if start.date() == end.date():
        return f"{day_words(start.date(), weekday=True)}, {hours_words(start, end)}"
    return (
        f"du {day_words(start.date(), weekday=True)}, {clock(start)}, "
        f"au {day_words(end.date(), weekday=True)}, {clock(end)}"
    )


def number(value: float, *, decimals: int | None = None) -> str:
    """« 1 234,5 », « −38 »: narrow spaces between thousands, a comma, a real minus sign.

    ``decimals`` fixes the number of decimals; without it as many are shown as the value has (at most six).
    """
    if decimals is None:
        text = f"{value:,.6f}".rstrip("0").rstrip(".") if isinstance(value, float) else f"{value:,}"
    else:
        text = f"{value:,.{decimals}f}"
    return text.replace(",", NARROW).replace(".", ",").replace("-", MINUS)


def measure(value: float, unit: str) -> str:
    """A number with its unit: « 12 t », « −38 % »."""
    return f"{number(value)}{FIXED}{unit}" if unit else number(value)


def euros(amount: float) -> str:
    """« 12 000 € », « 12,50 € »."""
    whole = float(amount).is_integer()
    return f"{number(int(amount)) if whole else number(amount, decimals=2)}{FIXED}€"


def joined(words: Sequence[str]) -> str:
    """« A, B et C »."""
    if len(words) < 2:  # noqa: PLR2004  # one word needs no « et »
        return "".join(words)
    return f"{', '.join(words[:-1])} et {words[-1]}"


def duration(minutes: int) -> str:
    """« 45 min », « 1 h 30 », « 2 h »."""
    hours, rest = divmod(minutes, 60)
    if not hours:
        return f"{rest}{FIXED}min"
    return f"{hours}{FIXED}h{FIXED}{rest:02d}" if rest else f"{hours}{FIXED}h"


def host(url: str) -> str:
    """The name of a web site, to show in place of its whole address: « regal-normandie.fr »."""
    rest = url.partition("://")[2] or url
    return rest.partition("/")[0].partition("?")[0].removeprefix("www.")

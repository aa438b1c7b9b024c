"""A recurrence rule (RFC 5545) as people say it: « chaque mois, le premier samedi, jusqu’au 30 juin 2027 »."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from plugins.model.occurrences import parse_rule, timezone_of, until
from plugins.views.words.french import DAYS, MONTHS, day_words, joined

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

_EVERY: Final = {
    "DAILY": ("chaque jour", "tous les {} jours"),
    "WEEKLY": ("chaque semaine", "toutes les {} semaines"),
    "MONTHLY": ("chaque mois", "tous les {} mois"),
    "YEARLY": ("chaque année", "tous les {} ans"),
}
_CODES: Final = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_ORDINALS: Final = {
    1: "premier",
    2: "deuxième",
    3: "troisième",
    4: "quatrième",
    5: "cinquième",
    -1: "dernier",
    -2: "avant-dernier",
}
_SAID: Final = frozenset({"FREQ", "INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH", "BYSETPOS", "UNTIL", "COUNT", "WKST"})


def recurrence_words(fields: Mapping[str, Any]) -> str:
    """When an event comes again; empty where it does not, or where the rule is finer than a sentence can be."""
    text = fields.get("recurrence")
    if not text:
        return ""
    parts = parse_rule(str(text))
    if set(parts) - _SAID:
        return ""
    words = [_every(parts), *_days(parts), *_months(parts), *_end(parts, fields)]
    return ", ".join(words)


def _every(parts: Mapping[str, str]) -> str:
    once, often = _EVERY[parts["FREQ"]]
    interval = int(parts.get("INTERVAL", "1"))
    return once if interval == 1 else often.format(interval)


def _days(parts: Mapping[str, str]) -> list[str]:
    found = [_day(one, parts.get("BYSETPOS", "")) for one in parts.get("BYDAY", "").split(",") if one]
    numbers = [("1er" if one == "1" else one) for one in parts.get("BYMONTHDAY", "").split(",") if one]
    days = [f"le {one}" for one in found] + (["le dernier jour" if one == "-1" else f"le {one}" for one in numbers])
    return [joined(days)] if days else []


def _day(code: str, position: str) -> str:
    number, name = re.fullmatch(r"([+-]?\d*)(\w\w)", code).groups()  # type: ignore[union-attr]  # the rule has been checked
    ordinal = number or position
    day = DAYS[_CODES.index(name)]
    return f"{_ORDINALS.get(int(ordinal), f'{int(ordinal)}e')} {day}" if ordinal else day


def _months(parts: Mapping[str, str]) -> list[str]:
    months = [MONTHS[int(one) - 1] for one in parts.get("BYMONTH", "").split(",") if one]
    return [f"en {joined(months)}"] if months else []


def _end(parts: Mapping[str, str], fields: Mapping[str, Any]) -> list[str]:
    if "COUNT" in parts:
        return [f"{parts['COUNT']} fois"]
    last = until(parts, timezone_of(fields))
    return [f"jusqu’au {day_words(last.date())}"] if last else []

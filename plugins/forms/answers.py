"""From what people type to JSON values. Whether a value is allowed is the schema's affair, not ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.model.addresses import slug

if TYPE_CHECKING:
    from collections.abc import Mapping

_YES_NO = {
    **dict.fromkeys(("o", "oui", "true", "vrai", "on", "1"), True),
    **dict.fromkeys(("n", "non", "false", "faux", "off", "0"), False),
}
_FRENCH_DAY = re.compile(r"([0-9]{1,2})[/.]([0-9]{1,2})[/.]([0-9]{4})(?: +(?:à +)?([0-9]{1,2}) ?[h:] ?([0-9]{2})?)?")
_ISO_MOMENT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})[ T]+(?:à +)?([0-9]{1,2})[h:]([0-9]{2})?(:[0-9]{2})?")
_NUMBER = re.compile(r"([+-]?)0*([0-9]{1,18})(?:\.([0-9]{1,12}))?")
_NOT_OF_A_NUMBER = re.compile("[\\s\u202f\u00a0]|euros?$|€$")
_BETWEEN_WORDS = re.compile(r";|,(?!(?<=[0-9],)[0-9])")
_DAY = len("2026-03-14")


def read_boolean(text: str) -> bool | None:
    """Yes or no; None if it is neither."""
    return _YES_NO.get(text.strip().lower().rstrip("."))


def read_number(text: str) -> int | float | None:
    """A number as the French write it (« 1 200,50 € »), with up to 18 digits before the comma; None if it is none."""
    found = _NUMBER.fullmatch(_NOT_OF_A_NUMBER.sub("", text.strip()).replace(",", "."))
    if not found:
        return None
    sign, whole, rest = found.groups()
    return float(f"{sign}{whole}.{rest}") if rest else int(sign + whole)


def read_moment(text: str) -> str:
    """A date as the French write it (14/03/2026 à 18h30) as it stands in files (2026-03-14T18:30); other texts stay."""
    if found := _FRENCH_DAY.fullmatch(text):
        day, month, year, hour, minute = found.groups()
        date = f"{year}-{int(month):02d}-{int(day):02d}"
        return f"{date}T{int(hour):02d}:{minute or '00'}" if hour else date
    if found := _ISO_MOMENT.fullmatch(text):
        return f"{found[1]}T{int(found[2]):02d}:{found[3] or '00'}{found[4] or ''}"
    return text


def day_of(moment: str) -> str:
    """The day of a date with or without a time."""
    return moment[:_DAY]


def read_choice(text: str, labels: Mapping[str, str]) -> str | None:
    """The value that a text means: itself or its label, in whatever case and accents; None if it is neither."""
    if text in labels:
        return text
    wanted = slug(text)
    return next((value for value, label in labels.items() if wanted and wanted in {slug(value), slug(label)}), None)


def split_words(text: str) -> list[str]:
    """The parts of a list: its lines, or where there is but one what stands between commas (not those of « 2,5 »)."""
    parts = text.split("\n") if "\n" in text.strip() else _BETWEEN_WORDS.split(text)
    return [part.strip() for part in parts if part.strip()]

"""From what people type to the JSON value of a field. Whether it is valid is the schema's affair, not ours."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plugins.model.addresses import slug
from scripts import french

if TYPE_CHECKING:
    from plugins.model.schemas import Field
    from scripts.questions.known import Choices

_FRENCH_DAY = re.compile(r"(\d{1,2})[/.](\d{1,2})[/.](\d{4})(?: +(?:à +)?(\d{1,2}) ?[h:] ?(\d{2})?)?")
_ISO_MOMENT = re.compile(r"(\d{4}-\d{2}-\d{2})[ T]+(?:à +)?(\d{1,2})[h:](\d{2})?")
_NUMBER = re.compile(r"[+-]?\d+(?:\.\d+)?")


class AnswerError(Exception):
    """The answer cannot be read as a value of its field; the message says in French what is wanted."""


def value_of(field: Field, text: str, choices: Choices | None) -> Any:
    """The value that ``text`` means for ``field``.

    Raises:
        AnswerError: a number or a yes was wanted, or a choice of the list, and this is none.
    """
    if field.kind == "list":
        return [_scalar(field, part.strip(), choices) for part in re.split("[,;]", text) if part.strip()]
    return _scalar(field, text, choices)


def _scalar(field: Field, text: str, choices: Choices | None) -> Any:
    if field.kind == "boolean":
        return _boolean(text)
    if field.kind in {"number", "integer"}:
        return _number(text)
    if field.labels:
        return _labelled(field, text)
    if choices is not None:
        return choices.resolve(text) or text
    return _moment(text) if field.widget in {"date", "datetime"} else text


def _boolean(text: str) -> bool:
    said = french.yes_or_no(text, default=None)
    if said is None:
        raise AnswerError(french.ANSWER_YES_OR_NO)
    return said


def _number(text: str) -> float:
    plain = re.sub(r"[\s\u202f\u00a0]|euros?$|€$", "", text.strip()).replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise AnswerError(french.answer_number(text))
    return float(plain) if "." in plain else int(plain)


def _labelled(field: Field, text: str) -> str:
    """A value of an enum: itself, its number in the list, or its French label."""
    values = list(field.labels)
    if text.isascii() and text.isdigit() and 0 < int(text) <= len(values):
        return values[int(text) - 1]
    for value, label in field.labels.items():
        if slug(text) in {slug(value), slug(label)}:
            return value
    raise AnswerError(french.answer_choice(text, len(values)))


def _moment(text: str) -> str:
    """Dates as the French write them (14/03/2026 18h30) become those of the files (2026-03-14T18:30)."""
    if found := _FRENCH_DAY.fullmatch(text):
        day, month, year, hour, minute = found.groups()
        date = f"{year}-{int(month):02d}-{int(day):02d}"
        return f"{date}T{int(hour):02d}:{minute or '00'}" if hour else date
    if found := _ISO_MOMENT.fullmatch(text):
        return f"{found[1]}T{int(found[2]):02d}:{found[3] or '00'}"
    return text

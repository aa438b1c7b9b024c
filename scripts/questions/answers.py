"""From what people type to the JSON value of a field, or a sentence that says what is wanted."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plugins.forms.answers import read_boolean, read_choice, read_moment, read_number
from scripts.french import commands as french

if TYPE_CHECKING:
    from plugins.forms.known import Choices
    from plugins.model.schema.schemas import Field


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
        return _wanted(read_boolean(text), french.ANSWER_YES_OR_NO)
    if field.kind in {"number", "integer"}:
        return _wanted(read_number(text), french.answer_number(text))
    if field.labels:
        return _labelled(field, text)
    if choices is not None:
        return choices.resolve(text) or text
    return read_moment(text) if field.widget in {"date", "datetime"} else text


def _wanted(value: Any, sentence: str) -> Any:
    if value is None:
        raise AnswerError(sentence)
    return value


def _labelled(field: Field, text: str) -> str:
    """A value of an enum: itself, its number in the list, or its French label."""
    values = list(field.labels)
    if text.isascii() and text.isdigit() and 0 < int(text) <= len(values):
        return values[int(text) - 1]
    return str(_wanted(read_choice(text, field.labels), french.answer_choice(text, len(values))))

"""The sentences that the server would say of a value, for a page that says them while one types."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins.forms import french
from plugins.forms.posted import MESSAGE_LENGTH, NAME_LENGTHS
from plugins.model.problems import problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.model.schema.schemas import Field

LENGTH, VALUE = "{length}", "{value}"
"""What the page puts its own count or value in the place of."""
_BOUNDS = {
    "minLength": ("short", "too-short"),
    "maxLength": ("long", "too-long"),
    "minimum": ("low", "too-small"),
    "maximum": ("high", "too-large"),
    "maxItems": ("many", "too-many"),
}
_FORMATS = {"uri-http": ("url", "bad-address")}


def live_messages(field: Field, *, required: bool) -> dict[str, str]:
    """What to say of a field, by what is wrong with it: missing, short, long, low, high, many, number, whole, url."""
    found = {"missing": french.required(field.label)} if required else {}
    value = field.value_schema
    for keyword, (name, code) in _BOUNDS.items():
        limit = (field.schema if keyword == "maxItems" else value).get(keyword)
        if limit is not None and (keyword != "minLength" or limit > 1):
            found[name] = _told(code, field, limit=limit)
    if name_and_code := _FORMATS.get(str(value.get("format", ""))):
        found[name_and_code[0]] = _told(name_and_code[1], field)
    if field.kind in {"number", "integer"}:
        found["number"] = french.not_a_number(field.label, VALUE)
    if field.kind == "integer":
        found["whole"] = french.not_whole(field.label, VALUE)
    return found


def sender_messages(name: str) -> dict[str, tuple[str, int]]:
    """What to say of the lines of the sender, and the bound that goes with it (0 for none): his ``name``, his ``email``, his
    ``message`` to the editors.
    """
    if name == "email":
        bad = f"{french.BAD_EMAIL} {french.EMAIL_HINT}"
        return {"missing": (french.required(french.EMAIL_LABEL), 0), "email": (bad, 0)}
    if name == "message":
        return {"long": (french.MESSAGE_LONG, MESSAGE_LENGTH)}
    shortest, longest = NAME_LENGTHS.start, NAME_LENGTHS.stop - 1
    return {
        "missing": (french.required(french.NAME_LABEL), 0),
        "short": (french.NAME_LENGTH, shortest),
        "long": (french.NAME_LENGTH, longest),
    }


def limits(field: Field) -> Mapping[str, Any]:
    """The bounds that go with these sentences."""
    value = field.value_schema
    found = {name: value[keyword] for keyword, (name, _) in _BOUNDS.items() if keyword in value}
    if field.kind == "list" and "maxItems" in field.schema:
        found["many"] = field.schema["maxItems"]
    return found


def _told(code: str, field: Field, **values: Any) -> str:
    filled: dict[str, Any] = {"label": field.label, "length": LENGTH, "value": VALUE, **values}
    return problem(code, "", **filled).message

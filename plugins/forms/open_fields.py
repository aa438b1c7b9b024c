"""Which fields a stranger may fill in. The rest is set by the tools or by editors, and kept as it is in an edit."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from plugins.model.schema.schemas import Field, FlatSchema

_ONLY_IN_EDITS = frozenset({"updated"})
_FOLLOWING = frozenset({"author"})  # is the first of the authors


def open_fields(flat: FlatSchema, *, editing: bool) -> tuple[Field, ...]:
    """The outermost fields of a type that its form asks for, in their order."""
    return tuple(field for field in flat.fields if is_open(field) and (editing or field.name not in _ONLY_IN_EDITS))


def is_open(field: Field) -> bool:
    """Whether a field is neither hidden, nor filled by the tools, nor follows from another."""
    return field.widget != "hidden" and not field.filled and field.name not in _FOLLOWING


def follows_author(field: Field) -> bool:
    """Whether a required field means the author where it is left empty (who holds an offer)."""
    return field.required and field.reference == "member" and field.kind == "text"


def alternatives(flat: FlatSchema) -> tuple[str, ...]:
    """The names of the fields of which the schema wants one at least."""
    return tuple(name for branch in flat.schema.get("anyOf", ()) for name in branch.get("required", ()))


def deciding(flat: FlatSchema) -> tuple[str, ...]:
    """The names of the fields that decide what others may hold (``all_day``)."""
    return tuple(flat.schema.get("if", {}).get("properties", {}))

"""The order in which a type's entries are listed."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.model.objects import Entry
    from plugins.model.schema.schemas import ContentType


def in_order(entries: Iterable[Entry], content_type: ContentType) -> list[Entry]:
    """Newest first by the type's ``sort`` field (ISO texts compare as dates), then by id; ``upcoming`` types are listed so too:
    what is to come is taken from the front by the views that know today.
    """
    field = content_type.sort
    return sorted(
        entries,
        key=lambda entry: (str(entry.fields.get(field, entry.fields["date"])), entry.id),
        reverse=True,
    )

"""The pictures that came with a post, under names that are free in the folder of their entry."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING, Any

from plugins.forms.growing import put
from plugins.forms.naming import free_name
from plugins.model.references import values_at

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.forms.desk import Around
    from plugins.model.schema.schemas import FlatSchema


def with_pictures(
    data: Mapping[str, Any], flat: FlatSchema, entry_id: str, around: Around
) -> tuple[dict[str, Any], dict[str, bytes]]:
    """The data with each picture named after its entry (``repair-cafe-caen.webp``), and the pictures by path.

    All entries of a year share a folder, so that ``photo.jpg`` of one would take the place of another's.
    """
    named = copy.deepcopy(dict(data))
    folder, _, stem = f"content/{entry_id}".rpartition("/")
    files: dict[str, bytes] = {}
    for field in flat.every_field():
        if field.widget != "file":
            continue
        for place, name in list(values_at(named, field.path)):
            if name in around.pictures:
                path = _free_path(f"{folder}/{stem}", name.rpartition(".")[2].lower(), files, around)
                files[path] = around.pictures[name]
                put(named, place, path.rpartition("/")[2])
    return named, files


def _free_path(stem: str, ending: str, files: Mapping[str, bytes], around: Around) -> str:
    def is_taken(name: str) -> bool:
        return f"{name}.{ending}" in files or around.source(f"{name}.{ending}") is not None

    return f"{free_name(stem, is_taken)}.{ending}"

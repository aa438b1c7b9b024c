"""What a new file is called: its address on the site follows from it, so it must be free and stay readable."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Any

from plugins.model.addresses import slug

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.model.schema.schemas import ContentType

LONGEST_NAME = 80  # characters; a title may have 120
UNNAMED = "sans-titre"


def year_folder(data: Mapping[str, Any], kind: ContentType) -> str:
    """The folder of the year in which the thing happens or, for what does not happen, is published."""
    return str(data.get(kind.sort) or data["date"])[:4] if kind.address else ""


def file_stem(title: str) -> str:
    """A title as the name of a file, without its ending: whole words, at most 80 characters."""
    words = slug(title.replace("’", "'")) or UNNAMED  # « l’eau » is two words
    if len(words) <= LONGEST_NAME:
        return words
    return words[:LONGEST_NAME].rpartition("-")[0] or words[:LONGEST_NAME]


def free_name(stem: str, is_taken: Callable[[str], bool]) -> str:
    """``stem``, or the first of ``stem-2``, ``stem-3``… that is not taken."""
    return next(name for number in count(1) if not is_taken(name := stem if number == 1 else f"{stem}-{number}"))

"""``facets.json``: by what results can be filtered and sorted, for the browser to do both with what Pagefind found.

``pages`` names Pagefind's fragments; everywhere else a page is its place in that list. ``values`` holds, for each filter, the
pages of each value as differences from one to the next; ``days`` the day of each page as days since 1970, or null.
"""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final

from plugins.search_index.subjects import FILTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.search_index.subjects import Subject

_EPOCH: Final = dt.date(1970, 1, 1)


def facets(pages: Sequence[tuple[Subject, str]]) -> bytes:
    """The file for pages, each with the name of its fragment."""
    subjects = [subject for subject, _ in pages]
    content: dict[str, Any] = {
        "pages": [fragment for _, fragment in pages],
        "values": {name: _values(subjects, name) for name in FILTERS},
        "days": [(subject.day - _EPOCH).days if subject.day else None for subject in subjects],
    }
    return json.dumps(content, separators=(",", ":")).encode()


def _values(subjects: Sequence[Subject], name: str) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for place, subject in enumerate(subjects):
        for value in subject.values.get(name, ()):
            found.setdefault(value, []).append(place)
    return {value: _steps(found[value]) for value in sorted(found)}


def _steps(places: Sequence[int]) -> list[int]:
    return [place - before for before, place in zip([0, *places], places, strict=False)]

"""What a build made, counted by kind, for the last lines that people read."""

from __future__ import annotations

import os
from collections import Counter
from typing import TYPE_CHECKING

from scripts.french import commands as french

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

_PAGE = "index.html"


def pages_below(output: Path) -> list[str]:
    """The addresses of all pages of a built site, without their first slash (``agenda/2026/x``; ``""`` is
    the home page).
    """
    found = []
    for directory, _, names in os.walk(output):
        if _PAGE in names:
            found.append(os.path.relpath(directory, output).replace(os.sep, "/").removeprefix("."))
    return sorted(found)


def count_by_kind(pages: Iterable[str], kinds: Mapping[str, str]) -> dict[str, int]:
    """How many pages stand below each first part of an address; ``kinds`` gives its French name, the rest
    are counted together.
    """
    counts = Counter(kinds.get(page.partition("/")[0], french.OTHER_PAGES) for page in pages)
    ordered = [*dict.fromkeys(kinds.values()), french.OTHER_PAGES]
    return {kind: counts[kind] for kind in ordered if counts[kind]}

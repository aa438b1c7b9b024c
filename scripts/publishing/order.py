"""In which order files may change one at a time, so that a reader never gets a page whose parts are not there. Pure.

What pages are made of comes first, then pages, then what lists pages (feeds, the site map, the entry of the search), then the home
page, and ``version.json`` as the last word. What is gone goes after all that; what old pages in a reader's hands still load (files
whose names change with their content) stays for a while.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from scripts.publishing.release import STAMP

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

_NAMED_BY_CONTENT: Final = re.compile(r"theme/.+|pagefind/(?:fragment|index)/.+|pagefind/.+\.pf_meta")
_LISTS_PAGES: Final = re.compile(
    r"(?:.*/)?flux\.xml|sitemap\.xml|search-index(?:\.json|/.*)|pagefind/pagefind-entry\.json|_headers|_redirects"
)
_PARTS, _PAGES, _LISTS, _HOME, _STAMP = range(5)


def stages(had: Mapping[str, str], wanted: Mapping[str, str]) -> list[list[str]]:
    """The paths of ``wanted`` that are not in ``had`` with the same digest: each stage may begin once the one before is done."""
    found: list[list[str]] = [[] for _ in range(5)]
    for path, digest in sorted(wanted.items()):
        if had.get(path) != digest:
            found[_stage(path)].append(path)
    return [stage for stage in found if stage]


def gone(had: Iterable[str], wanted: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """What ``wanted`` has no more: what must not be read any longer, then what may stay for the readers of old pages."""
    lost = sorted(path for path in had if path not in wanted)
    return [path for path in lost if not is_named_by_content(path)], [
        path for path in lost if is_named_by_content(path)
    ]


def is_named_by_content(path: str) -> bool:
    """Whether this path always has the same content."""
    return bool(_NAMED_BY_CONTENT.fullmatch(path))


def _stage(path: str) -> int:
    if path == STAMP:
        return _STAMP
    if path == "index.html":
        return _HOME
    if _LISTS_PAGES.fullmatch(path):
        return _LISTS
    return _PAGES if path.endswith(".html") else _PARTS

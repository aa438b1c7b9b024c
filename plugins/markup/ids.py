"""Ids of one page's text: each once, none of the page's own."""

from __future__ import annotations

import re

from plugins.markup.attributes import RESERVED_IDS, RESERVED_PREFIXES
from plugins.markup.slugs import slug

_ID = re.compile(r' id="([^"]*)"')


class Ids:
    """Hands out ids; those that authors wrote have precedence over those made from headings, wherever they stand."""

    def __init__(self, html: str) -> None:
        self._written = frozenset(_ID.findall(html)) if ' id="' in html else frozenset()
        self._used: set[str] = set()
        self._next: dict[str, int] = {}

    @property
    def used(self) -> frozenset[str]:
        """All ids handed out so far."""
        return frozenset(self._used)

    def keep(self, tag: str) -> str:
        """The tag with its written id, or without it if an element before had the same one."""
        match = _ID.search(tag)
        if match is None:
            return tag
        if match.group(1) in self._used:
            return tag[: match.start()] + tag[match.end() :]
        self._used.add(match.group(1))
        return tag

    def made_from(self, text: str) -> str:
        """A free id from a heading's text; it begins with a letter, or style sheets could not name it as it is."""
        base = slug(text) or "section"
        if base[0].isdigit() or base in RESERVED_IDS or base.startswith(RESERVED_PREFIXES):
            base = f"section-{base}"
        name = base
        while name in self._used or name in self._written:
            self._next[base] = self._next.get(base, 1) + 1
            name = f"{base}-{self._next[base]}"
        self._used.add(name)
        return name

"""Whose fault it is: that of a page that points to what never was, or of nobody, where what it points to has gone away."""

from __future__ import annotations

import posixpath
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import unquote

from plugins.model.addresses import MEMBERS, entry_address, listed_addresses
from plugins.model.discovery import arrange
from plugins.model.links import FILENAME
from plugins.model.references import ReferenceCheck
from scripts.broken.letting_go import lost_references

if TYPE_CHECKING:
    from collections.abc import Set as AbstractSet

    from plugins.model.joined import Joined
    from plugins.model.reading import Raw
    from scripts.broken.past import Past

_HARMLESS = frozenset({"unknown-reference", "dead-link", "dead-anchor"})
"""What may be nobody's fault. An answer that fits no question is its author's; a place in a page that is not there costs little."""


class Blame:
    """Asks about pages of ``joined``, which is checked already."""

    def __init__(self, joined: Joined, past: Past) -> None:
        self._joined, self._past = joined, past
        self._check = ReferenceCheck(joined.known_ids(), lambda *_: (1, 1))

    def is_its_own(self, raw: Raw, codes: AbstractSet[str]) -> bool:
        """Whether a page with errors of ``codes`` points to anything that never was there."""
        if not codes <= _HARMLESS:
            return True
        references = self._joined.reader.schemas.references(raw.type_name)
        lost = [value for _, _, value in lost_references(self._check, raw.data, references)]
        return any(not self._was_there(value) for value in lost) or self._links_to_nothing(raw)

    def _was_there(self, value: str) -> bool:
        return any(path in self._past.first_seen for path in (f"content/{value}.md", f"data/members/{value}.yaml"))

    def _links_to_nothing(self, raw: Raw) -> bool:
        if raw.body is None:
            return False
        for link in raw.body.links:
            alone = replace(raw, body=replace(raw.body, links=(link,)))
            dead = any(fault.code == "dead-link" for fault in self._joined.link_problems([alone]))
            if dead and not self._led_somewhere(raw, link.target.partition("#")[0]):
                return True
        return False

    def _led_somewhere(self, raw: Raw, target: str) -> bool:
        if not target.startswith(FILENAME):
            return unquote(target.partition("?")[0]) in self._former_addresses
        named = unquote(target.removeprefix(FILENAME))
        folder = "content" if named.startswith("/") else posixpath.dirname(raw.path)
        return posixpath.normpath(f"{folder}/{named}") in self._past.first_seen

    @cached_property
    def _former_addresses(self) -> frozenset[str]:
        """The addresses of all pages that there ever were."""
        schemas = self._joined.reader.schemas
        found = arrange(self._texts(), schemas.content_types)
        entries = {entry_address(schemas.content_type(file.type_name), file.id) for file in found.entries}
        return frozenset(
            {*entries, *(f"{MEMBERS}{posixpath.basename(path).removesuffix('.yaml')}/" for path in found.members)}
        )

    def _texts(self) -> list[str]:
        return [path for path in self._past.first_seen if path.startswith(("content/", "data/members/"))]


def without_address(joined: Joined, past: Past) -> set[str]:
    """The files of pages whose address another page has: of two, the one that came later (one that git does not know is new)."""
    if joined.site is None:
        return set()
    holders: dict[str, str] = {}
    losers: set[str] = set()
    for address, place in listed_addresses(joined.site):
        if address not in holders:
            holders[address] = place.source
            continue
        first, second = holders[address], place.source
        pages = [path for path in (first, second) if path.startswith(("content/", "data/members/"))]
        if not pages:
            continue
        loser = max(pages, key=lambda path: (past.first_seen.get(path, _NEVER), path)) if len(pages) > 1 else pages[0]
        losers.add(loser)
        holders[address] = second if loser == first else first
    return losers


_NEVER = 1 << 62

"""Addresses that a change takes away without saying where their visitors should go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model.problems import problem
from scripts.french import changes as french

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.model.joined import Joined
    from plugins.model.problems import Problem
    from scripts.changes.diff import ChangedFile

_GONE = "gone"


def unredirected(then: Joined, now: Joined, changed: Sequence[ChangedFile], base: str) -> Iterator[Problem]:
    """A warning for each page of a file that has lost its address, told at the file as it is now, or where it was."""
    moved = {file.old_path: file.path for file in changed if file.kind == "renamed"}
    now_at = {place.source: address for address, place in now.resolver.pages.items()}
    for address, place in then.resolver.pages.items():
        if not place.source or now.resolver.leads_somewhere(address) or address in now.resolver.site.redirects:
            continue
        path = moved.get(place.source, place.source)
        target = now_at.get(path, _GONE) if path != place.source else _GONE
        if target == _GONE and place.source.startswith("data/members/"):
            continue  # somebody has left: one more line with the name would help nobody
        hint = french.add_redirect(address, target, base)
        yield problem("address-lost", path, value=address, suggestion=hint)

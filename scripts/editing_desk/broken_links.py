"""Links that lead nowhere any more, or somewhere else for good."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.editing_desk.item import Item
from scripts.french import desk as french
from scripts.outside_links.uses import outside_links

if TYPE_CHECKING:
    from plugins.model.objects import Site
    from scripts.editing_desk.known import Known


def broken_links(site: Site, known: Known) -> list[Item]:
    """A line for each page that has such a link: dead ones first, then moved ones, by address."""
    links = known.links or {}
    found: dict[str, list[Item]] = {"dead": [], "moved": []}
    for url, uses in outside_links(site).items():
        seen = links.get(url)
        if seen is None or seen.state not in found:
            continue
        why = french.dead_link(url, seen.why) if seen.state == "dead" else french.moved_link(url, seen.to)
        since = seen.failing_since if seen.state == "dead" else None
        for page in dict.fromkeys((use.title, use.target, use.address, use.path) for use in uses):
            title, target, address, path = page
            found[seen.state].append(Item(title, why, since, target, address, path, href="" if address else url))
    return found["dead"] + found["moved"]

"""What links could lead to before a change, and cannot any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model import addresses

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.joined import Joined
    from plugins.model.links import LinkResolver


def lost_words(then: Joined, now: Joined) -> list[str]:
    """Parts of addresses, one of which stands in every link that led somewhere ``then`` and leads nowhere ``now``.

    A link names a page by its address (which begins all documents and files of the page), or by the name of its file.
    """
    pages = set(_lost_pages(then, now))
    names = {path.rpartition("/")[2] for path, address in then.pages.items() if address in pages}
    names |= {path.rpartition("/")[2] for path in then.pages if path not in now.pages}
    before = {indicator.id for indicator in then.resolver.site.indicators}
    series = before - {indicator.id for indicator in now.resolver.site.indicators}
    return sorted(pages | names | {f"{addresses.DATA}indicateurs/{name}." for name in series})


def _lost_pages(then: Joined, now: Joined) -> Iterator[str]:
    """Addresses where there is less than there was: no page, another page, fewer anchors, fewer files."""
    old, new = then.resolver, now.resolver
    for address in sorted(old.known | old.pages.keys()):
        if address not in new.known or (address in old.pages and address not in new.pages):
            yield address
        elif address in new.pages and (
            address not in old.pages or old.pages[address].source != new.pages[address].source
        ):
            yield address  # a page of a faulty file was taken to have all anchors
        elif address in old.anchors and _has_less(address, old, new):
            yield address


def _has_less(address: str, old: LinkResolver, new: LinkResolver) -> bool:
    """Whether anchors or files are gone; of texts that were passed over nothing is known, and nothing changed."""
    anchors = old.anchors[address] - new.anchors.get(address, frozenset())
    files = old.files[address] - new.files.get(address, frozenset())
    return bool(anchors or files)

"""Where else a change is seen: the home page and the lists that name what it touches.

They are named and not shown: one title changes a dozen of them, and nobody decides on a proposal by looking at a list.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.views.groups.clubs import club_pages
from plugins.views.groups.pillars import pillar_pages
from plugins.views.groups.territories import territory_pages
from plugins.views.home import home_pages
from plugins.views.listing.lists import list_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plugins.publication.context import Context
    from plugins.publication.page import Page
    from scripts.previewing.change import Change

_MAKERS: Final[tuple[Callable[[Context], Iterator[Page]], ...]] = (
    home_pages,
    list_pages,
    club_pages,
    pillar_pages,
    territory_pages,
)
_FOLLOWING: Final = "/page/"  # what has moved from one page of a list to the next is no news


def changed_lists(change: Change) -> list[Page]:
    """Lists that are on both sides and differ, as they will be, but those that the change shows already."""
    if change.before is None or change.after is None:
        return []
    shown = {page.shown.page.address for page in change.pages}
    then, now = (
        {page.address: page for make in _MAKERS for page in make(side.context) if _FOLLOWING not in page.address}
        for side in (change.before, change.after)
    )
    return [page for address, page in now.items() if address not in shown and then.get(address, page) != page]

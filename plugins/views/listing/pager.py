"""A long list in pages of :data:`plugins.model.addresses.PER_PAGE`, and how one walks through them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict, TypeVar

from plugins.model.addresses import PER_PAGE, page_address, page_count

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.publication.context import Context

Item = TypeVar("Item")


class PagerLink(TypedDict):
    """A page in the pager; number 0 is a gap."""

    number: int
    href: str


class Pager(TypedDict):
    """The pages of a list."""

    number: Annotated[int, "The page shown, from 1."]
    count: Annotated[int, "How many there are."]
    total: Annotated[int, "How many items the whole list has."]
    previous: Annotated[str, "The address of the page before; empty on the first."]
    next: Annotated[str, "The address of the page after; empty on the last."]
    pages: Annotated[list[PagerLink], "First, last and those near by, in order, with gaps between."]


def sliced(items: Sequence[Item]) -> Iterator[tuple[int, Sequence[Item]]]:
    """The pages of ``items`` with their numbers; an empty list has one empty page."""
    for number in range(1, page_count(len(items)) + 1):
        yield number, items[(number - 1) * PER_PAGE : number * PER_PAGE]


def neighbours(base: str, number: int, total: int) -> tuple[str, str]:
    """The addresses of the pages before and after, empty where there is none."""
    before = page_address(base, number - 1) if number > 1 else ""
    return before, page_address(base, number + 1) if number < page_count(total) else ""


def pager(ctx: Context, base: str, number: int, total: int) -> Pager:
    """The pager of page ``number`` of the list of ``total`` items at ``base``."""
    count = page_count(total)
    before, after = neighbours(base, number, total)
    return {
        "number": number,
        "count": count,
        "total": total,
        "previous": ctx.href(before) if before else "",
        "next": ctx.href(after) if after else "",
        "pages": [
            {"number": at, "href": ctx.href(page_address(base, at)) if at else ""} for at in _shown(number, count)
        ],
    }


def _shown(number: int, count: int) -> list[int]:
    """The first, the last, the two on either side; 0 for a gap."""
    near = sorted({1, count, *range(max(1, number - 2), min(count, number + 2) + 1)})
    shown: list[int] = []
    for at in near:
        if shown and at - shown[-1] == 2:  # noqa: PLR2004  # a gap of one page is shown as that page
            shown.append(at - 1)
        elif shown and at - shown[-1] > 1:
            shown.append(0)
        shown.append(at)
    return shown

"""Long lists in pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.model.addresses import PER_PAGE
from plugins.views.listing.pager import neighbours, pager, sliced

if TYPE_CHECKING:
    from plugins.publication.context import Context


@pytest.mark.parametrize("size", [0, 1, PER_PAGE, PER_PAGE + 1, 10 * PER_PAGE])
def test_pages_hold_everything_once_in_order(size: int) -> None:
    parts = list(sliced(range(size)))
    assert [number for number, _ in parts] == list(range(1, len(parts) + 1))
    assert [item for _, part in parts for item in part] == list(range(size))
    assert all(len(part) <= PER_PAGE for _, part in parts)
    assert len(parts) >= 1, "an empty list has a page that says so"


@pytest.mark.parametrize(
    ("number", "count", "shown"),
    [
        (1, 1, [1]), (1, 3, [1, 2, 3]), (1, 9, [1, 2, 3, 0, 9]), (4, 9, [1, 2, 3, 4, 5, 6, 0, 9]),
        (5, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]),
        (50, 750, [1, 0, 48, 49, 50, 51, 52, 0, 750]), (750, 750, [1, 0, 748, 749, 750]),
    ],
)  # fmt: skip
def test_a_pager_shows_the_ends_and_what_is_near(number: int, count: int, shown: list[int], small: Context) -> None:
    found = pager(small, "/agenda/", number, count * PER_PAGE)
    assert [page["number"] for page in found["pages"]] == shown
    assert found["count"] == count
    assert bool(found["previous"]) == (number > 1)
    assert bool(found["next"]) == (number < count)


def test_the_second_pages_neighbours_are_the_list_itself_and_the_third(small: Context) -> None:
    assert neighbours("/agenda/", 2, 3 * PER_PAGE) == ("/agenda/", "/agenda/page/3/")
    assert pager(small, "/agenda/", 2, 3 * PER_PAGE)["previous"] == "/essai/agenda/"

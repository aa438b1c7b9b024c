"""Lists to their last page, as each forge says where that is."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from scripts.bot.forges.api import PAGES, Api, Token
from scripts.bot.forges.forge import Answer, ForgeError

if TYPE_CHECKING:
    from scripts.bot.forges.forge import Exchange, Json, Request

HERE = "https://forge.example/api"


def api() -> Api:
    return Api(HERE, Token("tok", {}), lambda: datetime(2026, 3, 4, tzinfo=UTC))


def play(exchange: Exchange[list[Json]], answers: list[Answer]) -> tuple[list[Json], list[Request]]:
    """Give the answers one after another; what came out, and what was asked."""
    asked, waiting = [next(exchange)], list(answers)
    try:
        while True:
            asked.append(exchange.send(waiting.pop(0)))
    except StopIteration as end:
        assert waiting == []
        return end.value, asked


def page(rows: list[int], **headers: str) -> Answer:
    return Answer(200, {name.replace("_", "-"): value for name, value in headers.items()}, json.dumps(rows).encode())


def link(*targets: tuple[str, str]) -> str:
    return ", ".join(f'<{address}>; rel="{relation}"' for relation, address in targets)


def test_a_link_is_followed_as_it_is() -> None:
    first = link(("prev", f"{HERE}/0"), ("next", f"{HERE}/repositories/7/x?after=a%2Fb&n=2"), ("last", f"{HERE}/9"))
    rows, asked = play(
        api().every("/x", (("state", "all"),)), [page([1], link=first), page([2], link=link(("prev", "x")))]
    )
    assert rows == [1, 2]
    assert [(one.path, one.query) for one in asked] == [
        ("/x", (("state", "all"), ("per_page", "100"))),
        ("/repositories/7/x", (("after", "a/b"), ("n", "2"))),
    ]


@pytest.mark.parametrize("relation", ["rel=next", 'title="a, b"; rel="next"', ' rel="next"; hreflang=fr'])
def test_shapes_of_links(relation: str) -> None:
    rows, _ = play(api().every("/x"), [page([1], link=f"<{HERE}/x?page=2>; {relation}"), page([2])])
    assert rows == [1, 2]


@pytest.mark.parametrize("address", ["https://evil.example/x", f"{HERE}.evil.example/x", "//evil/x", "http://[", "/x"])
def test_a_link_elsewhere_is_not_followed(address: str) -> None:
    with pytest.raises(ForgeError) as caught:
        play(api().every("/x"), [page([1], link=link(("next", address)))])
    assert (caught.value.kind, HERE in caught.value.message) == ("unclear", True)


def test_gitlab_says_the_next_page_and_its_own_links_may_lead_elsewhere() -> None:
    elsewhere = link(("next", "http://inside.example/x?page=2"))
    answers = [page([1], link=elsewhere, x_next_page="2"), page([2], link=elsewhere, x_next_page="")]
    rows, asked = play(api().every("/x", (("name", "é"),)), answers)
    assert (rows, asked[1].query) == ([1, 2], (("name", "é"), ("per_page", "100"), ("page", "2")))


def test_forgejo_counts() -> None:
    answers = [page([1, 2], x_total_count="3"), page([3], x_total_count="3")]
    rows, asked = play(api().every("/x"), answers)
    assert (rows, asked[1].query[-1]) == ([1, 2, 3], ("page", "2"))


def test_forgejo_says_that_there_is_more() -> None:
    rows, _ = play(api().every("/x"), [page([1], x_hasmore="true"), page([2], x_hasmore="false")])
    assert rows == [1, 2]


def test_a_count_that_is_too_high_ends_with_an_empty_page() -> None:
    rows, asked = play(api().every("/x"), [page([1], x_total_count="9"), page([], x_total_count="9")])
    assert (rows, len(asked)) == ([1], 2)


def test_null_is_an_empty_list() -> None:
    assert play(api().every("/x"), [Answer(200, {}, b"null")]) == ([], play(api().every("/x"), [page([])])[1])


def test_a_list_without_end_is_given_up() -> None:
    exchange: Any = api().every("/x")
    next(exchange)
    for _ in range(PAGES - 1):
        exchange.send(page([1], x_next_page="2"))
    with pytest.raises(ForgeError) as caught:
        exchange.send(page([1], x_next_page="2"))
    assert caught.value.kind == "unclear"


@pytest.mark.parametrize("body", [b"{}", b'"x"', b"1", b"", b"<html>", b"[", b"\xff", b"[" * 100_000])
def test_what_is_no_list_is_unclear(body: bytes) -> None:
    with pytest.raises(ForgeError) as caught:
        play(api().every("/x"), [Answer(200, {}, body)])
    assert caught.value.kind == "unclear"

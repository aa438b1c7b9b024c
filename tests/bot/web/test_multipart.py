from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.bot.web.posting.form_bodies import read_form
from scripts.bot.web.posting.posted_form import BadPostError, Limits, PostedForm
from tests.bot.web.posts import BOUNDARY, multipart

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Coroutine
    from typing import Any

TYPE = f"multipart/form-data; boundary={BOUNDARY}"
URLENCODED = "application/x-www-form-urlencoded"
SMALL = Limits(body=20_000, parts=5, files=2, file=1_000, text=300, texts=500)


def read(
    content_type: str, body: bytes, *, limits: Limits | None = None, piece: int = 0, length: str = ""
) -> PostedForm:
    async def pieces() -> AsyncIterator[bytes]:
        for start in range(0, len(body), piece or len(body) or 1):
            yield body[start : start + (piece or len(body))]

    return without_waiting(read_form(content_type, length, pieces(), limits or Limits()))


def without_waiting(work: Coroutine[Any, Any, PostedForm]) -> PostedForm:
    """The result of a coroutine that never has to wait: no event loop is needed, and that of a browser test is in nobody’s way."""
    with pytest.raises(StopIteration) as done:
        work.send(None)
    found: PostedForm = done.value.value
    return found


def refused(content_type: str, body: bytes, *, limits: Limits | None = None, length: str = "") -> int:
    with pytest.raises(BadPostError) as raised:
        read(content_type, body, limits=limits, length=length)
    assert raised.value.message.endswith(".")
    return raised.value.status


@given(
    st.lists(st.tuples(st.from_regex(r"[a-z]{1,8}(\.[0-9]|\.[a-z]{1,5}){0,2}", fullmatch=True), st.text(max_size=60))),
    st.binary(max_size=300),
    st.integers(1, 90),
)
def test_whatever_is_typed_comes_back_in_order_however_it_is_cut(
    pairs: list[tuple[str, str]], content: bytes, piece: int
) -> None:
    form = read(TYPE, multipart(pairs, {"image.file": ("x.jpg", content)}), piece=piece)
    try:
        assert form.pairs == pairs
        assert [upload.file.read() for upload in form.uploads] == ([content] if content else [])
    finally:
        form.close()


@given(
    st.lists(st.tuples(st.from_regex(r"[a-z]{1,8}", fullmatch=True), st.text(max_size=60)), max_size=20),
    st.integers(1, 40),
)
def test_urlencoded_posts_say_the_same(pairs: list[tuple[str, str]], piece: int) -> None:
    assert read(URLENCODED, urlencode(pairs).encode(), piece=piece).pairs == pairs


def test_a_file_that_nobody_chose_is_left_out() -> None:
    form = read(TYPE, multipart([("title", "x")], {"image.file": ("", b"")}))
    assert form.uploads == []
    assert all(file.closed for file in form.opened)


def test_the_file_s_own_name_and_type_are_not_kept() -> None:
    form = read(TYPE, multipart([], {"image.file": ("../../etc/passwd\0.php", b"abc")}))
    assert [(upload.name, upload.size) for upload in form.uploads] == [("image.file", 3)]
    form.close()


def part(headers: str, content: str = "x") -> bytes:
    return f"--{BOUNDARY}\r\n{headers}\r\n\r\n{content}\r\n--{BOUNDARY}--\r\n".encode("latin-1")


@pytest.mark.parametrize(
    ("content_type", "body", "status"),
    [
        ("", b"title=x", 415),
        ("application/json", b"{}", 415),
        ("text/plain", b"title=x", 415),
        ("multipart/mixed; boundary=x", b"--x--", 415),
        (f"{URLENCODED}; charset=utf-16", b"title=x", 415),
        (f"{TYPE}; charset=iso-8859-1", multipart([("title", "x")]), 415),
        ("multipart/form-data", multipart([("title", "x")]), 400),
        ("multipart/form-data; boundary=", multipart([("title", "x")]), 400),
        ("multipart/form-data; boundary=" + "b" * 300, b"", 400),
        ("multipart/form-data; boundary=other", multipart([("title", "x")]), 400),
        (TYPE, b"", 400),
        (TYPE, b"not multipart at all", 400),
        (TYPE, multipart([("title", "x")])[:-10], 400),
        (TYPE, multipart([("title", "x")]).replace(b"\r\n", b"\n"), 400),
        (TYPE, part("Content-Type: text/plain"), 400),
        (TYPE, part("Content-Disposition: attachment; name=a"), 400),
        (TYPE, part("Content-Disposition: form-data"), 400),
        (TYPE, part('Content-Disposition: form-data; name=""'), 400),
        (TYPE, part('Content-Disposition: form-data; name="a b"'), 400),
        (TYPE, part('Content-Disposition: form-data; name="../a"'), 400),
        (TYPE, part('Content-Disposition: form-data; name="__proto__.é"'), 400),
        (TYPE, part(f'Content-Disposition: form-data; name="{"a" * 200}"'), 400),
        (TYPE, part('Content-Disposition: form-data; name="a"\r\nContent-Disposition: form-data; name="b"'), 400),
        (TYPE, part('Content-Disposition: form-data; name="a"\r\nContent-Transfer-Encoding: base64', "eA=="), 400),
        (TYPE, part('Content-Disposition: form-data; name="a"\r\nContent-Type: text/plain; charset=utf-7', "+ADw-"), 415),
        (TYPE, part('Content-Disposition: form-data; name="a"', "\xff\xfe"), 400),
        (TYPE, part('Content-Disposition: form-data; name="a"\r\nBad Header: x'), 400),
        (TYPE, part('Content-Disposition: form-data; name="a"\r\n' + "\r\n".join(f"X-{n}: y" for n in range(20))), 400),
        (TYPE, part(f'Content-Disposition: form-data; name="a"\r\nX: {"y" * 9000}'), 400),
        (URLENCODED, b"title=%FF%FE", 400),
        (URLENCODED, b"=x", 400),
    ],
)  # fmt: skip
def test_what_is_no_form_is_refused_and_never_half_read(content_type: str, body: bytes, status: int) -> None:
    assert refused(content_type, body) == status


def test_a_form_inside_a_part_is_a_text() -> None:
    inner = '--inner\r\nContent-Disposition: form-data; name="title"\r\n\r\nevil\r\n--inner--'
    body = part('Content-Disposition: form-data; name="title"\r\nContent-Type: multipart/mixed; boundary=inner', inner)
    assert read(TYPE, body).pairs == [("title", inner)]


@pytest.mark.parametrize(
    "body",
    [
        multipart([("title", "x" * 301)]),
        multipart([("a", "x" * 290), ("b", "x" * 290)]),
        multipart([(f"a.{n}", "x") for n in range(6)]),
        multipart([], {f"a.{n}": ("x", b"x") for n in range(3)}),
        multipart([], {"a": ("x", b"x" * 30_000)}),
    ],
)
def test_each_limit_holds(body: bytes) -> None:
    assert refused(TYPE, body, limits=SMALL) == 413


@pytest.mark.parametrize(
    "body", [b"a=" + b"x" * 301, b"&".join(b"a=x" for _ in range(6)), b"a" * 30_000, b"a=%20" * 200]
)
def test_each_limit_holds_for_urlencoded_posts(body: bytes) -> None:
    assert refused(URLENCODED, body, limits=SMALL) == 413


def test_a_body_that_says_how_long_it_is_is_not_even_read() -> None:
    assert refused(TYPE, b"", limits=SMALL, length="20001") == 413
    assert refused(TYPE, b"", limits=SMALL, length="9" * 50) == 413


def test_of_a_file_that_is_too_large_the_texts_are_kept() -> None:
    form = read(TYPE, multipart([("title", "x")], {"image.file": ("x.jpg", b"x" * 1_001)}), limits=SMALL)
    assert form.pairs == [("title", "x")]
    assert [(upload.too_large, upload.size) for upload in form.uploads] == [(True, 1_001)]
    form.close()


def outcome(content_type: str, body: bytes) -> int:
    try:
        read(content_type, body, limits=SMALL).close()
    except BadPostError as error:
        return error.status
    return 200


@given(st.binary(max_size=400), st.sampled_from([TYPE, URLENCODED, "multipart/form-data; boundary=a"]))
def test_any_bytes_are_read_or_refused(body: bytes, content_type: str) -> None:
    assert outcome(content_type, body) in {200, 400, 413, 415}
    assert outcome(content_type, b"--a\r\n" + body + b"\r\n--a--") in {200, 400, 413, 415}

"""Whatever a contributor writes, no script, handler, frame or forbidden address leaves the library, and nothing raises."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markup import Picture, finish, parse
from plugins.markup.engine import renew_engine
from tests.markup.dom import misplaced, strict_errors, text_of, violations
from tests.markup.hostile import CORPUS, LINKS

AROUND = (
    "{}",
    "avant {} après",
    "- {}\n- x",
    "> {}",
    "# {}",
    "| a | b |\n|---|---|\n| {} | x |",
    "**{}**",
    "<details>\n<summary>{}</summary>\n\nx\n\n</details>",
)
SHARDS = (
    "<", ">", "&", '"', "'", "`", "``", "*", "**", "_", "[", "](", ")", "![", "!", "\\", "\n", "\n\n", "    ",
    "  \n", "# ", "- ", "1. ", "> ", "|", "\n|-|-|\n", "```\n", "~~~\n", ": ", "!!! note\n    ", "[^1]", "[^1]: ",
    "[a]: ", "{: ", "{#", "{.petit}", "}", "<kbd>", "</kbd>", "<abbr title='", "<details>", "<summary>", "</details>",
    "<figure>", "<figcaption>", "<br>", "<script>", "<img src=x onerror=alert(1)>", "<!--", "-->", "javascript:",
    "https://a.example/", "a@b.example", "&#x3c;", "&lt;", "&#106;", "é", "mot", " ", "«", "»", " : ", "...", "--",
    "3 %", "\t", "\x02", "\x03", "[TOC]", "<time datetime='2026'>", "</time>", "(", "x.jpg",
)  # fmt: skip


def finished(html: str) -> str:
    """With resolvers that answer in the most ordinary way."""
    return finish(
        html, lambda target: f"/ici/{target.lstrip('/')}", lambda _: Picture("/p.jpg", 4, 3), site_host="site.example"
    )


@pytest.mark.parametrize("text", CORPUS)
def test_nothing_runs(text: str) -> None:
    for around in AROUND:
        parsed = parse(around.replace("{}", text))
        for html in (parsed.html, finished(parsed.html)):
            assert violations(html) == [], around
            assert strict_errors(html) == [], around
            assert misplaced(html) == [], around


def test_template_syntax_is_inert_text() -> None:
    parsed = parse("# {{ a }}\n\n{{ b }} {% c %} {# d #} {{ e }}{: .petit }")
    assert " ".join(text_of(parsed.html).split()) == "{{ a }} {{ b }} {% c %} {# d #} {{ e }}{: .petit }"


@pytest.mark.parametrize("text", [text for text in LINKS if "a.example" not in text and "x.jpg" not in text])
def test_a_forbidden_address_is_reported_and_never_a_link(text: str) -> None:
    parsed = parse(text)
    assert "href" not in parsed.html
    assert "<img" not in parsed.html
    assert all(link.kind == "other" for link in parsed.links)


def test_an_address_of_another_site_in_disguise_is_no_site_address() -> None:
    for target in (
        "//evil.example/x",
        "/\\evil.example",
        "\\\\evil.example",
        "/\t/evil.example",
        "https:evil.example",
        "http:///evil.example",
    ):
        kinds = {link.kind for link in parse(f"[x](<{target}>)").links}
        assert kinds <= {"external", "other"}, target


def test_pictures_of_other_sites_are_not_loaded() -> None:
    assert "<img" not in parse("![x](https://evil.example/pixel.gif) ![y](//evil.example/p.gif)").html


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.lists(st.sampled_from(SHARDS), max_size=40).map("".join))
def test_shards_in_any_order_give_valid_and_harmless_html(text: str) -> None:
    parsed = parse(text)
    assert parsed.faults == ()
    assert violations(parsed.html) == []
    assert strict_errors(parsed.html) == []
    assert misplaced(parsed.html) == []
    assert strict_errors(finished(parsed.html)) == []


@settings(max_examples=100, derandomize=True, deadline=None)
@given(st.text(max_size=200))
def test_any_characters_are_accepted(text: str) -> None:
    html = parse(text).html
    assert violations(html) == []
    assert strict_errors(html) == []


def test_a_text_leaves_nothing_behind_for_the_next() -> None:
    """One Markdown instance serves a whole process."""
    texts = [
        *CORPUS,
        "[x]: /y/\n\n[x]",
        "[x]",
        "[^1]: n\n\na[^1]",
        "a[^1]",
        "!!! note\n    a",
        "    a",
        "*a " * 2000,
        "- a\n\n    b",
    ]
    alone = {}
    for text in texts:
        renew_engine()
        alone[text] = parse(text)
    renew_engine()
    for text, other in zip(texts, reversed(texts), strict=True):
        assert parse(other) == alone[other]
        assert parse(text) == alone[text]


def test_threads_do_not_disturb_each_other() -> None:
    """The service that takes forms renders previews in threads."""
    texts = [f"[a{n}][r]\n\n[^1]: n{n}\n\n- x[^1]\n\n    ```\n    {n}\n    ```\n\n[r]: /{n}/\n" * 5 for n in range(40)]
    alone = [parse(text) for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(parse, texts)) == alone


def test_raw_tags_of_the_short_list_close_where_they_open() -> None:
    names = ("kbd", "abbr", "details", "summary", "figure", "figcaption", "time", "br", "p", "td", "em")
    for opening, closing, place in product(
        names, names, ("{}", "- {}\n- z", "| {} | b |\n|---|---|\n| c | {} |", "### {}")
    ):
        html = parse(place.replace("{}", f"<{opening}>*a</{closing}> b* <{closing}>c</{opening}>")).html
        assert strict_errors(html) == [], (opening, closing, place)
        assert violations(html) == [], (opening, closing, place)

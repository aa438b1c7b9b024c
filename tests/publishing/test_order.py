"""The order of changes, on any two sites: whatever stops in between, each page there finds what it loads."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.publishing.order import gone, is_named_by_content, stages
from tests.publishing.sites import dead_ends, files_of

WORDS = st.sampled_from(["un", "deux", "trois"])


def test_parts_come_before_pages_and_lists_after_them() -> None:
    wanted = dict.fromkeys(
        [
            "version.json",
            "index.html",
            "flux.xml",
            "clubs/x/flux.xml",
            "sitemap.xml",
            "agenda/index.html",
            "theme/a.css",
            "x/p.png",
        ],
        "0",
    )
    assert stages({}, wanted) == [
        ["theme/a.css", "x/p.png"],
        ["agenda/index.html"],
        ["clubs/x/flux.xml", "flux.xml", "sitemap.xml"],
        ["index.html"],
        ["version.json"],
    ]


def test_what_is_the_same_is_left_alone() -> None:
    assert stages({"index.html": "0", "a.png": "1"}, {"index.html": "0", "a.png": "2"}) == [["a.png"]]
    assert stages({"index.html": "0"}, {"index.html": "0"}) == []


@pytest.mark.parametrize(
    ("path", "stays"),
    [
        ("theme/style.1f18584925.css", True),
        ("pagefind/fragment/zz_0.pf_fragment", True),
        ("pagefind/pagefind.js", False),
        ("agenda/2026/x/photo.webp", False),
        ("membres/quelqu-un/index.html", False),
        ("theme.html", False),
    ],
)
def test_only_what_says_nothing_of_anybody_outlives_its_version(path: str, stays: bool) -> None:  # a table
    assert is_named_by_content(path) is stays
    assert gone([path], {}) == (([], [path]) if stays else ([path], []))


@given(WORDS, WORDS, st.data())
def test_stopped_anywhere_no_page_has_a_dead_end(before: str, after: str, data: st.DataObject) -> None:
    had, wanted = files_of(before), files_of(after)
    digests = [{path: content.hex() for path, content in files.items()} for files in (had, wanted)]
    steps = [(path, True) for stage in stages(*digests) for path in stage]
    steps += [(path, False) for path in gone(had, digests[1])[0]]
    shown = dict(had)
    for path, is_put in steps[: data.draw(st.integers(0, len(steps)))]:
        if is_put:
            shown[path] = wanted[path]
        else:
            del shown[path]
    assert not dead_ends(shown)

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.markup import parse
from scripts.comments.defused import block, code, defused

HOSTILE = [
    "@reseau/redaction regardez",
    "voir #12, !3, closes #4, closes GH-4, gh-5, &6",
    "<script>alert(1)</script><img src=x onerror=y>",
    "[cliquez](https://exemple.invalid) ![x](https://exemple.invalid/p.png)",
    "https://exemple.invalid www.exemple.invalid moi@exemple.invalid",
    "a\n\n/merge\n# Titre\n<!-- marqueur:verification -->",
    "`code` **gras** ~~non~~ | a | b |",
    "abc\u202egpj.exe",
]
WORDS = st.lists(st.sampled_from([*HOSTILE, "`", "```", "\\", "*", "](", "<", "&lt;", "\r", "\n", "@a", "é"])).map(
    "".join
)


@pytest.mark.parametrize("text", HOSTILE)
def test_a_strangers_words_have_no_effect(text: str) -> None:
    shown = defused(text)
    assert "\n" not in shown
    assert not re.search(r"[@#!](?=\w)|&(amp;)?(?=\d)|GH-(?=\d)", shown, re.IGNORECASE)
    assert not re.search(r"https?:|www\.", shown)
    assert "<" not in shown
    assert "\u202e" not in shown


@given(WORDS)
def test_rendered_as_markdown_there_is_no_link_no_picture_no_tag(text: str) -> None:
    found = parse(f"- {defused(text)}\n")
    assert (found.links, found.images, found.removed, found.headings) == ((), (), (), ())


@given(WORDS)
def test_nothing_leaves_a_code_span_or_block(text: str) -> None:
    assert code(text).count("`") == 2
    assert "\n" not in code(text)
    lines = block(text).split("\n")
    assert len(lines) == 3
    fence = lines[2]
    assert set(fence) == {"`"}
    assert fence not in lines[1]

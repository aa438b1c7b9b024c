from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from plugins.markup import may_name, parse, surely_sound

# Pieces of which links, pictures, notes and bounds are made, so that they meet by chance.
PIECES = st.sampled_from(
    [
        *("[", "]", "(", ")", "](", "](/", "](#", "](https://", "](http://", "]: ", "![", "[^1]", "<", ">", "&amp;"),
        *("/agenda/", "plan.pdf", "{filename}", "a.md", "https://", "http", "HTTPS://", "example.org", "@", ":", "//"),
        *("*", "**", "_", "`", "```", "\n", "\n\n", "    ", "- ", "> ", "# ", "| a | b |\n|---|---|\n", "\\", "%2e"),
        *(" ", "\u00a0", "\u202f", "\u200b", "mot", "é", "javascript:x", "mailto:a@b.fr", "{: .note }", "!!! note\n"),
        *("[lien](/clubs/)", "[lien](https://example.org/a)", "[lien](#la)", "[lien](plan.pdf)", "[lien](x:y)"),
    ]
)
TEXTS = st.lists(PIECES, max_size=30).map("".join)
HARMLESS = {"site", "filename", "external", "anchor"}


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_what_is_surely_sound_is_found_sound_by_rendering_it(text: str) -> None:
    if surely_sound(text):
        found = parse(text)
        assert {link.kind for link in found.links} <= HARMLESS
        assert (found.images, found.faults) == ((), ())


@settings(max_examples=1500, deadline=None)
@given(TEXTS)
def test_a_word_that_may_be_in_no_link_is_in_none(text: str) -> None:
    words = ["/agenda/", "a.md"]
    if not may_name(text, words):
        assert not [link for link in parse(text).links if any(word in link.target for word in words)]


@pytest.mark.parametrize(
    "text",
    [
        "Un texte, avec un [lien](/clubs/) et un [autre](https://example.org/page?a=1), voir https://example.org.",
        "## Titre\n\n- une *liste*\n- deux\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\nVoir [là](#titre), à 10\u202f%\u00a0!",
        "Voir [la fiche]({filename}../2025/atelier.md#venir).",
    ],
)
def test_usual_texts_are_seen_to_be_sound(text: str) -> None:
    assert surely_sound(text)


@pytest.mark.parametrize(
    "text",
    [
        "![](plan.png)",
        "[plan](plan.pdf)",
        "[x](javascript:alert)",
        "<a href='x:y'>x</a>",
        "https:///vide",
        "https://@",
        "> " * 40 + "profond",
        "*a **b " * 60,
        "[a][b]\n\n[b]: plan.pdf",
    ],
)
def test_what_is_not_sure_is_said_so(text: str) -> None:
    assert not surely_sound(text)


def test_words_are_found_however_an_address_is_written() -> None:
    for text in (
        "[x](/agenda/2026/a/)",
        "[x](/agend%61/2026/a/)",
        "[x](/agend&#97;/2026/a/)",
        "[x](/agenda\\/2026/a/)",
    ):
        assert may_name(text, ["/agenda/2026/a/"])
    assert not may_name("Rien de tel, 10\u202f% peut-être.", ["/agenda/2026/a/"])
    assert not may_name("[x](/agenda/2026/a/)", [])

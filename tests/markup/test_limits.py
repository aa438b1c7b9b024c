"""Hostile sizes: each text is answered in seconds, with HTML or with a fault, and an honest long one is rendered.

The bound in seconds is generous: it is there to catch what grows with the square, which would take minutes.
"""

from __future__ import annotations

import time

import pytest

from plugins.markup import parse, typography
from plugins.markup.limits import MAX_BLOCK_LINES, MAX_DEPTH, MAX_NOTES

SIZE = 100_000
SECONDS = 6.0
REPEATED = (
    "[", "[]", "![", "[x](", "[x](a ", "](", "*", "* a ", "*a ", "a*", "*a*", "**a ", "*a _b ", "***a** b* ", "**_a ",
    "`", "`a ", "``a` ", ">", "> a\n", ">>>>>>>>>> a\n\n", "- ", "- a\n", "- a\n\n", "1. a\n", "- a\n1. a\n", "# a\n",
    "#", " #", "a\n=\n", "|", "|a|b|\n|-|-|\n\n", "a|b\n-|-\n1|2\n\n", "<", "<a ", "<kbd>", "<kbd>a</kbd>", "<!--",
    "<!--\n", "<?", "<![CDATA[", "<details>\n\n", "<figure><figcaption>", "&", "&amp;", "&nbsp;", "\\", "\\*", "\\\n",
    "http://", "http://a ", ")", "a@", "a", "a.", "a ", "@", "[^a]", "[^a]: b\n", "[x]: a\n", "[x]: /a\n\n[x] ",
    "a\n: b\n", ": b\n", "!!! note\n    a\n\n", "```\n", "```a\nb\n", "{#a}", "## a {#a .b}\n\n", "*a*{.petit} ", " ",
    "\n", " \n", "a  \n", "\t", "\r", '"a" ', "'", "l'a ", ".", "-- ", "« ", "!", "a ! ", "1", " 000", "12 t ",
    "a\n\n", "---\n\n", "    a\n\n", "## a\n\n", "![a](b.jpg) ", "[a](/b/)\n\n", "a_b_", "\x00", "0", "01 02 03 04 ",
    "• a\n", "  - a\n",
)  # fmt: skip


@pytest.mark.parametrize("piece", REPEATED)
def test_repeated(piece: str) -> None:
    text = piece * (SIZE // len(piece))
    start = time.process_time()
    parse(text)
    parse("x" + text + "x")
    typography(text)
    assert time.process_time() - start < SECONDS


@pytest.mark.parametrize(
    "text",
    [
        "\n".join("  " * depth + "- a" for depth in range(400)),
        "\n".join("    " * depth + "!!! note" for depth in range(200)),
        ">" * 1000 + " a",
        "- > " * 200 + "a",
        "1. " * 50 + "a",
        "\n\n".join("    " * depth + "- a" for depth in range(MAX_DEPTH + 5)),
    ],
)
def test_too_deep(text: str) -> None:
    parsed = parse("x\n\n" + text)
    assert [fault.code for fault in parsed.faults] == ["markdown-too-deep"]
    assert parsed.faults[0].line >= 3
    assert parsed.html == parsed.text == ""


@pytest.mark.parametrize("depth", [1, 5, MAX_DEPTH])
def test_deep_enough_for_people(depth: int) -> None:
    assert parse(">" * depth + " a").html.count("<blockquote>") == depth
    assert parse("\n".join("  " * level + "- a" for level in range(depth))).html.count("<ul>") == depth


def test_emphasis_inside_emphasis_is_a_fault_when_it_cannot_be_followed() -> None:
    parsed = parse(
        "".join(f"{'*' * (1 + n % 2)}a " for n in range(900))
        + "".join(f"a{'*' * (1 + n % 2)} " for n in range(899, -1, -1))
    )
    assert parsed.faults == () or parsed.faults[0].code in {"markdown-too-deep", "markdown-too-dense"}
    assert parse("*a*").html == "<p><em>a</em></p>"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("x\n\n" + "a\n" * (MAX_BLOCK_LINES + 1), 3 + MAX_BLOCK_LINES),
        ("x\n\n" + "[^a] " * (MAX_NOTES + 1), 3),
        ("x\n\n" + "|" * 500, 3),
        ("x\n\ny *a* " * 1 + "*a* " * 4000, 3),
        ("x\n\n" + "|" + "a|" * 100 + "\n|" + "-|" * 100 + "\n" + "b\n" * 500, 3),
    ],
)
def test_too_dense(text: str, line: int) -> None:
    parsed = parse(text)
    assert [(fault.code, fault.line) for fault in parsed.faults] == [("markdown-too-dense", line)]


def test_too_long() -> None:
    assert parse("mot " * 300_000).faults[0].code == "markdown-too-long"


def test_contacts_are_found_even_in_a_text_that_is_refused() -> None:
    assert parse("a@b.example\n\n" + ">" * 500).contacts[0].text == "a@b.example"


def test_a_long_honest_text_is_rendered() -> None:
    part = "## Partie\n\nDes mots et *encore* des [mots](/x/), « ici » !\n\n- un\n- deux\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n"
    parsed = parse(part * 1500)
    assert parsed.faults == ()
    assert parsed.html.count("<table>") == len(parsed.links) == len(parsed.headings) == 1500
    assert parsed.headings[-1].line == 1499 * part.count("\n") + 1

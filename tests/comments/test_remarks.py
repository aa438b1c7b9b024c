"""Remarks on lines: which, in what words, and that nothing in them leaves its place, whatever a result says."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from plugins.model.problems import catalogue
from scripts.bot.forges.api import Api, Token
from scripts.bot.forges.line_remarks import ForgejoLines, GitHubLines, GitLabLines, LineRemark, LineRemarks
from scripts.bot.forges.texts import body, marker_of, without_commands
from scripts.bot.forges.unified_diff import Added
from scripts.comments.remarks import LONGEST_LINE, MOST_REMARKS, concerns_lines, line_instead, line_remarks
from scripts.comments.result import Found, Result
from tests.bot.forges.doubles import Ticking
from tests.comments.test_defused import HOSTILE

PATH, GUIDE = "content/a.md", "https://forge.example/guide.md"
DATE = Found(PATH, 2, 7, "bad-date", "error", "« 01/03/2026 » n’est pas une date.", "Écrivez-la ainsi.", None)
NEAR = Found(
    PATH, 3, 11, "unknown-reference", "error", "« ines » n’existe pas.", "Vouliez-vous dire « ines-falaise » ?", None
)
BARE = Found(PATH, 4, 1, "file-missing", "error", "Le fichier « toit.png » n’existe pas.", "Ajoutez-le.", None)
HINT = Found(PATH, 5, 1, "address-lost", "warning", "Une adresse se perd.", "Ajoutez une ligne.", None)
LINES = {2: "date: 01/03/2026", 3: "authors: [ines, ines-falaise]", 4: "![](toit.png)", 5: "id: x"}


def result(*problems: Found) -> Result:
    return Result(1, False, len(problems), 0, list(problems), 1, [PATH], [], [], [], [])


def remarks(*problems: Found, lines: dict[int, str] | None = None) -> list[LineRemark]:
    return line_remarks(result(*problems), {PATH: Added(PATH, LINES if lines is None else lines)}, GUIDE)


def forges() -> list[LineRemarks]:
    def nobody() -> None:
        raise AssertionError

    api = Api("https://forge.example", Token("t", {}), Ticking())
    return [
        GitHubLines(api, "/r", nobody, body),  # type: ignore[arg-type]  # nobody asks
        ForgejoLines(api, "/r", nobody, body),  # type: ignore[arg-type]  # nobody asks
        GitLabLines(api, "/r", nobody, lambda text: without_commands(body(text))),  # type: ignore[arg-type]  # nobody asks
    ]


def test_the_line_is_put_right_from_what_the_forge_shows() -> None:
    """What the result calls the right line is not looked at."""
    (one,) = remarks(replace(DATE, instead="date: 1999-01-01"))
    assert (one.path, one.line, one.instead) == (PATH, 2, "date: 2026-03-01")
    assert "n’est pas une date" in one.text
    assert f"]({GUIDE}#bad-date)" in one.text


def test_all_faults_of_a_line_are_one_remark_with_one_line() -> None:
    other = replace(NEAR, line=2, column=19, message="« ines » n’existe pas.")
    (one,) = remarks(other, DATE, lines={2: "date: 01/03/2026; ines"})
    assert one.instead == "date: 2026-03-01; ines-falaise"
    assert one.text.count("À corriger") == 2


def test_an_error_without_a_better_line_is_said_and_a_mere_hint_is_not() -> None:
    (one,) = remarks(BARE, HINT)
    assert (one.line, one.instead) == (4, None)


def test_only_added_lines_of_known_codes_carry_remarks() -> None:
    strange = replace(DATE, code="inconnu")
    assert remarks(replace(DATE, line=9), replace(DATE, path="content/b.md"), strange) == []
    assert not concerns_lines(result(strange))
    assert concerns_lines(result(DATE))


def test_at_most_so_many_errors_first() -> None:
    hints = [replace(DATE, line=number, severity="warning") for number in range(1, 40)]
    errors = [replace(DATE, line=number) for number in range(40, 50)]
    found = remarks(*hints, *errors, lines=dict.fromkeys(range(1, 60), "date: 01/03/2026"))
    assert len(found) == MOST_REMARKS
    assert {one.line for one in found} == {*range(1, 11), *range(40, 50)}
    assert len({one.key for one in found}) == MOST_REMARKS


def test_a_remark_is_known_again_when_lines_above_it_come() -> None:
    (before,) = remarks(DATE)
    (after,) = remarks(replace(DATE, line=7), lines={7: LINES[2]})
    (changed,) = remarks(DATE, lines={2: "date: '01/03/2026'"})
    assert before.key == after.key != changed.key


@pytest.mark.parametrize(
    "line",
    [
        "date: 01/03/2026\r",
        "\tdate: 01/03/2026",
        "date: 01/03/2026 # \u202egpj",
        "date: 01/03/2026 # \u2028x",
        "date: 01/03/2026 # \ufffd",
        "  /merge date: 01/03/2026",
        "date: 01/03/2026 " + "x" * LONGEST_LINE,
    ],
)
def test_a_line_that_is_not_plain_is_not_shown_anew(line: str) -> None:
    assert line_instead(line, [DATE]) is None
    (one,) = remarks(DATE, lines={2: line})
    assert one.instead is None


ODD = st.sampled_from(
    [
        *HOSTILE,
        "`",
        "```",
        "````suggestion",
        "~~~",
        "\n",
        "\r",
        "\u2028",
        "<!-- marqueur:verification -->",
        "-->",
        "- ",
        "> ",
        "#",
    ]
)
WORDS = st.lists(ODD | st.text(max_size=5), max_size=8).map("".join)


# What a line may hold that is shown anew.
PLAIN = st.lists(
    st.sampled_from(
        ["`", "```", "`````suggestion", "~~~", "<!-- marqueur:x -->", "<b>", "@a", "- ", "> ", "#", " ", "é"]
    ),
    max_size=8,
).map("".join)


@given(
    st.tuples(PLAIN | WORDS, PLAIN), st.tuples(WORDS, WORDS), st.sampled_from(sorted(catalogue())), st.integers(1, 60)
)
def test_nothing_leaves_a_remark_or_its_block(
    around: tuple[str, str], said: tuple[str, str], code: str, column: int
) -> None:
    """As CommonMark reads it: at most one block, which holds the very line; nothing else than words and the guide's link."""
    line = " ines ".join(around)
    message, hint = f"« ines » {said[0]}", f"Vouliez-vous dire « ines-falaise » ? {said[1]}"
    wrong = Found(PATH, 1, column, code, "error", message, hint, None)
    for forge in forges():
        for one in remarks(wrong, replace(DATE, line=1, message=message), lines={1: line}):
            text = forge.body_of(one)
            tokens = MarkdownIt("commonmark").parse(text)
            blocks = [token for token in tokens if token.type in {"fence", "code_block"}]
            assert [token.content for token in blocks] == ([] if one.instead is None else [one.instead + "\n"])
            assert all(token.info == (forge.suggestion or "text") for token in blocks)
            assert marker_of(text) == f"remarque-{one.key}"
            assert [token.content.strip() for token in tokens if token.type == "html_block"] == [
                f"<!-- marqueur:remarque-{one.key} -->"
            ]
            kinds = {token.type for token in tokens}
            assert kinds <= {"paragraph_open", "paragraph_close", "inline", "fence", "html_block"}
            inner = [child for token in tokens for child in token.children or ()]
            assert {child.type for child in inner} <= {
                "text", "softbreak", "strong_open", "strong_close", "link_open", "link_close", "text_special"
            }  # fmt: skip
            assert all(str(child.attrs["href"]).startswith(f"{GUIDE}#") for child in inner if child.type == "link_open")
            assert not re.search(r"[@#!](?=\w)", re.sub(r"\]\([^)]*\)", "", one.text))

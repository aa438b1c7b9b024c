"""Texts that go to a forge."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scripts.bot.forges import texts
from tests.bot.forges.doubles.gitlab import COMMAND

BREAKS = ["\n", "\r", "\r\n", "\n\r", "\n  ", "\n\t", "\u2028", "\x0b"]


@pytest.mark.parametrize("text", ["/close", "\t/merge", *(f"a{lines}/close now" for lines in BREAKS)])
def test_no_line_begins_with_a_command(text: str) -> None:
    made = texts.without_commands(text)
    assert not re.search(r"^\s*/", made, re.MULTILINE)
    assert made.replace("\u2060", "").split() == text.split()


@settings(deadline=None)
@given(st.text(alphabet="/close merge\r\n\t `>\x0b\u2028x"))
def test_no_text_runs_a_command(text: str) -> None:
    made = texts.without_commands(text)
    assert COMMAND.search(made.replace("\r", "")) is None
    assert texts.without_commands(made) == made


def test_addresses_and_dates_stay() -> None:
    text = "Voir https://site.example/a/b le 12/03, et/ou plus tard"
    assert texts.without_commands(text) == text


@settings(deadline=None)
@given(st.text(), st.from_regex(r"[a-z0-9-]{1,20}", fullmatch=True))
def test_a_marker_ends_a_comment_whatever_it_says(text: str, marker: str) -> None:
    made = texts.marked(text, marker)
    assert texts.marker_of(made) == marker
    assert texts.marker_of(made + "\r\n") == marker
    assert texts.same(texts.unmarked(made), texts.clean(text).rstrip())


@pytest.mark.parametrize("piece", ["a", "é", "🌱", "\r\n", "/a\n", " "])
def test_a_marked_comment_fits(piece: str) -> None:
    assert len(texts.marked(piece * 70_000, "recu")) <= 65_536


@settings(deadline=None)
@given(st.text())
def test_a_quoted_text_stays_in_its_block(text: str) -> None:
    lines = texts.quoted(text).split("\n")
    fence = lines[0].removesuffix("text")
    assert lines[-1] == fence
    assert not any(line.strip().startswith(fence) for line in lines[1:-1])


@pytest.mark.parametrize("character", ["\0", chr(0xD800), chr(0xDFFF)])
def test_what_no_encoder_takes_is_taken_out(character: str) -> None:
    made = texts.body(f"a{character}b")
    assert (made.encode() != b"", character in made) == (True, False)


def test_a_title_is_one_line() -> None:
    assert texts.title("  Un\n\n atelier\u2028 demain ") == "Un atelier demain"

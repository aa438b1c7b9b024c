from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.bot.web.review.compare import Line, Piece, compare, lines_of, numbered, written_out
from tests.model.test_scale import counted

if TYPE_CHECKING:
    from collections.abc import Callable

TEXTS = st.lists(st.text("abc é", max_size=6), max_size=40).map("\n".join)


def text(line: Line) -> str:
    return "".join(piece.text for piece in line.pieces)


def said(lines: list[Line]) -> list[str]:
    signs = {"same": " ", "removed": "-", "added": "+", "skipped": "…"}
    return [signs[line.kind] + (text(line) if line.kind != "skipped" else str(line.count)) for line in lines]


def test_equal_texts_have_no_differences() -> None:
    assert compare("a\nb\n", "a\nb\n") == []


def test_a_change_stands_between_the_lines_around_it_and_the_rest_is_counted() -> None:
    old = "\n".join(f"ligne {number}" for number in range(1, 21))
    new = old.replace("ligne 10\n", "ligne dix\n")
    assert said(compare(old, new)) == [
        "…6", " ligne 7", " ligne 8", " ligne 9", "-ligne 10", "+ligne dix", " ligne 11", " ligne 12", " ligne 13", "…7",
    ]  # fmt: skip


def test_a_single_line_is_never_hidden() -> None:
    assert said(compare("1\n2\n3\n4\n5", "1\n2\n3\n4\n6"))[0] == " 1"


def test_numbers_are_those_of_each_version() -> None:
    lines = compare("a\nb\nc", "a\nx\ny\nc")
    assert [(line.kind, line.before, line.after) for line in lines] == [
        ("same", 1, 1), ("removed", 2, None), ("added", None, 2), ("added", None, 3), ("same", 3, 4),
    ]  # fmt: skip


def test_within_a_line_the_words_that_changed_are_marked() -> None:
    removed, added = compare("Le repair café de Caen ouvre", "Le repair café de Rouen ouvre")
    assert removed.pieces == (Piece("Le repair café de "), Piece("Caen", changed=True), Piece(" ouvre"))
    assert added.pieces == (Piece("Le repair café de "), Piece("Rouen", changed=True), Piece(" ouvre"))


def test_lines_that_have_little_in_common_are_not_mixed() -> None:
    removed, added = compare("Tout autre chose", "Vélos, pièces, rustines")
    assert [removed.pieces, added.pieces] == [(Piece("Tout autre chose"),), (Piece("Vélos, pièces, rustines"),)]


def test_what_is_new_and_what_goes_is_compared_with_nothing() -> None:
    assert said(compare("", "a\nb\n")) == ["+a", "+b"]
    assert said(compare("a\nb\n", "")) == ["-a", "-b"]


@given(TEXTS, TEXTS)
def test_both_versions_can_be_read_back(old: str, new: str) -> None:
    lines = compare(old, new, context=100)
    if lines_of(old) == lines_of(new):
        return
    assert [text(line) for line in lines if line.before is not None] == lines_of(old)
    assert [text(line) for line in lines if line.after is not None] == lines_of(new)
    assert [line.before for line in lines if line.before] == list(range(1, len(lines_of(old)) + 1))
    assert [line.after for line in lines if line.after] == list(range(1, len(lines_of(new)) + 1))


@given(TEXTS, TEXTS, st.integers(0, 4))
def test_hidden_lines_are_counted_exactly(old: str, new: str, context: int) -> None:
    lines = compare(old, new, context=context)
    counted = sum(line.count for line in lines if line.kind in {"same", "skipped", "removed"})
    assert counted == (len(lines_of(old)) if lines else 0)


@pytest.mark.parametrize(
    ("hidden", "code"),
    [
        ("\r", "000D"),
        ("\u2028", "2028"),
        ("\x0b", "000B"),
        ("\u202e", "202E"),
        ("\u200b", "200B"),
        ("\u00ad", "00AD"),
        ("\x1b", "001B"),
        ("\ue000", "E000"),
    ],
)
def test_what_cannot_be_seen_is_written_out(hidden: str, code: str) -> None:
    assert text(compare("", f"a{hidden}b")[0]) == f"a⟨U+{code}⟩b"
    assert text(numbered(f"a{hidden}b")[0]) == f"a⟨U+{code}⟩b"


def test_french_spaces_and_emoji_stay_as_they_are() -> None:
    assert written_out("«\u00a0oui\u00a0»\u202f! 👩\u200d🔧\t.\n") == "«\u00a0oui\u00a0»\u202f! 👩\u200d🔧\t.\n"


@pytest.mark.parametrize(
    "make", [lambda n: "a\n" * n, lambda n: "".join(f"{i % 50}\n" for i in range(n)), lambda n: "a b " * n]
)
def test_the_work_on_hostile_texts_grows_with_them_and_not_with_their_square(make: Callable[[int], str]) -> None:
    def calls(size: int) -> int:
        old = make(size)
        new = old.replace("a", "b") + "c"
        return counted(lambda: compare(old, new)).calls.total()

    assert calls(8_000) < 2.5 * calls(4_000)

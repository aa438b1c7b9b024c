"""Words are folded and stemmed alike when the index is made and when the browser asks."""

from __future__ import annotations

import random
import re
import unicodedata

import pytest

from plugins.search_index.folding import GLUE, STOP_WORDS, fold, pieces, telling, words
from plugins.search_index.stemming import stem
from tests.search.node import SCRIPTS, run
from tests.search.texts import TRICKY, all_words, texts

ENDINGS = """
    ira ie isse irai ements issements ateurs ations euses logies usions ences ives ance iste ment aux eaux eux oux amment emment
    ais ions erions e ion ier iere s es ell enn ett
    """.split()  # noqa: SIM905  # a list to read


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("L’économie sociale", ["economie", "sociale"]),
        ("l'économie", ["economie"]),
        ("jusqu’à l’œuvre des cœurs", ["a", "oeuvre", "des", "coeurs"]),
        ("aujourd’hui", ["aujourdhui"]),
        ("répar’café", ["repar", "cafe"]),
        ("éco-organisme", ["eco", "organisme"]),
        ("CO₂", ["co2"]),
        ("L’", ["l"]),
        ("… – —", []),
    ],
)
def test_a_text_holds_these_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("recycleries", "recyclerie"),
        ("réparée", "réparé"),
        ("réparées", "réparer"),
        ("première", "premier"),
        ("ménagers", "ménager"),
        ("Équipements", "equipement"),
        ("régionaux", "régional"),
        ("économiques", "économie"),
    ],
)
def test_forms_of_a_word_have_one_stem(one: str, other: str) -> None:
    assert stem(fold(one)) == stem(fold(other))


def test_what_says_nothing_is_left_out_unless_nothing_else_is_asked() -> None:
    assert telling("comment réparer un vélo") == ["reparer", "velo"]
    assert telling("les") == ["les"]
    assert all(fold(word) == word for word in STOP_WORDS)


def test_pieces_are_the_whole_text_and_each_holds_its_word() -> None:
    for text in texts():
        found = list(pieces(text))
        assert [piece.word for piece in found] == words(text)
        assert not any(" " in piece.shown for piece in found)
        assert all(words(piece.shown)[-1:] == [piece.word] for piece in found)
        if found:
            joined = " ".join(piece.shown for piece in found).replace(f" {GLUE}", "")
            assert _spaced(joined) == _spaced(text)


def _spaced(text: str) -> str:
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", text)).strip()


def test_the_browser_finds_the_same_words() -> None:
    theirs = run(
        'import { words, telling } from "js/search-words.js"; const main = (texts) => texts.map((t) => [words(t), telling(t)]);',
        list(texts()),
    )
    for text, (found, told) in zip(texts(), theirs, strict=True):
        assert found == words(text)
        assert told == telling(text)


def test_the_browser_stems_alike() -> None:
    """On every word of the content and the communes, and on made-up words with all endings that the algorithm knows."""
    made = random.Random(5)  # noqa: S311  # test data
    invented = [
        "".join(made.choices("abcdeiouylmnpqrstvu", k=made.randint(0, 5))) + ending
        for ending in ENDINGS
        for _ in range(400)
    ]
    asked = [*all_words(), *invented]
    theirs = run('import { stem } from "js/search-stem.js"; const main = (words) => words.map(stem);', asked)
    assert len(all_words()) >= 5_000
    assert [(word, found) for word, found in zip(asked, theirs, strict=True) if found != stem(word)] == []


def test_both_sides_leave_out_the_same_words() -> None:
    text = (SCRIPTS / "search-words.js").read_text(encoding="utf-8")
    listed = re.search(r"const STOP_WORDS = new Set\((.*?)\.split", text, re.DOTALL)
    assert listed is not None
    assert set(re.findall(r"[a-z]+", listed[1])) == STOP_WORDS


def test_hard_texts_are_among_those_tried() -> None:
    assert set(TRICKY) <= set(texts())

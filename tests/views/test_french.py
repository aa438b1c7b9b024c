"""Dates, numbers and lists of words as they are read aloud."""

from __future__ import annotations

import datetime as dt

import pytest

from plugins.views.words.french import (
    date_block,
    day_words,
    days_words,
    duration,
    euros,
    host,
    hours_words,
    joined,
    measure,
    moments_words,
    number,
    stamp,
)

FIXED, FINE = "\u00a0", "\u202f"


def spaced(text: str) -> str:
    """The text with its insécables as plain spaces, to compare words."""
    return text.replace(FIXED, " ").replace(FINE, " ")


def test_a_day_keeps_its_number_with_its_month() -> None:
    assert day_words(dt.date(2026, 3, 4), weekday=True) == f"mercredi 4{FIXED}mars 2026"
    assert spaced(day_words(dt.date(2026, 5, 1))) == "1er mai 2026"
    assert stamp(dt.date(2026, 8, 31)) == {"iso": "2026-08-31", "words": f"31{FIXED}août 2026"}


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("2026-03-03", "2026-03-03", "mardi 3 mars 2026"),
        ("2026-03-03", "2026-03-05", "du 3 au 5 mars 2026"),
        ("2026-04-30", "2026-05-02", "du 30 avril au 2 mai 2026"),
        ("2026-12-31", "2027-01-01", "du 31 décembre 2026 au 1er janvier 2027"),
    ],
)
def test_a_span_of_days_says_only_what_differs(first: str, last: str, words: str) -> None:
    assert spaced(days_words(dt.date.fromisoformat(first), dt.date.fromisoformat(last))) == words


def test_hours_are_said_with_their_end_where_there_is_one() -> None:
    start = dt.datetime(2026, 3, 14, 14, tzinfo=dt.UTC)
    assert hours_words(start, start) == f"à 14{FIXED}h"
    assert spaced(hours_words(start, start.replace(hour=18, minute=5))) == "de 14 h à 18 h 05"
    assert spaced(moments_words(start, start.replace(hour=18))) == "samedi 14 mars 2026, de 14 h à 18 h"
    night = moments_words(start.replace(hour=20), dt.datetime(2026, 3, 15, 1, 30, tzinfo=dt.UTC))
    assert spaced(night) == "du samedi 14 mars 2026, 20 h, au dimanche 15 mars 2026, 1 h 30"


def test_a_date_block_says_the_year_only_where_it_is_not_this_one() -> None:
    today = dt.date(2026, 11, 24)
    assert date_block(dt.date(2026, 12, 3), today)["year"] == ""
    assert date_block(dt.date(2027, 1, 6), today) == {
        "iso": "2027-01-06", "weekday": "mercredi", "day": "6", "month": "janv.", "year": "2027",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"), (1234, f"1{FINE}234"), (1234567.5, f"1{FINE}234{FINE}567,5"), (-38.5, "−38,5"), (10.0, "10"), (0.1 + 0.2, "0,3"),
    ],
)  # fmt: skip
def test_numbers_have_narrow_spaces_a_comma_and_a_real_minus(value: float, words: str) -> None:
    assert number(value) == words


def test_units_do_not_leave_their_number() -> None:
    assert measure(12, "t") == f"12{FIXED}t"
    assert measure(12, "") == "12"
    assert euros(12000) == f"12{FINE}000{FIXED}€"
    assert euros(12.5) == f"12,50{FIXED}€"
    assert spaced(duration(45)) == "45 min"
    assert spaced(duration(90)) == "1 h 30"
    assert spaced(duration(120)) == "2 h"


def test_words_are_joined_as_in_a_sentence() -> None:
    assert [joined(words) for words in ([], ["A"], ["A", "B"], ["A", "B", "C"])] == ["", "A", "A et B", "A, B et C"]


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://www.example.org/a/b?c", "example.org"),
        ("http://example.org", "example.org"),
        ("https://a.example.org?x=1", "a.example.org"),
    ],
)
def test_an_address_is_shown_as_its_host(url: str, name: str) -> None:
    assert host(url) == name

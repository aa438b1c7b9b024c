"""A recurrence rule in words."""

from __future__ import annotations

import pytest

from plugins.views.words.recurrence import recurrence_words


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270630", "chaque semaine, le mardi, jusqu’au 30 juin 2027"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU,TH;COUNT=6", "toutes les 2 semaines, le mardi et le jeudi, 6 fois"),
        ("FREQ=MONTHLY;BYDAY=1SA", "chaque mois, le premier samedi"),
        ("FREQ=MONTHLY;BYDAY=-1FR", "chaque mois, le dernier vendredi"),
        ("FREQ=MONTHLY;BYDAY=SU;BYSETPOS=2", "chaque mois, le deuxième dimanche"),
        ("FREQ=MONTHLY;BYMONTHDAY=1,15", "chaque mois, le 1er et le 15"),
        ("FREQ=MONTHLY;BYMONTHDAY=-1", "chaque mois, le dernier jour"),
        ("FREQ=YEARLY;BYMONTH=3,10", "chaque année, en mars et octobre"),
        ("FREQ=DAILY;INTERVAL=3", "tous les 3 jours"),
        ("FREQ=YEARLY;BYWEEKNO=20", ""),  # finer than a sentence: the dates are listed, the rule is not
    ],
)
def test_a_rule_is_said_in_words_or_not_at_all(rule: str, words: str) -> None:
    said = recurrence_words({"start": "2026-09-01T18:30", "recurrence": rule})
    assert said.replace("\u00a0", " ") == words


def test_what_does_not_come_again_says_nothing() -> None:
    assert recurrence_words({"start": "2026-09-01T18:30"}) == ""

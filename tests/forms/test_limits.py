"""Posts that mean to keep the machine busy are answered: work that grew with the square of them would take hours here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.forms.small_root import VALID, Region

if TYPE_CHECKING:
    from collections.abc import Sequence

HEAVY: dict[str, tuple[str, Sequence[tuple[str, str]]]] = {
    "many authors": ("event", [("authors", f"Personne {number}") for number in range(5000)]),
    "many words": ("event", [("tags", ",".join(f"mot{number}" for number in range(100_000)))]),
    "a long title": ("event", [("title", "x" * 1_000_000)]),
    "a long field": ("initiative", [("levers", "é: '\"\n" * 150_000)]),
    "a long text": ("article", [("body", "mot " * 240_000)]),
    "many links": ("article", [("body", "[x](/agenda/2026/nulle-part/) " * 30_000)]),
    "many signs": ("article", [("body", "*a_" * 300_000)]),
    "deep": ("article", [("body", "> " * 100_000)]),
    "many rows": ("call", [(f"winners.{row}.member", "zzz") for row in range(999)]),
    "many answers": ("contribution", [(f"answers.q{number}", "oui") for number in range(5000)]),
    "strange numbers": ("event", [(f"place.lat.{number}", "1") for number in range(5000)]),
    "a long number": ("event", [("registration.price", "9" * 100_000)]),
    "a long date": ("event", [("start", "2026-" * 100_000)]),
    "a long address": ("event", [("online", "https://example.org/" + "a" * 900_000)]),
    "a long rule": ("event", [("recurrence", "FREQ=DAILY;" * 50_000)]),
}


@pytest.mark.parametrize("name", HEAVY)
def test_a_heavy_post_is_answered(region: Region, name: str) -> None:
    type_name, pairs = HEAVY[name]
    given = {key for key, _ in pairs}
    usual = [pair for pair in VALID.get(type_name, ()) if pair[0] not in given]
    posted, faults = region.read(type_name, *usual, *pairs)
    proposal = region.proposer.propose(posted, {}, today=region.site.today, source=region.source)
    if name != "strange numbers":  # no inputs of the form, so not listened to
        assert [*faults, *proposal.faults] != []

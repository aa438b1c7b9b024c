"""« Voir aussi » finds what is alike, at a cost that grows with the number of entries and not with its square."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.model import neighbours as module
from plugins.model.load import load_site
from plugins.model.neighbours import neighbours
from tests.generator import write_root

if TYPE_CHECKING:
    import pytest

    from plugins.model.objects import Entry

TODAY = dt.date(2026, 11, 24)


def entries_of(root: Path, count: int) -> list[Entry]:
    write_root(root, entries=count, members=20, clubs=4, seed=3, today=TODAY)
    site = load_site(root, today=TODAY).site
    assert site is not None
    return list(site.entries.values())


def test_the_small_site_pairs_what_shares_a_word_of_its_own() -> None:
    root = Path(__file__).parents[1] / "roots" / "outre-brume"
    site = load_site(root, today=TODAY).site
    assert site is not None
    found = neighbours(list(site.entries.values()), most=2)
    article = found["articles/2025/une-echelle-pour-dix"]
    assert article[0].id == "events/2026/pret-d-outils"  # both are about neighbours' tools: one tag, one word
    assert all(
        entry.id not in {other.id for other in others}
        for entry, others in zip(site.entries.values(), found.values(), strict=True)
    )


def test_the_order_of_entries_does_not_matter(tmp_path: Path) -> None:
    entries = entries_of(tmp_path, 60)
    forth = {key: [e.id for e in value] for key, value in neighbours(entries, most=4).items()}
    back = {key: [e.id for e in value] for key, value in neighbours(entries[::-1], most=4).items()}
    assert forth == back


def test_the_work_for_one_entry_is_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    entries = entries_of(tmp_path, 300)
    looked_at: list[int] = []
    scores = module._scores

    def counted(*arguments: object) -> object:
        found = scores(*arguments)  # type: ignore[arg-type]  # passed through untouched
        looked_at.append(len(found))
        return found

    monkeypatch.setattr(module, "_scores", counted)
    neighbours(entries, most=4)
    assert max(looked_at) <= module.COMMON * module.FOLLOWED

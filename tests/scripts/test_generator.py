from __future__ import annotations

import datetime as dt
from statistics import median
from typing import TYPE_CHECKING

import pytest

from plugins.model.front_matter import read_entry
from plugins.model.load import load_site
from plugins.model.yaml.reader import read_yaml
from tests.generated.entries import how_many
from tests.generated.yaml_text import front_matter
from tests.generator import write_root

if TYPE_CHECKING:
    from pathlib import Path

TODAY = dt.date(2026, 3, 4)


def _bytes(root: Path) -> dict[str, bytes]:
    return {str(path.relative_to(root)): path.read_bytes() for path in root.rglob("*") if path.is_file()}


def test_the_same_arguments_give_the_same_bytes(tmp_path: Path) -> None:
    for name in ("a", "b"):
        write_root(tmp_path / name, entries=60, members=20, pictures=2, seed=7, today=TODAY)
    assert _bytes(tmp_path / "a") == _bytes(tmp_path / "b")


def test_another_seed_gives_other_texts(tmp_path: Path) -> None:
    for seed in (1, 2):
        write_root(tmp_path / str(seed), entries=5, members=2, seed=seed, today=TODAY)
    assert _bytes(tmp_path / "1") != _bytes(tmp_path / "2")


@pytest.mark.parametrize(
    "size",
    [
        {"entries": 0, "members": 1, "clubs": 0, "pictures": 0},
        {"entries": 1, "members": 1, "clubs": 1, "pictures": 1},
        {"entries": 7, "members": 3, "clubs": 2, "pictures": 0},
        {"entries": 150, "members": 40, "clubs": 15, "pictures": 3},
        {"entries": 150, "members": 2, "clubs": 40, "pictures": 0},
    ],
)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_root_is_valid(tmp_path: Path, size: dict[str, int], seed: int) -> None:
    write_root(tmp_path, **size, seed=seed, today=TODAY)
    loaded = load_site(tmp_path, today=TODAY)
    assert loaded.problems == []
    assert loaded.site is not None
    assert len(loaded.site.entries) == size["entries"]
    assert len(loaded.site.members) == size["members"]
    assert len(loaded.site.clubs) == size["clubs"]
    assert len(list(tmp_path.rglob("*.jpg"))) == size["pictures"]


@pytest.mark.parametrize("entries", [0, 1, 10, 99, 1000, 12_000])
def test_shares_add_up_and_answers_have_a_question(entries: int) -> None:
    counts = how_many(entries)
    assert sum(counts.values()) == entries
    assert counts["consultations"] or not counts["contributions"]


def test_lengths_are_those_of_real_articles(tmp_path: Path) -> None:
    write_root(tmp_path, entries=300, members=30, today=TODAY)
    lengths = [
        len(read_entry(path.read_bytes()).body.split()) for path in (tmp_path / "content/articles").rglob("*.md")
    ]
    assert 250 < median(lengths) < 600
    assert max(lengths) > 2 * median(lengths)


def test_front_matter_reads_back_as_itself() -> None:
    fields = {
        "text": "Un : deux # trois",
        "trap": "no",
        "number": "35238",
        "sexagesimal": "18:30",
        "list": ["a-b", "Été", "1e3"],
        "groups": [{"x": 1, "y": {"z": True}}, {"x": 2.5, "y": {"z": False}}],
        "date": "2026-03-04",
    }
    document = read_yaml(front_matter(fields))
    assert document.faults == []
    assert document.data == fields


def test_nothing_names_a_real_region(tmp_path: Path) -> None:
    write_root(tmp_path, entries=80, members=40, today=TODAY)
    for name, content in _bytes(tmp_path).items():
        assert b"ormandie" not in content, name
        assert b"NECI" not in content, name

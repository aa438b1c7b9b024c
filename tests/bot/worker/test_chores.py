"""What is done beside the work: a chore that fails is told, and stops nothing else."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import Store, StoreError
from scripts.bot.worker.chores import Chores
from tests.bot.samples import NOW

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

HOUR, DAY = dt.timedelta(hours=1), dt.timedelta(days=1)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/bot.db", key=None)
    yield opened
    opened.close()


class Chore:
    """Notes when it was done, and meets what it is told to meet."""

    def __init__(self) -> None:
        self.done: list[dt.datetime] = []
        self.meets: Exception | None = None

    def __call__(self, now: dt.datetime) -> None:
        self.done.append(now)
        if self.meets is not None:
            raise self.meets


def work_off(chores: Chores, now: dt.datetime) -> None:
    while chores.run_once(now):
        pass


def test_each_chore_has_its_interval(store: Store) -> None:
    daily, hourly = Chore(), Chore()
    chores = Chores(store, [(DAY, daily), (HOUR, hourly)])
    for hours in range(26):
        work_off(chores, NOW + hours * HOUR)
    assert daily.done == [NOW, NOW + DAY]
    assert hourly.done == [NOW + hours * HOUR for hours in range(26)]


def test_one_that_fails_stops_neither_the_others_nor_the_worker_and_is_told_until_it_works(store: Store) -> None:
    damaged, other = Chore(), Chore()
    damaged.meets = ValueError("a line that a power cut tore")
    chores = Chores(store, [(HOUR, damaged), (HOUR, other)])
    chores.start()
    work_off(chores, NOW)
    assert other.done == [NOW]
    assert [notice.name for notice in store.notices()] == ["chores"]
    again = Chores(store, [(HOUR, damaged), (HOUR, other)])  # as after a restart
    again.start()
    damaged.meets = None
    assert again.run_once(NOW + HOUR)
    assert store.notices(), "the other chore has not been seen to work yet"
    work_off(again, NOW + HOUR)
    assert store.notices() == []


def test_where_the_database_cannot_be_used_the_chore_stays_due(store: Store) -> None:
    chore = Chore()
    chore.meets = StoreError("busy")
    chores = Chores(store, [(DAY, chore)])
    with pytest.raises(StoreError):
        chores.run_once(NOW)
    chore.meets = None
    assert chores.run_once(NOW + HOUR)
    assert not chores.run_once(NOW + HOUR)
    assert store.notices() == []

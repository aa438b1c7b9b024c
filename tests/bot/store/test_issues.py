"""Issues in the database: each is taken once, by one worker, and never without its submission."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import LeaseLostError, Store
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from scripts.bot.store.issues import IssueLease

PROJECT = "https://forge.example/reseau/site.git"


def taken(store: Store, worker: str = "w", at: dt.datetime = NOW) -> IssueLease:
    held = store.issues.lease(PROJECT, worker, at, MINUTE)
    assert held is not None
    return held


def test_one_worker_has_it_for_a_time(store: Store) -> None:
    store.issues.wake(PROJECT, 12, NOW)
    store.issues.wake(PROJECT, 12, NOW)
    held = taken(store)
    assert held.issue.number == 12
    assert store.issues.lease(PROJECT, "other", NOW, MINUTE) is None
    assert store.issues.lease("elsewhere", "other", NOW + MINUTE, MINUTE) is None
    later = taken(store, "other", NOW + MINUTE)
    with pytest.raises(LeaseLostError):
        store.issues.accept(held, "d", new())
    assert store.by_id(new().id) is None  # neither of them was written
    store.issues.settle(later, "d")
    assert store.issues.lease(PROJECT, "w", NOW + dt.timedelta(days=9), MINUTE) is None


def test_what_was_left_is_given_back(store: Store) -> None:
    store.issues.wake(PROJECT, 12, NOW)
    taken(store)
    store.issues.give_back("w")
    assert taken(store).issue.number == 12


def test_it_becomes_one_submission_whatever_number_of_times(store: Store) -> None:
    for number in (1, 2):
        store.issues.wake(PROJECT, 12, NOW)
        name = store.issues.accept(taken(store), f"digest-{number}", new(number, key="the same"))
        assert name == sample_id(1)
    assert store.issues.of_submission(PROJECT, sample_id(1)) == 12
    assert store.issues.of_submission("elsewhere", sample_id(1)) is None
    assert store.issues.known(PROJECT)[12].digest == "digest-2"
    assert sum(store.counts().values()) == 1


def test_a_change_is_a_decision_for_the_worker(store: Store) -> None:
    store.issues.wake(PROJECT, 12, NOW)
    store.issues.accept(taken(store), "a", new())
    store.issues.wake(PROJECT, 12, NOW)
    store.issues.correct(taken(store), "b", posted(body="Autre"), NOW)
    (decision,) = store.pending(sample_id(1))
    assert (decision.kind, decision.posted.body if decision.posted else "") == ("correct", "Autre")
    assert store.issues.known(PROJECT)[12].digest == "b"


def test_woken_while_somebody_looks_at_it_it_is_looked_at_again(store: Store) -> None:
    store.issues.wake(PROJECT, 12, NOW)
    held = taken(store)
    store.issues.wake(PROJECT, 12, NOW + MINUTE / 2)
    store.issues.settle(held, "d")
    assert taken(store, at=NOW + MINUTE).issue.digest == "d"


def test_put_off_it_waits_and_its_tries_are_counted(store: Store) -> None:
    store.issues.wake(PROJECT, 12, NOW)
    store.issues.put_off(taken(store), NOW + MINUTE)
    assert store.issues.lease(PROJECT, "w", NOW, MINUTE) is None
    assert taken(store, at=NOW + MINUTE).issue.attempts == 1
    assert store.issues.known(PROJECT) == {}

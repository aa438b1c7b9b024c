"""A database that is moved is the same database: addresses, tokens, pictures, history, numbers that go on."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import Gate, Store, StoreBusyError
from scripts.bot.store.guarding import window_of
from scripts.bot.store.moving import NotEmptyError, move
from scripts.bot.submission import Mail, Moment, Picture, State
from tests.bot.samples import MINUTE, NOW, new, sample_id
from tests.bot.store.conftest import KEY

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

CAMILLE = "camille@example.org"


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A database with something in every table."""
    address = f"sqlite:///{tmp_path}/source/bot.db"
    store = Store.open(address, key=KEY)
    for number in range(1, 451):
        pictures = (Picture("a.webp", "image/webp", bytes(range(256))),) if number < 5 else ()
        gate = Gate(f"bucket {number}", window_of(NOW, MINUTE), 9, (f"digest {number}", NOW + MINUTE))
        store.admit(new(number, pictures=pictures, created=NOW + number * MINUTE), gate)
    held = store.lease("w", NOW + dt.timedelta(days=1), MINUTE)
    assert held is not None
    waiting = replace(held.submission, state=State.WAITING, entry_id="articles/2026/a", next_try=None)
    store.finish(
        held,
        waiting,
        moments=[Moment(waiting.id, NOW, "opened", "")],
        mails=[Mail("question")],
        claims=["articles/2026/a"],
        now=NOW,
    )
    store.decide(sample_id(2), "withdraw", by="", at=NOW)
    store.remember_member_email("camille-exemple", CAMILLE)
    store.requests.open("proposition/x", NOW)
    store.raise_notice("disk", "Le disque est plein.", NOW)
    store.close()
    return address


@pytest.fixture
def moved(source: str, url: str) -> Iterator[Store]:
    assert move(source, url) == 450
    store = Store.open(url, key=KEY)
    yield store
    store.close()


def test_everything_is_there(source: str, moved: Store) -> None:
    before = Store.open(source, key=KEY)
    assert moved.privacy.held(CAMILLE) == before.privacy.held(CAMILLE)
    assert moved.counts() == before.counts()
    assert moved.mails_waiting() == before.mails_waiting()
    assert moved.notices() == before.notices()
    assert moved.entry_ids_taken() == before.entry_ids_taken() == {"articles/2026/a"}
    assert moved.requests.of_branch("proposition/x") == before.requests.of_branch("proposition/x")
    token = before.status_token(sample_id(7))
    found = moved.by_status_token(token)
    assert found is not None
    assert found.posted.contact_email == CAMILLE
    spent = Gate("other", window_of(NOW, MINUTE), 9, ("digest 7", NOW + MINUTE))
    assert moved.admit(new(9_997), spent) == "spent"
    assert moved.count_hit("bucket 7", NOW, MINUTE) == 2
    before.close()


def test_numbers_go_on(moved: Store) -> None:
    _, is_new = moved.add(new(9_999))
    assert is_new
    moved.decide(sample_id(9_999), "withdraw", by="", at=NOW)
    assert [moment.kind for moment in moved.timeline(sample_id(9_999))] == ["received"]
    assert len(moved.pending(sample_id(9_999))) == 1
    assert moved.requests.open("proposition/y", NOW).number == 2
    assert moved.queue_mail(Mail("digest", "2026-W10"), NOW)


def test_a_database_in_use_stays_where_it_is(source: str, url: str) -> None:
    store = Store.open(source, key=KEY)
    with pytest.raises(StoreBusyError):
        move(source, url)
    store.close()


def test_nothing_is_moved_over_something(source: str, url: str) -> None:
    Store.open(url, key=KEY).close()
    with pytest.raises(NotEmptyError):
        move(source, url)
    store = Store.open(url, key=KEY)
    assert store.counts() == {}
    store.close()

"""What was accepted is there, once, whatever happens next."""

from __future__ import annotations

import datetime as dt
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import Gate, Store, StoreKeyError
from scripts.bot.store.guarding import window_of
from scripts.bot.store.sealing import token_hash
from scripts.bot.submission import Picture, State, Step
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

HOUR = dt.timedelta(hours=1)


def test_what_was_added_is_read_back_by_another_process(opened: Callable[[], Store]) -> None:
    picture = Picture("image.webp", "image/webp", b"RIFF\x00\xff")
    added, is_new = opened().add(new(pictures=(picture,), email_known=True))
    assert is_new
    again = opened()
    stored = again.by_id(sample_id(1))
    assert stored == added
    assert stored is not None
    assert (stored.state, stored.step, stored.posted) == (State.QUEUED, Step.NAME, posted())
    assert (stored.created, stored.next_try, stored.email_state) == (NOW, NOW, "unconfirmed")
    assert stored.email_known is True
    assert again.pictures(sample_id(1)) == (picture,)
    assert [moment.kind for moment in again.timeline(sample_id(1))] == ["received"]


def test_the_same_key_is_one_submission_and_has_the_same_status_address(store: Store) -> None:
    first, _ = store.add(new(1, key="twice"))
    second, is_new = store.add(new(2, key="twice", posted=posted(body="Autre chose.")))
    assert not is_new
    assert second == first
    assert store.by_id(sample_id(2)) is None
    assert len(store.timeline(first.id)) == 1


def test_many_threads_with_the_same_keys_make_one_submission_for_each_key(store: Store) -> None:
    with ThreadPoolExecutor(40) as pool:
        given = list(pool.map(lambda n: store.add(new(n, key=f"key-{n % 50}")), range(200)))
    assert sum(is_new for _, is_new in given) == 50
    assert len({submission.id for submission, _ in given}) == 50
    assert all(submission.key == f"key-{n % 50}" for n, (submission, _) in enumerate(given))
    assert store.counts() == {State.QUEUED: 50}


def test_two_processes_that_add_the_same_keys_agree(opened: Callable[[], Store]) -> None:
    stores = [opened(), opened()]
    with ThreadPoolExecutor(16) as pool:
        given = list(pool.map(lambda n: stores[n % 2].add(new(n, key=f"key-{n // 2}")), range(60)))
    assert sum(is_new for _, is_new in given) == 30


def test_the_status_address_leads_to_the_submission_and_only_its_hash_is_stored(store: Store) -> None:
    added, _ = store.add(new())
    token = store.status_token(added.id)
    assert store.by_status_token(token) == added
    assert store.by_key(added.key) == added
    assert store.by_key("another") is None
    assert added.status_hash == token_hash(token)
    assert store.by_status_token(token[:-1]) is None
    assert store.by_status_token(store.confirm_token(added.id)) is None


def test_an_address_is_confirmed_once_and_the_submission_is_then_queued(store: Store) -> None:
    added, _ = store.add(new(state=State.UNCONFIRMED, must_confirm=True))
    assert store.lease("w", NOW, MINUTE) is None
    assert store.confirm_email("inconnu", NOW) is None
    later = NOW + MINUTE
    for at in (later, later + MINUTE):
        confirmed = store.confirm_email(store.confirm_token(added.id), at)
        assert confirmed is not None
        assert (confirmed.state, confirmed.email_state, confirmed.next_try) == (State.QUEUED, "confirmed", later)
    assert [moment.kind for moment in store.timeline(added.id)] == ["received", "confirmed"]


def test_a_confirmed_address_does_not_release_from_quarantine(store: Store) -> None:
    added, _ = store.add(new(state=State.QUARANTINE, must_confirm=True))
    confirmed = store.confirm_email(store.confirm_token(added.id), NOW)
    assert confirmed is not None
    assert (confirmed.state, confirmed.email_state) == (State.QUARANTINE, "confirmed")
    store.decide(added.id, "release", by="Alix", at=NOW)
    released = store.by_id(added.id)
    assert released is not None
    assert released.state is State.QUEUED


def test_no_mail_answers_what_lies_in_quarantine(store: Store) -> None:
    store.add(new(1))
    store.add(new(2, state=State.QUARANTINE))
    store.add(new(3, posted=posted(contact_email="")))
    assert store.mails_waiting() == 1
    store.decide(sample_id(2), "release", by="Alix", at=NOW)
    assert store.mails_waiting() == 2


def test_a_stolen_database_gives_no_address(tmp_path: Path) -> None:
    store = Store.open(f"sqlite:///{tmp_path}/bot.db", key=b"cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=")
    added, _ = store.add(new())
    token = store.status_token(added.id)
    store.remember_member_email("camille-exemple", "camille@example.org")
    store.close()
    stolen = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert added.id.encode() in stolen
    assert b"camille@example.org" not in stolen
    assert token.encode() not in stolen
    assert all(path.stat().st_mode & 0o077 == 0 for path in tmp_path.iterdir())


def test_another_key_is_told_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/bot.db"
    Store.open(url, key=None).close()
    with pytest.raises(StoreKeyError):
        Store.open(url, key=b"cw_0x689RpI-jtRR7oE8h_eQsKImvJapLeSbXpwF4e4=")
    with pytest.raises(StoreKeyError):
        Store.open(url, key=b"not a key")
    Store.open(url, key=None).close()


def test_addresses_of_members_are_known_again_whatever_their_case(store: Store) -> None:
    assert store.knows_member_email("alix", "a@example.org") is None
    store.remember_member_email("alix", "A@Example.org ")
    store.remember_member_email("alix", "A@Example.org ")
    assert store.knows_member_email("alix", "a@example.org") is True
    assert store.knows_member_email("alix", "b@example.org") is False


def gate(bucket: str = "b", limit: int = 9, proof: str = "") -> Gate:
    return Gate(bucket, window_of(NOW, HOUR), limit, (proof, NOW + MINUTE) if proof else None)


def test_a_proof_counts_once(store: Store) -> None:
    first = store.admit(new(1), gate(proof="d"))
    assert first == (store.by_id(sample_id(1)), True)
    assert store.admit(new(2), gate(proof="d")) == "spent"
    assert store.by_id(sample_id(2)) is None
    assert store.admit(new(2), gate(proof="e")) == (store.by_id(sample_id(2)), True)


def test_who_sends_the_same_again_gets_the_same_whatever_the_gate_says(store: Store) -> None:
    first = store.by_id(store.add(new(1))[0].id)
    again = new(2, key="key-1")
    assert store.admit(again, gate(limit=0, proof="d")) == (first, False)
    assert store.admit(new(3), gate(limit=1, proof="d")) == (
        store.by_id(sample_id(3)),
        True,
    )  # nothing was counted or spent


def test_more_than_the_limit_is_not_stored_and_its_proof_is_not_spent(store: Store) -> None:
    taken = [store.admit(new(number), gate(limit=2)) for number in range(1, 5)]
    assert [isinstance(outcome, tuple) for outcome in taken] == [True, True, False, False]
    assert taken[2:] == ["too often", "too often"]
    assert store.admit(new(5), gate(limit=2, proof="d")) == "too often"
    assert isinstance(store.admit(new(6), gate("other", proof="d")), tuple)
    assert sum(store.counts().values()) == 3


def test_a_crowd_that_comes_at_once_is_counted_like_one_after_the_other(store: Store) -> None:
    with ThreadPoolExecutor(16) as pool:
        crowd = [(new(number), gate(limit=20)) for number in range(40)]
        twins = [(new(100 + number, key="twin"), gate("t", proof="p")) for number in range(20)]
        thieves = [(new(200 + number), gate("s", limit=99, proof="stolen")) for number in range(20)]
        outcomes = list(pool.map(lambda one: store.admit(*one), [*crowd, *twins, *thieves]))
    assert [outcomes[:40].count("too often"), outcomes[40:60].count("spent"), outcomes[60:].count("spent")] == [
        20,
        0,
        19,
    ]
    assert len({outcome[0].id for outcome in outcomes[40:60] if isinstance(outcome, tuple)}) == 1
    assert sum(store.counts().values()) == 20 + 1 + 1


@pytest.mark.slow
def test_two_processes_agree_on_who_was_first(opened: Callable[[], Store]) -> None:
    stores = [opened(), opened()]
    for number in range(30):
        twins = [new(2 * number + which, key=f"twin {number}") for which in range(2)]
        with ThreadPoolExecutor(2) as pool:
            both = list(
                pool.map(
                    lambda one: one[0].admit(one[1], gate(limit=99, proof=one[1].key)), zip(stores, twins, strict=True)
                )
            )
        assert sorted(outcome[1] for outcome in both if isinstance(outcome, tuple)) == [False, True]


def test_hits_are_counted_by_window(store: Store) -> None:
    hour = HOUR
    with ThreadPoolExecutor(8) as pool:
        counts = list(pool.map(lambda _: store.count_hit("b", NOW, hour), range(30)))
    assert sorted(counts) == list(range(1, 31))
    assert store.count_hit("other", NOW, hour) == 1
    assert store.count_hit("b", NOW + hour, hour) == 1

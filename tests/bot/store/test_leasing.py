"""No submission is worked on twice at a time, and nothing that was decided is overlooked."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import ClaimedError, Lease, LeaseLostError, Store
from scripts.bot.submission import Mail, Moment, State, Step
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable


def taken(store: Store, at: dt.datetime = NOW, worker: str = "w") -> Lease:
    held = store.lease(worker, at, MINUTE)
    assert held is not None
    return held


def test_the_one_that_has_been_due_longest_comes_first(store: Store) -> None:
    for number in (3, 1, 2):
        store.add(new(number, created=NOW + number * MINUTE))
    assert store.lease("w", NOW, MINUTE) is None
    at = NOW + 5 * MINUTE
    assert [taken(store, at).submission.id for _ in range(3)] == [sample_id(n) for n in (1, 2, 3)]


def test_a_lease_keeps_others_away_until_it_runs_out(store: Store) -> None:
    store.add(new())
    held = taken(store)
    assert store.lease("other", NOW + MINUTE / 2, MINUTE) is None
    again = taken(store, NOW + MINUTE, "other")
    with pytest.raises(LeaseLostError):
        store.finish(held, replace(held.submission, url="void"), now=NOW + MINUTE)
    store.finish(again, replace(again.submission, url="valid"), now=NOW + MINUTE)
    stored = store.by_id(sample_id(1))
    assert stored is not None
    assert stored.url == "valid"


def test_nothing_of_a_lost_lease_is_written(store: Store) -> None:
    store.add(new())
    held = taken(store)
    store.decide(sample_id(1), "withdraw", by="", at=NOW)
    taken(store, NOW + MINUTE)
    moment = Moment(sample_id(1), NOW, "opened", "")
    with pytest.raises(LeaseLostError):
        store.finish(
            held,
            held.submission,
            moments=[moment],
            mails=[Mail("question", "1")],
            carried_out=store.pending(sample_id(1)),
            now=NOW,
        )
    assert [moment.kind for moment in store.timeline(sample_id(1))] == ["received"]
    assert store.mails_waiting() == 1
    assert len(store.pending(sample_id(1))) == 1


def test_a_lease_writes_everything_at_once(store: Store) -> None:
    store.add(new())
    held = taken(store)
    changed = replace(
        held.submission.at_step(Step.PUSH),
        updated=NOW + MINUTE,
        entry_id="articles/2026/x",
        paths=("content/articles/2026/x.md",),
        commit="a" * 40,
        number=7,
        url="https://forge.example/7",
        trouble="Une panne.",
        attempts=3,
        seen={"remarks": ["1"]},
        next_try=NOW + 2 * MINUTE,
    )
    moment = Moment(sample_id(1), NOW, "opened", "La proposition est ouverte.")
    store.finish(
        held,
        changed,
        moments=[moment],
        mails=[Mail("question", "1", {"text": "?"})],
        claims=["articles/2026/x"],
        now=NOW,
    )
    assert store.by_id(sample_id(1)) == changed
    assert store.by_number(7) == changed
    assert store.timeline(sample_id(1))[1:] == [moment]
    assert store.entry_ids_taken() == {"articles/2026/x"}
    assert store.lease("w", NOW + MINUTE, MINUTE) is None
    assert taken(store, NOW + 2 * MINUTE).submission == changed


def test_many_workers_share_the_queue_without_taking_one_twice(opened: Callable[[], Store]) -> None:
    store = opened()
    for number in range(60):
        store.add(new(number))
    stores = [opened() for _ in range(3)]

    def work(number: int) -> list[str]:
        done = []
        while held := stores[number % 3].lease(f"w{number}", NOW, MINUTE):
            done.append(held.submission.id)
            stores[number % 3].finish(held, replace(held.submission, next_try=None), now=NOW)
        return done

    with ThreadPoolExecutor(6) as pool:
        done = [one for each in pool.map(work, range(6)) for one in each]
    assert sorted(done) == sorted(sample_id(n) for n in range(60))


def test_a_decision_made_while_the_worker_works_makes_it_due_at_once(store: Store) -> None:
    store.add(new())
    held = taken(store)
    store.decide(sample_id(1), "withdraw", by="", at=NOW)
    store.finish(held, replace(held.submission, next_try=None), now=NOW)
    again = taken(store)
    assert [decision.kind for decision in again.decisions] == ["withdraw"]
    store.finish(again, replace(again.submission, next_try=None), carried_out=again.decisions, now=NOW)
    assert store.lease("w", NOW + 60 * MINUTE, MINUTE) is None


def test_a_decision_that_was_put_off_does_not_make_it_due_at_once(store: Store) -> None:
    """A forge that is down would be asked without a pause otherwise."""
    store.add(new())
    store.decide(sample_id(1), "withdraw", by="", at=NOW)
    held = taken(store)
    store.finish(held, replace(held.submission, next_try=NOW + MINUTE), now=NOW)
    assert store.lease("w", NOW, MINUTE) is None


def test_woken_it_is_due_at_once_unless_it_is_over(store: Store) -> None:
    store.add(new())
    held = taken(store)
    store.finish(held, replace(held.submission, next_try=NOW + 60 * MINUTE), now=NOW)
    assert store.wake(sample_id(1), NOW)
    held = taken(store)
    store.finish(held, replace(held.submission, state=State.REFUSED, next_try=None), now=NOW)
    assert not store.wake(sample_id(1), NOW)
    assert not store.wake(sample_id(2), NOW)


def test_each_mail_is_asked_for_once(store: Store) -> None:
    store.add(new())
    for _ in range(2):
        held = taken(store)
        mails = [Mail("question", "1"), Mail("question", "2")]
        store.finish(held, held.submission, mails=mails, now=NOW)
    letters = [store.take_mail("m", NOW, MINUTE) for _ in range(4)]
    assert [(letter.kind, letter.ref) for letter in letters if letter] == [
        ("received", ""),
        ("question", "1"),
        ("question", "2"),
    ]


def test_a_mail_is_tried_again_until_it_is_sent_or_given_up(store: Store) -> None:
    store.add(new())
    first = store.take_mail("m", NOW, MINUTE)
    assert first is not None
    assert store.take_mail("other", NOW, MINUTE) is None
    store.settle_mail(first, sent=None, next_try=NOW + MINUTE, trouble="Le serveur ne répond pas.")
    with pytest.raises(LeaseLostError):
        store.settle_mail(first, sent=NOW)
    second = store.take_mail("m", NOW + MINUTE, MINUTE)
    assert second is not None
    assert second.attempts == 1
    store.settle_mail(second, sent=NOW + MINUTE)
    assert store.take_mail("m", NOW + 60 * MINUTE, MINUTE) is None
    assert store.mails_waiting() == 0


def test_no_mail_is_asked_for_where_nobody_left_an_address(store: Store) -> None:
    store.add(new(posted=posted(contact_email="")))
    held = taken(store)
    store.finish(held, held.submission, mails=[Mail("published")], now=NOW)
    assert store.mails_waiting() == 0


def test_two_submissions_under_way_never_make_the_same_entry(store: Store) -> None:
    for number in (1, 2):
        store.add(new(number))
    first, second = taken(store), taken(store)
    store.finish(first, first.submission, claims=["articles/2026/x", "members/y"], now=NOW)
    with pytest.raises(ClaimedError):
        store.finish(second, replace(second.submission, url="void"), claims=["articles/2026/x"], now=NOW)
    stored = store.by_id(second.submission.id)
    assert stored is not None
    assert stored.url == ""
    again = taken(store)
    store.finish(again, again.submission, claims=["articles/2026/x"], now=NOW)  # its own
    assert store.entry_ids_taken() == {"articles/2026/x"}
    assert store.is_claimed("articles/2026/x")
    assert not store.is_claimed("articles/2026/x", but_by=first.submission.id)
    assert not store.is_claimed("articles/2026/y")
    last = taken(store)
    assert last.submission.id == first.submission.id
    store.finish(last, replace(last.submission, state=State.REFUSED), now=NOW)
    assert store.entry_ids_taken() == frozenset()


def test_a_worker_that_starts_again_finds_what_it_had(store: Store) -> None:
    store.add(new())
    taken(store, worker="one")
    assert store.take_mail("one", NOW, MINUTE) is not None
    store.give_back("other")
    assert store.lease("one", NOW, MINUTE) is None
    store.give_back("one")
    assert store.lease("one", NOW, MINUTE) is not None
    assert store.take_mail("one", NOW, MINUTE) is not None


def test_what_is_wrong_with_the_service_is_told_once(store: Store) -> None:
    assert store.raise_notice("forge", "La forge refuse.", NOW)
    assert not store.raise_notice("forge", "La forge refuse encore.", NOW + MINUTE)
    assert [(one.name, one.text, one.since) for one in store.notices()] == [("forge", "La forge refuse encore.", NOW)]
    store.clear_notice("forge")
    store.clear_notice("forge")
    assert store.notices() == []


def test_a_branch_has_one_request_at_the_local_forge(store: Store) -> None:
    first = store.requests.open("proposition/a", NOW)
    assert store.requests.open("proposition/a", NOW + MINUTE) == first
    assert store.requests.open("proposition/b", NOW).number != first.number
    store.requests.settle(first.number, "merged", "c" * 40, NOW + MINUTE)
    settled = store.requests.by_number(first.number)
    assert settled is not None
    assert (settled.state, settled.merge_commit, settled.updated) == ("merged", "c" * 40, NOW + MINUTE)
    assert store.requests.of_branch("proposition/a") == settled
    assert store.requests.of_branch("proposition/c") is None

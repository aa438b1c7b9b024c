"""What people decide is possible only where it means something, and waits for the worker where it needs the forge."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import DecisionError, Store
from scripts.bot.store.deciding import POSSIBLE
from scripts.bot.submission import Picture, State, Step
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from scripts.bot.submission import DecisionKind

ONE = sample_id(1)


def bring_to(store: Store, state: State) -> None:
    """A submission in a state, as the worker would have left it."""
    start = state if state in {State.QUARANTINE, State.UNCONFIRMED} else State.QUEUED
    store.add(new(state=start, must_confirm=True))
    if start is not state:
        held = store.lease("w", NOW, MINUTE)
        assert held is not None
        store.finish(held, replace(held.submission, state=state, next_try=NOW + MINUTE), now=NOW)


@pytest.mark.parametrize("kind", POSSIBLE)
@pytest.mark.parametrize("state", State)
def test_a_decision_is_refused_in_every_other_state(store: Store, state: State, kind: DecisionKind) -> None:
    bring_to(store, state)
    before = store.by_id(ONE)
    if state in POSSIBLE[kind]:
        store.decide(ONE, kind, text="Voilà.", posted=posted(), by="", at=NOW + MINUTE / 2)
        assert store.by_id(ONE) != before
        return
    with pytest.raises(DecisionError) as refused:
        store.decide(ONE, kind, text="Voilà.", posted=posted(), by="", at=NOW)
    assert refused.value.state is state
    assert store.by_id(ONE) == before
    assert store.pending(ONE) == ()


def test_nothing_can_be_decided_about_what_is_not_there(store: Store) -> None:
    with pytest.raises(DecisionError) as refused:
        store.decide(ONE, "refuse", by="Alix", at=NOW)
    assert refused.value.state is None


@pytest.mark.parametrize(
    ("kind", "state"), [("refuse", State.REFUSED), ("withdraw", State.WITHDRAWN)], ids=["refuse", "withdraw"]
)
def test_in_quarantine_it_takes_effect_at_once(store: Store, kind: DecisionKind, state: State) -> None:
    bring_to(store, State.QUARANTINE)
    store.decide(ONE, kind, text="Publicité.", by="Alix", at=NOW)
    stored = store.by_id(ONE)
    assert stored is not None
    assert (stored.state, stored.next_try) == (state, None)
    assert store.pending(ONE) == ()
    assert store.timeline(ONE)[-1].text == "Publicité."
    assert store.mails_waiting() == 0


def test_what_was_released_waits_for_its_address_to_be_confirmed(store: Store) -> None:
    bring_to(store, State.QUARANTINE)
    store.decide(ONE, "release", by="Alix", at=NOW)
    stored = store.by_id(ONE)
    assert stored is not None
    assert (stored.state, stored.next_try) == (State.UNCONFIRMED, None)


def test_what_was_released_is_queued_where_nothing_has_to_be_confirmed(store: Store) -> None:
    store.add(new(state=State.QUARANTINE))
    store.decide(ONE, "release", by="Alix", at=NOW + MINUTE)
    stored = store.by_id(ONE)
    assert stored is not None
    assert (stored.state, stored.step, stored.next_try) == (State.QUEUED, Step.NAME, NOW + MINUTE)


def test_a_correction_before_confirmation_replaces_what_was_posted_but_not_the_address(store: Store) -> None:
    first, second = (Picture("image.webp", "image/webp", content) for content in (b"1", b"2"))
    store.add(new(state=State.UNCONFIRMED, must_confirm=True, pictures=(first,)))
    corrected = posted(body="Autre chose.", contact_email="autre@example.org")
    store.decide(ONE, "correct", posted=corrected, pictures=[second], by="", at=NOW)
    stored = store.by_id(ONE)
    assert stored is not None
    assert stored.posted == replace(corrected, contact_email="camille@example.org")
    assert store.pictures(ONE) == (second,)


def test_what_needs_the_forge_waits_for_the_worker_in_order(store: Store) -> None:
    bring_to(store, State.WAITING)
    at = NOW + MINUTE / 2
    store.decide(ONE, "answer", text="Oui, le samedi.", by="", at=at)
    store.decide(ONE, "correct", posted=posted(body="Le samedi."), by="", at=at)
    store.decide(ONE, "accept", by="Alix", at=at)
    held = store.lease("w", at, MINUTE)
    assert held is not None
    assert held.submission.state is State.WAITING
    assert [(decision.kind, decision.by) for decision in held.decisions] == [
        ("answer", ""),
        ("correct", ""),
        ("accept", "Alix"),
    ]
    assert held.decisions[1].posted == posted(body="Le samedi.", contact_email="")

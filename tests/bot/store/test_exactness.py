"""« Toujours exact ? » in the database: who can be asked, how often, by which link, and what is left of it when."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scripts.bot.store.exactness import KEPT, LIFETIME, PERIOD
from scripts.bot.store.retention import Retention
from scripts.bot.submission import State
from tests.bot.samples import NOW, new, posted, sample_id

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.bot.store import Store

ENTRY = "articles/2026/atelier"
PAGE = "https://boucles.example/articles/2026/atelier/"
DAY = dt.timedelta(days=1)


def accepted(store: Store, number: int = 1, *, state: State = State.PUBLISHED, **values: Any) -> str:
    """A submission that became a page; its id."""
    given = {"posted": values.pop("posted", posted()), "created": NOW + number * dt.timedelta(seconds=1)}
    store.add(new(number, **given))
    lease = store.lease("w", NOW + DAY, DAY)
    assert lease is not None
    changed = replace(lease.submission, **{"state": state, "entry_id": ENTRY, "next_try": None, **values})
    store.finish(lease, changed, now=NOW + DAY)
    return lease.submission.id


def token(store: Store, day: dt.datetime = NOW) -> str:
    return store.exactness.token(ENTRY, day.date().isoformat())


def test_the_latest_accepted_sender_of_whom_an_address_is_held_is_asked(store: Store) -> None:
    assert store.exactness.addressees() == {}
    accepted(store, 1)
    accepted(store, 2, posted=posted(action="edit", target=ENTRY))
    accepted(store, 3, state=State.REFUSED)
    accepted(store, 4, posted=posted(contact_email=""))
    accepted(store, 5, entry_id="articles/2026/autre", seen={"member": "zoe"})
    expected = {ENTRY: sample_id(2), "articles/2026/autre": sample_id(5), "zoe": sample_id(5)}
    assert store.exactness.addressees() == expected
    assert store.exactness.ask("zoe", "Zoé", PAGE, NOW)
    assert not store.exactness.ask("z%", "Zoé", PAGE, NOW), "an id is no pattern"
    letter = store.take_mail("m", NOW + DAY, DAY)
    while letter is not None and letter.kind != "exact":
        letter = store.take_mail("m", NOW + DAY, DAY)
    assert letter is not None
    assert letter.submission == sample_id(5)


def test_once_in_a_period(opened: Callable[[], Store]) -> None:
    store, other = opened(), opened()
    accepted(store)
    assert store.exactness.ask(ENTRY, "Atelier", PAGE, NOW)
    assert not other.exactness.ask(ENTRY, "Atelier", PAGE, NOW)
    assert not store.exactness.ask(ENTRY, "Atelier", PAGE, NOW + PERIOD - DAY)
    assert store.exactness.ask(ENTRY, "Atelier", PAGE, NOW + PERIOD)
    assert store.exactness.latest()[ENTRY].asked == NOW + PERIOD
    assert not store.exactness.ask("articles/2026/inconnu", "Inconnu", PAGE, NOW)


def test_the_link_finds_its_question_and_no_other_text_does(store: Store) -> None:
    accepted(store)
    store.exactness.ask(ENTRY, "Atelier", PAGE, NOW)
    right = token(store)
    found = store.exactness.by_token(right, NOW)
    assert found is not None
    assert found.target == ENTRY
    for wrong in ("", "x", right[:-1], right + "a", right.upper(), "é" * 32, "\0", store.status_token(sample_id(1))):
        assert store.exactness.by_token(wrong, NOW) is None
        assert store.exactness.confirm(wrong, NOW) is None
    assert store.exactness.confirmed() == {}
    assert store.exactness.by_token(right, NOW + LIFETIME) is None


def test_what_is_confirmed_is_known_with_its_time(store: Store) -> None:
    accepted(store)
    store.exactness.ask(ENTRY, "Atelier", PAGE, NOW)
    assert store.exactness.confirm(token(store), NOW + DAY) is not None
    assert store.exactness.confirmed() == {ENTRY: NOW + DAY}
    assert store.exactness.confirm(token(store), NOW + 2 * DAY) is not None, "a second press is no mistake"
    assert store.exactness.confirmed() == {ENTRY: NOW + 2 * DAY}


@pytest.fixture
def answered(store: Store) -> Store:
    accepted(store)
    store.exactness.ask(ENTRY, "Atelier", PAGE, NOW)
    store.exactness.confirm(token(store), NOW + DAY)
    return store


def test_it_is_told_and_erased_with_the_person(answered: Store) -> None:
    (held,) = answered.privacy.held("camille@example.org").submissions
    assert [(one.target, one.answered) for one in held.asked] == [(ENTRY, NOW + DAY)]
    answered.privacy.erase("camille@example.org", NOW + 2 * DAY)
    assert answered.exactness.latest() == {}
    assert answered.exactness.by_token(token(answered), NOW + 2 * DAY) is None


def test_what_was_asked_about_a_member_goes_with_him(store: Store) -> None:
    accepted(store, entry_id="camille-exemple")
    store.exactness.ask("camille-exemple", "Camille", PAGE, NOW)
    store.remember_member_email("camille-exemple", "autre@example.org")
    store.privacy.erase("autre@example.org", NOW)
    assert store.exactness.latest() == {}


def test_when_the_sender_is_forgotten_the_confirmation_stays_without_him(answered: Store) -> None:
    short = Retention(DAY, 400 * DAY, DAY, DAY)
    answered.privacy.purge(NOW + 3 * DAY, short)
    assert answered.exactness.confirmed() == {ENTRY: NOW + DAY}
    assert answered.exactness.addressees() == {}
    answered.privacy.purge(NOW + 401 * DAY, short)
    assert answered.by_id(sample_id(1)) is None
    assert answered.exactness.confirmed() == {ENTRY: NOW + DAY}
    answered.privacy.purge(NOW + KEPT, short)
    assert answered.exactness.confirmed() == {}


def test_a_question_that_nobody_answered_goes_with_its_link(store: Store) -> None:
    accepted(store)
    store.exactness.ask(ENTRY, "Atelier", PAGE, NOW)
    store.privacy.purge(NOW + LIFETIME, Retention(400 * DAY, 400 * DAY, DAY, DAY))
    assert store.exactness.latest() == {}

"""A person's data can be listed and taken out, and what is over its time goes by itself."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import Gate, LeaseLostError, Store
from scripts.bot.store.guarding import window_of
from scripts.bot.store.retention import Purged, Retention
from scripts.bot.submission import Mail, Moment, Picture, State
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from collections.abc import Callable

DAY = dt.timedelta(days=1)
PERIODS = Retention(contact=90 * DAY, finished=365 * DAY, quarantine=30 * DAY, unconfirmed=7 * DAY)
CAMILLE = "camille@example.org"
PHOTO = Picture("photo.webp", "image/webp", b"a photo of somebody " * 100)


def bring_to(store: Store, number: int, state: State, at: dt.datetime = NOW, **changes: object) -> str:
    """Add a submission and have a worker bring it to a state."""
    start = state if state in {State.QUARANTINE, State.UNCONFIRMED} else State.QUEUED
    store.add(new(number, state=start, pictures=(PHOTO,), created=at, **changes))
    if start is State.QUEUED and state is not State.QUEUED:
        held = store.lease("w", at, MINUTE)
        assert held is not None
        assert held.submission.id == sample_id(number)
        made = replace(
            held.submission,
            state=state,
            updated=at,
            next_try=None,
            entry_id="articles/2026/un-atelier-de-camille",
            paths=("content/articles/2026/un-atelier-de-camille.md",),
            number=number,
        )
        store.finish(
            held,
            made,
            moments=[Moment(made.id, at, "question", "Camille, quelle date ?")],
            mails=[Mail("question")],
            now=at,
        )
    return sample_id(number)


def files_of(url: str) -> bytes:
    path = Path(url.removeprefix("sqlite:///"))
    return b"".join(file.read_bytes() for file in path.parent.glob(path.name + "*"))


@pytest.mark.parametrize("state", list(State))
def test_after_erasing_nothing_of_the_person_is_held(store: Store, state: State) -> None:
    name = bring_to(store, 1, state)
    store.remember_member_email("camille-exemple", CAMILLE)
    assert store.privacy.held("Camille@Example.org").members == ("camille-exemple",)
    store.privacy.erase(" CAMILLE@example.org", NOW + DAY)
    assert not store.privacy.held(CAMILLE)
    assert store.knows_member_email("camille-exemple", CAMILLE) is None
    left = store.by_id(name)
    if left is None:
        assert store.timeline(name) == []
    else:
        assert "amille" not in left.posted.to_json() + str(left.seen) + left.trouble
        assert left.posted.body == ""
        assert "amille" not in "".join(moment.text for moment in store.timeline(name))
    assert store.pictures(name) == ()
    assert store.take_mail("w", NOW + 2 * DAY, MINUTE) is None


@pytest.mark.parametrize(
    ("state", "becomes"),
    [
        (State.QUARANTINE, None),
        (State.UNCONFIRMED, None),
        (State.QUEUED, "withdraw"),
        (State.WAITING, "withdraw"),
        (State.QUESTION, "withdraw"),
        (State.MERGED, "published"),
        (State.PUBLISHED, None),
        (State.REFUSED, None),
        (State.WITHDRAWN, None),
    ],
)
def test_what_was_not_published_is_withdrawn(store: Store, state: State, becomes: str | None) -> None:
    name = bring_to(store, 1, state)
    erased = store.privacy.erase(CAMILLE, NOW + DAY)
    left = store.by_id(name)
    assert (left is None) == (becomes is None)
    assert (erased.vanished, erased.withdrawn, erased.published) == (
        (name,) if becomes is None else (),
        (name,) if becomes == "withdraw" else (),
        (name,) if becomes == "published" else (),
    )
    assert [decision.kind for decision in store.pending(name)] == (["withdraw"] if becomes == "withdraw" else [])
    if becomes == "withdraw":
        held = store.lease("w", NOW + DAY, MINUTE)
        assert held is not None
        assert held.submission.number == (None if state is State.QUEUED else 1)


def test_others_are_left_alone(store: Store) -> None:
    bring_to(store, 1, State.WAITING)
    other = bring_to(store, 2, State.WAITING, posted=posted(contact_email="sacha@example.org"))
    store.remember_member_email("sacha-exemple", "sacha@example.org")
    before = store.privacy.held("sacha@example.org")
    store.privacy.erase(CAMILLE, NOW)
    assert store.privacy.held("sacha@example.org") == before
    assert store.pictures(other) == (PHOTO,)


def test_erasing_twice_is_erasing_once(store: Store) -> None:
    name = bring_to(store, 1, State.WAITING)
    store.privacy.erase(CAMILLE, NOW)
    erased = store.privacy.erase(CAMILLE, NOW)
    assert (erased.vanished, erased.withdrawn, erased.published, erased.members) == ((), (), (), 0)
    assert len(store.pending(name)) == 1


def test_nobody_is_erased_by_having_no_address(store: Store) -> None:
    bring_to(store, 1, State.WAITING, posted=posted(contact_email=""))
    with pytest.raises(ValueError, match="no address"):
        store.privacy.erase("  ", NOW)


def test_a_worker_that_had_it_writes_nothing_back(store: Store) -> None:
    name = bring_to(store, 1, State.QUEUED)
    held = store.lease("w", NOW, MINUTE)
    letter = store.take_mail("w", NOW, MINUTE)
    assert held is not None
    assert letter is not None
    store.privacy.erase(CAMILLE, NOW)
    with pytest.raises(LeaseLostError):
        store.finish(held, held.submission, now=NOW)
    with pytest.raises(LeaseLostError):
        store.settle_mail(letter, sent=NOW)
    left = store.by_id(name)
    assert left is not None
    assert left.posted.contact_name == ""


def test_a_decision_to_publish_that_waits_is_overtaken(store: Store) -> None:
    name = bring_to(store, 1, State.WAITING)
    store.decide(name, "accept", by="Ana", at=NOW)
    store.privacy.erase(CAMILLE, NOW)
    assert [decision.kind for decision in store.pending(name)] == ["withdraw"]


def test_nothing_of_it_is_left_in_the_files(url: str, opened: Callable[[], Store]) -> None:
    if not url.startswith("sqlite"):
        pytest.skip("a server's files are its own")
    store = opened()
    for number, state in enumerate(sorted(State, key=lambda state: state is State.QUEUED), 1):
        bring_to(store, number, state, posted=posted(contact_name="Zoé Introuvable", body="Zoé Introuvable. " * 500))
    assert "Zoé Introuvable".encode() in files_of(url)
    assert store.privacy.erase(CAMILLE, NOW).overwritten
    assert b"Introuvable" not in files_of(url)
    assert PHOTO.content[:40] not in files_of(url)


@pytest.mark.parametrize(
    ("state", "blank_after", "gone_after"),
    [
        (State.PUBLISHED, 90, 365),
        (State.REFUSED, 90, 365),
        (State.WITHDRAWN, 90, 365),
        (State.QUARANTINE, None, 30),
        (State.UNCONFIRMED, None, 7),
        (State.QUEUED, None, None),
        (State.WAITING, None, None),
        (State.QUESTION, None, None),
        (State.MERGED, None, None),
    ],
)
def test_each_state_has_its_time(store: Store, state: State, blank_after: int | None, gone_after: int | None) -> None:
    name = bring_to(store, 1, state)
    just_before = dt.timedelta(microseconds=1)
    if blank_after:
        assert store.privacy.purge(NOW + blank_after * DAY - just_before, PERIODS).blanked == 0
        assert store.privacy.held(CAMILLE)
        assert store.privacy.purge(NOW + blank_after * DAY, PERIODS).blanked == 1
        assert not store.privacy.held(CAMILLE)
        assert store.privacy.purge(NOW + blank_after * DAY, PERIODS).blanked == 0
    if gone_after:
        assert store.privacy.purge(NOW + gone_after * DAY - just_before, PERIODS).vanished == 0
        assert store.by_id(name) is not None
        assert store.privacy.purge(NOW + gone_after * DAY, PERIODS).vanished == 1
        assert store.by_id(name) is None
        assert store.timeline(name) == []
    else:
        assert store.privacy.purge(NOW + 4_000 * DAY, PERIODS) == Purged()
        assert store.by_id(name) is not None


def test_a_published_one_still_leads_to_its_page_once_its_sender_is_forgotten(store: Store) -> None:
    name = bring_to(store, 1, State.PUBLISHED)
    store.privacy.purge(NOW + 100 * DAY, PERIODS)
    left = store.by_status_token(store.status_token(name))
    assert left is not None
    assert left.entry_id == "articles/2026/un-atelier-de-camille"
    assert left.title == "Un atelier de réparation ouvre à Caen"
    assert store.pictures(name) == ()


def test_more_than_fits_in_one_transaction(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("scripts.bot.store.privacy.AT_ONCE", 3)
    for number in range(1, 8):
        bring_to(store, number, State.REFUSED)
    for number in range(8, 15):
        bring_to(store, number, State.UNCONFIRMED)
    assert store.privacy.purge(NOW + 100 * DAY, PERIODS) == Purged(vanished=7, blanked=7)
    assert store.privacy.purge(NOW + 400 * DAY, PERIODS) == Purged(vanished=7)


def test_counters_and_captchas_go(store: Store) -> None:
    store.admit(new(), Gate("bucket", window_of(NOW, 60 * MINUTE), 9, ("digest", NOW + MINUTE)))
    assert store.privacy.purge(NOW, PERIODS).expired == 0
    assert store.privacy.purge(NOW + DAY, PERIODS).expired == 2


def test_mails_to_editors_go(store: Store) -> None:
    store.queue_mail(Mail("digest", "2026-W10", {"text": "…"}), NOW)
    assert store.privacy.purge(NOW + 89 * DAY, PERIODS).expired == 0
    assert store.privacy.purge(NOW + 90 * DAY, PERIODS).expired == 1


def test_addresses_of_members_who_left_are_forgotten(store: Store) -> None:
    store.remember_member_email("camille-exemple", CAMILLE)
    store.remember_member_email("sacha-exemple", "sacha@example.org")
    assert store.privacy.forget_other_members({"sacha-exemple"}) == 1
    assert store.knows_member_email("camille-exemple", CAMILLE) is None
    assert store.knows_member_email("sacha-exemple", "sacha@example.org") is True


def test_everything_about_a_submission_is_listed(store: Store) -> None:
    name = bring_to(store, 1, State.WAITING)
    store.decide(name, "answer", text="Le 3 mai.", by="", at=NOW)
    held = store.privacy.held(CAMILLE)
    (one,) = held.submissions
    assert one.submission == store.by_id(name)
    assert [moment.kind for moment in one.moments] == ["received", "question"]
    assert [(decision.kind, decision.text) for decision in one.decisions] == [("answer", "Le 3 mai.")]
    assert [mail.kind for mail in one.mails] == ["received", "question"]
    assert one.pictures == (PHOTO,)

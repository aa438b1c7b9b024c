"""Broken files in the database: what is news, who is written to, and that nobody is told twice."""

from __future__ import annotations

import datetime as dt
import threading
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from scripts.bot.store.broken import TO_AUTHOR, TO_EDITORS, BrokenFile, Letters
from scripts.bot.submission import State
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from plugins.model.yaml.reader import Json
    from scripts.bot.store import Store

PAGE, OTHER = "content/articles/2026/atelier.md", "content/articles/2026/autre.md"
WRONG: Json = {"shown": "out"}
DAY = dt.timedelta(days=1)
NOBODY = Letters()


def names(files: Sequence[BrokenFile]) -> Json:
    return {"text": ", ".join(file.path for file in files)}


EVERYBODY = Letters(to_editors=names, to_author=lambda file: names([file]))


def accepted(store: Store, number: int = 1, *, path: str = PAGE, state: State = State.PUBLISHED, **values: Any) -> str:
    """A submission that wrote a file; its id."""
    given = {"posted": values.pop("posted", posted()), "created": NOW + number * dt.timedelta(seconds=1), "mails": ()}
    store.add(new(number, **given))
    lease = store.lease("w", NOW + DAY, DAY)
    assert lease is not None
    changed = {"state": state, "paths": (path,), "next_try": None, "number": number, **values}
    store.finish(lease, replace(lease.submission, **changed), now=NOW + DAY)
    return lease.submission.id


def mails(store: Store) -> list[tuple[str, str, str]]:
    """Kind, submission and text of each mail that is to be sent; they are taken."""
    found = []
    while letter := store.take_mail("m", NOW + 100 * DAY, DAY):
        assert isinstance(letter.facts, dict)
        found.append((letter.kind, letter.submission, str(letter.facts["text"])))
        store.settle_mail(letter, sent=NOW)
    return found


def test_what_is_new_is_told_once_and_again_when_it_breaks_again(store: Store) -> None:
    author = accepted(store)
    news = store.broken.record({PAGE: WRONG, OTHER: WRONG}, EVERYBODY, NOW)
    assert ([file.path for file in news.broken], news.mended) == ([PAGE, OTHER], ())
    assert mails(store) == [(TO_EDITORS, "", f"{PAGE}, {OTHER}"), (TO_AUTHOR, author, PAGE)]
    again = store.broken.record({PAGE: WRONG, OTHER: WRONG}, EVERYBODY, NOW + DAY)
    assert (again.broken, again.mended, mails(store)) == ((), (), [])
    assert [(file.path, file.since) for file in store.broken.listed()] == [(PAGE, NOW), (OTHER, NOW)]
    mended = store.broken.record({OTHER: WRONG}, EVERYBODY, NOW + 2 * DAY)
    assert (mended.broken, mended.mended, mails(store)) == ((), (PAGE,), [])
    assert [file.path for file in store.broken.listed()] == [OTHER]
    store.broken.record({PAGE: WRONG, OTHER: WRONG}, EVERYBODY, NOW + 3 * DAY)
    assert mails(store) == [(TO_EDITORS, "", PAGE), (TO_AUTHOR, author, PAGE)]


def test_where_nobody_is_to_be_written_to_it_stands_all_the_same(store: Store) -> None:
    accepted(store)
    store.broken.record({PAGE: WRONG}, NOBODY, NOW)
    assert mails(store) == []
    assert [file.path for file in store.broken.listed()] == [PAGE]


def test_the_news_and_its_mails_are_written_together_or_not_at_all(store: Store) -> None:
    def fails(_: Sequence[BrokenFile]) -> Json:
        raise RuntimeError("killed")

    with pytest.raises(RuntimeError):
        store.broken.record({PAGE: WRONG}, Letters(to_editors=fails), NOW)
    assert store.broken.listed() == []
    store.broken.record({PAGE: WRONG}, EVERYBODY, NOW + MINUTE)
    assert [kind for kind, _, _ in mails(store)] == [TO_EDITORS]


def test_the_latest_accepted_sender_is_written_to_and_nobody_in_place_of_one_who_is_forgotten(store: Store) -> None:
    accepted(store, 1)
    accepted(store, 2, path=OTHER)
    accepted(store, 3, state=State.REFUSED)
    latest = accepted(store, 4, posted=posted(action="edit"))
    accepted(store, 5, path="content/articles/2026/%.md")
    store.broken.record({PAGE: WRONG, f"autre/{PAGE}": WRONG}, EVERYBODY, NOW)
    assert [one for one in mails(store) if one[0] == TO_AUTHOR] == [(TO_AUTHOR, latest, PAGE)]
    assert store.broken.request_of(PAGE) == 4
    assert store.broken.request_of("content/articles/2026/inconnu.md") is None
    accepted(store, 6, posted=posted(contact_email=""))
    store.broken.record({}, EVERYBODY, NOW + DAY)
    store.broken.record({PAGE: WRONG}, EVERYBODY, NOW + 2 * DAY)
    assert [kind for kind, _, _ in mails(store)] == [TO_EDITORS]


def test_two_publications_at_once_tell_once(opened: Callable[[], Store]) -> None:
    stores = [opened() for _ in range(4)]
    accepted(stores[0])
    start, found = threading.Barrier(4), []

    def record(store: Store) -> None:
        start.wait()
        found.append(len(store.broken.record({PAGE: WRONG}, EVERYBODY, NOW).broken))

    threads = [threading.Thread(target=record, args=(store,)) for store in stores]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(found) == [0, 0, 0, 1]
    assert sorted(kind for kind, _, _ in mails(stores[0])) == [TO_EDITORS, TO_AUTHOR]


def test_a_comment_is_one_workers_until_it_is_settled(opened: Callable[[], Store]) -> None:
    store, other = opened(), opened()
    store.broken.record({PAGE: WRONG}, NOBODY, NOW)
    file = store.broken.take(NOW, MINUTE)
    assert file == BrokenFile(PAGE, NOW, WRONG)
    assert other.broken.take(NOW, MINUTE) is None
    assert other.broken.take(NOW + MINUTE, MINUTE) == file, "a worker that was killed"
    store.broken.settle(file, next_try=NOW + DAY)
    assert store.broken.take(NOW + DAY - MINUTE, MINUTE) is None
    later = store.broken.take(NOW + DAY, MINUTE)
    assert later is not None
    assert later.attempts == 1
    store.broken.settle(later)
    assert store.broken.take(NOW + 9 * DAY, MINUTE) is None


def test_other_errors_bring_the_comment_up_to_date_also_while_it_is_written(store: Store) -> None:
    store.broken.record({PAGE: WRONG}, NOBODY, NOW)
    file = store.broken.take(NOW, MINUTE)
    assert file is not None
    assert not store.broken.record({PAGE: {"shown": "plain"}}, EVERYBODY, NOW + MINUTE).broken
    store.broken.settle(file)  # of what was written before
    assert store.broken.take(NOW + MINUTE, MINUTE) == BrokenFile(PAGE, NOW, {"shown": "plain"})
    assert mails(store) == []


def test_whoever_is_erased_is_written_to_no_more(store: Store) -> None:
    assert accepted(store) == sample_id(1)
    store.broken.record({PAGE: WRONG}, EVERYBODY, NOW)
    store.privacy.erase("camille@example.org", NOW)
    assert [kind for kind, _, _ in mails(store)] == [TO_EDITORS]

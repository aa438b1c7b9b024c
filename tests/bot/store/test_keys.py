"""Another key for a database that is there: nothing that was sent stops working, and the old key opens nothing any more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from scripts.bot.store import Store, StoreBusyError, StoreKeyError
from scripts.bot.store.condition import examine
from scripts.bot.store.keys import change_key
from scripts.bot.store.moving import move
from tests.bot.samples import new, posted, sample_id

if TYPE_CHECKING:
    from pathlib import Path

OLD, NEW, NEWER = (Fernet.generate_key() for _ in range(3))
CAMILLE = "camille@example.org"


def fill(url: str, key: bytes | None) -> tuple[str, str]:
    """Two submissions, one without an address; the status token of the first and a hash."""
    store = Store.open(url, key=key)
    store.add(new())
    store.add(new(2, posted=posted(contact_email="")))
    store.remember_member_email("camille-exemple", CAMILLE)
    told = store.status_token(sample_id(1)), store.keyed_hash("issue comment", "12")
    store.close()
    return told


@pytest.mark.parametrize("first", [OLD, None], ids=["key", "no key"])
def test_everything_goes_on_under_the_new_key_and_nothing_under_the_old(url: str, first: bytes | None) -> None:
    told = fill(url, first)
    assert change_key(url, first, NEW) == 1
    with pytest.raises(StoreKeyError):
        Store.open(url, key=first)
    assert not examine(url, first).key_fits
    assert examine(url, NEW).key_fits
    store = Store.open(url, key=NEW)
    found = store.by_status_token(told[0])
    assert found is not None
    assert found.posted.contact_email == CAMILLE
    assert (store.status_token(sample_id(1)), store.keyed_hash("issue comment", "12")) == told
    assert len(store.privacy.held(CAMILLE).submissions) == 1
    assert store.privacy.held(CAMILLE).members == ("camille-exemple",)
    store.close()
    assert change_key(url, NEW, NEWER) == 1  # and again
    store = Store.open(url, key=NEWER)
    assert store.status_token(sample_id(1)) == told[0]
    assert store.privacy.held(CAMILLE).submissions[0].submission.posted.contact_email == CAMILLE
    store.close()


def test_with_a_wrong_key_or_while_somebody_works_nothing_is_changed(url: str) -> None:
    fill(url, OLD)
    with pytest.raises(StoreKeyError):
        change_key(url, NEW, NEWER)
    working = Store.open(url, key=OLD)
    working.counts()
    with pytest.raises(StoreBusyError):
        change_key(url, OLD, NEW)
    assert working.privacy.held(CAMILLE)
    working.close()
    Store.open(url, key=OLD).close()


def test_nothing_is_left_of_an_address_that_lay_open_and_another_place_knows_the_key(tmp_path: Path) -> None:
    url, elsewhere = f"sqlite:///{tmp_path}/bot.db", f"sqlite:///{tmp_path}/there.db"
    fill(url, None)
    change_key(url, None, NEW)
    Store.open(url, key=NEW).close()
    assert b"camille@" not in b"".join(path.read_bytes() for path in tmp_path.iterdir())
    move(url, elsewhere)
    store = Store.open(elsewhere, key=NEW)
    assert store.privacy.held(CAMILLE)
    store.close()

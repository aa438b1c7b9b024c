"""The database: that it opens, is sound, private, of this version, and loses nothing; and whether anybody works on it."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import TYPE_CHECKING, Final

from scripts.bot.doctor.finding import Finding, fine, untold, wrong
from scripts.bot.french import doctor as french
from scripts.bot.french.operations import store_trouble
from scripts.bot.store import Store, StoreError
from scripts.bot.store.condition import NEWEST, Condition, examine
from scripts.bot.submission import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.bot.doctor.instruments import Instruments
    from scripts.bot.settings import Settings

OVERDUE: Final = dt.timedelta(minutes=15)
"""Work that nobody took for so long means that no worker runs."""


def check_database(settings: Settings, instruments: Instruments) -> Iterator[Finding]:
    """Its condition; then, if it can be used, what waits in it."""
    key = settings.encryption_key.encode() or None
    try:
        found = examine(settings.database, key)
    except StoreError as error:
        yield wrong(french.DATABASE, store_trouble(error), french.SEE_DATABASE)
        return
    if key is None:
        yield untold(french.KEY, french.NO_KEY, french.MAKE_KEY)
    if not found.version and not found.damage:
        yield untold(french.DATABASE, french.NO_DATABASE)
        return
    problems = list(_problems(found))
    yield from problems or [fine(french.DATABASE, french.sound(found.version))]
    if not found.damage and found.key_fits and found.version == NEWEST:
        with contextlib.closing(Store.open(settings.database, key=key)) as store:
            yield from _work(store, instruments)


def _problems(found: Condition) -> Iterator[Finding]:
    if found.damage:
        yield wrong(french.DATABASE, french.damaged(found.damage), french.RESTORE)
        return
    if not found.key_fits:
        yield wrong(french.KEY, french.OTHER_KEY, french.OLD_KEY)
    if found.version > NEWEST:
        yield wrong(french.DATABASE, french.newer(found.version, NEWEST), french.UPDATE)
    if not found.log:
        yield wrong(french.DATABASE, french.NO_LOG, french.START_ONCE)
    if found.open_to:
        yield wrong(french.DATABASE, french.OPEN_TO_OTHERS, french.CLOSE)
    if found.careless:
        yield wrong(french.DATABASE, french.careless(found.careless), french.SWITCH_ON)


def _work(store: Store, instruments: Instruments) -> Iterator[Finding]:
    now = instruments.clock()
    for notice in store.notices():
        yield wrong(french.WORKER, french.notice(notice.text, notice.since), french.SEE_LOG)
    late = [one for one in store.listed([State.QUEUED]) if one.next_try is not None and now - one.next_try > OVERDUE]
    if late:
        yield wrong(french.WORKER, french.overdue(len(late), late[0].created), french.START_WORKER)
    else:
        yield fine(french.WORKER, french.waiting(store.counts(), store.mails_waiting()))

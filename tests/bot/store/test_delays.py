"""How long proposals took, as the editors' desk asks."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from scripts.bot.submission import Moment, State
from tests.bot.samples import NOW, new, sample_id

if TYPE_CHECKING:
    from scripts.bot.store import Store

DAY = dt.timedelta(days=1)


def test_what_is_online_tells_when_it_came_and_when_it_got_there(store: Store) -> None:
    for number, state in enumerate((State.PUBLISHED, State.MERGED, State.PUBLISHED), 1):
        store.add(new(number, created=NOW + number * DAY))
        lease = store.lease("w", NOW + 9 * DAY, DAY)
        assert lease is not None
        moments = [
            Moment(lease.submission.id, NOW + later * DAY, "published", "") for later in (number + 3, number + 5)
        ]
        store.finish(lease, replace(lease.submission, state=state, next_try=None), moments=moments, now=NOW + 9 * DAY)
    assert store.by_id(sample_id(2)) is not None
    assert store.delays() == [(NOW + DAY, NOW + 4 * DAY), (NOW + 3 * DAY, NOW + 6 * DAY)]

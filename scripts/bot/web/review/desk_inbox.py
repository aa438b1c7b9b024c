"""What the editors' desk is told of the form service, as JSON types that name no person."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from scripts.bot.web.review.queue import FOR_EDITORS, MOST_READ, PATH, is_late, kind_words, title_of

if TYPE_CHECKING:
    from plugins.model.objects import Site
    from plugins.model.yaml.reader import Json
    from scripts.bot.store import Store
    from scripts.bot.submission import Submission

_PARIS = ZoneInfo("Europe/Paris")
_A_DAY = dt.timedelta(days=1)


def inbox(store: Store, site: Site, *, base: str, now: dt.datetime, budget: dt.timedelta) -> Json:
    """What waits for editors, oldest first, and how long what is online had waited. ``base`` stands before addresses."""
    waiting = store.listed(FOR_EDITORS, limit=MOST_READ)
    return {
        "waiting": [_waiting(one, site, base, now, budget) for one in waiting],
        "delays": [
            {"published": day_of(online).isoformat(), "days": max(0, (online - came) // _A_DAY)}
            for came, online in store.delays()
        ],
    }


def confirmations(store: Store) -> dict[str, Json]:
    """The day on which each entry or member was last said to be exact, by id."""
    return {target: day_of(at).isoformat() for target, at in sorted(store.exactness.confirmed().items())}


def day_of(at: dt.datetime) -> dt.date:
    """The day of a moment, in France."""
    return at.astimezone(_PARIS).date()


def _waiting(one: Submission, site: Site, base: str, now: dt.datetime, budget: dt.timedelta) -> Json:
    return {
        "title": title_of(one),
        "kind": kind_words(site, one),
        "since": day_of(one.created).isoformat(),
        "late": is_late(one, now, budget),
        "href": f"{base}{PATH}{one.id}/",
    }

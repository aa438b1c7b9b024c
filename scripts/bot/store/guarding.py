"""What keeps abuse out: solutions that count once, and how often somebody came."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import Connection, delete
from sqlalchemy.dialects import postgresql, sqlite

from scripts.bot.store.accepting import insert_once
from scripts.bot.store.tables import CAPTCHAS, HITS

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def spend_captcha(connection: Connection, digest: str, expires: dt.datetime, now: dt.datetime) -> bool:
    """Whether a captcha's solution counts: it has not expired and nobody used it before."""
    return expires > now and insert_once(connection, CAPTCHAS, {"digest": digest, "expires": expires}, "digest")


def count_hit(connection: Connection, bucket: str, now: dt.datetime, window: dt.timedelta) -> int:
    """Count one more in the bucket's present window, and say how many that makes.

    Windows start at multiples of their length, so at most twice the limit can come in any span of one length.
    """
    starts = now - (now - _EPOCH) % window
    dialect: Any = postgresql if connection.dialect.name == "postgresql" else sqlite
    row = {"bucket": bucket, "starts": starts, "ends": starts + window, "count": 1}
    statement = (
        dialect.insert(HITS)
        .values(row)
        .on_conflict_do_update(index_elements=["bucket", "starts"], set_={"count": HITS.c.count + 1})
        .returning(HITS.c.count)
    )
    return int(connection.execute(statement).scalar_one())


def forget_expired(connection: Connection, now: dt.datetime) -> int:
    """Drop solutions and counts that no longer matter; says how many."""
    gone = connection.execute(delete(CAPTCHAS).where(CAPTCHAS.c.expires <= now)).rowcount
    return gone + connection.execute(delete(HITS).where(HITS.c.ends <= now)).rowcount

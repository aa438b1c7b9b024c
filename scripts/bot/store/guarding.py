"""What keeps abuse out: solutions that count once, and how often somebody came."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, TypeAlias

from sqlalchemy import Connection, delete

from scripts.bot.store.accepting import dialect
from scripts.bot.store.tables import CAPTCHAS, HITS

if TYPE_CHECKING:
    from collections.abc import Mapping

Window: TypeAlias = tuple[dt.datetime, dt.datetime]
Counted: TypeAlias = tuple[str, Window]

_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def spend_captchas(connection: Connection, proofs: Mapping[str, dt.datetime]) -> set[str]:
    """Spend solutions, given with when they expire; the digests of those that nobody used before."""
    rows = [{"digest": digest, "expires": expires} for digest, expires in sorted(proofs.items())]
    if not rows:
        return set()
    once = dialect(connection).insert(CAPTCHAS).on_conflict_do_nothing(index_elements=["digest"])
    return set(connection.execute(once.returning(CAPTCHAS.c.digest), rows).scalars())


def window_of(now: dt.datetime, length: dt.timedelta) -> Window:
    """The window that a moment is in. They start at multiples of their length, so at most twice a limit can come in any span
    of one length.
    """
    starts = now - (now - _EPOCH) % length
    return starts, starts + length


def count_hits(connection: Connection, asked: Mapping[Counted, int]) -> dict[Counted, int]:
    """Count so many more of each bucket in a window, and say how many that makes."""
    rows = [
        {"bucket": bucket, "starts": starts, "ends": ends, "count": count}
        for (bucket, (starts, ends)), count in sorted(asked.items())
    ]
    if not rows:
        return {}
    insert = dialect(connection).insert(HITS)
    statement = insert.on_conflict_do_update(
        index_elements=["bucket", "starts"], set_={"count": HITS.c.count + insert.excluded.count}
    ).returning(HITS.c.bucket, HITS.c.starts, HITS.c.ends, HITS.c.count)
    counted = connection.execute(statement, rows)
    return {(bucket, (starts, ends)): count for bucket, starts, ends, count in counted}


def forget_expired(connection: Connection, now: dt.datetime) -> int:
    """Drop solutions and counts that no longer matter; says how many."""
    gone = connection.execute(delete(CAPTCHAS).where(CAPTCHAS.c.expires <= now)).rowcount
    return gone + connection.execute(delete(HITS).where(HITS.c.ends <= now)).rowcount

"""Mails that are to be sent: each (submission, kind, ref) once."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, or_, select, update

from scripts.bot.store.errors import LeaseLostError
from scripts.bot.store.tables import MAILS

if TYPE_CHECKING:
    import datetime as dt

    from plugins.model.yaml.reader import Json


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail that one worker has until ``until``. ``submission`` is empty for the editors' digest."""

    number: int
    submission: str
    kind: str
    ref: str
    facts: Json
    created: dt.datetime
    attempts: int
    owner: str
    until: dt.datetime


def take(connection: Connection, owner: str, now: dt.datetime, until: dt.datetime) -> Letter | None:
    """The mail that has been due longest, or None."""
    free = or_(MAILS.c.lease_until.is_(None), MAILS.c.lease_until <= now)
    query = (
        select(MAILS)
        .where(MAILS.c.next_try <= now, free)
        .order_by(MAILS.c.next_try, MAILS.c.number)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    here = MAILS.c.number == row.number
    connection.execute(update(MAILS).where(here).values(lease_owner=owner, lease_until=until))
    facts = json.loads(row.facts)
    return Letter(row.number, row.submission, row.kind, row.ref, facts, row.created, row.attempts, owner, until)


def settle(
    connection: Connection,
    letter: Letter,
    *,
    sent: dt.datetime | None,
    next_try: dt.datetime | None = None,
    trouble: str = "",
) -> None:
    """What became of a mail: sent, to be tried again at ``next_try``, or (neither) given up.

    Raises:
        LeaseLostError: another worker took it meanwhile.
    """
    mine = (
        (MAILS.c.number == letter.number)
        & (MAILS.c.lease_owner == letter.owner)
        & (MAILS.c.lease_until == letter.until)
    )
    values = {"sent": sent, "next_try": next_try, "trouble": trouble, "attempts": letter.attempts + 1}
    done = update(MAILS).where(mine).values(**values, lease_owner=None, lease_until=None)
    if connection.execute(done).rowcount != 1:
        raise LeaseLostError(f"mail {letter.number}")

"""What is not kept for ever: each day the worker drops what is over its time."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, and_, delete, or_, select

from scripts.bot.store.blanking import blank, is_blank, vanish
from scripts.bot.store.tables import MAILS, SUBMISSIONS
from scripts.bot.submission import ENDED, State

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import ColumnElement


@dataclass(frozen=True, slots=True)
class Retention:
    """For how long: what names the sender of a finished submission, the submission itself, suspected spam, unconfirmed ones."""

    contact: dt.timedelta
    finished: dt.timedelta
    quarantine: dt.timedelta
    unconfirmed: dt.timedelta


@dataclass(frozen=True, slots=True)
class Purged:
    """How many of each went: whole submissions, those without a person now, captchas, counters and mails to editors."""

    vanished: int = 0
    blanked: int = 0
    expired: int = 0

    def __add__(self, other: Purged) -> Purged:
        return Purged(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(self)))

    def __bool__(self) -> bool:
        return self != Purged()


def drop_overdue(connection: Connection, now: dt.datetime, retention: Retention, most: int) -> Purged:
    """Delete up to ``most`` submissions that are over their time."""
    query = select(SUBMISSIONS.c.id).where(_overdue(now, retention)).order_by(SUBMISSIONS.c.created).limit(most)
    found = connection.execute(query.with_for_update(skip_locked=True)).scalars().all()
    vanish(connection, found)
    return Purged(vanished=len(found))


def blank_finished(
    connection: Connection, now: dt.datetime, retention: Retention, most: int, after: str
) -> tuple[Purged, str]:
    """Look through up to ``most`` finished submissions whose sender need not be known any more, from the id ``after`` on.

    Gives what was done and the id to go on from; empty at the end.
    """
    query = (
        select(SUBMISSIONS)
        .where(_ended(), SUBMISSIONS.c.updated <= now - retention.contact, SUBMISSIONS.c.id > after)
        .order_by(SUBMISSIONS.c.id)
        .limit(most)
    )
    rows = connection.execute(query.with_for_update(skip_locked=True)).all()
    due = [row for row in rows if not is_blank(row)]
    for row in due:
        blank(connection, row)
    return Purged(blanked=len(due)), rows[-1].id if len(rows) == most else ""


def forget_editors_mails(connection: Connection, now: dt.datetime, retention: Retention) -> int:
    """Delete digests and alerts that are as old as what they tell of; says how many."""
    here = (MAILS.c.submission == "") & (MAILS.c.created <= now - retention.contact)
    return connection.execute(delete(MAILS).where(here)).rowcount


def _overdue(now: dt.datetime, retention: Retention) -> ColumnElement[bool]:
    made, state = SUBMISSIONS.c.created, SUBMISSIONS.c.state
    return or_(
        and_(_ended(), SUBMISSIONS.c.updated <= now - retention.finished),
        and_(state == State.QUARANTINE.value, made <= now - retention.quarantine),
        and_(state == State.UNCONFIRMED.value, made <= now - retention.unconfirmed),
    )


def _ended() -> Any:
    return SUBMISSIONS.c.state.in_([state.value for state in ENDED])

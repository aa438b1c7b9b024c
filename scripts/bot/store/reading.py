"""Looking things up."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy import Connection, func, select

from scripts.bot.store.rows import as_decision, as_moment, as_picture, as_submission
from scripts.bot.store.sealing import token_hash
from scripts.bot.store.tables import CLAIMS, DECISIONS, MAILS, MOMENTS, PICTURES, SUBMISSIONS
from scripts.bot.submission import Decision, Moment, Picture, State, Submission

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from scripts.bot.store.sealing import Seal


def by_id(connection: Connection, submission: str, seal: Seal) -> Submission | None:
    """The submission of this id."""
    row = connection.execute(select(SUBMISSIONS).where(SUBMISSIONS.c.id == submission)).one_or_none()
    return as_submission(row, seal) if row else None


def by_key(connection: Connection, key: str, seal: Seal) -> Submission | None:
    """The submission that an idempotency key stands for."""
    row = connection.execute(select(SUBMISSIONS).where(SUBMISSIONS.c.key == key)).one_or_none()
    return as_submission(row, seal) if row else None


def by_status_token(connection: Connection, token: str, seal: Seal) -> Submission | None:
    """The submission whose status address ends in this token."""
    here = SUBMISSIONS.c.status_hash == token_hash(token)
    row = connection.execute(select(SUBMISSIONS).where(here)).one_or_none()
    return as_submission(row, seal) if row else None


def by_number(connection: Connection, number: int, seal: Seal) -> Submission | None:
    """The submission whose request at the forge has this number."""
    row = connection.execute(select(SUBMISSIONS).where(SUBMISSIONS.c.number == number)).first()
    return as_submission(row, seal) if row else None


def listed(
    connection: Connection,
    states: Collection[State],
    seal: Seal,
    *,
    limit: int,
    after: dt.datetime | None,
    newest_first: bool,
) -> list[Submission]:
    """Submissions in these states, oldest first unless asked otherwise; ``after`` continues from the last one's ``created``."""
    query = select(SUBMISSIONS).where(SUBMISSIONS.c.state.in_([state.value for state in states]))
    if after is not None:
        query = query.where(SUBMISSIONS.c.created > after)
    columns = (SUBMISSIONS.c.created, SUBMISSIONS.c.id)
    order = [column.desc() for column in columns] if newest_first else columns
    rows = connection.execute(query.order_by(*order).limit(limit))
    return [as_submission(row, seal) for row in rows]


def timeline(connection: Connection, submission: str) -> list[Moment]:
    """What happened to a submission, in order."""
    query = select(MOMENTS).where(MOMENTS.c.submission == submission).order_by(MOMENTS.c.position)
    return [as_moment(row) for row in connection.execute(query)]


def pictures(connection: Connection, submission: str) -> tuple[Picture, ...]:
    """The pictures of a submission, by name."""
    query = select(PICTURES).where(PICTURES.c.submission == submission).order_by(PICTURES.c.name)
    return tuple(as_picture(row) for row in connection.execute(query))


def pending(connection: Connection, submission: str) -> tuple[Decision, ...]:
    """Decisions that the worker has still to carry out, in order."""
    here = (DECISIONS.c.submission == submission) & ~DECISIONS.c.done
    query = select(DECISIONS).where(here).order_by(DECISIONS.c.number)
    return tuple(as_decision(row) for row in connection.execute(query))


def counts(connection: Connection) -> dict[State, int]:
    """How many submissions there are in each state; those without any are left out."""
    query = select(SUBMISSIONS.c.state, func.count()).group_by(SUBMISSIONS.c.state)
    return {State(state): count for state, count in connection.execute(query)}


def mails_waiting(connection: Connection) -> int:
    """How many mails are still to be sent."""
    return connection.execute(select(func.count()).where(MAILS.c.next_try.is_not(None))).scalar_one()


def entry_ids_taken(connection: Connection) -> frozenset[str]:
    """The ids of entries and members that submissions under way will make."""
    return frozenset(connection.execute(select(CLAIMS.c.name)).scalars())


def is_claimed(connection: Connection, name: str, but_by: str) -> bool:
    """Whether a submission other than ``but_by`` will make an entry or a member of this name."""
    owner = connection.execute(select(CLAIMS.c.submission).where(CLAIMS.c.name == name)).scalar()
    return owner is not None and owner != but_by


def delays(connection: Connection) -> list[tuple[dt.datetime, dt.datetime]]:
    """When each proposal that is online came in, and when it got there; the earliest first."""
    query = (
        select(SUBMISSIONS.c.created, func.min(MOMENTS.c.at))
        .join(MOMENTS, MOMENTS.c.submission == SUBMISSIONS.c.id)
        .where(SUBMISSIONS.c.state == State.PUBLISHED.value, MOMENTS.c.kind == "published")
        .group_by(SUBMISSIONS.c.id, SUBMISSIONS.c.created)
        .order_by(SUBMISSIONS.c.created, SUBMISSIONS.c.id)
    )
    return [(row[0], row[1]) for row in connection.execute(query)]

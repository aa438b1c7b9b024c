"""Work for the worker: one submission at a time, for a limited time, never for two at once."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, exists, insert, or_, select, update

from scripts.bot.store.accepting import insert_once, queue_mail
from scripts.bot.store.errors import ClaimedError, LeaseLostError
from scripts.bot.store.reading import pending
from scripts.bot.store.rows import as_submission, changed_row, moment_row
from scripts.bot.store.tables import CLAIMS, DECISIONS, MAILS, MOMENTS, SUBMISSIONS

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from scripts.bot.store.sealing import Seal
    from scripts.bot.submission import Decision, Mail, Moment, Submission


@dataclass(frozen=True, slots=True)
class Lease:
    """A submission that one worker has until ``until``, with the decisions that are to be carried out."""

    submission: Submission
    decisions: tuple[Decision, ...]
    owner: str
    until: dt.datetime


def lease(connection: Connection, owner: str, now: dt.datetime, until: dt.datetime, seal: Seal) -> Lease | None:
    """Take the submission that has been due longest; None where nothing is due.

    What another worker is taking at this moment is stepped over (PostgreSQL); SQLite has one writer at a time.
    """
    free = or_(SUBMISSIONS.c.lease_until.is_(None), SUBMISSIONS.c.lease_until <= now)
    query = (
        select(SUBMISSIONS)
        .where(SUBMISSIONS.c.next_try <= now, free)
        .order_by(SUBMISSIONS.c.next_try)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    row = connection.execute(query).one_or_none()
    if row is None:
        return None
    here = SUBMISSIONS.c.id == row.id
    connection.execute(update(SUBMISSIONS).where(here).values(lease_owner=owner, lease_until=until))
    return Lease(as_submission(row, seal), pending(connection, row.id), owner, until)


def finish(
    connection: Connection,
    held: Lease,
    submission: Submission,
    *,
    moments: Sequence[Moment],
    mails: Sequence[Mail],
    carried_out: Sequence[Decision],
    claims: Sequence[str] | None,
    now: dt.datetime,
    keep_until: dt.datetime | None,
) -> None:
    """Write what came of a lease, and give it back: the submission, what to tell, which decisions are done.

    A decision that was made meanwhile makes it due at once. ``claims`` are the names of what it will make from now on,
    None where that stays as it is; what has ended claims nothing. With ``keep_until`` the lease is not given back but goes on.

    Raises:
        ClaimedError: another submission under way claims a name; nothing was written.
        LeaseLostError: the lease ran out and another worker took it; nothing was written.
    """
    if carried_out:
        numbers = [decision.number for decision in carried_out]
        connection.execute(update(DECISIONS).where(DECISIONS.c.number.in_(numbers)).values(done=True))
    mine = (
        (SUBMISSIONS.c.id == held.submission.id)
        & (SUBMISSIONS.c.lease_owner == held.owner)
        & (SUBMISSIONS.c.lease_until == held.until)
    )
    owner = held.owner if keep_until else None
    values = changed_row(submission) | {"lease_owner": owner, "lease_until": keep_until}
    if connection.execute(update(SUBMISSIONS).where(mine).values(**values)).rowcount != 1:
        raise LeaseLostError(held.submission.id)
    _claim(connection, submission, () if submission.is_ended else claims)
    _mind_new_decisions(connection, held, now)
    if moments:
        connection.execute(insert(MOMENTS), [moment_row(moment) for moment in moments])
    if submission.posted.contact_email:
        for mail in mails:
            queue_mail(connection, submission.id, mail, now)


def _claim(connection: Connection, submission: Submission, claims: Sequence[str] | None) -> None:
    if claims is None:
        return
    connection.execute(delete(CLAIMS).where(CLAIMS.c.submission == submission.id))
    for name in sorted(claims):
        if not insert_once(connection, CLAIMS, {"name": name, "submission": submission.id}, "name"):
            raise ClaimedError(name)


def _mind_new_decisions(connection: Connection, held: Lease, now: dt.datetime) -> None:
    known = [decision.number for decision in held.decisions]
    newer = exists().where(
        DECISIONS.c.submission == SUBMISSIONS.c.id, ~DECISIONS.c.done, DECISIONS.c.number.not_in(known)
    )
    here = (SUBMISSIONS.c.id == held.submission.id) & newer
    connection.execute(update(SUBMISSIONS).where(here).values(next_try=now))


def kept(connection: Connection, held: Lease, until: dt.datetime, seal: Seal) -> Lease:
    """A lease that goes on until ``until``, with the submission and its decisions as they are now."""
    row = connection.execute(select(SUBMISSIONS).where(SUBMISSIONS.c.id == held.submission.id)).one()
    return Lease(as_submission(row, seal), pending(connection, row.id), held.owner, until)


def wake(connection: Connection, submission: str, now: dt.datetime) -> bool:
    """Have a submission looked at again as soon as possible (a webhook, or an editor's « try again »).

    False where there is no such submission, or nothing that the worker could do for it.
    """
    here = (SUBMISSIONS.c.id == submission) & SUBMISSIONS.c.next_try.is_not(None)
    return connection.execute(update(SUBMISSIONS).where(here).values(next_try=now)).rowcount == 1


def give_back(connection: Connection, owner: str) -> None:
    """Give back what a worker of this name had when it was stopped, so that nobody waits for its leases to run out."""
    nobody = {"lease_owner": None, "lease_until": None}
    for table in (SUBMISSIONS, MAILS):
        connection.execute(update(table).where(table.c.lease_owner == owner).values(**nobody))

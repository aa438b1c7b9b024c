"""What the intake does: accept a submission once, confirm an address, find one by its secret address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Table, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from scripts.bot.store.rows import as_submission, mail_row, new_row, picture_row
from scripts.bot.store.sealing import token_hash
from scripts.bot.store.tables import MAILS, MOMENTS, PICTURES, SUBMISSIONS
from scripts.bot.submission import Mail, State, Step, Submission

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from scripts.bot.store.sealing import Seal
    from scripts.bot.submission import NewSubmission

Prepared = tuple["NewSubmission", "dict[str, Any]"]


def prepare(new: NewSubmission, seal: Seal) -> Prepared:
    """What can be done before the database is asked: the row, with its address encrypted."""
    return new, new_row(new, seal)


def insert_new(connection: Connection, batch: Sequence[Prepared]) -> set[str]:
    """Store each submission whose key is not known yet; the ids of those. Keys are taken in order."""
    rows = [row for _, row in sorted(batch, key=lambda prepared: prepared[0].key)]
    if not rows:
        return set()
    once = dialect(connection).insert(SUBMISSIONS).on_conflict_do_nothing(index_elements=["key"])
    return set(connection.execute(once.returning(SUBMISSIONS.c.id), rows).scalars())


def add_parts(connection: Connection, added: Sequence[NewSubmission]) -> None:
    """The first line of its timeline, its pictures and mails, for each."""
    for table, rows in (
        (MOMENTS, [{"submission": new.id, "at": new.created, "kind": "received", "text": ""} for new in added]),
        (PICTURES, [picture_row(new.id, picture) for new in added for picture in new.pictures]),
        (MAILS, [mail_row(new.id, Mail(kind), new.created) for new in added for kind in _mails(new)]),
    ):
        if rows:
            connection.execute(insert(table), rows)


def _mails(new: NewSubmission) -> tuple[str, ...]:
    """Suspected spam is not answered: its address may be anybody's."""
    return new.mails if new.posted.contact_email.strip() and new.state is not State.QUARANTINE else ()


def insert_once(connection: Connection, table: Table, row: Mapping[str, Any], *unique: str) -> bool:
    """Insert a row unless one with the same ``unique`` columns is there; says whether it was inserted."""
    once = dialect(connection).insert(table).on_conflict_do_nothing(index_elements=list(unique))
    statement = once.returning(table.c[unique[0]])
    return connection.execute(statement, row).one_or_none() is not None


def dialect(connection: Connection) -> Any:
    """Where the dialect's own insert statement is."""
    return postgresql if connection.dialect.name == "postgresql" else sqlite


def queue_mail(connection: Connection, submission: str, mail: Mail, at: dt.datetime) -> bool:
    """Ask for a mail, once for each (submission, kind, ref)."""
    return insert_once(connection, MAILS, mail_row(submission, mail, at), "submission", "kind", "ref")


def confirm(connection: Connection, token: str, at: dt.datetime, seal: Seal) -> Submission | None:
    """The address is confirmed; a submission that waited for that is queued. The same again changes nothing."""
    here = SUBMISSIONS.c.confirm_hash == token_hash(token)
    row = connection.execute(select(SUBMISSIONS).where(here).with_for_update()).one_or_none()
    if row is None:
        return None
    if row.email_state == "unconfirmed":
        changes: dict[str, Any] = {"email_state": "confirmed", "updated": at}
        if row.state == State.UNCONFIRMED:
            changes |= {"state": State.QUEUED.value, "step": Step.NAME.value, "next_try": at}
            queue_mail(connection, row.id, Mail("confirmed"), at)
        connection.execute(update(SUBMISSIONS).where(here).values(changes))
        connection.execute(insert(MOMENTS), {"submission": row.id, "at": at, "kind": "confirmed", "text": ""})
        row = connection.execute(select(SUBMISSIONS).where(here)).one()
    return as_submission(row, seal)

"""What the database holds about a person, and getting it out or away (GDPR, articles 5, 15, 17 and 20)."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, delete, select, update

from scripts.bot.store import deciding, exactness, guarding, retention
from scripts.bot.store.blanking import blank, vanish
from scripts.bot.store.reading import pictures, timeline
from scripts.bot.store.rows import as_decision, as_submission
from scripts.bot.store.tables import DECISIONS, MAILS, MEMBER_EMAILS, SUBMISSIONS
from scripts.bot.submission import ENDED, OPEN, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from scripts.bot.store.engine import Database
    from scripts.bot.store.exactness import Asked
    from scripts.bot.store.retention import Purged, Retention
    from scripts.bot.store.sealing import Seal
    from scripts.bot.submission import Decision, Moment, Picture, Submission

AT_ONCE: Final = 200  # submissions in one transaction, so that nobody waits long for the lock
_UNDER_WAY: Final = OPEN | {State.QUEUED}
_DROPPED: Final = ENDED | {State.QUARANTINE, State.UNCONFIRMED}
_PATIENCE: Final = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class SentMail:
    """A mail about a submission: ``sent`` is None while it waits, or where it was given up."""

    kind: str
    created: dt.datetime
    sent: dt.datetime | None


@dataclass(frozen=True, slots=True)
class HeldSubmission:
    """A submission with everything that belongs to it. ``decisions``: all of them, the sender's own and the editors'; ``asked``:
    what its sender was asked about its page since.
    """

    submission: Submission
    moments: tuple[Moment, ...]
    decisions: tuple[Decision, ...]
    mails: tuple[SentMail, ...]
    pictures: tuple[Picture, ...]
    asked: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Held:
    """What is held about an address: what was sent with it, and the members for whom it was accepted."""

    submissions: tuple[HeldSubmission, ...]
    members: tuple[str, ...]

    def __bool__(self) -> bool:
        return bool(self.submissions or self.members)


@dataclass(frozen=True, slots=True)
class Erased:
    """Ids of submissions: deleted; emptied, and about to be withdrawn at the forge; emptied, and published all the same.

    ``members``: for how many the address was remembered. ``overwritten``: whether the database's log holds nothing of
    it any more; if not, somebody was reading, and the next purge does it.
    """

    vanished: tuple[str, ...]
    withdrawn: tuple[str, ...]
    published: tuple[str, ...]
    members: int
    overwritten: bool


class Privacy:
    """The store, by person and by age."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    def held(self, email: str) -> Held:
        """Everything held about an address, whatever its case; oldest first."""
        hashed = self.hash_of(email)
        with self._database.reading() as connection:
            rows = connection.execute(_sent_with(hashed)).all()
            members = select(MEMBER_EMAILS.c.member).where(MEMBER_EMAILS.c.email_hash == hashed)
            return Held(
                tuple(_all_of(connection, row, self._seal) for row in rows),
                tuple(sorted(connection.execute(members).scalars())),
            )

    def erase(self, email: str, at: dt.datetime) -> Erased:
        """Take an address and whatever was sent with it out of the database; the second time there is nothing to do.

        What is finished, suspected or unconfirmed is deleted. What is under way is emptied and withdrawn, which the
        worker carries out at the forge. What was accepted goes on to its page, and its sender is no longer known.
        """
        return self.erase_hashed(self.hash_of(email), at)

    def hash_of(self, email: str) -> str:
        """The keyed hash by which an address is known, whatever its case. Raises ValueError for no address."""
        hashed = self._seal.email_hash(email)
        if not hashed:
            raise ValueError("no address")
        return hashed

    def erase_hashed(self, hashed: str, at: dt.datetime) -> Erased:
        """As `erase`, for an address of which only the hash is known any more."""
        with self._database.writing() as connection:
            rows = connection.execute(_sent_with(hashed).with_for_update()).all()
            gone, withdrawn, published = (
                tuple(row.id for row in rows if State(row.state) in states)
                for states in (_DROPPED, _UNDER_WAY, {State.MERGED})
            )
            known = select(MEMBER_EMAILS.c.member).where(MEMBER_EMAILS.c.email_hash == hashed)
            exactness.erase(connection, [row.id for row in rows], list(connection.execute(known).scalars()))
            vanish(connection, gone)
            for row in rows:
                if row.id in withdrawn:
                    blank(connection, row)
                    _withdraw(connection, row.id, at)
                elif row.id in published:
                    blank(connection, row)
            members = connection.execute(delete(MEMBER_EMAILS).where(MEMBER_EMAILS.c.email_hash == hashed)).rowcount
        return Erased(gone, withdrawn, published, members, self.overwrite_log())

    def forget_other_members(self, members: Collection[str]) -> int:
        """Forget which addresses were accepted for anybody but these members; says how many addresses that were."""
        with self._database.writing() as connection:
            known = set(connection.execute(select(MEMBER_EMAILS.c.member).distinct()).scalars())
            gone = known - set(members)
            return connection.execute(delete(MEMBER_EMAILS).where(MEMBER_EMAILS.c.member.in_(gone))).rowcount

    def purge(self, now: dt.datetime, periods: Retention) -> Purged:
        """Drop what is over its time, a bit at a time; safe to be run by several workers at once."""
        with self._database.writing() as connection:
            exactness.forget_old(connection, now)
            expired = guarding.forget_expired(connection, now)
            done = retention.Purged(expired=expired + retention.forget_editors_mails(connection, now, periods))
        while dropped := self._drop(now, periods):
            done += dropped
        after = "0"  # before every id
        while after:
            with self._database.writing() as connection:
                blanked, after = retention.blank_finished(connection, now, periods, AT_ONCE, after)
            done += blanked
        self.overwrite_log()
        return done

    def _drop(self, now: dt.datetime, periods: Retention) -> Purged:
        with self._database.writing() as connection:
            return retention.drop_overdue(connection, now, periods, AT_ONCE)

    def overwrite_log(self) -> bool:
        """Bring SQLite's log into the database and empty it, since it holds what was before. False while others read."""
        if self._database.path is None:
            return True
        with contextlib.closing(sqlite3.connect(self._database.path, timeout=_PATIENCE)) as connection:
            busy: int = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        return not busy


def _sent_with(hashed: str) -> Any:
    return select(SUBMISSIONS).where(SUBMISSIONS.c.email_hash == hashed).order_by(SUBMISSIONS.c.created)


def _all_of(connection: Connection, row: Any, seal: Seal) -> HeldSubmission:
    decisions = select(DECISIONS).where(DECISIONS.c.submission == row.id).order_by(DECISIONS.c.number)
    mails = select(MAILS).where(MAILS.c.submission == row.id).order_by(MAILS.c.number)
    return HeldSubmission(
        as_submission(row, seal),
        tuple(timeline(connection, row.id)),
        tuple(as_decision(found) for found in connection.execute(decisions)),
        tuple(SentMail(found.kind, found.created, found.sent) for found in connection.execute(mails)),
        pictures(connection, row.id),
        exactness.asks_of(connection, row.id),
    )


def _withdraw(connection: Connection, submission: str, at: dt.datetime) -> None:
    """As if its sender had; `blank` has taken away what else was decided."""
    deciding.decide(connection, submission, "withdraw", text="", posted=None, pictures=(), by="", at=at)
    connection.execute(update(SUBMISSIONS).where(SUBMISSIONS.c.id == submission).values(updated=at))

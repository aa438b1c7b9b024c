"""Issues at the forge that are looked at, and what became of each: a queue of its own, and the way to their submissions.

A row is a project (the forge and the repository's name) and a number. It holds no text and no name: what was written stands
at the forge.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    PrimaryKeyConstraint,
    Table,
    Text,
    case,
    or_,
    select,
    text,
    update,
)

from scripts.bot.store import accepting, deciding
from scripts.bot.store.accepting import insert_once
from scripts.bot.store.errors import LeaseLostError
from scripts.bot.store.tables import METADATA, SUBMISSIONS, Time

if TYPE_CHECKING:
    import datetime as dt

    from plugins.forms.posted import Posted
    from scripts.bot.store.engine import Database
    from scripts.bot.store.sealing import Seal
    from scripts.bot.submission import DecisionKind, NewSubmission

ISSUES = Table(
    "issues",
    METADATA,
    Column("project", Text, nullable=False),
    Column("number", BigInteger, nullable=False),
    Column("submission", Text, nullable=False),  # empty as long as it is not good
    Column("digest", Text, nullable=False),  # of what it said when it was last judged
    Column("attempts", Integer, nullable=False),
    Column("next_try", Time),  # null: nobody has anything to do
    Column("lease_owner", Text),
    Column("lease_until", Time),
    PrimaryKeyConstraint("project", "number"),
    Index("issues_due", "next_try"),
    Index("issues_submission", "submission"),
)


@dataclass(frozen=True, slots=True)
class KnownIssue:
    """An issue that was seen; ``digest`` is of what it said when it was judged, ``submission`` what it became, or ""."""

    project: str
    number: int
    submission: str = ""
    digest: str = ""
    attempts: int = 0


@dataclass(frozen=True, slots=True)
class IssueLease:
    """An issue that one worker has until ``until``."""

    issue: KnownIssue
    owner: str
    until: dt.datetime
    due: dt.datetime


class Issues:
    """The issues that the database knows. Each method is one transaction and may raise StoreError."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    def wake(self, project: str, number: int, now: dt.datetime, *, patiently: bool = False) -> None:
        """Have an issue looked at as soon as possible, known or not; ``patiently``: one that waits goes on waiting."""
        row = {"project": project, "number": number, "submission": "", "digest": "", "attempts": 0, "next_try": now}
        with self._database.writing() as connection:
            if not insert_once(connection, ISSUES, row, "project", "number"):
                here = _here(project, number)
                asleep = here & ISSUES.c.next_try.is_(None) if patiently else here
                connection.execute(update(ISSUES).where(asleep).values(next_try=now))

    def known(self, project: str) -> dict[int, KnownIssue]:
        """The issues of a project that were judged or became something, by number."""
        with self._database.reading() as connection:
            rows = connection.execute(select(ISSUES).where(ISSUES.c.project == project, ISSUES.c.digest != "")).all()
        return {row.number: _as_issue(row) for row in rows}

    def of_submission(self, project: str, submission: str) -> int | None:
        """The number of the issue that a submission comes from."""
        here = (ISSUES.c.submission == submission) & (ISSUES.c.project == project)
        with self._database.reading() as connection:
            return connection.execute(select(ISSUES.c.number).where(here)).scalar()

    def under_way(self, project: str) -> frozenset[int]:
        """The numbers of the issues of a project whose submissions nobody has decided about yet."""
        joined = select(ISSUES.c.number).join(SUBMISSIONS, SUBMISSIONS.c.id == ISSUES.c.submission)
        states = [state.value for state in deciding.POSSIBLE["withdraw"]]
        with self._database.reading() as connection:
            query = joined.where(ISSUES.c.project == project, SUBMISSIONS.c.state.in_(states))
            return frozenset(connection.execute(query).scalars())

    def lease(self, project: str, worker: str, now: dt.datetime, for_: dt.timedelta) -> IssueLease | None:
        """Take the issue that has been due longest, for a time in which no other worker gets it."""
        free = or_(ISSUES.c.lease_until.is_(None), ISSUES.c.lease_until <= now)
        query = (
            select(ISSUES)
            .where(ISSUES.c.project == project, ISSUES.c.next_try <= now, free)
            .order_by(ISSUES.c.next_try)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._database.writing() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            until = now + for_
            taken = {"lease_owner": worker, "lease_until": until}
            connection.execute(update(ISSUES).where(_here(project, row.number)).values(**taken))
        return IssueLease(_as_issue(row), worker, until, row.next_try)

    def settle(self, held: IssueLease, digest: str) -> None:
        """It was judged, and nothing is to be done before it changes. Raises LeaseLostError."""
        with self._database.writing() as connection:
            self._finish(connection, held, {"digest": digest, "attempts": 0}, rests=True)

    def put_off(self, held: IssueLease, until: dt.datetime) -> None:
        """It could not be dealt with: again later. Raises LeaseLostError."""
        with self._database.writing() as connection:
            self._finish(connection, held, {"attempts": held.issue.attempts + 1, "next_try": until})

    def accept(self, held: IssueLease, digest: str, new: NewSubmission) -> str:
        """It became a submission; both are written, or neither. The submission's id, which may be that of an earlier time.

        Raises LeaseLostError.
        """
        with self._database.writing() as connection:
            if accepting.insert_new(connection, [accepting.prepare(new, self._seal)]):
                accepting.add_parts(connection, [new])
            stored = select(SUBMISSIONS.c.id).where(SUBMISSIONS.c.key == new.key)
            submission: str = connection.execute(stored).scalar_one()
            self._finish(connection, held, {"submission": submission, "digest": digest, "attempts": 0}, rests=True)
        return submission

    def correct(self, held: IssueLease, digest: str, posted: Posted, at: dt.datetime) -> None:
        """It was changed, and with it its submission: a decision for the worker.

        Raises LeaseLostError, and DecisionError where the submission stands in a state that allows no correction.
        """
        self._decide(held, digest, "correct", at, posted=posted)

    def withdraw(self, held: IssueLease, digest: str, text: str, at: dt.datetime) -> None:
        """It was closed, and its submission is withdrawn with it; ``text`` says so. Raises as `correct`."""
        self._decide(held, digest, "withdraw", at, text=text)

    def _decide(
        self,
        held: IssueLease,
        digest: str,
        kind: DecisionKind,
        at: dt.datetime,
        *,
        text: str = "",
        posted: Posted | None = None,
    ) -> None:
        with self._database.writing() as connection:
            about = held.issue.submission
            deciding.decide(connection, about, kind, text=text, posted=posted, pictures=(), by="", at=at)
            self._finish(connection, held, {"digest": digest, "attempts": 0}, rests=True)

    def give_back(self, worker: str) -> None:
        """Give back what a worker of this name had when it was stopped."""
        nobody = {"lease_owner": None, "lease_until": None}
        with self._database.writing() as connection:
            connection.execute(update(ISSUES).where(ISSUES.c.lease_owner == worker).values(**nobody))

    @staticmethod
    def _finish(connection: Connection, held: IssueLease, values: dict[str, Any], *, rests: bool = False) -> None:
        """Give it back. ``rests``: nothing is due any more, unless somebody woke it meanwhile."""
        if rests:
            values = values | {"next_try": case((ISSUES.c.next_try != held.due, ISSUES.c.next_try), else_=None)}
        mine = _here(held.issue.project, held.issue.number) & (ISSUES.c.lease_owner == held.owner)
        here = mine & (ISSUES.c.lease_until == held.until)
        done = values | {"lease_owner": None, "lease_until": None}
        if connection.execute(update(ISSUES).where(here).values(**done)).rowcount != 1:
            raise LeaseLostError(str(held.issue.number))


def make_table(connection: Connection) -> None:
    """The step from version 1 of the database to 2."""
    connection.execute(
        text(
            "CREATE TABLE issues (project TEXT NOT NULL, number BIGINT NOT NULL, submission TEXT NOT NULL, "
            "digest TEXT NOT NULL, attempts INTEGER NOT NULL, next_try BIGINT, lease_owner TEXT, lease_until BIGINT, "
            "PRIMARY KEY (project, number))"
        )
    )
    connection.execute(text("CREATE INDEX issues_due ON issues (next_try)"))
    connection.execute(text("CREATE INDEX issues_submission ON issues (submission)"))


def _here(project: str, number: int) -> Any:
    return (ISSUES.c.project == project) & (ISSUES.c.number == number)


def _as_issue(row: Any) -> KnownIssue:
    return KnownIssue(row.project, row.number, row.submission, row.digest, row.attempts)

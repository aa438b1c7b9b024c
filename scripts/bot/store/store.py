"""The one door to the database: each method is one transaction."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from sqlalchemy import insert

from scripts.bot.store import accepting, admitting, deciding, guarding, leasing, notices, outbox, persons
from scripts.bot.store.broken import Broken
from scripts.bot.store.engine import PATIENCE, Database
from scripts.bot.store.exactness import Exactness
from scripts.bot.store.issues import Issues
from scripts.bot.store.keys import CHECK, check_of, seal_of
from scripts.bot.store.looking import Looking
from scripts.bot.store.migrations import migrate, read_meta
from scripts.bot.store.privacy import Privacy
from scripts.bot.store.requests import Requests
from scripts.bot.store.tables import META, MOMENTS
from scripts.bot.store.together import Together

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence

    from sqlalchemy import Connection

    from plugins.forms.posted import Posted
    from scripts.bot.store.admitting import Gate, Outcome
    from scripts.bot.store.leasing import Lease
    from scripts.bot.store.notices import Notice
    from scripts.bot.store.outbox import Letter
    from scripts.bot.store.sealing import Seal
    from scripts.bot.submission import (
        Decision,
        DecisionKind,
        Mail,
        Moment,
        MomentKind,
        NewSubmission,
        Picture,
        Submission,
    )


class Store(Looking):
    """Submissions, what became of them, and what is to be sent. Any number of threads and processes may share one.

    Every method may raise StoreBusyError (try again later), StoreFullError or another StoreError; whatever it was
    asked to write is then not written.
    """

    def __init__(self, database: Database, seal: Seal) -> None:
        super().__init__(database, seal)
        self._admitting: Together[tuple[accepting.Prepared, Gate | None], Outcome] = Together(self._admit_all)

    @classmethod
    def open(
        cls,
        url: str,
        *,
        key: bytes | None,
        random: Callable[[int], bytes] = secrets.token_bytes,
        patience: float = PATIENCE,
    ) -> Store:
        """Open a database, and make or bring up to date its tables.

        ``url``: ``sqlite:///relative/path``, ``sqlite:////absolute/path`` or ``postgresql://user@host/name``.
        ``key``: a Fernet key for addresses, hashes and tokens; without one, addresses lie in plain text.
        ``patience``: seconds to wait for a lock.

        Raises:
            StoreKeyError: the database was made with another key, or without one.
            SchemaVersionError: it was made by a newer program.
        """
        database = Database(url, patience=patience)
        try:
            with database.writing() as connection:
                migrate(connection, random)
                return cls(database, _checked_seal(connection, key))
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Give all connections back."""
        self._database.close()

    @property
    def privacy(self) -> Privacy:
        """What is held about a person, and what is over its time."""
        return Privacy(self._database, self._seal)

    # --- intake ---

    def add(self, new: NewSubmission) -> tuple[Submission, bool]:
        """Accept a submission: when this returns, it is on the disk.

        False beside it: one with the same idempotency key was there already, and is the one returned. Keys have to be
        beyond guessing, since whoever knows one gets the receipt.
        """
        outcome = self._admitting.ask((accepting.prepare(new, self._seal), None))
        if isinstance(outcome, str):
            raise TypeError(outcome)  # there is no gate that could say so
        return outcome

    def admit(self, new: NewSubmission, gate: Gate) -> Outcome:
        """Accept a submission as `add` does where it passes the gate or its key is known; else say what stops it."""
        return self._admitting.ask((accepting.prepare(new, self._seal), gate))

    def _admit_all(self, batch: Sequence[tuple[accepting.Prepared, Gate | None]]) -> list[Outcome]:
        with self._database.writing() as connection:
            return admitting.admit_all(connection, batch, self._seal)

    def status_token(self, submission: str) -> str:
        """The secret end of its status address; always the same, and the database only holds its hash."""
        return self._seal.token("status", submission)

    def confirm_token(self, submission: str) -> str:
        """The secret end of the address that confirms its e-mail address."""
        return self._seal.token("confirm", submission)

    def confirm_email(self, token: str, at: dt.datetime) -> Submission | None:
        """The address is confirmed: a submission that waited for it is queued. None for an unknown token."""
        with self._database.writing() as connection:
            return accepting.confirm(connection, token, at, self._seal)

    def keyed_hash(self, purpose: str, text: str) -> str:
        """A hash by which a text is known again without being kept: rate limits by network address, for instance."""
        return self._seal.keyed_hash(purpose, text)

    def count_hit(self, bucket: str, now: dt.datetime, window: dt.timedelta) -> int:
        """Count one more in the bucket's present window; how many that makes. ``bucket`` is a `keyed_hash`."""
        place = bucket, guarding.window_of(now, window)
        with self._database.writing() as connection:
            return guarding.count_hits(connection, {place: 1})[place]

    @property
    def exactness(self) -> Exactness:
        """Pages whose authors were asked whether all is still exact."""
        return Exactness(self._database, self._seal)

    @property
    def broken(self) -> Broken:
        """Files that publication could not show."""
        return Broken(self._database)

    @property
    def issues(self) -> Issues:
        """Issues at the forge that become submissions."""
        return Issues(self._database, self._seal)

    @property
    def requests(self) -> Requests:
        """The requests of the local forge."""
        return Requests(self._database)

    # --- the service itself ---

    def raise_notice(self, name: str, text: str, at: dt.datetime) -> bool:
        """Something is wrong with the service; says whether that is news. ``text`` is French, for administrators."""
        with self._database.writing() as connection:
            return notices.raise_notice(connection, name, text, at)

    def clear_notice(self, name: str) -> None:
        """It works again."""
        with self._database.writing() as connection:
            notices.clear_notice(connection, name)

    def notices(self) -> list[Notice]:
        """What is wrong with the service now."""
        with self._database.reading() as connection:
            return notices.notices(connection)

    # --- people's decisions ---

    def say(self, submission: str, kind: MomentKind, text: str, at: dt.datetime) -> None:
        """Add a line to the timeline."""
        with self._database.writing() as connection:
            connection.execute(insert(MOMENTS).values(submission=submission, kind=kind, text=text, at=at))

    def decide(
        self,
        submission: str,
        decision: DecisionKind,
        *,
        text: str = "",
        posted: Posted | None = None,
        pictures: Sequence[Picture] = (),
        by: str,
        at: dt.datetime,
    ) -> None:
        """What a person decided. ``text`` is what was said with it: the reason, the question, the answer.

        In quarantine and before confirmation it takes effect at once; later the worker carries it out. ``by`` is an
        editor's name, empty for the contributor. A correction brings ``posted`` (its address is not taken over) and
        new ``pictures``.

        Raises:
            DecisionError: not possible in the state that the submission has by now.
        """
        with self._database.writing() as connection:
            deciding.decide(connection, submission, decision, text=text, posted=posted, pictures=pictures, by=by, at=at)

    def remember_member_email(self, member: str, email: str) -> None:
        """Remember that an address was accepted for a member; only its keyed hash is kept."""
        with self._database.writing() as connection:
            persons.remember_member_email(connection, member, email, self._seal)

    def knows_member_email(self, member: str, email: str) -> bool | None:
        """Whether the address is one accepted for the member before; None where none was."""
        with self._database.reading() as connection:
            return persons.knows_member_email(connection, member, email, self._seal)

    # --- the worker ---

    def lease(self, worker: str, now: dt.datetime, for_: dt.timedelta) -> Lease | None:
        """Take the submission that has been due longest, for a time in which no other worker gets it."""
        with self._database.writing() as connection:
            return leasing.lease(connection, worker, now, now + for_, self._seal)

    def finish(
        self,
        held: Lease,
        submission: Submission,
        *,
        moments: Sequence[Moment] = (),
        mails: Sequence[Mail] = (),
        carried_out: Sequence[Decision] = (),
        claims: Sequence[str] | None = None,
        now: dt.datetime,
        keep_until: dt.datetime | None = None,
    ) -> Lease | None:
        """Write what came of a lease, in one go, and give it back. It is due again at ``submission.next_try``.

        With ``keep_until`` it is not given back: the lease that goes on is returned. ``claims`` are the ids of entries and
        members that it will make, None where that is as it was.

        Raises:
            ClaimedError: another submission under way makes one of these; nothing was written.
            LeaseLostError: it ran out and another worker has it; nothing was written.
        """
        with self._database.writing() as connection:
            leasing.finish(
                connection,
                held,
                submission,
                moments=moments,
                mails=mails,
                carried_out=carried_out,
                claims=claims,
                now=now,
                keep_until=keep_until,
            )
            return leasing.kept(connection, held, keep_until, self._seal) if keep_until else None

    def give_back(self, worker: str) -> None:
        """Give back what a worker of this name had leased when it was stopped; to be called before it starts again."""
        with self._database.writing() as connection:
            leasing.give_back(connection, worker)

    def wake(self, submission: str, now: dt.datetime) -> bool:
        """Have a submission looked at as soon as possible (a webhook, an editor's « try again »)."""
        with self._database.writing() as connection:
            return leasing.wake(connection, submission, now)

    def queue_mail(self, mail: Mail, at: dt.datetime) -> bool:
        """Ask for a mail to the editors, once for each kind and ref; says whether it is the first time."""
        with self._database.writing() as connection:
            return accepting.queue_mail(connection, "", mail, at)

    def take_mail(self, worker: str, now: dt.datetime, for_: dt.timedelta) -> Letter | None:
        """Take the mail that has been due longest."""
        with self._database.writing() as connection:
            return outbox.take(connection, worker, now, now + for_)

    def settle_mail(
        self, letter: Letter, *, sent: dt.datetime | None, next_try: dt.datetime | None = None, trouble: str = ""
    ) -> None:
        """What became of a mail: sent, to be tried again, or (neither) given up."""
        with self._database.writing() as connection:
            outbox.settle(connection, letter, sent=sent, next_try=next_try, trouble=trouble)


def _checked_seal(connection: Connection, key: bytes | None) -> Seal:
    """The seal of this database, which knows its key from now on. Raises StoreKeyError unless it is this one."""
    seal = seal_of(lambda name: read_meta(connection, name), key)
    if not read_meta(connection, CHECK):
        connection.execute(insert(META).values(name=CHECK, value=check_of(seal)))
    return seal

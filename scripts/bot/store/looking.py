"""What the database is asked without being changed: submissions and what belongs to them, and how many there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from scripts.bot.store import reading

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection

    from scripts.bot.store.engine import Database
    from scripts.bot.store.sealing import Seal
    from scripts.bot.submission import Decision, Moment, Picture, State, Submission


class Looking:
    """The part of `scripts.bot.store.Store` that only reads."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    def by_id(self, submission: str) -> Submission | None:
        """The submission of this id."""
        with self._database.reading() as connection:
            return reading.by_id(connection, submission, self._seal)

    def by_key(self, key: str) -> Submission | None:
        """The submission that was accepted with this idempotency key."""
        with self._database.reading() as connection:
            return reading.by_key(connection, key, self._seal)

    def by_status_token(self, token: str) -> Submission | None:
        """The submission whose status address ends in this token."""
        with self._database.reading() as connection:
            return reading.by_status_token(connection, token, self._seal)

    def by_number(self, number: int) -> Submission | None:
        """The submission whose request at the forge has this number."""
        with self._database.reading() as connection:
            return reading.by_number(connection, number, self._seal)

    def listed(
        self,
        states: Collection[State],
        *,
        limit: int = 100,
        after: dt.datetime | None = None,
        newest_first: bool = False,
    ) -> list[Submission]:
        """Submissions in these states, oldest first unless asked otherwise; ``after`` continues from the last ``created``."""
        with self._database.reading() as connection:
            return reading.listed(connection, states, self._seal, limit=limit, after=after, newest_first=newest_first)

    def timeline(self, submission: str) -> list[Moment]:
        """What happened to a submission, in order."""
        with self._database.reading() as connection:
            return reading.timeline(connection, submission)

    def pictures(self, submission: str) -> tuple[Picture, ...]:
        """The pictures of a submission, by name."""
        with self._database.reading() as connection:
            return reading.pictures(connection, submission)

    def pending(self, submission: str) -> tuple[Decision, ...]:
        """Decisions that the worker has still to carry out, in order."""
        with self._database.reading() as connection:
            return reading.pending(connection, submission)

    def counts(self) -> dict[State, int]:
        """How many submissions there are in each state."""
        with self._database.reading() as connection:
            return reading.counts(connection)

    def delays(self) -> list[tuple[dt.datetime, dt.datetime]]:
        """When each proposal that is online came in, and when it got there."""
        with self._database.reading() as connection:
            return reading.delays(connection)

    def mails_waiting(self) -> int:
        """How many mails are still to be sent."""
        with self._database.reading() as connection:
            return reading.mails_waiting(connection)

    def is_claimed(self, name: str, *, but_by: str = "") -> bool:
        """Whether another submission under way than ``but_by`` will make an entry or a member of this name."""
        with self._database.reading() as connection:
            return reading.is_claimed(connection, name, but_by)

    def entry_ids_taken(self) -> frozenset[str]:
        """The ids of entries that submissions under way will make."""
        with self._database.reading() as connection:
            return reading.entry_ids_taken(connection)

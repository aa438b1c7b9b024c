"""Files that publication had to take back or leave out, while they are so: whom that was told to, and what is still to be said.

A row names a file of the repository and what is wrong with it, as publication's report does; it leads to nobody. It goes as soon as
a report no longer has the file, and whoever breaks it again makes a new one.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Column, Connection, Index, Integer, Table, Text, delete, select, text, update

from scripts.bot.store.accepting import insert_once, queue_mail
from scripts.bot.store.rows import dump
from scripts.bot.store.tables import METADATA, SUBMISSIONS, Time
from scripts.bot.submission import Mail, State

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping, Sequence

    from plugins.model.yaml.reader import Json
    from scripts.bot.store.engine import Database

TO_EDITORS: Final = "broken"
TO_AUTHOR: Final = "broken-page"
"""Kinds of mails."""

BROKEN = Table(
    "broken",
    METADATA,
    Column("path", Text, primary_key=True),  # below the root
    Column("since", Time, nullable=False),
    Column("facts", Text, nullable=False),  # what is wrong, and what is shown instead
    Column("attempts", Integer, nullable=False),  # at the comment
    Column("next_try", Time),  # when to write the comment; null: it is written
    Index("broken_due", "next_try"),
)


@dataclass(frozen=True, slots=True)
class BrokenFile:
    """A file that is broken, since when, and how (`scripts.bot.broken.report`)."""

    path: str
    since: dt.datetime
    facts: Json
    attempts: int = 0

    @property
    def ref(self) -> str:
        """The file, broken this time."""
        return f"{self.path} {self.since.isoformat()}"


@dataclass(frozen=True, slots=True)
class News:
    """What a report has that the one before had not, and the other way round."""

    broken: tuple[BrokenFile, ...]
    mended: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Letters:
    """How mails are worded; None where nobody is to be written to."""

    to_editors: Callable[[Sequence[BrokenFile]], Json] | None = None
    to_author: Callable[[BrokenFile], Json] | None = None


class Broken:
    """The broken files. Each method is one transaction and may raise StoreError."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, found: Mapping[str, Json], letters: Letters, now: dt.datetime) -> News:
        """What is broken as of now, by path; asks for the mails and comments that news need, with the news or not at all."""
        with self._database.writing() as connection:
            known = {row.path: row.facts for row in connection.execute(select(BROKEN))}
            new = []
            for path, facts in sorted(found.items()):
                row = {"path": path, "since": now, "facts": dump(facts), "attempts": 0, "next_try": now}
                if insert_once(connection, BROKEN, row, "path"):
                    new.append(BrokenFile(path, now, facts))
                elif known.get(path) != row["facts"]:  # the comment is brought up to date; nobody is told again
                    again = {"facts": row["facts"], "next_try": now, "attempts": 0}
                    connection.execute(update(BROKEN).where(BROKEN.c.path == path).values(**again))
            mended = tuple(sorted(known.keys() - found.keys()))
            for path in mended:
                connection.execute(delete(BROKEN).where(BROKEN.c.path == path))
            _write(connection, new, letters, now)
        return News(tuple(new), mended)

    def listed(self) -> list[BrokenFile]:
        """What is broken now, by path."""
        with self._database.reading() as connection:
            return [_as_file(row) for row in connection.execute(select(BROKEN).order_by(BROKEN.c.path))]

    def request_of(self, path: str) -> int | None:
        """The number of the latest accepted request for a file, where the store knows one."""
        with self._database.reading() as connection:
            row = _latest(connection, path)
            return row.number if row else None

    def take(self, now: dt.datetime, for_: dt.timedelta) -> BrokenFile | None:
        """The file whose comment has been due longest, for a time in which no other worker gets it."""
        query = (
            select(BROKEN)
            .where(BROKEN.c.next_try <= now)
            .order_by(BROKEN.c.next_try, BROKEN.c.path)
            .limit(1)
            .with_for_update(skip_locked=True)
        )
        with self._database.writing() as connection:
            row = connection.execute(query).one_or_none()
            if row is None:
                return None
            connection.execute(update(BROKEN).where(BROKEN.c.path == row.path).values(next_try=now + for_))
        return _as_file(row)

    def settle(self, file: BrokenFile, *, next_try: dt.datetime | None = None) -> None:
        """The comment is written as ``file`` says it, or is to be tried again; nothing where the file is otherwise by now."""
        here = (BROKEN.c.path == file.path) & (BROKEN.c.since == file.since) & (BROKEN.c.facts == dump(file.facts))
        attempts = 0 if next_try is None else file.attempts + 1
        with self._database.writing() as connection:
            connection.execute(update(BROKEN).where(here).values(next_try=next_try, attempts=attempts))


def make_table(connection: Connection) -> None:
    """Version 4 of the database."""
    connection.execute(
        text(
            "CREATE TABLE broken (path TEXT NOT NULL, since BIGINT NOT NULL, facts TEXT NOT NULL, "
            "attempts INTEGER NOT NULL, next_try BIGINT, PRIMARY KEY (path))"
        )
    )
    connection.execute(text("CREATE INDEX broken_due ON broken (next_try)"))


def _write(connection: Connection, new: Sequence[BrokenFile], letters: Letters, now: dt.datetime) -> None:
    """One mail to the editors about all, one to each author about his."""
    if new and letters.to_editors:
        queue_mail(connection, "", Mail(TO_EDITORS, now.isoformat(), letters.to_editors(new)), now)
    for file in new if letters.to_author else ():
        row = _latest(connection, file.path)
        if row is not None and row.email and letters.to_author:
            queue_mail(connection, row.id, Mail(TO_AUTHOR, file.ref, letters.to_author(file)), now)


def _latest(connection: Connection, path: str) -> Any:
    """The latest accepted submission that wrote a file."""
    accepted = SUBMISSIONS.c.state.in_([State.MERGED.value, State.PUBLISHED.value])
    query = select(SUBMISSIONS).where(accepted, SUBMISSIONS.c.paths.contains(dump(path), autoescape=True))
    rows = connection.execute(query.order_by(SUBMISSIONS.c.created.desc(), SUBMISSIONS.c.id.desc()))
    return next((row for row in rows if path in json.loads(row.paths)), None)


def _as_file(row: Any) -> BrokenFile:
    return BrokenFile(row.path, row.since, json.loads(row.facts), row.attempts)

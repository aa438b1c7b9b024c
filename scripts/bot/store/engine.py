"""Connections to SQLite or PostgreSQL, and their errors as ours.

SQLite: write-ahead log; a commit is on the disk when it returns (``synchronous=FULL``). Writers begin with ``BEGIN IMMEDIATE``
(https://sqlite.org/lang_transaction.html), so a transaction that began can also commit, and those of one process queue at a
lock instead of asking the file again and again.
"""

from __future__ import annotations

import contextlib
import os
import sqlite3
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from scripts.bot.store.errors import StoreBusyError, StoreDamagedError, StoreError, StoreFullError

if TYPE_CHECKING:
    from collections.abc import Iterator

PATIENCE = 5.0  # seconds to wait for a lock, a connection or a statement
_WRITING = "BEGIN IMMEDIATE"
_LOOK_AGAIN = 0.001  # seconds between two looks at a lock that another process holds
_BUSY = {"SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_PROTOCOL"}
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_POSTGRESQL_BUSY = (
    "08",
    "40",
    "53300",
    "55P03",
    "57014",
    "57P",
)  # SQLSTATE: connection, rollback, too many, lock, time
_POSTGRESQL_FULL = ("53100",)


class Database:
    """One database, for any number of threads. ``url`` is ``sqlite:///path`` or ``postgresql://…``."""

    def __init__(self, url: str, *, patience: float = PATIENCE) -> None:
        made = make_url(url)
        self.is_sqlite = made.get_backend_name() == "sqlite"
        self.path = Path(made.database) if self.is_sqlite and made.database else None
        self.patience = patience
        self._turn = threading.Lock()
        if self.is_sqlite:
            if self.path is None:
                raise StoreError("the database has to be a file")
            _private_file(self.path)
            self._engine = _sqlite(url, patience)
        else:
            self._engine = _postgresql(url, patience)

    @contextlib.contextmanager
    def reading(self) -> Iterator[Connection]:
        """A transaction that sees one state and changes nothing."""
        with _translated(), self._engine.begin() as connection:
            yield connection

    @contextlib.contextmanager
    def writing(self) -> Iterator[Connection]:
        """A transaction that may change things; all of it is there when the block ends, or none of it."""
        with _translated(), self._own_turn(), self._engine.execution_options(writes=True).begin() as connection:
            yield connection

    def close(self) -> None:
        """Give all connections back."""
        self._engine.dispose()

    @contextlib.contextmanager
    def _own_turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=self.patience):
            raise StoreBusyError("the other threads did not finish writing in time")
        try:
            yield
        finally:
            self._turn.release()


def _private_file(path: Path) -> None:
    """Nobody but the service's user reads the database; its log and index files take over its permissions."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.close(os.open(path, os.O_CREAT | os.O_RDWR, 0o600))
    except OSError as error:
        raise StoreError(f"the database {path} cannot be opened: {error.strerror}") from error


def _sqlite(url: str, patience: float) -> Engine:
    engine = create_engine(
        url, connect_args={"timeout": patience, "check_same_thread": False}, pool_size=8, max_overflow=56
    )

    @event.listens_for(engine, "connect")
    def _connected(connection: Any, _record: object) -> None:
        connection.isolation_level = None  # transactions begin where we say, not where the driver guesses
        # What is deleted is overwritten, so that nobody finds it in the file (not every SQLite is built to do so).
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "journal_size_limit=67108864",
            "secure_delete=ON",
        ):
            connection.execute(f"PRAGMA {pragma}").close()

    @event.listens_for(engine, "begin")
    def _begun(connection: Connection) -> None:
        if connection.get_execution_options().get("writes", False):
            _begin_writing(connection, patience)
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def _begin_writing(connection: Connection, patience: float) -> None:
    """Take the write lock soon after another process gives it back.

    SQLite itself sleeps longer and longer between two looks, up to a tenth of a second, while the lock is free.
    """
    raw: Any = connection.connection.driver_connection
    until = time.monotonic() + patience
    raw.execute("PRAGMA busy_timeout=0").close()
    try:
        while not _is_begun(raw):
            if time.monotonic() >= until:
                connection.exec_driver_sql(_WRITING)  # a last time, for the error
                return
            time.sleep(_LOOK_AGAIN)
    finally:
        raw.execute(f"PRAGMA busy_timeout={int(patience * 1000)}").close()


def _is_begun(raw: Any) -> bool:
    """Begin a transaction that writes; False where another process has the lock."""
    try:
        raw.execute(_WRITING).close()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname not in _BUSY:
            raise
        return False
    return True


def _postgresql(url: str, patience: float) -> Engine:
    milliseconds = int(patience * 1000)
    return create_engine(
        make_url(url).set(drivername="postgresql+psycopg"),
        pool_pre_ping=True,
        pool_size=8,
        max_overflow=24,
        pool_timeout=patience,
        connect_args={
            "connect_timeout": max(2, int(patience)),
            "options": f"-c lock_timeout={milliseconds} -c statement_timeout={milliseconds * 6}",
        },
    )


@contextlib.contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except DBAPIError as error:
        raise _our_error(error) from error
    except PoolTimeoutError as error:
        raise StoreBusyError("no connection to the database was free") from error
    except SQLAlchemyError as error:
        raise StoreError(type(error).__name__) from error


def _our_error(error: DBAPIError) -> StoreError:
    """The kind of error, without the statement's values: they may hold what nobody should read in a log."""
    cause = error.orig
    name = getattr(cause, "sqlite_errorname", "") if isinstance(cause, sqlite3.Error) else ""
    state = getattr(cause, "sqlstate", None) or ""
    if name.startswith(_DAMAGED):
        return StoreDamagedError(f"the database is damaged ({name})")
    if name == "SQLITE_FULL" or state.startswith(_POSTGRESQL_FULL):
        return StoreFullError("no room left on the database's disk")
    if (
        any(name.startswith(busy) for busy in _BUSY)
        or state.startswith(_POSTGRESQL_BUSY)
        or error.connection_invalidated
    ):
        return StoreBusyError(f"the database did not answer in time ({name or state})")
    if not name and not state:  # psycopg could not even connect
        return StoreBusyError("the database could not be reached")
    return StoreError(f"the database refused ({name or state})")

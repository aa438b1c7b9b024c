"""How a database is doing, found out without changing it."""

from __future__ import annotations

import contextlib
import sqlite3
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import inspect, text

from scripts.bot.store.engine import Database
from scripts.bot.store.errors import StoreBusyError, StoreError, StoreKeyError
from scripts.bot.store.files import NotSqliteError, read_only, sqlite_path, strangers
from scripts.bot.store.keys import seal_of
from scripts.bot.store.migrations import FIRST, STEPS, read_meta
from scripts.bot.store.tables import META

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

NEWEST = max(STEPS, default=FIRST)
_PATIENCE = 5.0  # seconds


@dataclass(frozen=True, slots=True)
class Condition:
    """What was found.

    version: of the tables; 0 where there are none yet. damage: what SQLite's check says, empty if nothing.
    key_fits: whether the key is the one the database was made with. log: whether SQLite keeps a write-ahead log.
    open_to: permission bits that strangers have on a file of it, 0 for a server. careless: the server's
    settings by which an acknowledged submission could be lost in a power failure.
    """

    version: int = 0
    damage: str = ""
    key_fits: bool = True
    log: bool = True
    open_to: int = 0
    careless: tuple[str, ...] = ()


def examine(url: str, key: bytes | None) -> Condition:
    """The condition of the database at ``url``.

    Raises:
        StoreError: it cannot be read at all.
    """
    try:
        path = sqlite_path(url)
    except NotSqliteError:
        return _server(url, key)
    return _file(path, key) if path.exists() and path.stat().st_size else Condition()


def _file(path: Path, key: bytes | None) -> Condition:
    files = [path, *(path.with_name(path.name + end) for end in ("-wal", "-shm"))]
    open_to = 0
    for file in files:
        open_to |= file.stat().st_mode & strangers(path.parent) if file.exists() else 0
    try:
        with contextlib.closing(read_only(path, _PATIENCE)) as connection:
            damage = str(connection.execute("PRAGMA integrity_check(1)").fetchone()[0])
            log = connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            meta = dict(connection.execute("SELECT name, value FROM meta").fetchall())
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
            raise StoreBusyError("the database did not answer in time") from error
        raise StoreError(error.sqlite_errorname) from error
    except sqlite3.DatabaseError as error:
        return Condition(damage=error.sqlite_errorname, open_to=open_to)
    return Condition(
        version=int(meta.get("schema_version", 0)),
        damage="" if damage == "ok" else damage,
        key_fits=_fits(key, lambda name: meta.get(name, "")),
        log=log,
        open_to=open_to,
    )


def _server(url: str, key: bytes | None) -> Condition:
    database = Database(url, patience=_PATIENCE)
    try:
        with database.reading() as connection:
            careless = tuple(
                name
                for name in ("fsync", "synchronous_commit", "full_page_writes")
                if connection.execute(text(f"SHOW {name}")).scalar_one() == "off"
            )
            if not inspect(connection).has_table(META.name):
                return Condition(careless=careless)
            version = read_meta(connection, "schema_version")
            fits = _fits(key, lambda name: read_meta(connection, name))
    finally:
        database.close()
    return Condition(version=int(version or 0), key_fits=fits, careless=careless)


def _fits(key: bytes | None, read: Callable[[str], str]) -> bool:
    try:
        seal_of(read, key)
    except StoreKeyError:
        return False
    return True

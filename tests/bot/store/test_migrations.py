"""An older database that was brought up to date is the same as a new one."""

from __future__ import annotations

import contextlib
import sqlite3
from typing import TYPE_CHECKING

from scripts.bot.store import Store
from tests.bot.samples import new

if TYPE_CHECKING:
    from pathlib import Path


def described(path: Path) -> list[tuple[object, ...]]:
    """Columns and indexes of each table."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        columns = [(name, *row) for name in names for row in connection.execute(f"PRAGMA table_info({name})")]
        indexes = [(name, row[1], row[2]) for name in names for row in connection.execute(f"PRAGMA index_list({name})")]
    return sorted([*columns, *indexes], key=str)


def test_version_1_becomes_the_present_one_and_keeps_what_it_holds(tmp_path: Path) -> None:
    old, fresh = tmp_path / "old.db", tmp_path / "new.db"
    Store.open(f"sqlite:///{fresh}", key=None).close()
    store = Store.open(f"sqlite:///{old}", key=None)
    store.add(new())
    store.close()
    with contextlib.closing(sqlite3.connect(old)) as connection, connection:
        connection.execute("DROP TABLE issues")
        connection.execute("DROP TABLE asks")
        connection.execute("DROP TABLE broken")
        connection.execute("UPDATE meta SET value = '1' WHERE name = 'schema_version'")
    store = Store.open(f"sqlite:///{old}", key=None)
    assert store.by_id(new().id) is not None
    store.close()
    assert described(old) == described(fresh)

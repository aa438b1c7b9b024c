"""All of one database into another, empty one: from SQLite to PostgreSQL when one machine is not enough, or back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, Integer, Table, func, insert, inspect, select, text

from scripts.bot.store.backup import close_down
from scripts.bot.store.engine import Database
from scripts.bot.store.errors import StoreError
from scripts.bot.store.tables import META, METADATA, SUBMISSIONS

if TYPE_CHECKING:
    from collections.abc import Iterator

AT_ONCE: Final = 200  # rows, some of which hold pictures
_PATIENCE: Final = 30.0  # seconds


class NotEmptyError(StoreError):
    """The other database has something in it already."""


def move(source: str, target: str) -> int:
    """Copy every row of the database at ``source`` to the one at ``target``, in one transaction; how many submissions that is.

    The source is left as it is. It has to be of this program's version, which opening it sees to.

    Raises:
        StoreBusyError: a process still has the source open (SQLite), so what it accepts would be left behind.
        NotEmptyError: there are tables in the target already.
    """
    here, there = Database(source, patience=_PATIENCE), Database(target, patience=_PATIENCE)
    try:
        if here.path is not None:
            close_down(here.path, here.path)
        with here.reading() as reading, there.writing() as writing:
            if inspect(writing).has_table(META.name):
                raise NotEmptyError("there are tables already")
            METADATA.create_all(writing)
            for table in METADATA.sorted_tables:
                for rows in _rows(reading, table):
                    writing.execute(insert(table), rows)
                _count_on(writing, table)
            return writing.execute(select(func.count()).select_from(SUBMISSIONS)).scalar_one()
    finally:
        here.close()
        there.close()


def _rows(connection: Connection, table: Table) -> Iterator[list[dict[str, Any]]]:
    result = connection.execution_options(yield_per=AT_ONCE).execute(select(table))
    for part in result.mappings().partitions():
        yield [dict(row) for row in part]


def _count_on(connection: Connection, table: Table) -> None:
    """PostgreSQL numbers new rows from a sequence, which has to know the numbers that were brought along."""
    (column, *more) = table.primary_key.columns
    if connection.dialect.name != "postgresql" or more or not isinstance(column.type, Integer):
        return
    last = connection.execute(select(func.max(column))).scalar()
    if last is not None:
        sequence = text("SELECT setval(pg_get_serial_sequence(:table, :column), :last)")
        connection.execute(sequence, {"table": table.name, "column": column.name, "last": last})

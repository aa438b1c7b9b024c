"""The schema's versions. A new database gets the tables as they are; an older one the steps that it lacks.

Step N is a function that brings a database from version N-1 to N; it is written in SQL of its own, since the tables
of this program are those of the last version. ``tests/bot/store/test_migrations.py`` holds both ways to one result.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

from sqlalchemy import Connection, insert, inspect, select, text, update

from scripts.bot.store import broken, exactness, issues
from scripts.bot.store.errors import SchemaVersionError
from scripts.bot.store.tables import META, METADATA

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping


FIRST = 1
STEPS: Mapping[int, Callable[[Connection], None]] = {
    2: issues.make_table,
    3: exactness.make_table,
    4: broken.make_table,
}
_ONE_AT_A_TIME = 4_711_2026  # the number of our advisory lock in PostgreSQL


def migrate(
    connection: Connection, random: Callable[[int], bytes], steps: Mapping[int, Callable[[Connection], None]] = STEPS
) -> None:
    """Bring the database to the version of this program, in the caller's transaction.

    Raises:
        SchemaVersionError: it is newer already.
    """
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:number)"), {"number": _ONE_AT_A_TIME})
    newest = max(steps, default=FIRST)
    if not inspect(connection).has_table(META.name):
        METADATA.create_all(connection)
        secret = base64.urlsafe_b64encode(random(32)).decode("ascii")
        rows = [{"name": "schema_version", "value": str(newest)}, {"name": "secret", "value": secret}]
        connection.execute(insert(META), rows)
        return
    version = int(read_meta(connection, "schema_version"))
    if version > newest:
        raise SchemaVersionError(f"the database has version {version}, this program knows {newest}")
    for number in range(version + 1, newest + 1):
        steps[number](connection)
        connection.execute(update(META).where(META.c.name == "schema_version").values(value=str(number)))


def read_meta(connection: Connection, name: str) -> str:
    """A value that the database keeps about itself; empty if there is none."""
    return connection.execute(select(META.c.value).where(META.c.name == name)).scalar() or ""

"""The key of a database: whether one is its own, and another one in its place."""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING, Final

from sqlalchemy import delete, insert, select, text, update

from scripts.bot.store.backup import close_down
from scripts.bot.store.engine import Database
from scripts.bot.store.errors import StoreBusyError, StoreKeyError
from scripts.bot.store.migrations import read_meta
from scripts.bot.store.sealing import Seal
from scripts.bot.store.tables import META, SUBMISSIONS

if TYPE_CHECKING:
    from collections.abc import Callable

CHECK: Final = "key_check"
_SECRET, _KEPT = "secret", "hash_secret"
_PATIENCE: Final = 30.0  # seconds
_LOOKS: Final = 20


def seal_of(read: Callable[[str], str], key: bytes | None) -> Seal:
    """The seal of the database whose values ``read`` gives (empty for none). Raises StoreKeyError unless ``key`` is its own."""
    seal = Seal(key, base64.urlsafe_b64decode(read(_SECRET)), read(_KEPT))
    known = read(CHECK)
    if known and known != check_of(seal):
        raise StoreKeyError("the database was made with another key, or without one")
    return seal


def check_of(seal: Seal) -> str:
    """What a database keeps to know its key by."""
    return seal.keyed_hash("check", "")


def change_key(url: str, old: bytes | None, new: bytes) -> int:
    """Seal everything in the database at ``url`` with another key, in one transaction; how many addresses that are.

    The database has to be of this program's version. Whoever has it open would go on sealing with the old key.

    Raises:
        StoreBusyError: a process still has it open; nothing was changed.
        StoreKeyError: ``old`` is not its key.
    """
    database = Database(url, patience=_PATIENCE)
    try:
        if database.path is not None:
            close_down(database.path, database.path)
        else:
            _be_alone(database)
        with database.writing() as connection:
            seal = seal_of(lambda name: read_meta(connection, name), old)
            fresh, kept = seal.with_key(new)
            sealed = select(SUBMISSIONS.c.id, SUBMISSIONS.c.email).where(SUBMISSIONS.c.email != "")
            rows = connection.execute(sealed).all()
            for row in rows:
                again = fresh.seal(seal.unseal(row.email))
                connection.execute(update(SUBMISSIONS).where(SUBMISSIONS.c.id == row.id).values(email=again))
            connection.execute(delete(META).where(META.c.name == _KEPT))
            connection.execute(insert(META).values(name=_KEPT, value=kept))
    finally:
        database.close()
    return len(rows)


def _be_alone(database: Database) -> None:
    """Ask PostgreSQL who else is there; who has just left may still be listed for a moment."""
    others = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'"
    )
    for _ in range(_LOOKS):
        with database.reading() as connection:  # a transaction sees one list only
            if not connection.execute(others).scalar_one():
                return
            connection.execute(text("SELECT pg_sleep(0.1)"))
    raise StoreBusyError("a process still has the database open")

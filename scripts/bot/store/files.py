"""An SQLite database as a file, looked at beside the program's own connections."""

from __future__ import annotations

import sqlite3
import stat
from pathlib import Path
from urllib.parse import quote

from sqlalchemy import make_url

from scripts.bot.store.errors import StoreError


class NotSqliteError(StoreError):
    """The database is a server's, which has tools of its own."""


def sqlite_path(url: str) -> Path:
    """The file of an SQLite database. Raises NotSqliteError for another kind."""
    made = make_url(url)
    if made.get_backend_name() != "sqlite" or not made.database:
        raise NotSqliteError("only SQLite databases are files")
    return Path(made.database).absolute()


def strangers(folder: Path) -> int:
    """The permission bits that nobody may have on a file in ``folder``.

    In a folder whose set-group-ID bit is set, the group shares the files: intake and worker are then two users of one group.
    """
    return stat.S_IRWXO if folder.stat().st_mode & stat.S_ISGID else stat.S_IRWXO | stat.S_IRWXG


def read_only(path: Path, patience: float) -> sqlite3.Connection:
    """A connection that can change nothing and makes no file where there is none; ``patience`` in seconds.

    Raises:
        sqlite3.OperationalError: there is no such file.
    """
    return sqlite3.connect(f"file:{quote(str(path))}?mode=ro", uri=True, timeout=patience)


def shown(url: str) -> str:
    """A database's address without its password, as PostgreSQL's own programs take it."""
    made = make_url(url)
    driver = "postgresql" if made.get_backend_name() == "postgresql" else made.drivername
    # ``set`` takes None for « as it is », so the password would stay.
    return made._replace(drivername=driver, password=None).render_as_string(hide_password=False)

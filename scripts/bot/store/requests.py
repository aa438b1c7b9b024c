"""The requests of the local forge: a number for each branch, and whether it is open, merged or closed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ColumnElement, Connection, select, update

from scripts.bot.store.accepting import insert_once
from scripts.bot.store.tables import REQUESTS

if TYPE_CHECKING:
    import datetime as dt

    from scripts.bot.store.engine import Database


@dataclass(frozen=True, slots=True)
class LocalRequest:
    """One request; ``merge_commit`` is empty until it is merged."""

    number: int
    branch: str
    state: str
    merge_commit: str
    updated: dt.datetime


class Requests:
    """The register that `scripts.bot.forges.local` keeps."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of_branch(self, branch: str) -> LocalRequest | None:
        """The request of a branch."""
        return self._one(REQUESTS.c.branch == branch)

    def by_number(self, number: int) -> LocalRequest | None:
        """The request of this number."""
        return self._one(REQUESTS.c.number == number)

    def open(self, branch: str, at: dt.datetime) -> LocalRequest:
        """The request of a branch, made if there is none."""
        row = {"branch": branch, "state": "open", "merge_commit": "", "updated": at}
        with self._database.writing() as connection:
            insert_once(connection, REQUESTS, row, "branch")
            return _as_request(connection.execute(_where(REQUESTS.c.branch == branch)).one())

    def settle(self, number: int, state: str, merge_commit: str, at: dt.datetime) -> None:
        """A request is merged or closed from now on."""
        with self._database.writing() as connection:
            _settle(connection, number, {"state": state, "merge_commit": merge_commit, "updated": at})

    def _one(self, here: ColumnElement[bool]) -> LocalRequest | None:
        with self._database.reading() as connection:
            row = connection.execute(_where(here)).one_or_none()
        return _as_request(row) if row else None


def _where(here: ColumnElement[bool]) -> Any:
    return select(REQUESTS).where(here)


def _settle(connection: Connection, number: int, values: dict[str, Any]) -> None:
    connection.execute(update(REQUESTS).where(REQUESTS.c.number == number).values(**values))


def _as_request(row: Any) -> LocalRequest:
    return LocalRequest(row.number, row.branch, row.state, row.merge_commit, row.updated)

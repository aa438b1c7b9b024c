"""What is wrong with the service itself, for those who run it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import Connection, delete, select, update

from scripts.bot.store.accepting import insert_once
from scripts.bot.store.tables import NOTICES

if TYPE_CHECKING:
    import datetime as dt


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that keeps the service from working as it should: a French sentence, and since when."""

    name: str
    text: str
    since: dt.datetime


def raise_notice(connection: Connection, name: str, text: str, at: dt.datetime) -> bool:
    """Something is wrong; says whether that is news. What was known keeps the time at which it began."""
    if insert_once(connection, NOTICES, {"name": name, "text": text, "since": at}, "name"):
        return True
    connection.execute(update(NOTICES).where(NOTICES.c.name == name).values(text=text))
    return False


def clear_notice(connection: Connection, name: str) -> None:
    """It works again."""
    connection.execute(delete(NOTICES).where(NOTICES.c.name == name))


def notices(connection: Connection) -> list[Notice]:
    """What is wrong now, oldest first."""
    rows = connection.execute(select(NOTICES).order_by(NOTICES.c.since, NOTICES.c.name))
    return [Notice(row.name, row.text, row.since) for row in rows]

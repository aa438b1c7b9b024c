"""« Toujours exact ? »: whom editors asked about which page, and what was answered.

A row names a page and a day; the only way from it to a person is the submission whose sender was asked, and that is cut as soon as
the submission's own data go.
"""

from __future__ import annotations

import datetime as dt
import hmac
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import (
    Column,
    Connection,
    Index,
    PrimaryKeyConstraint,
    Table,
    Text,
    and_,
    delete,
    or_,
    select,
    text,
    update,
)

from scripts.bot.store.accepting import insert_once, queue_mail
from scripts.bot.store.sealing import token_hash
from scripts.bot.store.tables import METADATA, SUBMISSIONS, Time
from scripts.bot.submission import Mail, State

if TYPE_CHECKING:
    from collections.abc import Collection

    from plugins.model.yaml.reader import Json
    from scripts.bot.store.engine import Database
    from scripts.bot.store.sealing import Seal

KIND: Final = "exact"
PERIOD: Final = dt.timedelta(days=90)  # nobody is asked twice about one page in this time
LIFETIME: Final = dt.timedelta(days=180)  # for which the link in the mail works
KEPT: Final = dt.timedelta(days=3 * 366)  # answers count for two years; then they only take room

ASKS = Table(
    "asks",
    METADATA,
    Column("target", Text, nullable=False),  # the id of an entry or member
    Column("period", Text, nullable=False),  # the day of asking, in UTC: two editors at once ask once
    Column("submission", Text, nullable=False),  # whose sender was asked; empty when that must not be known any more
    Column("asked", Time, nullable=False),
    Column("token_hash", Text, nullable=False, unique=True),
    Column("answered", Time),  # when somebody last said that all is exact
    PrimaryKeyConstraint("target", "period"),
    Index("asks_submission", "submission"),
)


@dataclass(frozen=True, slots=True)
class Asked:
    """That somebody was asked about a page, and when he said that all is exact."""

    target: str
    period: str
    asked: dt.datetime
    answered: dt.datetime | None


class Exactness:
    """The questions. Each method is one transaction and may raise StoreError."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database = database
        self._seal = seal

    def addressees(self) -> dict[str, str]:
        """Whom to ask about an entry or member: the latest accepted submission about it whose sender's address is still held."""
        columns = (SUBMISSIONS.c.id, SUBMISSIONS.c.entry_id, SUBMISSIONS.c.seen)
        query = select(*columns).where(_accepted(), SUBMISSIONS.c.email != "")
        found: dict[str, str] = {}
        with self._database.reading() as connection:
            for row in connection.execute(query.order_by(SUBMISSIONS.c.created, SUBMISSIONS.c.id)):
                found |= dict.fromkeys(_made(row), row.id)
        return found

    def latest(self) -> dict[str, Asked]:
        """The last question about each page."""
        with self._database.reading() as connection:
            rows = connection.execute(select(ASKS).order_by(ASKS.c.asked, ASKS.c.period))
            return {row.target: _as_asked(row) for row in rows}

    def confirmed(self) -> dict[str, dt.datetime]:
        """When each page was last said to be exact."""
        with self._database.reading() as connection:
            rows = connection.execute(select(ASKS).where(ASKS.c.answered.is_not(None)).order_by(ASKS.c.answered))
            return {row.target: row.answered for row in rows}

    def ask(self, target: str, title: str, address: str, now: dt.datetime) -> bool:
        """Have the author of a page asked by mail; False where nobody is known, or he was asked not long ago.

        ``title`` and ``address`` (in full) are the page's, for the mail.
        """
        with self._database.writing() as connection:
            submission = _addressee(connection, target)
            recent = select(ASKS.c.period).where(ASKS.c.target == target, ASKS.c.asked > now - PERIOD)
            if submission is None or connection.execute(recent).first() is not None:
                return False
            period = now.date().isoformat()
            hashed = token_hash(self.token(target, period))
            row = {"target": target, "period": period, "submission": submission, "asked": now, "token_hash": hashed}
            if not insert_once(connection, ASKS, row, "target", "period"):
                return False
            facts: Json = {"target": target, "period": period, "title": title, "address": address}
            return queue_mail(connection, submission, Mail(KIND, f"{target} {period}", facts), now)

    def token(self, target: str, period: str) -> str:
        """The secret end of the address in the mail."""
        return self._seal.token(KIND, f"{target} {period}")

    def by_token(self, token: str, now: dt.datetime) -> Asked | None:
        """The question to which a link belongs, as long as the link works."""
        with self._database.reading() as connection:
            return self._find(connection, token, now)

    def confirm(self, token: str, now: dt.datetime) -> Asked | None:
        """Whoever was asked says that all is still exact. None for a link that does not work."""
        with self._database.writing() as connection:
            found = self._find(connection, token, now)
            if found is not None:
                here = and_(ASKS.c.target == found.target, ASKS.c.period == found.period)
                connection.execute(update(ASKS).where(here).values(answered=now))
        return found

    def _find(self, connection: Connection, token: str, now: dt.datetime) -> Asked | None:
        here = and_(ASKS.c.token_hash == token_hash(token), ASKS.c.asked > now - LIFETIME)
        row = connection.execute(select(ASKS).where(here)).one_or_none()
        if row is None or not hmac.compare_digest(self.token(row.target, row.period).encode(), token.encode()):
            return None
        return _as_asked(row)


def asks_of(connection: Connection, submission: str) -> tuple[Asked, ...]:
    """What the sender of a submission was asked."""
    query = select(ASKS).where(ASKS.c.submission == submission).order_by(ASKS.c.asked)
    return tuple(_as_asked(row) for row in connection.execute(query))


def cut(connection: Connection, submissions: Collection[str]) -> None:
    """Nobody can be found through these questions any more; that a page was confirmed stays."""
    connection.execute(update(ASKS).where(ASKS.c.submission.in_(submissions)).values(submission=""))


def erase(connection: Connection, submissions: Collection[str], members: Collection[str]) -> None:
    """Take away what the senders of submissions were asked, and what was asked about members."""
    here = or_(ASKS.c.submission.in_(submissions), ASKS.c.target.in_(members))
    connection.execute(delete(ASKS).where(here))


def forget_old(connection: Connection, now: dt.datetime) -> None:
    """Drop questions that were never answered once their link is dead, and answers that count no longer."""
    silent = and_(ASKS.c.answered.is_(None), ASKS.c.asked <= now - LIFETIME)
    connection.execute(delete(ASKS).where(or_(silent, ASKS.c.asked <= now - KEPT)))


def make_table(connection: Connection) -> None:
    """Version 3 of the database."""
    connection.execute(
        text(
            "CREATE TABLE asks (target TEXT NOT NULL, period TEXT NOT NULL, submission TEXT NOT NULL, asked BIGINT NOT NULL,"
            " token_hash TEXT NOT NULL, answered BIGINT, PRIMARY KEY (target, period), UNIQUE (token_hash))"
        )
    )
    connection.execute(text("CREATE INDEX asks_submission ON asks (submission)"))


def _accepted() -> Any:
    return SUBMISSIONS.c.state.in_([State.MERGED.value, State.PUBLISHED.value])


def _addressee(connection: Connection, target: str) -> str | None:
    """As `Exactness.addressees`, for one page and with the row's lock held by the transaction."""
    about = or_(SUBMISSIONS.c.entry_id == target, SUBMISSIONS.c.seen.contains(f'"member":"{target}"', autoescape=True))
    query = select(SUBMISSIONS).where(_accepted(), SUBMISSIONS.c.email != "", about)
    rows = connection.execute(query.order_by(SUBMISSIONS.c.created, SUBMISSIONS.c.id)).all()
    return next((row.id for row in reversed(rows) if target in _made(row)), None)


def _made(row: Any) -> set[str]:
    """The entry or member that a submission was about, and the member that came with it."""
    member = json.loads(row.seen).get("member")
    return {row.entry_id, member if isinstance(member, str) else ""} - {""}


def _as_asked(row: Any) -> Asked:
    return Asked(row.target, row.period, row.asked, row.answered)

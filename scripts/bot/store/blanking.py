"""Taking a person out of a submission: all of it goes, or only what names or shows somebody."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import Connection, delete, update

from plugins.forms.posted import Posted
from scripts.bot.store import exactness
from scripts.bot.store.rows import posted_text
from scripts.bot.store.tables import CLAIMS, DECISIONS, MAILS, MOMENTS, PICTURES, REQUESTS, SUBMISSIONS
from scripts.bot.submission import BRANCH, State

if TYPE_CHECKING:
    from collections.abc import Collection

    from sqlalchemy import Row

PUBLIC: Final = frozenset({State.MERGED, State.PUBLISHED})
"""States in which what was proposed can be read by everybody."""

_LEASE: Final = ("lease_owner", "lease_until")

_FREE_WORDS: Final = ("question", "answer", "refused")
"""Moments in which people wrote what they liked."""


def vanish(connection: Connection, submissions: Collection[str]) -> None:
    """Delete submissions with everything that belongs to them."""
    for table in (PICTURES, MOMENTS, DECISIONS, MAILS, CLAIMS):
        connection.execute(delete(table).where(table.c.submission.in_(submissions)))
    branches = [BRANCH + one for one in submissions]
    connection.execute(delete(REQUESTS).where(REQUESTS.c.branch.in_(branches)))
    exactness.cut(connection, submissions)
    connection.execute(delete(SUBMISSIONS).where(SUBMISSIONS.c.id.in_(submissions)))


def blank(connection: Connection, row: Row[Any]) -> None:
    """Leave of a submission where it stands and what is public of it: no name, no address, no words, no picture.

    Whoever has it leased loses the lease, so that nothing is written back.
    """
    for table in (PICTURES, DECISIONS, MAILS):
        connection.execute(delete(table).where(table.c.submission == row.id))
    free = (MOMENTS.c.submission == row.id) & MOMENTS.c.kind.in_(_FREE_WORDS)
    connection.execute(update(MOMENTS).where(free).values(text=""))
    exactness.cut(connection, [row.id])
    connection.execute(update(SUBMISSIONS).where(SUBMISSIONS.c.id == row.id).values(_left_of(row)))


def is_blank(row: Row[Any]) -> bool:
    """Whether nothing is left to take out."""
    left = _left_of(row)
    return all(getattr(row, name) == value for name, value in left.items() if name not in _LEASE)


def _left_of(row: Row[Any]) -> dict[str, Any]:
    values: dict[str, Any] = {
        "posted": _post_left_of(row),
        "email": "",
        "email_hash": "",
        "email_state": "none",
        "email_known": None,
        "trouble": "",
        **dict.fromkeys(_LEASE),
    }
    if State(row.state) is not State.MERGED:  # its page is still looked for
        values["seen"] = "{}"
    if State(row.state) not in PUBLIC:  # ids are made from titles and names
        values |= {"entry_id": "", "paths": "[]"}
    return values


def _post_left_of(row: Row[Any]) -> str:
    """The type, and what is public anyway: the title, and what was changed."""
    posted = Posted.from_json(row.posted)
    public, title = State(row.state) in PUBLIC, posted.data.get("title")
    left = Posted(
        type_name=posted.type_name,
        action=posted.action,
        target=posted.target if public else "",
        base="",
        data={"title": title} if public and isinstance(title, str) else {},
        body="",
        contact_name="",
        contact_email="",
        profile=None,
        message="",
    )
    return posted_text(left)

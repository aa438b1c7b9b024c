"""What people decide on web pages. What needs the forge is written down for the worker; the rest is done at once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, delete, insert, select, update

from scripts.bot.store.accepting import queue_mail
from scripts.bot.store.errors import DecisionError
from scripts.bot.store.rows import picture_row, posted_text
from scripts.bot.store.tables import DECISIONS, MOMENTS, PICTURES, SUBMISSIONS
from scripts.bot.submission import OPEN, Mail, State, Step

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from sqlalchemy import Row

    from plugins.forms.posted import Posted
    from scripts.bot.submission import DecisionKind, MomentKind, Picture

# Nobody leases these, so what is decided about them takes effect at once.
_UNTOUCHED = frozenset({State.QUARANTINE, State.UNCONFIRMED})
_STANDING = _UNTOUCHED | OPEN | {State.QUEUED}
POSSIBLE: Mapping[DecisionKind, frozenset[State]] = {
    "release": frozenset({State.QUARANTINE}),
    "accept": OPEN,
    "question": OPEN,
    "answer": OPEN,
    "refuse": _STANDING,
    "withdraw": _STANDING,
    "correct": _STANDING,
}
"""In which states a thing can be decided."""


def decide(
    connection: Connection,
    submission: str,
    kind: DecisionKind,
    *,
    text: str,
    posted: Posted | None,
    pictures: Sequence[Picture],
    by: str,
    at: dt.datetime,
) -> None:
    """Write down one decision, or carry it out where that needs nobody else.

    Raises:
        DecisionError: it is not possible in the state that the submission is in by now.
    """
    query = select(SUBMISSIONS).where(SUBMISSIONS.c.id == submission).with_for_update()
    row = connection.execute(query).one_or_none()
    if row is None or State(row.state) not in POSSIBLE[kind]:
        raise DecisionError(State(row.state) if row else None)
    if kind == "correct":
        if posted is None:
            raise ValueError("a correction comes with what was posted")
        _keep_pictures(connection, submission, pictures)
    done = State(row.state) in _UNTOUCHED
    connection.execute(
        insert(DECISIONS).values(
            submission=submission,
            kind=kind,
            text=text,
            posted=posted_text(posted) if posted else None,
            by=by,
            at=at,
            done=done,
        )
    )
    if done:
        _carry_out(connection, row, kind, text=text, posted=posted, at=at)
    else:
        _change(connection, submission, {"next_try": at})


def _carry_out(
    connection: Connection, row: Row[Any], kind: DecisionKind, *, text: str, posted: Posted | None, at: dt.datetime
) -> None:
    if kind == "release":
        _release(connection, row, at)
    elif kind == "correct" and posted is not None:
        _change(connection, row.id, {"posted": posted_text(posted), "updated": at})
        _say(connection, row.id, "answer", text, at)
    else:
        state, moment = _ENDINGS[kind]
        _change(connection, row.id, {"state": state.value, "updated": at, "next_try": None})
        _say(connection, row.id, moment, text, at)


_ENDINGS: Mapping[DecisionKind, tuple[State, MomentKind]] = {
    "refuse": (State.REFUSED, "refused"),
    "withdraw": (State.WITHDRAWN, "withdrawn"),
}


def _release(connection: Connection, row: Row[Any], at: dt.datetime) -> None:
    waits = row.must_confirm and row.email_state == "unconfirmed"
    state = State.UNCONFIRMED if waits else State.QUEUED
    due = None if waits else at
    _change(connection, row.id, {"state": state.value, "step": Step.NAME.value, "next_try": due, "updated": at})
    if row.email:
        queue_mail(connection, row.id, Mail("received"), at)


def _keep_pictures(connection: Connection, submission: str, pictures: Sequence[Picture]) -> None:
    """A picture takes the place of an earlier one of its name; the others stay."""
    for picture in pictures:
        here = (PICTURES.c.submission == submission) & (PICTURES.c.name == picture.name)
        connection.execute(delete(PICTURES).where(here))
        connection.execute(insert(PICTURES).values(picture_row(submission, picture)))


def _change(connection: Connection, submission: str, values: Mapping[str, Any]) -> None:
    connection.execute(update(SUBMISSIONS).where(SUBMISSIONS.c.id == submission).values(**values))


def _say(connection: Connection, submission: str, kind: MomentKind, text: str, at: dt.datetime) -> None:
    connection.execute(insert(MOMENTS).values(submission=submission, kind=kind, text=text, at=at))

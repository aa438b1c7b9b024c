"""From submissions to rows and back."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from plugins.forms.posted import Posted
from scripts.bot.store.sealing import token_hash
from scripts.bot.submission import Decision, Mail, Moment, NewSubmission, Picture, State, Step, Submission

if TYPE_CHECKING:
    import datetime as dt

    from sqlalchemy import Row

    from plugins.model.yaml.reader import Json
    from scripts.bot.store.sealing import Seal


def dump(value: Json) -> str:
    """JSON as it is stored: the same value always gives the same text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def posted_text(posted: Posted) -> str:
    """A post without its address, which is stored apart and sealed."""
    return replace(posted, contact_email="").to_json()


def new_row(new: NewSubmission, seal: Seal) -> dict[str, Any]:
    """The row of a submission that was just accepted."""
    email = new.posted.contact_email.strip()
    return {
        "id": new.id,
        "key": new.key,
        "posted": posted_text(new.posted),
        "state": new.state.value,
        "step": Step.NAME.value,
        "created": new.created,
        "updated": new.created,
        "status_hash": token_hash(seal.token("status", new.id)),
        "confirm_hash": token_hash(seal.token("confirm", new.id)),
        "email": seal.seal(email),
        "email_hash": seal.email_hash(email),
        "email_state": "unconfirmed" if email else "none",
        "email_known": new.email_known,
        "must_confirm": new.must_confirm,
        "entry_id": "",
        "paths": "[]",
        "commit": "",
        "number": None,
        "url": "",
        "address": "",
        "trouble": "",
        "attempts": 0,
        "next_try": new.created if new.state is State.QUEUED else None,
        "seen": "{}",
    }


def changed_row(submission: Submission) -> dict[str, Any]:
    """The columns that the worker may change."""
    return {
        "posted": posted_text(submission.posted),
        "state": submission.state.value,
        "step": submission.step.value,
        "updated": submission.updated,
        "email_known": submission.email_known,
        "entry_id": submission.entry_id,
        "paths": dump(list(submission.paths)),
        "commit": submission.commit,
        "number": submission.number,
        "url": submission.url,
        "address": submission.address,
        "trouble": submission.trouble,
        "attempts": submission.attempts,
        "next_try": submission.next_try,
        "seen": dump(dict(submission.seen)),
    }


def as_submission(row: Row[Any], seal: Seal) -> Submission:
    """A stored submission, its address unsealed. Raises StoreKeyError where the key does not fit."""
    posted = replace(Posted.from_json(row.posted), contact_email=seal.unseal(row.email))
    return Submission(
        id=row.id,
        key=row.key,
        posted=posted,
        state=State(row.state),
        step=Step(row.step),
        created=row.created,
        updated=row.updated,
        status_hash=row.status_hash,
        email_state=row.email_state,
        email_known=row.email_known,
        must_confirm=row.must_confirm,
        entry_id=row.entry_id,
        paths=tuple(json.loads(row.paths)),
        commit=row.commit,
        number=row.number,
        url=row.url,
        address=row.address,
        trouble=row.trouble,
        attempts=row.attempts,
        next_try=row.next_try,
        seen=json.loads(row.seen),
    )


def as_decision(row: Row[Any]) -> Decision:
    """A stored decision; a correction's post comes without an address."""
    posted = Posted.from_json(row.posted) if row.posted else None
    return Decision(row.number, row.submission, row.kind, row.text, posted, row.by, row.at)


def as_moment(row: Row[Any]) -> Moment:
    """A stored line of the timeline."""
    return Moment(row.submission, row.at, row.kind, row.text)


def as_picture(row: Row[Any]) -> Picture:
    """A stored picture."""
    return Picture(row.name, row.media_type, bytes(row.content))


def picture_row(submission: str, picture: Picture) -> dict[str, Any]:
    """The row of a picture."""
    return {
        "submission": submission,
        "name": picture.name,
        "media_type": picture.media_type,
        "content": picture.content,
    }


def moment_row(moment: Moment) -> dict[str, Any]:
    """The row of a line of the timeline."""
    return {"submission": moment.submission, "at": moment.at, "kind": moment.kind, "text": moment.text}


def mail_row(submission: str, mail: Mail, at: dt.datetime) -> dict[str, Any]:
    """The row of a mail to be written."""
    return {
        "submission": submission,
        "kind": mail.kind,
        "ref": mail.ref,
        "facts": dump(mail.facts),
        "created": at,
        "next_try": at,
        "attempts": 0,
        "trouble": "",
    }

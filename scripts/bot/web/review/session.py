"""Who reviews: the signed session in a cookie, and the token that the forms of the review carry. Pure.

There is one password for the small team that reviews; who signs in says who he is, for the record.
"""

from __future__ import annotations

import base64
import datetime as dt
import hmac
import json
from dataclasses import dataclass
from typing import Final

LIFETIME: Final = dt.timedelta(hours=12)  # a working day; one signs in each morning
NONCE_BYTES: Final = 16


@dataclass(frozen=True, slots=True)
class Session:
    """A person who signed in. ``nonce`` tells sessions apart; ``expires`` is in UTC, to the second."""

    editor: str
    nonce: str
    expires: dt.datetime


def new_session(editor: str, chance: bytes, now: dt.datetime) -> Session:
    """A session from now on; ``chance`` are unpredictable bytes."""
    return Session(editor, chance.hex(), (now + LIFETIME).replace(microsecond=0))


def seal(session: Session, key: bytes) -> str:
    """The session as a cookie's value: its fields and their HMAC-SHA256."""
    fields = [session.editor, session.nonce, int(session.expires.timestamp())]
    payload = _base64(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode())
    return f"{payload}.{_signature(payload, key)}"


def unseal(value: str, key: bytes, now: dt.datetime) -> Session | None:
    """The session of a cookie; None where it is not ours, was changed, or has ended."""
    payload, _, signature = value.partition(".")
    if not _same(signature, _signature(payload, key)):
        return None
    editor, nonce, expires = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    session = Session(editor, nonce, dt.datetime.fromtimestamp(expires, dt.UTC))
    return session if now < session.expires else None


def form_token(session: Session, key: bytes) -> str:
    """What each form of the review carries, against requests that another page forges (CSRF)."""
    return _signature(f"form {session.nonce}", key)


def token_matches(token: str, session: Session, key: bytes) -> bool:
    """Whether the form came from a page of this session."""
    return _same(token, form_token(session, key))


def _same(given: str, right: str) -> bool:
    """Compares in constant time."""
    return hmac.compare_digest(given.encode("utf-8", "surrogatepass"), right.encode())


def _signature(text: str, key: bytes) -> str:
    return _base64(hmac.digest(key, text.encode("utf-8", "surrogatepass"), "sha256"))


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")

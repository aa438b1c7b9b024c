"""Who may review: the password's hash, the signed session in a cookie, and the token that forms of the review carry. Pure.

There is one password for the small team that reviews; who signs in says who he is, for the record.
"""

from __future__ import annotations

import base64
import binascii
import datetime as dt
import hashlib
import hmac
import json
import re
import unicodedata
from dataclasses import dataclass
from typing import Final

LIFETIME: Final = dt.timedelta(hours=12)  # a working day; one signs in each morning
SALT_BYTES: Final = 16
NONCE_BYTES: Final = 16
SHORTEST_PASSWORD: Final = 12
LONGEST_PASSWORD: Final = 1_000  # characters; more is no password, and costs time to hash
# OWASP's password storage cheat sheet: 32 MiB and three passes.
_LOG_N, _R, _P = 15, 8, 3
_KEY_BYTES: Final = 32
_MEMORY: Final = 2**27  # bytes that OpenSSL may take for it
_STORED: Final = re.compile(
    r"scrypt\$ln=(?P<ln>\d{1,2}),r=(?P<r>\d{1,2}),p=(?P<p>\d{1,2})\$(?P<salt>[A-Za-z0-9+/]+)\$(?P<key>[A-Za-z0-9+/]+)"
)


@dataclass(frozen=True, slots=True)
class Session:
    """A person who signed in. ``nonce`` tells sessions apart; ``expires`` is in UTC, to the second."""

    editor: str
    nonce: str
    expires: dt.datetime


def hash_password(password: str, salt: bytes) -> str:
    """The text that settings hold in place of a password (scrypt, RFC 7914), in the form of PHC strings.

    The password is taken in Unicode's form NFC (RFC 8265), so that accents typed on another machine are the same.
    """
    key = _scrypt(password, salt, _LOG_N, _R, _P)
    return f"scrypt$ln={_LOG_N},r={_R},p={_P}${_plain64(salt)}${_plain64(key)}"


def is_password_hash(stored: str) -> bool:
    """Whether ``hash_password`` can have made it."""
    found = _STORED.fullmatch(stored)
    return found is not None and int(found["ln"]) <= _LOG_N + 1 and int(found["r"]) <= _R and int(found["p"]) <= _P + 1


def password_matches(password: str, stored: str) -> bool:
    """Whether it is the password. Takes as long for a wrong one as for the right one.

    Raises:
        ValueError: ``stored`` is no hash of a password.
    """
    found = _STORED.fullmatch(stored)
    if found is None or not is_password_hash(stored):
        raise ValueError("not a hash of a password")
    key = _scrypt(
        password[:LONGEST_PASSWORD], _bytes64(found["salt"]), int(found["ln"]), int(found["r"]), int(found["p"])
    )
    return hmac.compare_digest(key, _bytes64(found["key"])) and len(password) <= LONGEST_PASSWORD


def session_key(stored: str) -> bytes:
    """The key that signs sessions: it comes from the password's hash, so that a new password ends all sessions."""
    return hmac.digest(stored.encode(), b"circular review session", "sha256")


def new_session(editor: str, chance: bytes, now: dt.datetime) -> Session:
    """A session from now on; ``chance`` are unpredictable bytes."""
    return Session(editor, chance.hex(), (now + LIFETIME).replace(microsecond=0))


def seal(session: Session, key: bytes) -> str:
    """The session as a cookie's value: its fields and their HMAC-SHA256."""
    fields = [session.editor, session.nonce, int(session.expires.timestamp())]
    payload = _url64(json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode())
    return f"{payload}.{_signature(payload, key)}"


def unseal(value: str, key: bytes, now: dt.datetime) -> Session | None:
    """The session of a cookie; None where it is not ours, was changed, or has ended."""
    payload, _, signature = value.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(payload, key).encode()):
        return None
    editor, nonce, expires = json.loads(base64.urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    session = Session(editor, nonce, dt.datetime.fromtimestamp(expires, dt.UTC))
    return session if now < session.expires else None


def form_token(session: Session, key: bytes) -> str:
    """What each form of the review carries, against requests that another page forges (CSRF)."""
    return _signature(f"form {session.nonce}", key)


def token_matches(token: str, session: Session, key: bytes) -> bool:
    """Whether the form came from a page of this session."""
    return hmac.compare_digest(token.encode(), form_token(session, key).encode())


def _signature(text: str, key: bytes) -> str:
    return _url64(hmac.digest(key, text.encode(), "sha256"))


def _scrypt(password: str, salt: bytes, ln: int, r: int, p: int) -> bytes:
    given = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=2**ln, r=r, p=p, maxmem=_MEMORY, dklen=_KEY_BYTES)


def _plain64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii").rstrip("=")


def _url64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def _bytes64(text: str) -> bytes:
    try:
        return base64.b64decode(text + "=" * (-len(text) % 4), validate=True)
    except binascii.Error as error:
        raise ValueError("not a hash of a password") from error

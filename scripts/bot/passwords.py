"""The review's password, which settings hold as a hash: whoever reads them cannot sign in."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import unicodedata
from typing import Final

SALT_BYTES: Final = 16
SHORTEST: Final = 12  # characters
LONGEST: Final = 1_000  # characters; more is no password, and costs time to hash
# OWASP's password storage cheat sheet: 32 MiB and three passes.
_LOG_N, _R, _P = 15, 8, 3
_KEY_BYTES: Final = 32
_MEMORY: Final = 2**27  # bytes that OpenSSL may take for it
_STORED: Final = re.compile(
    r"scrypt:(?P<ln>\d{1,2}):(?P<r>\d{1,2}):(?P<p>\d{1,2}):(?P<salt>[A-Za-z0-9_-]+):(?P<key>[A-Za-z0-9_-]+)"
)


def hash_password(password: str, salt: bytes) -> str:
    """The text that settings hold in place of a password: scrypt (RFC 7914) with its parameters, salt and key.

    Nothing in it means anything to a shell. The password is taken in Unicode's form NFC (RFC 8265), so that accents typed
    on another machine are the same.
    """
    key = _scrypt(password, salt, _LOG_N, _R, _P)
    return f"scrypt:{_LOG_N}:{_R}:{_P}:{_base64(salt)}:{_base64(key)}"


def is_password_hash(stored: str) -> bool:
    """Whether it can be a hash of a password, at a price that a server pays gladly."""
    found = _STORED.fullmatch(stored)
    if found is None or len(_bytes(found["key"])) != _KEY_BYTES:
        return False
    return 1 <= int(found["ln"]) <= _LOG_N + 1 and 1 <= int(found["r"]) <= _R and 1 <= int(found["p"]) <= _P + 1


def password_matches(password: str, stored: str) -> bool:
    """Whether it is the password. Takes as long for a wrong one as for the right one.

    Raises:
        ValueError: ``stored`` is no hash of a password.
    """
    found = _STORED.fullmatch(stored)
    if found is None or not is_password_hash(stored):
        raise ValueError("not a hash of a password")
    key = _scrypt(password[:LONGEST], _bytes(found["salt"]), int(found["ln"]), int(found["r"]), int(found["p"]))
    return hmac.compare_digest(key, _bytes(found["key"])) and len(password) <= LONGEST


def _scrypt(password: str, salt: bytes, ln: int, r: int, p: int) -> bytes:
    given = unicodedata.normalize("NFC", password).encode("utf-8", "surrogatepass")
    return hashlib.scrypt(given, salt=salt, n=2**ln, r=r, p=p, maxmem=_MEMORY, dklen=_KEY_BYTES)


def _base64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).decode("ascii").rstrip("=")


def _bytes(text: str) -> bytes:
    """What such base64 stands for; empty where it stands for nothing."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)) if len(text) % 4 != 1 else b""

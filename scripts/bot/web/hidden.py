"""The inputs of a form that people do not fill in."""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY: Final = "key"
CAPTCHA: Final = "captcha"
STARTED: Final = "form-opened"  # names that no field may bear: plugins/model/schema/rules.py
TRAP: Final = "website"
HIDDEN: Final[Mapping[str, str]] = {
    KEY: "Idempotency key, 16 to 64 letters, digits, hyphens: the same key twice is one proposal.",
    CAPTCHA: "The solution of a challenge, as ALTCHA encodes it (base64 of JSON).",
    STARTED: "When the service made the form, signed.",
    TRAP: "To be left empty.",
}
_KEY: Final = re.compile(r"[A-Za-z0-9_-]{16,64}")
_STAMP: Final = re.compile(r"([0-9]{1,11})\.([0-9a-f]{32})")


def usable_key(text: str) -> str:
    """An idempotency key that nobody hits by chance, or nothing."""
    return text if _KEY.fullmatch(text) else ""


def started_stamp(now: dt.datetime, key: bytes) -> str:
    """The time at which a form was made, signed (HMAC-SHA256, 128 bits)."""
    seconds = str(int(now.timestamp()))
    return f"{seconds}.{_signature(seconds, key)}"


def read_started(stamp: str, key: bytes) -> dt.datetime | None:
    """When the form was made; None where the stamp is missing or not ours."""
    found = _STAMP.fullmatch(stamp)
    if found is None or not hmac.compare_digest(found[2], _signature(found[1], key)):
        return None
    return dt.datetime.fromtimestamp(int(found[1]), dt.UTC)


def _signature(seconds: str, key: bytes) -> str:
    return hmac.new(key, seconds.encode(), hashlib.sha256).hexdigest()[:32]

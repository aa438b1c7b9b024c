"""A proof of work that browsers with JavaScript do while people write (ALTCHA v2, https://altcha.org): no third party, no riddle.

A challenge is signed and expires; the browser looks for the counter whose derived key begins as asked. A solution counts once: its
digest is spent in the store. Whoever has no JavaScript sends none, and is asked for patience instead (rates, suspicion).
"""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, Literal

import altcha

if TYPE_CHECKING:
    from collections.abc import Callable

ALGORITHM: Final = "PBKDF2/SHA-256"  # in every browser's crypto.subtle
COST: Final = 2_000  # iterations for each counter that is tried: some 0.5 ms on a laptop, 3 on an old phone
FEWEST: Final = 300  # counters to try
MOST: Final = 900
LIFETIME: Final = dt.timedelta(hours=2)
_LONGEST: Final = 4_000  # characters of a solution; ours have some 700
_NEVER: Final = dt.datetime.min.replace(tzinfo=dt.UTC)
State = Literal["none", "solved", "expired", "wrong"]


@dataclass(frozen=True, slots=True)
class Solution:
    """What a browser sent. ``digest``, ``issued`` and ``expires`` mean something where it is ``solved`` only."""

    state: State
    digest: str = ""
    issued: dt.datetime = _NEVER
    expires: dt.datetime = _NEVER


@dataclass(frozen=True, slots=True)
class Captcha:
    """Makes challenges and judges solutions with a key of 32 bytes."""

    key: bytes
    clock: Callable[[], dt.datetime]
    random: Callable[[int], bytes]

    def challenge(self) -> dict[str, Any]:
        """A fresh challenge as JSON types. Takes one derivation (about a millisecond)."""
        now = self.clock()
        made = altcha.create_challenge(
            ALGORITHM,
            COST,
            counter=FEWEST + int.from_bytes(self.random(4), "big") % (MOST - FEWEST),
            expires_at=now + LIFETIME,
            data={"issued": int(now.timestamp())},
            hmac_secret=self.key,
            hmac_key_secret=self.key,
        )
        return made.to_dict()

    def judge(self, text: str) -> Solution:
        """What a posted solution is worth, before it is spent."""
        if not text:
            return Solution("none")
        if len(text) > _LONGEST:
            return Solution("wrong")
        try:
            payload = altcha.Payload.from_base64(text)
            verdict = altcha.verify_solution(payload, self.key, hmac_key_secret=self.key)
        except (ValueError, KeyError, TypeError, AttributeError, RecursionError, OverflowError):
            return Solution("wrong")  # strangers send what they like; the library promises no more for parsed payloads
        if verdict.expired:
            return Solution("expired")
        return self._solved(payload) if verdict.verified else Solution("wrong")

    def _solved(self, payload: altcha.Payload) -> Solution:
        """The times are ours: the signature over them was verified."""
        parameters = payload.challenge.parameters
        expires = dt.datetime.fromtimestamp(parameters.expires_at or 0, dt.UTC)
        issued = dt.datetime.fromtimestamp((parameters.data or {})["issued"], dt.UTC)
        digest = hashlib.sha256((payload.challenge.signature or "").encode()).hexdigest()
        return Solution("solved" if self.clock() < expires else "expired", digest, issued, expires)

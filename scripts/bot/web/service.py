"""What every page of the form service stands on."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scripts.bot.settings import Settings
    from scripts.bot.store import Store
    from scripts.bot.web.root import ServiceRoot


@dataclass(frozen=True, slots=True)
class Service:
    """``clock`` gives the present (UTC, aware), ``random`` that many random bytes; nothing else reads either."""

    store: Store
    settings: Settings
    clock: Callable[[], datetime]
    random: Callable[[int], bytes]
    root: ServiceRoot

    def key(self, purpose: str) -> bytes:
        """A key of 32 bytes for one purpose, drawn from the secret of the settings."""
        return purpose_key(self.settings.secret, purpose)


def purpose_key(secret: str, purpose: str) -> bytes:
    """32 bytes that follow from a secret and a purpose (HMAC-SHA256, as HKDF expands in RFC 5869)."""
    return hmac.new(secret.encode(), f"circular {purpose}\x01".encode(), hashlib.sha256).digest()

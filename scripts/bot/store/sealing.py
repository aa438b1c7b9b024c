"""What keeps addresses out of sight: encryption at rest, keyed hashes for look-ups, secret tokens.

With a key (Fernet, 32 bytes in URL-safe base 64) a stolen database gives neither addresses nor tokens. Without one,
addresses stand in plain text and the secret of hashes and tokens lies in the database itself.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from cryptography.fernet import Fernet, InvalidToken

from scripts.bot.store.errors import StoreKeyError

_SEALED, _PLAIN = "f:", "p:"
_TOKEN_BYTES = 20  # 160 bits, 32 characters of base 32


class Seal:
    """Seals, hashes and derives for one database.

    ``secret`` is a value that the database keeps; hashes and tokens depend on it and on the key that the database was made with.
    ``kept``: what both gave, sealed, where the key has been changed since (`with_key`).

    Raises:
        StoreKeyError: ``key`` is none, or not the one that ``kept`` was sealed with.
    """

    def __init__(self, key: bytes | None, secret: bytes, kept: str = "") -> None:
        try:
            self._fernet = Fernet(key) if key is not None else None
        except ValueError as error:
            raise StoreKeyError("the key has to be 32 bytes in URL-safe base 64") from error
        self._secret = hmac.digest(base64.urlsafe_b64decode(key) if key else b"no key", secret, "sha256")
        if kept:
            self._secret = base64.urlsafe_b64decode(self.unseal(kept))

    def with_key(self, key: bytes) -> tuple[Seal, str]:
        """A seal of the same database with another key, and what that database then has to keep.

        Hashes and tokens stay what they are: addresses that were sent lead on, and erasures are found in older backups.
        """
        kept = Seal(key, b"").seal(base64.urlsafe_b64encode(self._secret).decode("ascii"))
        return Seal(key, b"", kept), kept

    def seal(self, text: str) -> str:
        """The text as it may lie in the database; nothing stays nothing."""
        if not text:
            return ""
        if self._fernet is None:
            return _PLAIN + text
        return _SEALED + self._fernet.encrypt(text.encode()).decode("ascii")

    def unseal(self, stored: str) -> str:
        """What `seal` was given. Raises StoreKeyError where the key does not fit."""
        if not stored:
            return ""
        if stored.startswith(_PLAIN):
            return stored.removeprefix(_PLAIN)
        if self._fernet is None:
            raise StoreKeyError("the database is encrypted and no key is set")
        try:
            return self._fernet.decrypt(stored.removeprefix(_SEALED)).decode()
        except InvalidToken as error:
            raise StoreKeyError("an address was encrypted with another key") from error

    def keyed_hash(self, purpose: str, text: str) -> str:
        """HMAC-SHA256 (RFC 2104) in hexadecimal: equal texts are found again, and cannot be guessed without the key."""
        return hmac.digest(self._secret, f"{purpose}\0{text}".encode(), "sha256").hex()

    def email_hash(self, email: str) -> str:
        """The hash by which an address is found, whatever its case; nothing for no address."""
        return self.keyed_hash("email", email.strip().casefold()) if email.strip() else ""

    def token(self, purpose: str, submission: str) -> str:
        """The secret of an address sent to a contributor.

        It is derived, not stored: a post that comes twice gets the same status address, and a mail written a day later
        can hold it, while the database only knows its hash.
        """
        derived = hmac.digest(self._secret, f"token {purpose}\0{submission}".encode(), "sha256")
        return base64.b32encode(derived[:_TOKEN_BYTES]).decode("ascii").lower()


def token_hash(token: str) -> str:
    """The hash under which a token's submission is found. Tokens have 160 bits, so no key and no salt is needed."""
    return hashlib.sha256(token.encode()).hexdigest()

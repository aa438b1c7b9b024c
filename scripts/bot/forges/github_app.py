"""A GitHub App's credentials: a signed claim (JWT) gives an installation token that lives for an hour.

Source: docs.github.com, « Authenticating as a GitHub App », « Generating an installation access token »; RFC 7519, RFC 7518 §3.3.
"""

from __future__ import annotations

import base64
import json
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_pem_private_key

from scripts.bot.forges import reading
from scripts.bot.forges.api import Api, Token
from scripts.bot.forges.forge import Exchange, ForgeError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from scripts.bot.forges.forge import Json

PERMISSIONS: Final = {"contents": "write", "pull_requests": "write", "issues": "write", "statuses": "write"}
"""What the bot asks a token for, and no more: branches; pull requests; labels and comments; commit statuses."""
EARLY: Final = timedelta(minutes=5)
"""A token is renewed so long before its end."""
_LIFE: Final = timedelta(minutes=9)
_SKEW: Final = timedelta(minutes=1)


class KeyUnfitError(ValueError):
    """Not a private RSA key in PEM without a passphrase. Says nothing of the key."""


def read_key(pem: str) -> RSAPrivateKey:
    """The key of a GitHub App. Raises :class:`KeyUnfitError`."""
    try:
        key = load_pem_private_key(pem.encode(), password=None)
    except (ValueError, TypeError, UnsupportedAlgorithm):
        raise KeyUnfitError from None
    if not isinstance(key, RSAPrivateKey):
        raise KeyUnfitError
    return key


def claim(app: str, key: RSAPrivateKey, now: datetime) -> str:
    """A JWT (RS256) for the next nine minutes; GitHub refuses over ten, and one issued in its future."""
    header = {"alg": "RS256", "typ": "JWT"}
    payload = {"iat": int((now - _SKEW).timestamp()), "exp": int((now + _LIFE).timestamp()), "iss": app}
    signed = ".".join(_base64(json.dumps(part, separators=(",", ":")).encode()) for part in (header, payload))
    return f"{signed}.{_base64(key.sign(signed.encode(), padding.PKCS1v15(), SHA256()))}"


@dataclass(frozen=True, slots=True)
class _Claims:
    """The app itself, before it acts for an installation."""

    app: str
    key: RSAPrivateKey
    clock: Callable[[], datetime]
    extra: Mapping[str, str]

    def headers(self) -> Exchange[Mapping[str, str]]:
        return (yield from Token(claim(self.app, self.key, self.clock()), self.extra).headers())

    def password(self) -> Exchange[str]:
        yield from ()
        return ""

    def forget(self) -> bool:
        return False


class Installation:
    """Credentials of one installation of an app, renewed before their end and when GitHub refuses them."""

    def __init__(
        self,
        address: str,
        repository: str,
        *,
        app: str,
        key: RSAPrivateKey,
        installation: str,
        clock: Callable[[], datetime],
        extra: Mapping[str, str],
    ) -> None:
        """``repository``: owner/name. ``installation``: its number, or "" to ask GitHub."""
        self.as_app = Api(address, _Claims(app, key, clock, extra), clock)
        self._repository, self._installation = repository, installation
        self._clock, self._extra = clock, extra
        self._token: tuple[str, datetime] | None = None

    def headers(self) -> Exchange[Mapping[str, str]]:
        """With a token that lives for some minutes more."""
        token = yield from self.password()
        return (yield from Token(token, self._extra).headers())

    def password(self) -> Exchange[str]:
        """The token, asked for anew where needed."""
        if self._token is None or self._clock() > self._token[1] - EARLY:
            self._token = yield from self._renew()
        return self._token[0]

    def forget(self) -> bool:
        """Refused before its time (revoked, say): there may be another."""
        known, self._token = self._token, None
        return known is not None

    def granted(self) -> Exchange[Mapping[str, str]]:
        """The permissions of the installation: name → ``read``, ``write`` or ``admin``."""
        found = yield from self.as_app.value("GET", f"/repos/{self._repository}/installation")
        given = reading.at(found, "permissions")
        return {
            name: reading.text(given, name, default="none") for name in (*PERMISSIONS, "metadata", "repository_hooks")
        }

    def slug(self) -> Exchange[str]:
        """The app's name in addresses and logins."""
        return reading.text((yield from self.as_app.value("GET", "/app")), "slug")

    def _renew(self) -> Exchange[tuple[str, datetime]]:
        if not self._installation:
            found = yield from self.as_app.value("GET", f"/repos/{self._repository}/installation")
            self._installation = str(reading.whole(found, "id"))
        wanted: Json = {"repositories": [self._repository.partition("/")[2]], "permissions": PERMISSIONS}
        try:
            made = yield from self.as_app.value(
                "POST", f"/app/installations/{self._installation}/access_tokens", json=wanted
            )
        except ForgeError as error:
            if error.kind != "invalid":
                raise
            # 422: the installation has not all of these permissions, or not this repository.
            raise ForgeError("rights", error.message) from None
        return reading.text(made, "token"), reading.moment(made, "expires_at")


def _base64(value: bytes) -> str:
    """Without padding (RFC 7515 §2)."""
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()

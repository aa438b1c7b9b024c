"""From the text of a setting to its value; each reader raises :class:`SettingError` with a French reason."""

from __future__ import annotations

import base64
import binascii
import ipaddress
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import unquote, urlsplit

from scripts.bot.french import settings as french
from scripts.bot.passwords import is_password_hash

if TYPE_CHECKING:
    from collections.abc import Callable

Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network
SHORTEST_SECRET: Final = 32  # characters
FERNET_KEY: Final = 32  # bytes
_MAILBOX: Final = re.compile(r"[^\s@<>,;:\"()\[\]\\]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?")
_YES, _NO = frozenset({"oui", "true", "1", "yes"}), frozenset({"non", "false", "0", "no"})
_PORTS: Final = {"smtp": 587, "smtps": 465}


class SettingError(ValueError):
    """A setting cannot be read; the message is the French reason."""


@dataclass(frozen=True, slots=True)
class Smtp:
    """A mail server. ``implicit_tls``: TLS from the first byte (RFC 8314); otherwise STARTTLS where the server offers it."""

    host: str
    port: int
    user: str
    implicit_tls: bool


def optional(reads: Callable[[str], str]) -> Callable[[str], str]:
    """The same, or nothing where nothing is given."""
    return lambda text: reads(text) if text else ""


def root(text: str) -> Path:
    """A directory with ``data/``."""
    path = Path(text)
    if not (path / "data").is_dir():
        raise SettingError(french.NOT_A_ROOT)
    return path.resolve()


def folder(text: str) -> Path:
    """A directory that may not be there yet."""
    return Path(text).absolute()


def database(text: str) -> str:
    """An address of SQLAlchemy for SQLite or PostgreSQL."""
    if text and not re.match(r"(?:sqlite:///|postgresql(?:\+psycopg)?://)", text):
        raise SettingError(french.NOT_A_DATABASE)
    return re.sub(r"^postgresql://", "postgresql+psycopg://", text)


def address(text: str) -> str:
    """An absolute http(s) address without its final slash."""
    try:
        parts = urlsplit(text)
        valid = parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:
        valid = False
    if (
        not valid
        or parts.query
        or parts.fragment
        or parts.username
        or not text.isascii()
        or re.search(r"[\s\"'<>;,]", text)
    ):
        raise SettingError(french.NOT_AN_ADDRESS)
    return text.rstrip("/")


def ip(text: str) -> str:
    """An IP address to listen on."""
    try:
        return str(ipaddress.ip_address(text))
    except ValueError as error:
        raise SettingError(french.NOT_AN_IP) from error


def networks(text: str) -> tuple[Network, ...]:
    """IP addresses and networks, separated by commas."""
    try:
        return tuple(ipaddress.ip_network(part.strip()) for part in text.split(",") if part.strip())
    except ValueError as error:
        raise SettingError(french.NOT_A_NETWORK) from error


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """A reader of whole numbers within bounds."""

    def reads(text: str) -> int:
        if not (
            text.isascii() and text.isdigit() and len(text) < len(str(highest)) + 1 and lowest <= int(text) <= highest
        ):
            raise SettingError(french.not_a_number(lowest, highest))
        return int(text)

    return reads


def choice(*words: str) -> Callable[[str], Any]:
    """A reader of one of a few words."""

    def reads(text: str) -> str:
        if text.lower() not in words:
            raise SettingError(french.not_a_choice(words))
        return text.lower()

    return reads


def yes_or_no(text: str) -> bool:
    """``oui`` or ``non``."""
    if text.lower() not in _YES | _NO:
        raise SettingError(french.not_a_choice(("oui", "non")))
    return text.lower() in _YES


def secret(text: str) -> str:
    """Something that nobody guesses."""
    if len(text) < SHORTEST_SECRET:
        raise SettingError(french.TOO_SHORT)
    return text


def password_hash(text: str) -> str:
    """A password as ``python -m scripts bot password`` writes it down."""
    if not is_password_hash(text):
        raise SettingError(french.NOT_HASHED)
    return text


def fernet_key(text: str) -> str:
    """A key as ``cryptography.fernet.Fernet.generate_key`` makes it."""
    try:
        valid = len(base64.urlsafe_b64decode(text)) == FERNET_KEY
    except (binascii.Error, ValueError):
        valid = False
    if not valid:
        raise SettingError(french.NOT_A_KEY)
    return text


def mailbox(text: str) -> str:
    """An address of e-mail, without a name."""
    if not _MAILBOX.fullmatch(text):
        raise SettingError(french.NOT_A_MAILBOX)
    return text


def mailboxes(text: str) -> tuple[str, ...]:
    """Several, separated by commas."""
    return tuple(mailbox(part.strip()) for part in text.split(",") if part.strip())


def repository(text: str) -> str:
    """``owner/name``, with groups in between at GitLab."""
    if not re.fullmatch(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)+", text):
        raise SettingError(french.NOT_A_REPOSITORY)
    return text


def smtp(text: str) -> Smtp | None:
    """A mail server, or None where no mail is sent."""
    if not text:
        return None
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
    except ValueError as error:
        raise SettingError(french.NOT_SMTP) from error
    if parts.scheme not in _PORTS or not host or parts.password or parts.path.strip("/") or parts.query:
        raise SettingError(french.NOT_SMTP)
    return Smtp(host, port or _PORTS[parts.scheme], unquote(parts.username or ""), parts.scheme == "smtps")


def pairs(text: str) -> dict[str, str]:
    """« member=login, member=login » as a mapping."""
    found = {}
    for item in filter(None, (item.strip() for item in text.split(","))):
        name, _, value = (part.strip() for part in item.partition("="))
        if not name or not value:
            raise SettingError(french.not_a_pair(item))
        found[name] = value
    return found

"""What an answer's body holds, read without trust: a value of the asked type, or a :class:`ForgeError`."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar

from scripts.bot.forges.forge import ForgeError, Json
from scripts.bot.french import forges as french

if TYPE_CHECKING:
    from scripts.bot.forges.forge import Answer

V = TypeVar("V")
_HIGHEST = 2**63 - 1


def decode(answer: Answer) -> Json:
    """The JSON of an answer (RFC 8259)."""
    try:
        value: Json = json.loads(answer.body)
    except (ValueError, RecursionError):
        raise unreadable() from None
    return value


def unreadable() -> ForgeError:
    """The error of an answer that is not what its status promises: what was asked may have been done."""
    return ForgeError("unclear", french.UNREADABLE)


def at(value: Json, *path: str) -> Json:
    """What stands at a path of member names; None where it ends early."""
    for name in path:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value


def text(value: Json, *path: str, default: str | None = None) -> str:
    """A string that every database and every encoder takes: no NUL, no half of a surrogate pair."""
    found = at(value, *path)
    if isinstance(found, str):
        return found.encode("utf-8", "replace").decode("utf-8").replace("\0", "")
    return _or_default(default)


def whole(value: Json, *path: str, default: int | None = None) -> int:
    """A whole number that fits in 64 bits."""
    found = at(value, *path)
    if isinstance(found, int) and not isinstance(found, bool) and abs(found) <= _HIGHEST:
        return found
    return _or_default(default)


def truth(value: Json, *path: str, default: bool | None = None) -> bool:
    """A boolean."""
    found = at(value, *path)
    if isinstance(found, bool):
        return found
    return _or_default(default)


def address(value: Json, *path: str) -> str:
    """An address that a page may link to (http or https)."""
    found = text(value, *path)
    if not found.startswith(("https://", "http://")):
        raise unreadable()
    return found


def moment(value: Json, *path: str) -> datetime:
    """A date and time (RFC 3339), in UTC."""
    try:
        found = datetime.fromisoformat(text(value, *path))
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, OverflowError):
        raise unreadable() from None


def rows(value: Json, *path: str) -> list[Json]:
    """A list; null counts as an empty one, as Forgejo sends it."""
    found = at(value, *path)
    if found is None:
        return []
    if not isinstance(found, list):
        raise unreadable()
    return found


def _or_default(default: V | None) -> V:
    if default is None:
        raise unreadable()
    return default

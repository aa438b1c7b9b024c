"""A failing answer as a :class:`ForgeError`: status and headers first, since bodies may be HTML, half or empty."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus
from typing import TYPE_CHECKING, Final

from scripts.bot.forges.forge import ForgeError, Json, Trouble
from scripts.bot.forges.reading import at, decode
from scripts.bot.french import forges as french

if TYPE_CHECKING:
    from scripts.bot.forges.forge import Answer

LIMIT_PAUSE = 60.0
"""Seconds to wait after a rate limit that names no time, as GitHub asks for its secondary limit."""
_LONGEST_PAUSE = 86_400.0
_LONGEST_SAID = 300
_LIMITED = re.compile(r"rate limit|abuse detection|retry later", re.IGNORECASE)
_SECONDS = re.compile(r"[0-9]{1,9}")
_EPOCH = re.compile(r"[0-9]{1,12}")
_BUSY = frozenset({HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_EARLY})
_MOVED = frozenset({301, 302, 303, 307, 308})
_KINDS: Final[Mapping[int, tuple[Trouble, Callable[[int, str], str]]]] = {
    400: ("invalid", french.invalid),
    401: ("credentials", french.credentials),
    403: ("rights", french.rights),
    404: ("gone", french.gone),
    405: ("conflict", french.conflict),
    406: ("conflict", french.conflict),
    409: ("conflict", french.conflict),
    410: ("gone", french.gone),
    412: ("conflict", french.conflict),
    413: ("rights", french.frozen),
    422: ("invalid", french.invalid),
    423: ("rights", french.frozen),
}
_DEEPEST = 3  # how deep forges nest the words of an error
_ADDRESS = re.compile(r"\S+@\S+")


def failure(answer: Answer, now: datetime) -> ForgeError:
    """What a failing answer means; ``now`` counts where the answer carries no date."""
    status, words, wait = answer.status, said(answer), pause(answer, now)
    if status == HTTPStatus.TOO_MANY_REQUESTS or (status == HTTPStatus.FORBIDDEN and _is_limit(wait, words)):
        rest = LIMIT_PAUSE if wait is None else wait
        return ForgeError("busy", french.limited(status, words), wait=rest, everywhere=True)
    if status in _BUSY or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return ForgeError("busy", french.busy(status, words), wait=wait, everywhere=wait is not None)
    if status in _MOVED:
        return ForgeError("gone", french.moved(status))
    kind, sentence = _KINDS.get(status, ("unclear", french.unexpected))
    return ForgeError(kind, sentence(status, words))


def _is_limit(wait: float | None, words: str) -> bool:
    """Whether a 403 is a rate limit; GitHub's secondary one may carry no header that says so."""
    return wait is not None or _LIMITED.search(words) is not None


def pause(answer: Answer, now: datetime) -> float | None:
    """Seconds to wait: ``Retry-After`` (RFC 9110 §10.2.3), else the reset of a spent rate limit; None if untold."""
    here = _date(answer.headers.get("date", "")) or now
    told = answer.headers.get("retry-after", "").strip()
    if _SECONDS.fullmatch(told):
        return min(float(told), _LONGEST_PAUSE)
    if (day := _date(told)) is not None:
        return _bounded((day - here).total_seconds())
    for family in ("x-ratelimit", "ratelimit"):
        reset = answer.headers.get(f"{family}-reset", "").strip()
        if answer.headers.get(f"{family}-remaining", "").strip() == "0" and _EPOCH.fullmatch(reset):
            return _bounded(float(reset) - here.timestamp() + 1)
    return None


def said(answer: Answer) -> str:
    """The forge's own words in a JSON answer: one line, not too long, without e-mail addresses; else ""."""
    try:
        value = decode(answer)
    except ForgeError:
        return ""
    found = " · ".join(_words(value, "message", "error", "error_description", "errors"))
    line = _ADDRESS.sub("…", " ".join("".join(c if c.isprintable() else " " for c in found).split()))
    return line if len(line) <= _LONGEST_SAID else line[:_LONGEST_SAID] + "…"


def _words(value: Json, *names: str) -> Iterator[str]:
    for name in names:
        yield from _strings(at(value, name))


def _strings(value: Json, depth: int = 0) -> Iterator[str]:
    """The strings in an error's text, list or object, whatever its shape."""
    if isinstance(value, str) and value:
        yield value
    elif isinstance(value, Mapping) and depth < _DEEPEST:
        for name, item in value.items():
            yield from (f"{name} {word}" for word in _strings(item, depth + 1))
    elif isinstance(value, list) and depth < _DEEPEST:
        for item in value:
            yield from _strings(item, depth + 1)


def _date(value: str) -> datetime | None:
    """An HTTP date, or None."""
    try:
        found = parsedate_to_datetime(value)
        return found.replace(tzinfo=UTC) if found.tzinfo is None else found.astimezone(UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _bounded(seconds: float) -> float:
    return min(max(seconds, 0.0), _LONGEST_PAUSE)

"""One address asked: HEAD, then GET where HEAD says nothing sure, redirects followed by hand so that each step is looked at."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from typing import TYPE_CHECKING, Final, Literal, Protocol, TypeAlias
from urllib.parse import urldefrag, urljoin

from scripts.french import links as french
from scripts.outside_links.addresses import NoSuchHostError, RefusedError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

MOST_REDIRECTS: Final = 5
_MOVED: Final = frozenset({301, 308})
_REDIRECTS: Final = _MOVED | {302, 303, 307}
_GUARDED: Final = frozenset({401, 402, 403, 405, 406, 407, 418, 451, 999})  # 999 is LinkedIn's « no robots »
_GONE: Final = frozenset({404, 410})
_TOO_MANY: Final = 429
_UNAVAILABLE: Final = 503
_LONGEST_WAIT: Final = dt.timedelta(days=30)
_USUAL_WAIT: Final = dt.timedelta(days=1)
Method: TypeAlias = Literal["HEAD", "GET"]
Verdict: TypeAlias = Literal["alive", "moved", "gone", "failing", "guarded", "refused", "busy"]


class TransportError(Exception):
    """No answer; the message is a French reason (no such host, no connection, too slow, bad certificate)."""


@dataclass(frozen=True, slots=True)
class Reply:
    """The head of an answer; names of ``headers`` are lower case."""

    status: int
    headers: Mapping[str, str]


class Transport(Protocol):
    """Sends one request and reads no more than the head of its answer."""

    def send(self, method: Method, url: str) -> Reply:
        """May raise TransportError, RefusedError and NoSuchHostError."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of asking: ``to`` where it moved for good, ``wait`` for how long the host does not want to be asked again.
    ``heard`` is False where nobody said a word, for which our own network may be to blame.
    """

    verdict: Verdict
    why: str = ""
    to: str = ""
    wait: dt.timedelta = dt.timedelta()
    heard: bool = True


def ask(url: str, transport: Transport, now: Callable[[], dt.datetime]) -> Answer:
    """Ask for ``url`` (its fragment is the browser's own affair). ``now`` is needed where a host says until when it is busy."""
    start = here = urldefrag(url).url
    for_good = True
    for _ in range(MOST_REDIRECTS + 1):
        reply = _reply(here, transport, is_first=here == start)
        if isinstance(reply, Answer):
            return reply
        if reply.status not in _REDIRECTS:
            return _judged(reply, here if here != start and for_good else "", now)
        for_good &= reply.status in _MOVED
        here = _joined(here, reply.headers.get("location", ""))
        if not here:
            return Answer("failing", french.REDIRECTS_NOWHERE)
    return Answer("failing", french.TOO_MANY_REDIRECTS)


def _reply(url: str, transport: Transport, *, is_first: bool) -> Reply | Answer:
    """What a server says, or what it means that none does."""
    try:
        return _head_or_get(url, transport)
    except RefusedError:
        return Answer("refused", french.REFUSED) if is_first else Answer("failing", french.redirects_inside(url))
    except NoSuchHostError:
        return Answer("failing", french.NO_SUCH_HOST, heard=False)
    except TransportError as error:
        return Answer("failing", str(error), heard=False)


def _head_or_get(url: str, transport: Transport) -> Reply:
    """Many servers answer HEAD wrongly, or not at all: only what is fine, or asks us to wait, is believed."""
    try:
        reply = transport.send("HEAD", url)
    except TransportError:
        return transport.send("GET", url)
    if reply.status < 400 or _is_busy(reply):  # noqa: PLR2004  # RFC 9110, section 15: below 400 nothing failed
        return reply
    return transport.send("GET", url)


def _is_busy(reply: Reply) -> bool:
    """Whether a server asks for a pause (RFC 6585, section 4; RFC 9110, section 15.6.4)."""
    return reply.status == _TOO_MANY or (reply.status == _UNAVAILABLE and "retry-after" in reply.headers)


def _judged(reply: Reply, moved: str, now: Callable[[], dt.datetime]) -> Answer:
    if _is_busy(reply):
        return Answer("busy", french.status(reply.status), wait=_wait(reply.headers.get("retry-after", ""), now))
    if reply.status in _GONE:
        return Answer("gone", french.status(reply.status))
    if reply.status in _GUARDED:
        return Answer("guarded", french.status(reply.status))
    if not 200 <= reply.status < 300:  # noqa: PLR2004  # RFC 9110, section 15
        return Answer("failing", french.status(reply.status))
    return Answer("moved", to=moved) if moved else Answer("alive")


def _wait(header: str, now: Callable[[], dt.datetime]) -> dt.timedelta:
    """Seconds or a date (RFC 9110, section 10.2.3), within reason."""
    if header.strip().isascii() and header.strip().isdigit():
        asked = dt.timedelta(seconds=min(int(header.strip()[:9]), _LONGEST_WAIT.total_seconds()))
    else:
        try:
            until = parsedate_to_datetime(header)
            asked = (until if until.tzinfo else until.replace(tzinfo=dt.UTC)) - now()
        except (ValueError, TypeError):
            asked = _USUAL_WAIT
    return max(min(asked, _LONGEST_WAIT), dt.timedelta())


def _joined(here: str, location: str) -> str:
    """Where a redirect leads; empty where it leads nowhere."""
    try:
        return urldefrag(urljoin(here, location)).url if location else ""
    except ValueError:
        return ""

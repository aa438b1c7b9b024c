"""Carries out the exchanges of a forge over HTTP: the one place that knows the HTTP library."""

from __future__ import annotations

import re
import threading
import time
from contextlib import closing
from datetime import timedelta
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, TypeVar
from urllib.parse import quote, urljoin, urlsplit

import httpx

from scripts.bot.forges.forge import Answer, ForgeError, Request
from scripts.bot.forges.kept import KeptAnswers
from scripts.bot.french import forges as french

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from scripts.bot.forges.forge import Exchange

T = TypeVar("T")
USER_AGENT: Final = "circular-region-bot/1.0"
TIMEOUT: Final = httpx.Timeout(20.0, connect=10.0)
"""Seconds for one step of a connection; :data:`WHOLE_ANSWER` bounds an answer that drips."""
WHOLE_ANSWER: Final = 60.0
LARGEST_ANSWER: Final = 8 * 1024 * 1024
PACES: Final = {"https://api.github.com": 1.0}
"""Seconds between writes that a public forge asks for, lest it takes them for abuse."""
_SAME_METHOD = frozenset({HTTPStatus.TEMPORARY_REDIRECT, HTTPStatus.PERMANENT_REDIRECT})
_HOPS: Final = 5
_FIT: Final = re.compile(r"[ -~]*")


class Transport:
    """Runs exchanges against one API address. Threads may share it.

    What can be said of a lost request is thrown into the exchange as a :class:`ForgeError`: ``busy`` where certainly
    nothing was sent, ``unclear`` where it may have had its effect. Messages never hold headers, addresses or tokens.
    After an answer that asks to wait, no request leaves until the time is over.
    """

    def __init__(
        self,
        address: str,
        *,
        clock: Callable[[], datetime],
        client: httpx.Client | None = None,
        largest_answer: int = LARGEST_ANSWER,
        whole_answer: float = WHOLE_ANSWER,
        write_interval: float | None = None,
        ticks: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        """``address``: the API's, as :attr:`Forge.api`. ``client``: for tests. ``whole_answer``: seconds of ``ticks``.

        write_interval: seconds between two requests that change something; None for what :data:`PACES` says.
        """
        self._address = address
        self._clock = clock
        self._client = client or httpx.Client(timeout=TIMEOUT, headers={"user-agent": USER_AGENT})
        self._largest, self._whole, self._ticks = largest_answer, whole_answer, ticks
        self._write_interval = PACES.get(address, 0.0) if write_interval is None else write_interval
        self._sleep = sleep
        self._next_write, self._writing = 0.0, threading.Lock()
        self._kept = KeptAnswers()
        self._rest_until: datetime | None = None

    def close(self) -> None:
        """Close connections."""
        self._client.close()

    def run(self, exchange: Exchange[T]) -> T:
        """Carry out an exchange and give its result.

        Raises:
            ForgeError: what the exchange raises, or what was thrown into it.
        """
        with closing(exchange):
            try:
                request = next(exchange)
                while True:
                    try:
                        answer = self._answer(request)
                    except ForgeError as error:
                        request = exchange.throw(error)
                    else:
                        request = exchange.send(answer)
            except StopIteration as end:
                result: T = end.value
                return result
            except ForgeError as error:
                self._rest(error)
                raise

    def _rest(self, error: ForgeError) -> None:
        if error.everywhere and error.wait:
            self._rest_until = self._clock() + timedelta(seconds=error.wait)

    def _answer(self, request: Request) -> Answer:
        """One answer; redirects of renamed repositories are followed, on the same host only."""
        if self._rest_until and (left := (self._rest_until - self._clock()).total_seconds()) > 0:
            raise ForgeError("busy", french.resting(left), wait=left, everywhere=True)
        self._pace(request)
        address = self._address + request.path + _query(request)
        for _ in range(_HOPS):
            answer = self._send(request, address)
            answer = self._kept.resolve(request, answer)
            if not _to_follow(request, answer):
                return answer
            address = self._next(address, answer.headers["location"])
        raise ForgeError("gone", french.ENDLESS_REDIRECT)

    def _pace(self, request: Request) -> None:
        """Wait for this write's turn."""
        if request.method == "GET" or not self._write_interval:
            return
        with self._writing:
            now = self._ticks()
            turn = max(now, self._next_write)
            self._next_write = turn + self._write_interval
        self._sleep(turn - now)

    def _next(self, address: str, location: str) -> str:
        try:
            target = urljoin(address, location)
            same = _origin(target) == _origin(self._address)
        except ValueError:
            same = False
        if not same:
            raise ForgeError("gone", french.FOREIGN_REDIRECT)
        return target

    def _send(self, request: Request, address: str) -> Answer:
        headers = {**request.headers, **self._kept.conditions(request)}
        if not all(_FIT.fullmatch(value) for value in headers.values()):
            # The library would refuse it as well, and write it into its log.
            raise ForgeError("credentials", french.UNFIT_HEADER)
        try:
            with self._client.stream(
                request.method, address, headers=headers, json=request.json, follow_redirects=False
            ) as response:
                return Answer(
                    response.status_code,
                    {name.lower(): value for name, value in response.headers.items()},
                    self._body(response),
                )
        except (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout) as error:
            raise ForgeError("busy", french.unreachable(type(error).__name__)) from None
        except (httpx.HTTPError, httpx.StreamError, httpx.InvalidURL) as error:
            raise ForgeError("unclear", french.lost(type(error).__name__)) from None

    def _body(self, response: httpx.Response) -> bytes:
        """The body, within bounds of size (decoded) and time."""
        end = self._ticks() + self._whole
        body = bytearray()
        for piece in response.iter_bytes():
            body += piece
            if len(body) > self._largest:
                raise ForgeError("unclear", french.too_large(self._largest))
            if self._ticks() > end:
                raise ForgeError("unclear", french.lost("slow answer"))
        return bytes(body)


def _to_follow(request: Request, answer: Answer) -> bool:
    """301 for reading only: a write would arrive without its body. 307 and 308 keep method and body."""
    moved = answer.status in _SAME_METHOD or (answer.status == HTTPStatus.MOVED_PERMANENTLY and request.method == "GET")
    return moved and "location" in answer.headers


def _query(request: Request) -> str:
    pairs = "&".join(f"{quote(name, safe='')}={quote(value, safe='')}" for name, value in request.query)
    return f"?{pairs}" if pairs else ""


def _origin(address: str) -> tuple[str, str, int]:
    """Scheme, host, port (RFC 6454). Raises ValueError where there is none."""
    parts = urlsplit(address)
    if parts.username or parts.password or not parts.hostname:
        raise ValueError(address)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme, 0)

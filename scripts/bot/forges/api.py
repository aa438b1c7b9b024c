"""One forge's API as exchanges: credentials on each request, failures as errors, lists to their last page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING, Final, Literal, Protocol
from urllib.parse import parse_qsl, urlsplit

from scripts.bot.forges import reading
from scripts.bot.forges.failures import failure
from scripts.bot.forges.forge import Answer, Exchange, ForgeError, Json, Request
from scripts.bot.french import forges as french

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping
    from datetime import datetime

Method = Literal["GET", "POST", "PUT", "PATCH", "DELETE"]
Query = tuple[tuple[str, str], ...]
Asked = tuple[str, Query]
PAGES: Final = 200
"""More pages than any list the bot reads has."""
_NEXT: Final = re.compile(r'<([^<>]*)>[^<]*?;\s*rel="?next"?')


class Credentials(Protocol):
    """How requests are made in the bot's name."""

    def headers(self) -> Exchange[Mapping[str, str]]:
        """What each request carries. Never to be logged."""

    def password(self) -> Exchange[str]:
        """What stands for a password with git."""

    def forget(self) -> bool:
        """The forge refused them: whether asking for headers again gives other ones."""


@dataclass(frozen=True, slots=True)
class Token:
    """A token that an administrator made; ``header`` and ``scheme`` say how the forge wants it."""

    token: str
    extra: Mapping[str, str]
    scheme: str = "Bearer"

    def __repr__(self) -> str:
        return "Token(…)"

    def headers(self) -> Exchange[Mapping[str, str]]:
        """The same each time."""
        yield from ()
        return {**self.extra, "authorization": f"{self.scheme} {self.token}"}

    def password(self) -> Exchange[str]:
        """The token itself."""
        yield from ()
        return self.token

    def forget(self) -> bool:
        """There is no other."""
        return False


@dataclass(frozen=True, slots=True)
class Api:
    """``address`` has no slash at its end; ``page_size`` is the query that asks for long pages."""

    address: str
    credentials: Credentials
    clock: Callable[[], datetime]
    page_size: tuple[str, int] = ("per_page", 100)

    def call(
        self,
        method: Method,
        path: str,
        *,
        query: Query = (),
        json: Json = None,
        also: Collection[int] = (),
    ) -> Exchange[Answer]:
        """An answer of success, or of a status in ``also``. Raises :class:`ForgeError` for any other."""
        answer = yield from self._once(method, path, query, json)
        if answer.status == HTTPStatus.UNAUTHORIZED and self.credentials.forget():
            answer = yield from self._once(method, path, query, json)
        if not HTTPStatus.OK <= answer.status < HTTPStatus.MULTIPLE_CHOICES and answer.status not in also:
            raise failure(answer, self.clock())
        return answer

    def value(self, method: Method, path: str, *, query: Query = (), json: Json = None) -> Exchange[Json]:
        """The JSON of a success."""
        return reading.decode((yield from self.call(method, path, query=query, json=json)))

    def every(self, path: str, query: Query = ()) -> Exchange[list[Json]]:
        """All rows of a list, page after page."""
        found: list[Json] = []
        name, size = self.page_size
        asked: Asked = (path, (*query, (name, str(size))))
        for number in range(1, PAGES + 1):
            answer = yield from self.call("GET", asked[0], query=asked[1])
            page = reading.rows(reading.decode(answer))
            found += page
            following = self._next(asked, number, answer.headers, more=bool(page) and _more(answer.headers, len(found)))
            if following is None:
                return found
            asked = following
        raise ForgeError("unclear", french.UNFINISHED_LIST)

    def _once(self, method: Method, path: str, query: Query, json: Json) -> Exchange[Answer]:
        headers = yield from self.credentials.headers()
        return (yield Request(method, path, query, headers, json))

    def _next(self, asked: Asked, number: int, headers: Mapping[str, str], *, more: bool) -> Asked | None:
        """Where the next page is: as ``Link`` says (RFC 8288), else as the forge's own headers say."""
        link = _NEXT.search(headers.get("link", ""))
        if link and (target := self._here(link[1])):
            return target
        told = headers.get("x-next-page", "").strip()
        if not told and more:
            told = str(number + 1)
        if told:
            return asked[0], (*(pair for pair in asked[1] if pair[0] != "page"), ("page", told))
        if link and "x-next-page" not in headers:
            raise ForgeError("unclear", french.other_address(self.address))
        return None

    def _here(self, link: str) -> Asked | None:
        """Path and query of an address of this API, else None."""
        try:
            parts = urlsplit(link.removeprefix(self.address))
        except ValueError:
            return None
        ours = link.startswith(f"{self.address}/") and not parts.netloc
        return (parts.path, tuple(parse_qsl(parts.query, keep_blank_values=True))) if ours else None


def _more(headers: Mapping[str, str], so_far: int) -> bool:
    """Whether Forgejo's headers say that there is more."""
    total = headers.get("x-total-count", "").strip()
    counted = re.fullmatch(r"[0-9]{1,9}", total) is not None and int(total) > so_far
    return counted or headers.get("x-hasmore", "").strip().lower() == "true"

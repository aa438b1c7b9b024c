"""Looks whether a page is online, as everybody sees it."""

from __future__ import annotations

import hashlib
import http.client
import urllib.error
import urllib.request
from typing import TYPE_CHECKING, Final
from urllib.parse import urljoin, urlsplit

if TYPE_CHECKING:
    from http.client import HTTPMessage
    from typing import IO

SECONDS: Final = 10.0
LARGEST: Final = 8 * 1024 * 1024  # bytes that are looked at
_GONE: Final = frozenset({404, 410})
_HEADERS: Final = {"User-Agent": "circular-region-bot/1.0", "Cache-Control": "no-cache"}


class _SameHost(urllib.request.HTTPRedirectHandler):
    """Follows redirects on the same host only: elsewhere is not the site."""

    def redirect_request(  # noqa: PLR0917  # the library's signature
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> urllib.request.Request | None:
        """The request to follow with, or None."""
        target = urljoin(req.full_url, newurl)
        if urlsplit(target).netloc != urlsplit(req.full_url).netloc:
            return None
        return super().redirect_request(req, fp, code, msg, headers, target)


_OPENER: Final = urllib.request.build_opener(_SameHost, urllib.request.ProxyHandler({}))


def look_online(address: str) -> str | None:
    """A digest of the page at ``address``; empty where the site says that there is none, None where it says nothing."""
    if urlsplit(address).scheme not in {"http", "https"}:
        raise ValueError(f"{address!r} is no address of a page")
    request = urllib.request.Request(address, headers=_HEADERS)  # noqa: S310  # its scheme was looked at
    try:
        with _OPENER.open(request, timeout=SECONDS) as response:
            return hashlib.sha256(response.read(LARGEST)).hexdigest()
    except urllib.error.HTTPError as error:
        error.close()
        return "" if error.code in _GONE else None
    except (OSError, http.client.HTTPException):
        return None

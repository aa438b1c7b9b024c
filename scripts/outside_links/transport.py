"""Requests as they go over the net: to the very machine that was looked at, and no further than the head of the answer."""

from __future__ import annotations

import threading
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit, urlunsplit

import httpx

from plugins.model.addresses import slug
from scripts.french import links as french
from scripts.outside_links.addresses import is_public, place_of, system_resolve
from scripts.outside_links.asking import Reply, TransportError

if TYPE_CHECKING:
    import ssl
    from collections.abc import Callable, Iterator

    from plugins.model.objects import Site
    from scripts.outside_links.addresses import Address, Place, Resolve
    from scripts.outside_links.asking import Method

SECONDS: Final = 15.0  # for a connection, and for each part of an answer
PARTS: Final = 3  # as many times this for a whole request
_PORTS: Final = {"http": 80, "https": 443}


def user_agent(site: Site) -> str:
    """Who asks, so that the owner of a server knows whom to write to (RFC 9110, section 10.1.5)."""
    name = slug(str(site.settings.get("short") or site.settings["name"])) or "circular"
    return f"{name}-liens/1.0 (+{site.settings['url']})".encode("ascii", "ignore").decode("ascii")


class WebTransport:
    """Asks the web. ``resolve``, ``may_ask`` and ``context`` are for tests; proxies of the machine are not used, since they would
    look up names themselves.
    """

    def __init__(
        self,
        agent: str,
        *,
        resolve: Resolve = system_resolve,
        may_ask: Callable[[Address], bool] = is_public,
        context: ssl.SSLContext | None = None,
        seconds: float = SECONDS,
    ) -> None:
        self._resolve, self._may_ask, self._seconds = resolve, may_ask, seconds
        self._context = context or httpx.create_ssl_context(trust_env=False)
        self._headers = {"User-Agent": agent, "Accept": "text/html,*/*;q=0.8", "Accept-Language": "fr"}

    def send(self, method: Method, url: str) -> Reply:
        """One request. May raise TransportError, RefusedError and NoSuchHostError."""
        place = place_of(url, self._resolve, self._may_ask)
        with self._client() as client, _ended_after(self._seconds * PARTS, client):
            try:
                request = client.build_request(method, _numbered(url, place), headers={"Host": _host(place)})
                request.extensions = {**request.extensions, "sni_hostname": place.host}
                reply = client.send(request, stream=True)
                reply.close()
            except httpx.TimeoutException as error:
                raise TransportError(french.TOO_SLOW) from error
            except httpx.ConnectError as error:
                bad_tls = "certificate" in str(error).lower()
                raise TransportError(french.BAD_TLS if bad_tls else french.NO_CONNECTION) from error
            except (httpx.HTTPError, httpx.InvalidURL, ValueError, RuntimeError) as error:
                raise TransportError(french.BAD_ANSWER) from error
        return Reply(reply.status_code, {name.lower(): text for name, text in reply.headers.items()})

    def _client(self) -> httpx.Client:
        """One for each request: no cookie and no connection goes from one to the next."""
        return httpx.Client(
            headers=self._headers, timeout=self._seconds, verify=self._context, trust_env=False, follow_redirects=False
        )


@contextmanager
def _ended_after(seconds: float, client: httpx.Client) -> Iterator[None]:
    """Ends a request whose answer comes letter by letter, each just in time."""
    timer = threading.Timer(seconds, client.close)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def _numbered(url: str, place: Place) -> str:
    """The same address with the machine's number in place of its name."""
    ip = f"[{place.ip}]" if ":" in place.ip else place.ip
    return urlunsplit(urlsplit(url)._replace(netloc=f"{ip}:{place.port}"))


def _host(place: Place) -> str:
    name = f"[{place.host}]" if ":" in place.host else place.host
    return name if place.port == _PORTS[place.scheme] else f"{name}:{place.port}"

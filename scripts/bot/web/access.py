"""One line of log for each request, without personal data: the route's template, never the address that was asked for."""

from __future__ import annotations

import logging
import time
from typing import TYPE_CHECKING, Final

from starlette.datastructures import MutableHeaders

from plugins.publication.security import HEADERS

if TYPE_CHECKING:
    from collections.abc import Mapping, MutableMapping
    from typing import Any

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

logger = logging.getLogger("scripts.bot.web.access")

_NO_HSTS: Final = "Strict-Transport-Security"


class Access:
    """Gives each answer the site's security headers, and writes what it was, for which route, and how long it took.

    ``https``: whether visitors come by https, so that browsers may be told to use nothing else.
    """

    def __init__(self, app: ASGIApp, *, https: bool) -> None:
        self._app = app
        self._headers: Mapping[str, str] = {name: value for name, value in HEADERS.items() if https or name != _NO_HSTS}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI (https://asgi.readthedocs.io/en/latest/specs/www.html)."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started, answered = time.perf_counter(), {"status": 0}

        async def send_marked(message: Message) -> None:
            if message["type"] == "http.response.start":
                answered["status"] = message["status"]
                self._add_headers(message)
            await send(message)

        try:
            await self._app(scope, receive, send_marked)
        finally:
            logger.info(
                "request",
                extra={
                    "method": scope["method"],
                    "route": _template(scope),
                    "status": answered["status"],
                    "milliseconds": round((time.perf_counter() - started) * 1000, 1),
                },
            )

    def _add_headers(self, message: MutableMapping[str, Any]) -> None:
        headers = MutableHeaders(scope=message)
        for name, value in self._headers.items():
            headers.setdefault(name, value)


def _template(scope: Scope) -> str:
    """``/proposition/{id}/{token}/``, without what stands in its places; empty where no route takes the request."""
    return str(getattr(scope.get("route"), "path", ""))

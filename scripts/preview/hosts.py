"""Keeps other people's pages from using the reader's browser as a door to this machine (DNS rebinding).

A page of ``evil.example`` whose name is made to point to 127.0.0.1 reaches a server on loopback under its own name: so a server
that listens on loopback answers only those who call it by a name of loopback.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse

from scripts.french import commands as french

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

_LOOPBACK: Final = re.compile(r"(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?", re.IGNORECASE)
MISDIRECTED: Final = 421  # RFC 9110, section 15.5.20: this server does not answer for that name


def is_loopback(host: str) -> bool:
    """Whether a Host header (RFC 9110, section 7.2) names this machine itself."""
    return _LOOPBACK.fullmatch(host) is not None


class LoopbackOnly:
    """Passes on what is asked of 127.0.0.1, localhost or [::1], and refuses any other name."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """ASGI (https://asgi.readthedocs.io/en/latest/specs/www.html)."""
        if scope["type"] == "http" and not is_loopback(Headers(scope=scope).get("host", "")):
            await PlainTextResponse(french.ANOTHER_HOST, MISDIRECTED)(scope, receive, send)
            return
        await self._app(scope, receive, send)

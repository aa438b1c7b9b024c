"""What answers on the one port of ``serve``: the form service where it knows the address, else the site."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.responses import Response, StreamingResponse
from starlette.routing import Match, Route, Router

from scripts.preview import reload
from scripts.preview.answers import Answer
from scripts.preview.hosts import LoopbackOnly

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.applications import Starlette
    from starlette.requests import Request
    from starlette.types import ASGIApp, Receive, Scope, Send

READING: Final = ("GET", "HEAD")
HEADERS: Final = {"Cache-Control": "no-store", "Server": "circular-region"}


def application(site: Callable[[str], Answer], bulletin: reload.Bulletin, service: Starlette | None = None) -> ASGIApp:
    """The ASGI application of ``serve``.

    ``site`` gives the static site's answer to a request target (path and query). ``service`` is asked first: whatever one of its
    routes takes is its own, everything else is the site's.
    """
    static = _Static(site, bulletin)

    def script(_request: Request) -> Response:
        return _response(reload.script())

    def events(_request: Request) -> Response:
        return StreamingResponse(bulletin.events(), media_type="text/event-stream", headers=HEADERS)

    own = Router([Route(reload.EVENTS, events), Route(reload.SCRIPT, script)], redirect_slashes=False, default=static)
    return LoopbackOnly(_First(service, own) if service else own)


class _First:
    """Asks the service where one of its routes takes the request, method included, and the site elsewhere."""

    def __init__(self, service: Starlette, site: ASGIApp) -> None:
        self._service = service
        self._site = site

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        taken = any(route.matches(scope)[0] is Match.FULL for route in self._service.routes)
        await (self._service if taken else self._site)(scope, receive, send)


class _Static:
    """The site: pages get the script that loads them again; nothing is taken."""

    def __init__(self, site: Callable[[str], Answer], bulletin: reload.Bulletin) -> None:
        self._site = site
        self._bulletin = bulletin

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in READING:
            answer = Answer(405, headers={"Allow": ", ".join(READING)})
        else:
            answer = await run_in_threadpool(self._read, _target(scope))
        await _response(answer)(scope, receive, send)

    def _read(self, target: str) -> Answer:
        return reload.with_script(self._site(target), self._bulletin.state)


def _target(scope: Scope) -> str:
    """The request target as it stands in the request line (RFC 9112, section 3.2)."""
    path, query = scope["raw_path"].decode("latin-1"), scope["query_string"].decode("latin-1")
    return f"{path}?{query}" if query else path


def _response(answer: Answer) -> Response:
    headers = {**HEADERS, **answer.headers, "Content-Type": answer.content_type}
    return Response(answer.body, answer.status, headers)

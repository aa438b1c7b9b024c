"""The form service as one ASGI application: its routes, what it says when something fails, and its watch over the root."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from typing import TYPE_CHECKING, Any, Final

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import ClientDisconnect
from starlette.responses import Response
from starlette.routing import Route

from scripts.bot.french import web as french
from scripts.bot.store.errors import StoreBusyError, StoreFullError
from scripts.bot.web.access import Access
from scripts.bot.web.answers import refusal
from scripts.bot.web.confirm import confirm_routes
from scripts.bot.web.correction import correction_routes
from scripts.bot.web.edition import ASSETS
from scripts.bot.web.exact import exact_routes
from scripts.bot.web.form_pages import FormPages
from scripts.bot.web.health import health_routes
from scripts.bot.web.hooks import hook_routes
from scripts.bot.web.intake import intake_routes
from scripts.bot.web.posting.posted_form import BadPostError
from scripts.bot.web.posting.taking import Taking
from scripts.bot.web.root import RootError
from scripts.bot.web.status import status_routes

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Sequence

    from starlette.requests import Request
    from starlette.routing import BaseRoute

    from scripts.bot.web.posting.kept import KeptPictures
    from scripts.bot.web.service import Service

logger = logging.getLogger(__name__)

LOOK_AGAIN: Final = 5.0  # seconds between two looks at the files of the root
RETRY: Final = "30"  # seconds after which a browser may try again
IMMUTABLE: Final = "public, max-age=31536000, immutable"


def create_app(service: Service, more: Sequence[BaseRoute] = ()) -> Starlette:
    """The application. ``more`` are the routes of other parts: the review pages."""
    taking = Taking(service)
    pages = FormPages(service, taking)
    routes = [
        *intake_routes(service, taking, pages),
        *correction_routes(service, taking, pages),
        *health_routes(service),
        *status_routes(service),
        *confirm_routes(service),
        *exact_routes(service),
        *hook_routes(service),
        *more,
        Route(ASSETS + "{name:path}", _asset(service), name="asset"),
    ]
    app = Starlette(
        routes=routes,
        middleware=[Middleware(Access, https=service.settings.public_url.startswith("https:"))],
        exception_handlers=_handlers(service),
        lifespan=_watch(service, taking.kept),
    )
    app.router.redirect_slashes = False  # it would send people to whatever name the request called us by
    return app


def _asset(service: Service) -> Any:
    def asset(request: Request) -> Response:
        found = service.root.edition().files.get(request.path_params["name"])
        if found is None:
            raise HTTPException(404)
        media_type, content = found
        return Response(content, headers={"Content-Type": media_type, "Cache-Control": IMMUTABLE})

    return asset


def _handlers(service: Service) -> dict[Any, Any]:
    """What people read when something fails; the trace of a fault of ours is in the log."""

    def http_error(_request: Request, error: HTTPException) -> Response:
        title, message = french.REFUSALS.get(error.status_code, french.REFUSALS[400])
        return refusal(service, error.status_code, title, message, headers=error.headers)

    def bad_post(_request: Request, error: BadPostError) -> Response:
        return refusal(service, error.status, french.REFUSALS[error.status][0], error.message)

    def gone(_request: Request, _error: ClientDisconnect) -> Response:
        return Response(status_code=400)  # nobody is there to read it

    def unavailable(_request: Request, error: Exception) -> Response:
        logger.warning("unavailable", extra={"error": type(error).__name__, "reason": str(error)})
        return refusal(service, 503, *french.REFUSALS[503], headers={"Retry-After": RETRY})

    def fault(_request: Request, _error: Exception) -> Response:
        return refusal(service, 500, *french.REFUSALS[500])

    return {
        HTTPException: http_error,
        BadPostError: bad_post,
        ClientDisconnect: gone,
        StoreBusyError: unavailable,
        StoreFullError: unavailable,
        RootError: unavailable,
        Exception: fault,
    }


def _watch(service: Service, kept: KeptPictures) -> Any:
    """Load the site before the first request; look every few seconds whether it has changed, and which pictures are to go."""

    @contextlib.asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        await run_in_threadpool(service.root.refresh)
        task = asyncio.create_task(_keep_fresh(service, kept))
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    return lifespan


async def _keep_fresh(service: Service, kept: KeptPictures) -> None:
    while True:
        await asyncio.sleep(LOOK_AGAIN)
        try:
            await run_in_threadpool(service.root.refresh)
            await run_in_threadpool(kept.forget_old)
        except Exception:  # a file that vanishes between two looks must not end the watch
            logger.exception("the watch over files failed, it goes on")

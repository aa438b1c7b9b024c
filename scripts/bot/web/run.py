"""The intake as processes: uvicorn on loopback unless told otherwise, each process with its own application."""

from __future__ import annotations

import os
import secrets
import sys
from importlib import import_module
from typing import TYPE_CHECKING, Final

import uvicorn

from scripts.arguments import PROJECT, chosen_day
from scripts.bot.clock import utc_now
from scripts.bot.french import commands as french
from scripts.bot.logs import LOGGING
from scripts.bot.settings import load_settings
from scripts.bot.store import Store
from scripts.bot.web.app import create_app
from scripts.bot.web.review import review_routes
from scripts.bot.web.root import ServiceRoot
from scripts.bot.web.service import Service

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from starlette.applications import Starlette

    from scripts.bot.settings import Settings

FACTORY: Final = "scripts.bot.web.run:application"
PATIENCE: Final = 30  # seconds that posts which have begun may take when the service stops
MOST_AT_ONCE: Final = 500  # connections of a process; more are told to come back (503)


def run_intake(settings: Settings) -> int:
    """Receive forms until SIGTERM or SIGINT."""
    address = f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{settings.port}"
    sys.stdout.write(french.listening(address, settings.public_url) + "\n")
    sys.stdout.flush()
    uvicorn.run(
        FACTORY,
        factory=True,
        app_dir=str(PROJECT),
        host=settings.host,
        port=settings.port,
        workers=settings.processes,
        log_config=LOGGING,
        access_log=False,  # the application writes lines of its own, without addresses
        proxy_headers=False,  # the application believes only the proxies that the settings name
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=PATIENCE,
    )
    return 0


def application() -> Starlette:
    """The application of one process, from the environment; with the review pages where there is a password for them."""
    service = make_service(load_settings(os.environ, credentials=False))
    return create_app(service, review_routes(service) if service.settings.review_password else ())


def make_service(settings: Settings, today: Callable[[], dt.date] | None = None) -> Service:
    """The service on the machine's clock, chance and files. ``today`` is asked for the site's day, if it is not the clock's."""
    settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = settings.encryption_key.encode() or None
    return Service(
        store=Store.open(settings.database, key=key),
        settings=settings,
        clock=utc_now,
        random=secrets.token_bytes,
        root=ServiceRoot(
            settings.root,
            service_url=settings.public_url,
            site_url=settings.site_url,
            outputs=frozenset(import_module("pelicanconf").OUTPUTS),
            today=today or _today,
        ),
    )


def _today() -> dt.date:
    return chosen_day(None, os.environ)

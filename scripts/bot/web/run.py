"""The intake as processes: uvicorn on loopback unless told otherwise, each process with its own application."""

from __future__ import annotations

import os
import secrets
import socket
import sys
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING, Any, Final

import uvicorn
from uvicorn.config import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from scripts.arguments import UsageError, chosen_day
from scripts.bot.clock import utc_now
from scripts.bot.french import commands as french
from scripts.bot.logs import LOGGING
from scripts.bot.settings import load_settings
from scripts.bot.store import Store
from scripts.bot.web.app import create_app
from scripts.bot.web.review.review import review_routes
from scripts.bot.web.root import ServiceRoot
from scripts.bot.web.service import Service

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from starlette.applications import Starlette

    from scripts.bot.settings import Settings

FACTORY: Final = "scripts.bot.web.run:application"
PATIENCE: Final = 30  # seconds that posts which have begun may take when the service stops
SHARE: Final = 0.0005  # seconds that a thread may compute while others wait: those in a transaction hold up everybody
MOST_AT_ONCE: Final = 500  # connections of a process; more are told to come back (503)


def run_intake(settings: Settings) -> int:
    """Receive forms until SIGTERM or SIGINT; 1 if the processes could not start.

    Raises:
        UsageError: the port is not free.
    """
    address = f"http://{f'[{settings.host}]' if ':' in settings.host else settings.host}:{settings.port}"
    try:
        listening(settings.host, settings.port, shared=False).close()
    except OSError as error:
        raise UsageError(french.port_taken(address)) from error
    sys.stdout.write(french.listening(address, settings.public_url) + "\n")
    sys.stdout.flush()
    config = uvicorn.Config(
        FACTORY,
        factory=True,
        workers=settings.processes,
        log_config=LOGGING,
        access_log=False,  # the application writes lines of its own, without addresses
        proxy_headers=False,  # the application believes only the proxies that the settings name
        server_header=False,
        limit_concurrency=MOST_AT_ONCE,
        timeout_graceful_shutdown=PATIENCE,
    )
    own: Any = _OwnSocket(settings.host, settings.port)
    processes = Multiprocess(config, sockets=[own])
    processes.run()
    return int(any(process.exitcode == STARTUP_FAILURE for process in processes.processes))


@dataclass(frozen=True, slots=True)
class _OwnSocket:
    """Stands for a listening socket, and becomes one in each process to which it is sent.

    Processes that share one socket do not share the work: the first to wake takes every connection that waits. With sockets of
    their own the system deals connections out (socket(7), SO_REUSEPORT).
    """

    host: str
    port: int

    def __reduce__(self) -> tuple[Any, tuple[str, int]]:
        return listening, (self.host, self.port)


def listening(host: str, port: int, *, shared: bool = True) -> socket.socket:
    """A socket bound to an address; ``shared`` with others that are bound so. Raises OSError where it cannot be."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    bound = socket.socket(family, socket.SOCK_STREAM)
    # Connections of a process that is gone are in nobody’s way.
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    bound.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEPORT, int(shared))
    try:
        bound.bind((host, port))
    except OSError:
        bound.close()
        raise
    return bound


def application() -> Starlette:
    """The application of one process, from the environment; with the review pages where there is a password for them."""
    sys.setswitchinterval(SHARE)
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

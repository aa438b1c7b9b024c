"""The form service as it runs: a real uvicorn on a free port of loopback, a real database, a real root."""

from __future__ import annotations

import contextlib
import datetime as dt
import http.client
import secrets
import shutil
import socket
import threading
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import uvicorn

from scripts.bot.clock import utc_now
from scripts.bot.settings import load_settings
from scripts.bot.store import Store
from scripts.bot.web.app import create_app
from scripts.bot.web.root import ServiceRoot
from scripts.bot.web.service import Service
from tests.bot.web.posts import MULTIPART, multipart

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from starlette.routing import BaseRoute

ROOT = Path(__file__).parents[2] / "roots" / "outre-brume"
SITE = "https://boucles.example"
TODAY = dt.date(2026, 11, 24)


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode("utf-8")


@dataclass
class Live:
    """A running service; ``clock`` may be set."""

    service: Service
    root: Path
    clock: Clock
    port: int

    def ask(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request, without following redirects."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body, dict(headers or {}))
            answer = connection.getresponse()
            return Answer(answer.status, {name.lower(): text for name, text in answer.getheaders()}, answer.read())

    def get(self, path: str, **headers: str) -> Answer:
        return self.ask("GET", path, headers={name.replace("_", "-"): text for name, text in headers.items()})

    def press(self, path: str, fields: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """Send a small form from a page of the service."""
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        head = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin", **given}
        return self.ask("POST", path, urlencode(fields or {}).encode(), head)

    def post(
        self,
        path: str,
        pairs: Iterable[tuple[str, str]],
        files: Mapping[str, tuple[str, bytes]] | None = None,
        **headers: str,
    ) -> Answer:
        """Send a form as a page of the site does."""
        given = {name.replace("_", "-"): text for name, text in headers.items()}
        head = {"content-type": MULTIPART, "sec-fetch-site": "cross-site", **given}
        return self.ask("POST", path, multipart(pairs, files), head)


@dataclass
class Clock:
    """The machine's clock, or a moment that the test sets."""

    moment: dt.datetime | None = None

    def __call__(self) -> dt.datetime:
        return self.moment or utc_now()


@dataclass
class Given:
    """What a test decides about the service."""

    settings: dict[str, str] = field(default_factory=dict)
    more: Sequence[BaseRoute] = ()


@contextlib.contextmanager
def live(folder: Path, given: Given | None = None, *, root: Path = ROOT) -> Iterator[Live]:
    """Run a service whose files lie in ``folder`` for the time of the block."""
    given = given or Given()
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        copy = folder / "root"
        shutil.copytree(root, copy)
        address = f"http://127.0.0.1:{listener.getsockname()[1]}"
        clock = Clock()
        service = make_service(folder, copy, address, given.settings, clock)
        server = uvicorn.Server(
            uvicorn.Config(create_app(service), log_config=None, access_log=False, proxy_headers=False)
        )
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                if not thread.is_alive():
                    raise RuntimeError("the service did not start")
                thread.join(0.01)
            yield Live(service, copy, clock, listener.getsockname()[1])
        finally:
            server.should_exit = True
            thread.join(30)
            service.store.close()


def make_service(folder: Path, root: Path, address: str, settings: Mapping[str, str], clock: Clock) -> Service:
    """A service with settings as an administrator writes them."""
    environment = {
        "CIRCULAR_ROOT": str(root),
        "CIRCULAR_STATE": str(folder / "state"),
        "CIRCULAR_PUBLIC_URL": address,
        "CIRCULAR_SECRET": "s" * 40,
        **settings,
    }
    read = load_settings(environment, credentials=False)
    outputs: Any = import_module("pelicanconf").OUTPUTS
    return Service(
        store=Store.open(read.database, key=read.encryption_key.encode() or None),
        settings=read,
        clock=clock,
        random=secrets.token_bytes,
        root=ServiceRoot(
            read.root,
            service_url=read.public_url,
            site_url=read.site_url,
            outputs=frozenset(outputs),
            today=lambda: TODAY,
        ),
    )

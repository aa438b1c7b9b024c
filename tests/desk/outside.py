"""A real web of several hosts on one server of loopback, and a clock that nobody has to wait for."""

from __future__ import annotations

import datetime as dt
import threading
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Final

from scripts.outside_links.checking import Clock

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

START: Final = dt.datetime(2026, 6, 1, 9, 0, tzinfo=dt.UTC)


@dataclass
class Web:
    """``pages``: « host/path » → (status, headers); « METHOD host/path » goes first. ``asked`` is what was asked, in order."""

    pages: dict[str, tuple[int, Mapping[str, str]]]
    port: int = 0
    asked: list[tuple[str, str, str]] = field(default_factory=list)  # method, host and path, user agent
    at_once: Counter[str] = field(default_factory=Counter)
    most_at_once: Counter[str] = field(default_factory=Counter)
    most_in_all: int = 0
    linger: float = 0.0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def url(self, page: str) -> str:
        host, slash, path = page.partition("/")
        return f"http://{host}:{self.port}{slash}{path}"

    def resolve(self, host: str, _port: int) -> list[str]:
        if host == "nulle-part.example":
            raise OSError("no such host")
        return ["10.0.0.1"] if host == "dedans.example" else ["127.0.0.1"]

    def methods(self, page: str) -> list[str]:
        return [method for method, asked, _ in self.asked if asked == page]


@dataclass
class Hands:
    """A clock of which sleeping moves the hands; several threads may."""

    moment: dt.datetime = START
    seconds: float = 0.0
    slept: list[float] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def sleep(self, seconds: float) -> None:
        with self.lock:
            self.slept.append(seconds)
            self.seconds += seconds

    def clock(self) -> Clock:
        return Clock(lambda: self.moment, lambda: self.seconds, self.sleep)


@contextmanager
def running(pages: Mapping[str, tuple[int, Mapping[str, str]]], *, linger: float = 0.0) -> Iterator[Web]:
    web = Web(dict(pages), linger=linger)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def answer(self) -> None:
            host = self.headers["Host"].partition(":")[0]
            page = f"{host}{self.path}"
            with web.lock:
                web.asked.append((self.command, page, self.headers["User-Agent"]))
                web.at_once[host] += 1
                web.most_at_once[host] = max(web.most_at_once[host], web.at_once[host])
                web.most_in_all = max(web.most_in_all, web.at_once.total())
            time.sleep(web.linger)
            status, headers = web.pages.get(f"{self.command} {page}") or web.pages.get(page) or (404, {})
            with web.lock:
                web.at_once[host] -= 1
            if status == 0:  # hangs up
                self.close_connection = True
                return
            self.send_response(status)
            for name, text in headers.items():
                self.send_header(name, text.replace("PORT", str(web.port)))
            self.send_header("Content-Length", "0")
            self.send_header("Connection", "close")
            self.end_headers()

        do_HEAD = do_GET = answer  # noqa: N815  # the library's names

        def log_message(self, *_: object) -> None:
            """Tests are quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    web.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield web
    finally:
        server.shutdown()
        thread.join(5)
        server.server_close()

"""A real git server over HTTP: git's own ``http-backend`` behind the standard library's server, and what may go wrong.

``fault`` is asked about each request, with what it asks for (« GET info/refs git-receive-pack », « POST git-receive-pack »),
and says what happens: None (all is well), a status to answer with, « lost » (it is done, the answer never arrives), « half »
(half of the answer arrives) or « slow ».
"""

from __future__ import annotations

import contextlib
import os
import subprocess
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Literal, TypeAlias
from urllib.parse import parse_qs, urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

Fault: TypeAlias = "int | Literal['lost', 'half', 'slow'] | None"
BACKEND = "/usr/lib/git-core/git-http-backend"


class GitServer(ThreadingHTTPServer):
    """Serves the bare repositories below ``directory``; ``authorization`` is the header it wants, if any."""

    daemon_threads = True

    def __init__(self, directory: Path, authorization: str = "") -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.directory = directory
        self.authorization = authorization
        self.fault: Callable[[str], Fault] = lambda _: None
        self.seen: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A client that goes away is what some tests are about."""


class _Handler(BaseHTTPRequestHandler):
    server: GitServer

    def do_GET(self) -> None:
        self._answer(b"")

    def do_POST(self) -> None:
        if self.headers.get("Transfer-Encoding") == "chunked":
            pieces = []
            while size := int(self.rfile.readline(), 16):
                pieces.append(self.rfile.read(size))
                self.rfile.readline()
            self.rfile.readline()
            self._answer(b"".join(pieces))
        else:
            self._answer(self.rfile.read(int(self.headers.get("Content-Length", 0))))

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        pass

    def _answer(self, body: bytes) -> None:
        parts = urlsplit(self.path)
        asked = " ".join([self.command, parts.path.split(".git/")[-1], *parse_qs(parts.query).get("service", [])])
        self.server.seen.append(asked)
        if self.server.authorization and self.headers.get("Authorization") != self.server.authorization:
            self._status(401)
            return
        fault = self.server.fault(asked)
        if isinstance(fault, int):
            self._status(fault)
            return
        if fault == "slow":
            time.sleep(3)
        answer = self._backend(parts.path, parts.query, body)
        if fault == "lost":
            self.connection.shutdown(2)
            return
        head, _, content = answer.partition(b"\r\n\r\n")
        fields = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        self.send_response(int(fields.pop("Status", "200").split()[0]))
        for name, value in fields.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if fault == "half" else content)

    def _status(self, status: int) -> None:
        self.send_response(status)
        if status // 100 == 3:
            self.send_header("Location", f"{self.server.url}/elsewhere.git/info/refs?service=git-upload-pack")
        self.send_header("Content-Length", "0")
        self.end_headers()

    def _backend(self, path: str, query: str, body: bytes) -> bytes:
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self.server.directory),
            "GIT_HTTP_EXPORT_ALL": "1",
            "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "http.receivepack",
            "GIT_CONFIG_VALUE_0": "true",
            "REQUEST_METHOD": self.command,
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "CONTENT_TYPE": self.headers.get("Content-Type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": self.headers.get("Content-Encoding", ""),
            "GIT_PROTOCOL": self.headers.get("Git-Protocol", ""),
            "REMOTE_USER": "bot",
        }
        return subprocess.run([BACKEND], input=body, env=environment, check=True, capture_output=True).stdout


@contextlib.contextmanager
def serving(directory: Path, authorization: str = "") -> Iterator[GitServer]:
    """A server for the time of the block."""
    with GitServer(directory, authorization) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()

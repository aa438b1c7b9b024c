"""A real HTTP server on loopback that carries faults out and keeps the contract's accounts."""

from __future__ import annotations

import hashlib
import json
import socket
import sys
import threading
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any, Protocol
from urllib.parse import parse_qsl

from tests.bot.forges.doubles.contract import Sent

if TYPE_CHECKING:
    from collections.abc import Mapping

    from tests.bot.forges.doubles.contract import Contract
    from tests.bot.forges.doubles.faults import Fault, Faults
    from tests.bot.forges.doubles.git_http import GitBackend

NO_BODY = frozenset({204, 304})


@dataclass(frozen=True)
class Reply:
    """An answer: ``body`` is JSON, or bytes as they are, or nothing."""

    status: int
    body: Any = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def encoded(self) -> tuple[int, dict[str, str], bytes]:
        """Status, headers in lower case, body."""
        if self.status in NO_BODY:
            return self.status, dict(self.headers), b""
        if isinstance(self.body, bytes):
            return self.status, dict(self.headers), self.body
        media = {"content-type": "application/json; charset=utf-8"}
        return self.status, {**media, **self.headers}, json.dumps(self.body).encode()


@dataclass(frozen=True)
class Line:
    """One line of the log."""

    method: str
    path: str
    status: int  # 0: no answer


class Answering(Protocol):
    """A double, as its server sees it."""

    contract: Contract
    faults: Faults
    log: list[Line]
    violations: list[str]
    git: GitBackend | None

    @property
    def prefix(self) -> str:
        """Path of the API."""

    @property
    def etag(self) -> str:
        """Shape of an ``ETag``, "" where there are none."""

    def reply(self, sent: Sent) -> Reply:
        """Carry a request out."""


class Server(ThreadingHTTPServer):
    """``double`` answers."""

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, double: Answering) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.double = double
        self.stopping = threading.Event()
        self._thread = threading.Thread(target=self.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.server_address[1]}"

    def stop(self) -> None:
        """Stop listening; slow answers end at once."""
        self.stopping.set()
        self.shutdown()
        self.server_close()
        self._thread.join()

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ARG002 - the library's names
        """A client that goes away is part of the play; anything else is a fault of the double."""
        error = sys.exc_info()[1]
        if not isinstance(error, ConnectionError | TimeoutError):
            self.double.violations.append(f"the double failed: {error!r}")


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, *arguments: object) -> None:
        """Quiet; the double keeps a log of its own."""

    def do_GET(self) -> None:
        self._answer()

    do_POST = do_PUT = do_PATCH = do_DELETE = do_GET  # noqa: N815 - the library's names

    def _answer(self) -> None:
        double = self.server.double
        path, _, query = self.path.partition("?")
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self._whole_body()
        sent = Sent(self.command, path.removeprefix(double.prefix), parse_qsl(query, True), headers, body)
        git = double.git if ".git/" in path else None
        fault = double.faults.take(sent.method, sent.path, git=git is not None)
        if fault is not None and fault.kind == "drop":
            self._log(sent, 0)
            self._hang_up()
        elif fault is not None and fault.kind == "refuse":
            if git is None:
                double.violations += double.contract.faults_of_request(sent)
            self._log(sent, fault.status)
            self._send(fault.status, fault.headers, fault.body)
        elif git is not None:
            self._tell(sent, fault, *git.answer(sent.method, path, query, headers, body))
        else:
            self._tell(sent, fault, *self._judged(sent, known=path.startswith(double.prefix + "/")))

    def _judged(self, sent: Sent, *, known: bool) -> tuple[int, dict[str, str], bytes]:
        """Have the effect; both sides are held to the contract."""
        double = self.server.double
        wrong = double.contract.faults_of_request(sent) if known else [f"not an address of the API: {sent.path}"]
        double.violations += wrong
        reply = double.reply(sent) if not wrong else Reply(400, {"message": "; ".join(wrong)})
        status, headers, body = reply.encoded()
        if not wrong:
            double.violations += double.contract.faults_of_answer(sent, status, headers, body)
        if sent.method == "GET" and status == 200 and double.etag:
            headers["etag"] = double.etag % hashlib.sha256(body).hexdigest()[:32]
            if sent.headers.get("if-none-match") == headers["etag"]:
                status, body = 304, b""
        return status, headers, body

    def _tell(self, sent: Sent, fault: Fault | None, status: int, headers: Mapping[str, str], body: bytes) -> None:
        """The effect has happened; the answer comes as the fault has it."""
        kind = "" if fault is None else fault.kind
        if kind == "lose":
            self._log(sent, 0)
            self._hang_up()
            return
        if fault is not None and kind == "slow":
            self.server.stopping.wait(fault.seconds)
        if fault is not None and kind == "veil":
            status, headers, body = fault.status, {"content-type": "text/html", **fault.headers}, fault.body
        self._log(sent, status)
        self._send(status, headers, body, half=kind == "half")

    def _send(self, status: int, headers: Mapping[str, str], body: bytes, *, half: bool = False) -> None:
        self.send_response(status)
        for name, value in headers.items():
            if name not in {"content-length", "transfer-encoding", "connection"}:
                self.send_header(name, value)
        if status not in NO_BODY:
            self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body[: len(body) // 2] if half else body)
        if half:
            self._hang_up()

    def _hang_up(self) -> None:
        self.wfile.flush()
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _whole_body(self) -> bytes:
        """git sends long packs in chunks (RFC 9112 §7.1)."""
        if self.headers.get("transfer-encoding", "").lower() != "chunked":
            return self.rfile.read(int(self.headers.get("content-length") or 0))
        whole = bytearray()
        while size := int(self.rfile.readline().split(b";")[0], 16):
            whole += self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()
        return bytes(whole)

    def _log(self, sent: Sent, status: int) -> None:
        self.server.double.log.append(Line(sent.method, sent.path, status))

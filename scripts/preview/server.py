"""HTTP around the answers: one thread a connection, loopback only."""

from __future__ import annotations

import sys
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scripts.preview import reload
from scripts.preview.answers import Answer

if TYPE_CHECKING:
    from collections.abc import Callable

LOOPBACK = "127.0.0.1"


class PreviewServer(ThreadingHTTPServer):
    """Bound at once, so that a port in use is known before the long build; listens from
    ``server_activate()`` on.

    ``site`` gives the answer to a request target. Another service on the same port (the form service) is one
    more callable asked before it.
    """

    daemon_threads = True
    block_on_close = False

    def __init__(self, port: int, site: Callable[[str], Answer], bulletin: reload.Bulletin) -> None:
        super().__init__((LOOPBACK, port), Handler, bind_and_activate=False)
        self.site = site
        self.bulletin = bulletin
        try:
            self.server_bind()
        except OSError:
            self.server_close()
            raise

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that hangs up is no news; anything else is a fault to be seen."""
        if not isinstance(sys.exc_info()[1], ConnectionError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]  # typeshed names the socket's own type

    def close(self) -> None:
        """Give the port back."""
        self.server_close()

    @property
    def address(self) -> str:
        """The site's address, without a final slash."""
        return f"http://{LOOPBACK}:{self.server_port}"


class Handler(BaseHTTPRequestHandler):
    """GET and HEAD; a page that is looked at hears of rebuilds."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    timeout = 60

    def do_GET(self) -> None:
        """A page, a file, the script, or the stream of events."""
        if urlsplit(self.path).path == reload.EVENTS:
            self._stream()
        else:
            self._send(self._answer(), with_body=True)

    def do_HEAD(self) -> None:
        """The same headers as GET, and no body."""
        self._send(self._answer(), with_body=False)

    def do_POST(self) -> None:
        """Nothing on a static site takes a form."""
        self.close_connection = True
        self._send(Answer(405, headers={"Allow": "GET, HEAD"}), with_body=True)

    do_PUT = do_PATCH = do_DELETE = do_OPTIONS = do_POST  # noqa: N815  # http.server looks for these names

    def version_string(self) -> str:
        """What the Server header says."""
        return "circular-region"

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the base class names it so
        """One line a request would hide what the build says."""

    def _answer(self) -> Answer:
        if urlsplit(self.path).path == reload.SCRIPT:
            return reload.script()
        return reload.with_script(self.server.site(self.path), self.server.bulletin.state)

    def _send(self, answer: Answer, *, with_body: bool) -> None:
        self.send_response(answer.status)
        self.send_header("Content-Type", answer.content_type)
        self.send_header("Content-Length", str(len(answer.body)))
        self.send_header("Cache-Control", "no-store")
        for name, value in answer.headers.items():
            self.send_header(name, value)
        self.end_headers()
        if with_body:
            self.wfile.write(answer.body)

    def _stream(self) -> None:
        self.close_connection = True
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream; charset=utf-8")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        try:
            for event in self.server.bulletin.events():
                self.wfile.write(event)
                self.wfile.flush()
        except (BrokenPipeError, ConnectionResetError):
            return  # the page was closed

"""A static host on loopback for a built site: its ``_headers`` obeyed, answers compressed, and the bytes on the wire counted."""

from __future__ import annotations

import gzip
import mimetypes
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

TEXTS = {".html", ".css", ".js", ".json", ".svg", ".txt", ".xml", ".ics", ".csv", ".geojson"}


@dataclass
class Host:
    """A running host: its address without a slash at the end, and what it sent since ``forget`` as (path, compressed bytes)."""

    address: str
    below: str = ""  # where the site lies on the host, without a slash at the end
    sent: list[tuple[str, int]] = field(default_factory=list)
    without: set[str] = field(default_factory=set)  # paths that it pretends not to have

    def forget(self) -> None:
        self.sent.clear()

    def bytes_of(self, *prefixes: str) -> int:
        return sum(size for path, size in self.sent if path.startswith(prefixes))


def headers_of(site: Path) -> list[tuple[str, dict[str, str]]]:
    """The rules of ``_headers``: pattern and headers, in order."""
    rules: list[tuple[str, dict[str, str]]] = []
    for line in (site / "_headers").read_text(encoding="utf-8").splitlines():
        if line.startswith("  "):
            name, _, value = line.strip().partition(": ")
            rules[-1][1][name] = value
        elif line:
            rules.append((line, {}))
    return rules


def headers_for(rules: list[tuple[str, dict[str, str]]], path: str) -> dict[str, str]:
    """The headers of an answer; values of several rules are joined with a comma, as Netlify and Cloudflare do."""
    found: dict[str, str] = {}
    for pattern, headers in rules:
        if path == pattern or (pattern.endswith("*") and path.startswith(pattern[:-1])):
            for name, value in headers.items():
                found[name] = f"{found[name]}, {value}" if name in found else value
    found.pop("Strict-Transport-Security", None)  # there is no TLS on loopback
    return found


class _Handler(BaseHTTPRequestHandler):
    def __init__(
        self, site: Path, rules: list[tuple[str, dict[str, str]]], host: Host, more: Mapping[str, str], *args: object
    ) -> None:
        self.site, self.rules, self.host, self.more = site, rules, host, more
        super().__init__(*args)  # type: ignore[arg-type]

    def do_GET(self) -> None:  # the name that the library calls
        path = unquote(urlsplit(self.path).path)
        if not path.startswith(self.host.below + "/"):
            self.send_error(404)
            return
        file = self.site / path.removeprefix(self.host.below).lstrip("/")
        file = file / "index.html" if path.endswith("/") else file
        if not file.is_file() or path in self.host.without:
            self.send_error(404)
            return
        body = file.read_bytes()
        packed = gzip.compress(body, 9, mtime=0) if file.suffix in TEXTS else body
        self.host.sent.append((path, len(packed)))
        self.send_response(200)
        self.send_header("Content-Type", mimetypes.guess_type(file.name)[0] or "application/octet-stream")
        self.send_header("Content-Length", str(len(packed)))
        if file.suffix in TEXTS:
            self.send_header("Content-Encoding", "gzip")
        for name, value in {**headers_for(self.rules, path), **self.more}.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(packed)

    def log_message(self, *_: object) -> None:
        """Nothing: a test says what it wants to say."""


@contextmanager
def hosted(site: Path, below: str = "", **more: str) -> Iterator[Host]:
    """Serve ``site`` while the block runs, at the root of the host or ``below`` it.

    ``more`` are headers that replace those of ``_headers`` (« _ » for « - »).
    """
    host = Host("", below)
    headers = {name.replace("_", "-"): value for name, value in more.items()}
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Handler, site, headers_of(site), host, headers))
    host.address = f"http://127.0.0.1:{server.server_port}{below}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield host
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

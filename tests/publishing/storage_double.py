"""An S3-compatible storage over HTTP, as far as it is used here: objects by path, PUT, copies, GET, DELETE.

Every request must carry a signature that this double computes itself (Signature Version 4, as AWS documents it); others
are refused.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Iterator

KEY, SECRET = "AKIDEXAMPLE", "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"  # the documentation's own example
ENVIRONMENT = {"AWS_ACCESS_KEY_ID": KEY, "AWS_SECRET_ACCESS_KEY": SECRET}
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=([^/]+)/(\d{8})/([^/]+)/s3/aws4_request, ?SignedHeaders=([^,]+), ?Signature=([0-9a-f]{64})"
)


@dataclass(slots=True)
class Object:
    """What is stored under a path ``/bucket/key``."""

    content: bytes
    content_type: str
    cache: str


@dataclass(slots=True)
class Stored:
    """All objects. After ``refuse_after`` writes everything is refused; the ``failing`` next requests fail once, as servers do."""

    endpoint: str = ""
    objects: dict[str, Object] = field(default_factory=dict)
    writes: list[str] = field(default_factory=list)
    refuse_after: int | None = None
    failing: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def site(self, bucket: str = "site") -> dict[str, bytes]:
        """What readers can see of a bucket, and what its own records are not."""
        prefix = f"/{bucket}/"
        found = {
            path.removeprefix(prefix): thing.content for path, thing in self.objects.items() if path.startswith(prefix)
        }
        return {path: content for path, content in found.items() if not path.startswith(".circular/")}

    def lingering(self, bucket: str = "site") -> list[str]:
        """The paths that the journal says may go later."""
        journal = self.objects.get(f"/{bucket}/.circular/state.json")
        return list(json.loads(journal.content)["lingering"]) if journal else []


@contextmanager
def storage() -> Iterator[Stored]:
    """A storage that answers on a free port of loopback."""
    stored = Stored()

    class Handler(_Handler):
        state = stored

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    stored.endpoint = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield stored
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


class _Handler(BaseHTTPRequestHandler):
    state: Stored
    protocol_version = "HTTP/1.1"
    wbufsize = -1  # an answer leaves in one piece
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._handle(b"", self._get)

    def do_PUT(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self._handle(body, lambda: self._put(body))

    def do_DELETE(self) -> None:
        self._handle(b"", self._delete)

    def handle_expect_100(self) -> bool:
        answered = super().handle_expect_100()
        self.wfile.flush()  # whoever asks waits a second for this
        return answered

    def log_message(self, *_: object) -> None:
        """Nothing to the terminal."""

    def _handle(self, body: bytes, answer: object) -> None:
        with self.state.lock:
            if not _is_signed(self, body):
                self._say(403, _error("SignatureDoesNotMatch"))
            elif self.state.failing:
                self.state.failing -= 1
                self._say(500, _error("InternalError"))
            else:
                assert callable(answer)
                answer()

    def _get(self) -> None:
        found = self.state.objects.get(self._key)
        if found is None:
            self._say(404, _error("NoSuchKey"))
        else:
            self._say(200, found.content)

    def _put(self, body: bytes) -> None:
        source = unquote(self.headers.get("x-amz-copy-source", ""))
        if not self._may_write(f"{'copy' if source else 'put'} {self._key}"):
            return
        content = body
        if source:
            origin = self.state.objects.get(f"/{source.lstrip('/')}")
            if origin is None:
                self._say(404, _error("NoSuchKey"))
                return
            content = origin.content
        kind, cache = self.headers.get("Content-Type", ""), self.headers.get("Cache-Control", "")
        self.state.objects[self._key] = Object(content, kind, cache)
        self._say(200, b"<CopyObjectResult><ETag>x</ETag></CopyObjectResult>" if source else b"")

    def _delete(self) -> None:
        if self._may_write(f"delete {self._key}"):
            self.state.objects.pop(self._key, None)
            self._say(204, b"")

    @property
    def _key(self) -> str:
        return unquote(urlsplit(self.path).path)

    def _may_write(self, what: str) -> bool:
        if self.state.refuse_after is not None and len(self.state.writes) >= self.state.refuse_after:
            self._say(403, _error("AccessDenied"))
            return False
        self.state.writes.append(what)
        return True

    def _say(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _error(code: str) -> bytes:
    return f"<Error><Code>{code}</Code><Message>{code}</Message></Error>".encode()


def _is_signed(request: BaseHTTPRequestHandler, body: bytes) -> bool:
    """https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-header-based-auth.html"""
    found = _AUTHORIZATION.fullmatch(request.headers.get("Authorization", ""))
    if not found or found[1] != KEY:
        return False
    _, day, region, signed, signature = found.groups()
    stated = request.headers["x-amz-content-sha256"]
    if stated not in {hashlib.sha256(body).hexdigest(), "UNSIGNED-PAYLOAD"}:
        return False
    path, _, query = request.path.partition("?")
    headers = "".join(f"{name}:{' '.join(request.headers[name].split())}\n" for name in signed.split(";"))
    arguments = "&".join(sorted(part if "=" in part else f"{part}=" for part in query.split("&") if part))
    canonical = f"{request.command}\n{path}\n{arguments}\n{headers}\n{signed}\n{stated}"
    scope = f"{day}/{region}/s3/aws4_request"
    hashed = hashlib.sha256(canonical.encode()).hexdigest()
    text = "\n".join(["AWS4-HMAC-SHA256", request.headers["x-amz-date"], scope, hashed])
    key = f"AWS4{SECRET}".encode()
    for part in (day, region, "s3", "aws4_request"):
        key = hmac.new(key, part.encode(), hashlib.sha256).digest()
    return hmac.compare_digest(hmac.new(key, text.encode(), hashlib.sha256).hexdigest(), signature)

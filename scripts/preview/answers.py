"""What the local server answers to an address, without any HTTP: addresses in, status and bytes out.

Plays the static host the site is made for: clean addresses, ``404.html``, the redirects of
``data/redirects.yaml``.
"""

from __future__ import annotations

import mimetypes
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

GONE = "gone"
# The types of our outputs, stated here because a machine's own table may lack them or differ.
TYPES = {
    ".atom": "application/atom+xml",
    ".css": "text/css",
    ".csv": "text/csv",
    ".geojson": "application/geo+json",
    ".html": "text/html",
    ".ics": "text/calendar",
    ".js": "text/javascript",
    ".json": "application/json",
    ".jsonld": "application/ld+json",
    ".mjs": "text/javascript",
    ".svg": "image/svg+xml",
    ".txt": "text/plain",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".webp": "image/webp",
    ".avif": "image/avif",
    ".woff2": "font/woff2",
    ".xml": "application/xml",
}
FEED = "flux.xml"
_TEXTUAL = (
    "text/",
    "application/json",
    "application/geo+json",
    "application/ld+json",
    "application/xml",
    "application/atom+xml",
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, a content type, a body, and where to go instead."""

    status: int
    content_type: str = "text/plain; charset=utf-8"
    body: bytes = b""
    headers: Mapping[str, str] = field(default_factory=dict)


class StaticSite:
    """The files below ``directory``, answered as a static host answers them."""

    def __init__(self, directory: Path, redirects: Mapping[str, str]) -> None:
        self._directory = directory.resolve()
        self._redirects = redirects

    def answer(self, target: str) -> Answer:
        """The answer to a request target (path and query, as they stand in the request line)."""
        parts = urlsplit(target if target.startswith("/") else "/" + target)
        address = unquote(parts.path, errors="replace")
        with_query = f"{address}?{parts.query}"
        moved = self._redirects.get(with_query if parts.query and with_query in self._redirects else address)
        if moved == GONE:
            return self._page("404.html", 410)
        if moved is not None:
            return _redirect(moved, "" if with_query in self._redirects else parts.query)
        path = self._file(address)
        if path is None:
            return self._page("404.html", 404)
        if path.is_dir():
            return _redirect(parts.path + "/", parts.query)
        return Answer(200, content_type(path.name), path.read_bytes())

    def _file(self, address: str) -> Path | None:
        """The file or directory behind an address, if there is one inside the site."""
        if "\0" in address or "\\" in address:
            return None
        path = self._directory / address.lstrip("/")
        if address.endswith("/"):
            path = path / "index.html"
        resolved = path.resolve()
        if not resolved.is_relative_to(self._directory):
            return None
        if resolved.is_dir():
            return resolved if (resolved / "index.html").is_file() else None
        return resolved if resolved.is_file() else None

    def _page(self, name: str, status: int) -> Answer:
        path = self._directory / name
        if not path.is_file():
            return Answer(status)
        return Answer(status, content_type(name), path.read_bytes())


def content_type(name: str) -> str:
    """The media type of a file name, with its charset where it is text."""
    suffix = "." + name.rpartition(".")[2].lower()
    kind = "application/atom+xml" if name == FEED else TYPES.get(suffix) or mimetypes.guess_type(name)[0]
    if kind is None:
        return "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith(_TEXTUAL) else kind


def _redirect(location: str, query: str) -> Answer:
    """301 to a site-relative or absolute address; ``//host`` would leave the site unasked, so leading
    slashes become one.
    """
    inside = "/" + location.lstrip("/") if location.startswith("/") else location
    safe = quote(inside, safe="/:?#[]@!$&'()*+,;=%~")
    bare, hash_sign, anchor = safe.partition("#")
    return Answer(301, headers={"Location": f"{bare}?{query}{hash_sign}{anchor}" if query else safe})

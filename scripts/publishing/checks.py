"""Looks at what was published as a reader does, over HTTP: is it this version, whole where it matters most?

Polite: one request after the other, bounded in time and size, and patient where a cache (CDN) shows the old site for a while.
"""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from xml.etree import ElementTree as ET

import httpx

from scripts.french import publishing as french
from scripts.publishing.release import STAMP, stamped_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from scripts.publishing.release import Release

    Fetch: TypeAlias = Callable[[str], "Answer"]

WAITS: Final = (0, 1, 2, 5, 10, 20, 30, 60)  # seconds before each look; two minutes, as long as caches of pages take
_TIMEOUT: Final = 15  # seconds
_WHOLE: Final = 60  # seconds for one answer, however slowly its parts come
_LARGEST: Final = 20_000_000  # bytes
_HOME, _FEED, _MAP = "index.html", "flux.xml", "sitemap.xml"
# What makes a search answer, and must be of this very build: titles for suggestions, the entry of the full text.
_SEARCH: Final = ("search-index.json", "pagefind/pagefind-entry.json")
_TITLE: Final = re.compile(rb"<title[^>]*>.*?</title>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back: the status (0 where nothing did, and ``body`` says why) and the content."""

    status: int
    body: bytes


def fetched(address: str, *, most_seconds: float = _WHOLE) -> Answer:
    """One GET of an address, past the caches where they can be asked; failures of the network are answers, too."""
    end = time.monotonic() + most_seconds
    headers = {"User-Agent": "circular-region publish", "Cache-Control": "no-cache"}
    try:
        with httpx.stream("GET", address, timeout=_TIMEOUT, follow_redirects=True, headers=headers) as response:
            body = bytearray()
            for piece in response.iter_bytes():
                body += piece
                if len(body) > _LARGEST:
                    return Answer(0, french.TOO_LARGE.encode())
                if time.monotonic() > end:
                    return Answer(0, french.TOO_LATE.encode())
            return Answer(response.status_code, bytes(body))
    except httpx.TooManyRedirects:
        return Answer(0, french.IN_CIRCLES.encode())
    except httpx.TimeoutException:
        return Answer(0, french.TOO_LATE.encode())
    except httpx.HTTPError as error:
        return Answer(0, (str(error) or type(error).__name__).encode())


def faults(
    release: Release,
    site_url: str,
    *,
    fetch: Fetch = fetched,
    sleep: Callable[[float], None],
    waits: Sequence[float] = WAITS,
) -> list[str]:
    """What readers of ``site_url`` do not see as it was published, as French sentences; empty where all is well."""
    found: list[str] = []
    for wait in waits:
        sleep(wait)
        found = list(_looked(release, site_url, fetch))
        if not found:
            break
    return found


def is_shown(identity: str, site_url: str, fetch: Fetch = fetched) -> bool:
    """Whether readers of ``site_url`` see the version with this identity."""
    answer = fetch(f"{site_url}/{STAMP}")
    return answer.status == httpx.codes.OK and stamped_id(answer.body) == identity


def _looked(release: Release, site_url: str, fetch: Fetch) -> Iterator[str]:
    stamp = fetch(f"{site_url}/{STAMP}")
    if stamp.status != httpx.codes.OK:
        yield _unreachable(f"{site_url}/{STAMP}", stamp)
        return  # the rest would say the same
    if stamped_id(stamp.body) != release.id:
        yield french.other_version(f"{site_url}/{STAMP}", stamped_id(stamp.body), release.id)
        return
    for path in (_HOME, _FEED, _MAP, *_SEARCH):
        if path in release.files:
            yield from _one(release, path, site_url, fetch)


def _one(release: Release, path: str, site_url: str, fetch: Fetch) -> Iterator[str]:
    address = f"{site_url}/{'' if path == _HOME else path}"
    answer, ours = fetch(address), (release.directory / path).read_bytes()
    if answer.status != httpx.codes.OK:
        yield _unreachable(address, answer)
    elif path == _HOME:  # some hosts write into pages, so the title has to do
        if _title(answer.body) != _title(ours):
            yield french.other_content(address)
    elif answer.body != ours:
        yield french.other_content(address)
    elif path in {_FEED, _MAP} and not _is_xml(ours):
        yield french.not_xml(address)


def _unreachable(address: str, answer: Answer) -> str:
    if answer.status:
        return french.wrong_status(address, answer.status)
    return french.no_answer(address, answer.body.decode("utf-8", "replace"))


def _title(page: bytes) -> bytes:
    found = _TITLE.search(page)
    return found[0] if found else b""


def _is_xml(text: bytes) -> bool:
    try:
        ET.fromstring(text)  # noqa: S314  # our own file: it was compared with the one on the disk
    except ET.ParseError:
        return False
    return True

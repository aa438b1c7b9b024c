"""Runs Pagefind (https://pagefind.app) over the copies of pages, and puts the texts as people wrote them into what it writes.

What a page is about never goes through Pagefind: its own filters and orders are written in an order that changes from run to
run, and the facts of a result need not be searched. ``facets.json`` and the fragments carry them instead.
"""

from __future__ import annotations

import asyncio
import base64
import gzip
import io
import json
import os
import re
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from pagefind.service import PagefindService

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from pagefind.index import PagefindIndex

    from plugins.search_index.copies import Copy

FRAGMENT: Final = ".pf_fragment"
_MARK: Final = b"pagefind_dcd"  # what Pagefind's files begin with once unpacked
_LANGUAGE: Final = "zz"  # no language: Pagefind has no stemmer for it, and the copies hold stems already
_AHEAD: Final = 20  # pages sent to Pagefind before it has answered for the first of them
_SMALLEST, _LARGEST = 2_000, 20_000  # places of words in a piece of the index: some 3 to 30 kB
# What the browser loads; the bundle's own interfaces and its worker stay behind.
_KEPT: Final = re.compile(
    r"pagefind\.js|wasm\.unknown\.pagefind|pagefind-entry\.json|[^/]+\.pf_meta|index/[^/]+\.pf_index|fragment/[^/]+\.pf_fragment"
)


class SearchIndexError(Exception):
    """Pagefind did not do what it was asked; the message says what."""


class Indexed(NamedTuple):
    """A page for the index: ``told`` is what a result tells of it, as texts by name."""

    address: str
    copy: Copy
    told: Mapping[str, str]


def bundle(pages: Iterable[Indexed], count: int) -> Iterator[tuple[str, bytes]]:
    """The files of the index of ``pages``, by their path below ``pagefind/``, sorted; none where there are no pages.

    Pagefind works on a page while the next ones are read. ``count`` is how many there are, more or less.

    Raises:
        SearchIndexError: Pagefind failed, or counted other words than the copy has.
    """
    kept: dict[str, Indexed] = {}
    with ThreadPoolExecutor(1) as thread:  # whoever calls this may have an event loop of their own
        files = thread.submit(lambda: asyncio.run(_files(_keeping(pages, kept), count))).result()
    if kept and not any(name.endswith(".pf_meta") for name in files):
        raise SearchIndexError("Pagefind n’a pas fait d’index")
    for name in sorted(files if kept else ()):
        yield name, _as_written(files[name], kept) if name.endswith(FRAGMENT) else files[name]


def _keeping(pages: Iterable[Indexed], kept: dict[str, Indexed]) -> Iterator[Indexed]:
    for page in pages:
        kept[page.address] = page._replace(copy=replace(page.copy, html=""))
        yield page


def fragment_address(content: bytes) -> str:
    """The address of the page that a fragment belongs to."""
    return str(_unpacked(content)["url"])


async def _files(pages: Iterable[Indexed], count: int) -> dict[str, bytes]:
    """The files as Pagefind hands them over. It can write them itself, but says that it has before they are all on the disk."""
    async with _Service(count) as service:
        index = await service.create_index({"force_language": _LANGUAGE})
        await _add_all(index, pages)
        files = {Path(file["path"]).as_posix(): file["content"] for file in await index.get_files()}
    return {name: content for name, content in files.items() if _KEPT.fullmatch(name)}


async def _add_all(index: PagefindIndex, pages: Iterable[Indexed]) -> None:
    """Add the pages in their order. Tasks begin in the order in which they are made, and each sends before it waits."""
    waiting: deque[asyncio.Task[None]] = deque()
    for page in pages:
        waiting.append(asyncio.create_task(_add(index, page.address, page.copy)))
        await asyncio.sleep(0)
        if len(waiting) > _AHEAD:
            await waiting.popleft()
    await asyncio.gather(*waiting)


async def _add(index: PagefindIndex, address: str, copy: Copy) -> None:
    answer = await index.add_html_file(content=copy.html, url=address)
    counted = answer["page_word_count"]
    if counted != max(copy.count, 1):
        raise SearchIndexError(f"{address} : Pagefind compte {counted} mots, la copie en a {copy.count}")


def _as_written(content: bytes, pages: Mapping[str, Indexed]) -> bytes:
    data = _unpacked(content)
    page = pages[data["url"]]
    data |= {"content": page.copy.shown, "meta": dict(page.told), "anchors": []}
    return _packed(_MARK + json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def _unpacked(content: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(gzip.decompress(content).removeprefix(_MARK)))


def _packed(content: bytes) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


class _Service(PagefindService):
    """Pagefind's own service, but for three things: it does not sleep a tenth of a second before each answer (two minutes for a
    thousand pages), takes answers of any length, and cuts the index of a small site into smaller pieces, of which a question
    loads one for each word.
    """

    def __init__(self, pages: int) -> None:
        super().__init__()
        self._piece = min(max(_SMALLEST, 2 * pages), _LARGEST)

    async def launch(self) -> PagefindService:
        self._backend = await asyncio.create_subprocess_exec(
            self._bin,
            "--service",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            env={**os.environ, "PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE": str(self._piece)},
        )
        self._poll_task = self._loop.create_task(self._wait_for_responses())
        return self

    async def _wait_for_responses(self) -> None:
        """Answers are base64 and end with a comma."""
        output, begun = self._backend.stdout, list[bytes]()
        while output is not None and (read := await output.read(1 << 18)):
            *ends, rest = read.split(b",")
            for end in ends:
                self._take(json.loads(base64.b64decode(b"".join((*begun, end)))))
                begun.clear()
            begun.append(rest)
        for future in self._responses.values():
            if not future.done():
                future.set_exception(SearchIndexError("Pagefind s’est arrêté avant d’avoir répondu"))

    def _take(self, answer: Any) -> None:
        future = self._responses.get(answer["message_id"]) if answer else None
        if future is None:
            return
        payload = answer["payload"]
        if payload["type"] == "Error":
            future.set_exception(SearchIndexError(str(payload.get("message"))))
        else:
            future.set_result(payload)

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
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from pagefind.service import PagefindService

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from pagefind.index import PagefindIndex

    from plugins.search_index.copies import Copy

FRAGMENT: Final = ".pf_fragment"
_MARK: Final = b"pagefind_dcd"  # what Pagefind's files begin with once unpacked
_LANGUAGE: Final = "zz"  # no language: Pagefind has no stemmer for it, and the copies hold stems already
_SMALLEST, _LARGEST = 2_000, 20_000  # places of words in a piece of the index: some 3 to 30 kB
# What the browser loads; the bundle's own interfaces and its worker stay behind.
_KEPT: Final = (
    "pagefind.js",
    "wasm.unknown.pagefind",
    "pagefind-entry.json",
    "*.pf_meta",
    "index/*.pf_index",
    f"fragment/*{FRAGMENT}",
)


class SearchIndexError(Exception):
    """Pagefind did not do what it was asked; the message says what."""


def bundle(pages: Sequence[tuple[str, Copy]], shown: Mapping[str, Mapping[str, str]]) -> Iterator[tuple[str, bytes]]:
    """The files of the index of ``pages`` (address and copy), by their path below ``pagefind/``, sorted.

    ``shown`` is what a result tells of the page at an address, as texts by name.

    Raises:
        SearchIndexError: Pagefind failed, or counted other words than the copy has.
    """
    texts = {address: copy.shown for address, copy in pages}
    with tempfile.TemporaryDirectory(prefix="pagefind-") as folder:
        asyncio.run(_write(pages, folder))
        for path in _kept(Path(folder)):
            name = path.relative_to(folder).as_posix()
            content = path.read_bytes()
            yield name, _as_written(content, texts, shown) if name.endswith(FRAGMENT) else content


def fragment_address(content: bytes) -> str:
    """The address of the page that a fragment belongs to."""
    return str(_unpacked(content)["url"])


async def _write(pages: Sequence[tuple[str, Copy]], folder: str) -> None:
    async with _Service(len(pages)) as service:
        index = await service.create_index({"force_language": _LANGUAGE})
        for address, copy in pages:
            await _add(index, address, copy)
        await index.write_files(folder)


async def _add(index: PagefindIndex, address: str, copy: Copy) -> None:
    answer = await index.add_html_file(content=copy.html, url=address)
    counted = answer["page_word_count"]
    if counted != max(copy.count, 1):
        raise SearchIndexError(f"{address} : Pagefind compte {counted} mots, la copie en a {copy.count}")


def _kept(folder: Path) -> list[Path]:
    found = {path for pattern in _KEPT for path in folder.glob(pattern)}
    if not any(path.suffix == ".pf_meta" for path in found):
        raise SearchIndexError("Pagefind n’a pas écrit d’index")
    return sorted(found)


def _as_written(content: bytes, texts: Mapping[str, str], shown: Mapping[str, Mapping[str, str]]) -> bytes:
    data = _unpacked(content)
    address = data["url"]
    data |= {"content": texts[address], "meta": dict(shown[address]), "anchors": []}
    return _packed(_MARK + json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode())


def _unpacked(content: bytes) -> dict[str, Any]:
    return cast("dict[str, Any]", json.loads(gzip.decompress(content).removeprefix(_MARK)))


def _packed(content: bytes) -> bytes:
    packed = io.BytesIO()
    with gzip.GzipFile(filename="", mode="wb", fileobj=packed, compresslevel=9, mtime=0) as file:
        file.write(content)
    return packed.getvalue()


class _Service(PagefindService):
    """Pagefind's own service, but for two things: it does not sleep a tenth of a second before each answer (two minutes for a
    thousand pages), and it cuts the index of a small site into smaller pieces, of which a question loads one for each word.
    """

    def __init__(self, pages: int) -> None:
        super().__init__()
        self._piece = min(max(_SMALLEST, 5 * pages), _LARGEST)

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
        output = self._backend.stdout
        while output is not None:
            answer = json.loads(base64.b64decode((await output.readuntil(b","))[:-1]))
            future = self._responses.get(answer["message_id"]) if answer else None
            if future is None:
                continue
            payload = answer["payload"]
            if payload["type"] == "Error":
                future.set_exception(SearchIndexError(str(payload.get("message"))))
            else:
                future.set_result(payload)

"""The theme's own files under names that change with their content, so that browsers may keep them for ever.

``theme/static/css/*.css`` become one ``style.css`` in the order of their names; ``url(asset:fonts/x.woff2)`` in a style sheet
stands for the address of that file; scripts import each other as :mod:`plugins.publication.scripts` says. Everything lies below
``/theme/`` of the site.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Final

from plugins.publication.page import Document
from plugins.publication.scripts import published_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

FOLDER: Final = "theme/"
STYLE: Final = "style.css"
_COMMENT: Final = re.compile(r"/\*.*?\*/", re.DOTALL)
_SPACE: Final = re.compile(r"\s+")
_TIGHT: Final = re.compile(r" ?([{};,>]) ?")
_ASSET: Final = re.compile(r"url\(asset:([^)]+)\)")
_UNPUBLISHED: Final = frozenset({".md", ".txt"})


def hashed(name: str, content: bytes) -> str:
    """``fonts/titles.woff2`` → ``fonts/titles.1f2e3d4c5b.woff2``: ten hexadecimal digits of the content's SHA-256."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{dot}{ending}"


def assets(directory: Path) -> dict[str, str]:
    """The published name of every file of ``directory`` (``theme/static``), by its own name; ``style.css`` among them."""
    return {name: hashed(name, content) for name, content in _files(directory).items()}


def asset_documents(directory: Path) -> Iterator[Document]:
    """Every file of ``directory`` as it is published."""
    for name, content in _files(directory).items():
        yield Document(FOLDER + hashed(name, content), content)


def _files(directory: Path) -> dict[str, bytes]:
    found = {
        path.relative_to(directory).as_posix(): path.read_bytes()
        for path in sorted(directory.rglob("*"))
        if path.is_file() and path.suffix not in _UNPUBLISHED and not path.name.startswith(".")
    }
    sheets = {name: content for name, content in found.items() if name.startswith("css/")}
    others = {name: content for name, content in found.items() if name not in sheets}
    others |= published_scripts(others, hashed)
    if not sheets:
        return others
    return {**others, STYLE: _style_sheet(sheets, others)}


def _style_sheet(sheets: Mapping[str, bytes], others: Mapping[str, bytes]) -> bytes:
    text = "\n".join(content.decode("utf-8") for content in sheets.values())

    def address(found: re.Match[str]) -> str:
        return f'url("{hashed(found[1], others[found[1]])}")'

    return minified(_ASSET.sub(address, text)).encode("utf-8")


def minified(css: str) -> str:
    """A style sheet without comments and without the space that only people need. No string of ours holds braces or comments."""
    return _TIGHT.sub(r"\1", _SPACE.sub(" ", _COMMENT.sub("", css))).replace(";}", "}").strip()

"""Small built sites, whose pages load files, and what a reader must always find of them."""

from __future__ import annotations

import hashlib
import json
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_LOADED = re.compile(rb'(?:src|href)="/([^"#?]+\.(?:css|png|js))"')


def files_of(word: str) -> dict[str, bytes]:
    """A site that says ``word`` everywhere; ``same/`` is alike in all of them, ``only-<word>/`` is in no other."""
    sheet = f"body{{--word:{word}}}".encode()
    style = f"theme/style.{hashlib.sha256(sheet).hexdigest()[:10]}.css"

    def page(title: str, picture: str) -> bytes:
        head = f'<!doctype html><html lang="fr"><head><title>{title}</title><link rel="stylesheet" href="/{style}">'
        return f'{head}<script src="/theme/same.0123456789.js"></script></head><img alt="" src="/{picture}"></html>'.encode()

    return {
        style: sheet,
        "theme/same.0123456789.js": b"same",
        "index.html": page(f"Accueil {word}", f"only-{word}/photo.png"),
        f"only-{word}/index.html": page(f"Seulement {word}", f"only-{word}/photo.png"),
        f"only-{word}/photo.png": f"picture {word}".encode(),
        "agenda/index.html": page(f"Agenda {word}", "same/photo.png"),
        "same/index.html": b'<!doctype html><html lang="fr"><title>Same</title><img alt="" src="/same/photo.png"></html>',
        "same/photo.png": b"the same picture",
        "flux.xml": f"<feed><title>{word}</title></feed>".encode(),
        "sitemap.xml": f"<urlset><loc>{word}</loc></urlset>".encode(),
        "search-index.json": json.dumps({"titles": [word]}).encode(),
        "pagefind/pagefind-entry.json": json.dumps({"hash": word}).encode(),
        f"pagefind/index/{word}.pf_index": word.encode(),
    }


def write_site(directory: Path, word: str, **more: str) -> Path:
    """Write a site below ``directory``."""
    for path, content in {**files_of(word), **{name: text.encode() for name, text in more.items()}}.items():
        file = directory / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    return directory


def without_stamp(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """What a build makes, without what a publication and its hosts add."""
    return {path: content for path, content in files.items() if path not in {"version.json", ".nojekyll", "CNAME"}}


def dead_ends(files: Mapping[str, bytes]) -> list[tuple[str, str]]:
    """The pages of ``files`` with what they load and is not there."""
    return [
        (path, loaded.decode())
        for path, content in sorted(files.items())
        if path.endswith(".html")
        for loaded in _LOADED.findall(content)
        if loaded.decode() not in files
    ]


def read_folder(directory: Path) -> dict[str, bytes]:
    """The files below a folder."""
    return {
        path.relative_to(directory).as_posix(): path.read_bytes() for path in directory.rglob("*") if path.is_file()
    }

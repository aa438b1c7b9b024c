"""Entries and members that did not change, but whose pictures or documents did."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.model.root_files import RootFiles

_PLAIN = re.compile(r"[A-Za-z0-9._-]+")
_ESCAPED = re.compile(rb"%[0-9A-Fa-f]{2}|&[#A-Za-z]|\\")


def concerned(paths: Iterable[str], changed: Iterable[str], files: RootFiles) -> set[str]:
    """Those of the texts at ``paths`` that may use one of the ``changed`` files that lie beside them.

    A name may be written with escapes, or over two lines where it has spaces: then the text may always use it.
    """
    by_folder: dict[str, list[str]] = {}
    for path in changed:
        if not path.endswith(".md"):
            folder, _, name = path.rpartition("/")
            by_folder.setdefault(folder, []).append(name)
    return {path for path in paths if _may_use(path, by_folder.get(path.rpartition("/")[0], []), files)}


def _may_use(path: str, names: list[str], files: RootFiles) -> bool:
    if not names or files.is_link(path):
        return False
    if not all(_PLAIN.fullmatch(name) for name in names):
        return True
    with files.open(path) as file:
        content = file.read()
    return _ESCAPED.search(content) is not None or any(name.encode() in content for name in names)

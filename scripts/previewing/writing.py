"""Puts a preview where it is looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.swap import prepare, swap

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from plugins.publication.page import Document


def write(documents: Iterable[Document], output: Path, root: Path) -> None:
    """Write a preview of ``root`` beside the folder first, then put it in its place: nobody opens half of one."""
    building = prepare(output, root)
    for document in documents:
        file = building / document.path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(document.content)
    swap(building, output)

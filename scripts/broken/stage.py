"""A copy of a root in which files can be changed: what is not changed are links to the same bytes where the disk allows it."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.model.root_files import DiskFiles

if TYPE_CHECKING:
    from collections.abc import Iterator

_FOLLOWED = ("data/geo", "data/schemas")
"""Where a build follows symbolic links; everywhere else they are refused, and so not copied."""


class Stage:
    """Files by their path relative to the copy at ``folder``, with ``/``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.files = DiskFiles(folder)

    def fill(self, root: Path) -> None:
        """Copy ``content/`` and ``data/`` of ``root``: ordinary files that can be read."""
        (self.folder / "data").mkdir(parents=True, exist_ok=True)
        for part in ("content", "data"):
            for path in _files(root / part):
                _copy(path, self.folder / path.relative_to(root))
        for name in _FOLLOWED:
            if (root / name).is_dir():
                shutil.copytree(root / name, self.folder / name, dirs_exist_ok=True, copy_function=_copied)

    def read(self, path: str) -> bytes | None:
        """The content of a file; None where there is none."""
        target = self.folder / path
        return target.read_bytes() if target.is_file() else None

    def write(self, path: str, content: bytes | None) -> None:
        """Put a file in the place of what is there; None takes it away. The file of the root stays as it is."""
        target = self.folder / path
        target.unlink(missing_ok=True)
        if content is not None:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)


def _files(folder: Path) -> Iterator[Path]:
    for place, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            path = Path(place) / name
            if not name.startswith(".") and path.is_file() and not path.is_symlink():
                yield path


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        target.hardlink_to(source)
    except OSError:  # another disk, a disk without links, or the file of another user
        if os.access(source, os.R_OK):
            shutil.copyfile(source, target)


def _copied(source: str, target: str) -> str:
    Path(target).unlink(missing_ok=True)
    return shutil.copyfile(source, target)

"""A commit as a directory of plain files, for programs that read files."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bot.git.paths import safe

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from scripts.bot.git.repository import Repository


class Snapshot:
    """The regular files of one commit below some folders, in ``directory``; links and submodules are left out.

    A snapshot that is brought to another commit only has the files written that differ. It belongs to one process, and
    says in a file beside it which commit it is of, so that one that was half done is made anew.
    """

    def __init__(self, repository: Repository, directory: Path, folders: tuple[str, ...]) -> None:
        self._repository = repository
        self.directory = directory
        self._folders = folders
        self._label = directory.with_name(directory.name + ".commit")

    def bring_to(self, commit: str) -> list[str] | None:
        """Make the directory what the commit says. The paths that changed, or None where all was made anew."""
        present = self._label.read_text("ascii") if self._label.exists() else ""
        if present == commit:
            return []
        self._label.unlink(missing_ok=True)
        if present and self._repository.resolve(present) == present:
            changed = [path for path in self._repository.changed(present, commit) if self._wanted(path)]
            self._write(commit, changed)
            self._label.write_text(commit, "ascii")
            return changed
        self._write_all(commit)
        self._label.write_text(commit, "ascii")
        return None

    def _wanted(self, path: str) -> bool:
        return path.startswith(tuple(f"{folder}/" for folder in self._folders))

    def _write(self, commit: str, changed: list[str]) -> None:
        there = dict(contents(self._repository, commit, changed)) if changed else {}
        for path in changed:
            if path in there:
                write_file(self.directory, path, there[path])
            else:
                remove_file(self.directory, path)

    def _write_all(self, commit: str) -> None:
        self.directory.parent.mkdir(parents=True, exist_ok=True)
        fresh = Path(tempfile.mkdtemp(dir=self.directory.parent, prefix=f"{self.directory.name}."))
        for path, content in contents(self._repository, commit, self._folders):
            target = fresh / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        if self.directory.exists():
            shutil.rmtree(self.directory)
        fresh.replace(self.directory)


def contents(repository: Repository, commit: str, below: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Path and content of each regular file of a commit at or below some paths."""
    files = [(name, path) for mode, _, name, path in repository.files(commit, *below) if mode.startswith("100")]
    for start in range(0, len(files), 500):
        batch = files[start : start + 500]
        out = repository.git.run("cat-file", "--batch", stdin="".join(f"{name}\n" for name, _ in batch).encode())
        at = 0
        for _, path in batch:
            end = out.index(b"\n", at)
            size = int(out[at:end].split()[2])
            yield safe(path), out[end + 1 : end + 1 + size]
            at = end + 1 + size + 1


def write_file(root: Path, path: str, content: bytes) -> None:
    """Write one file below ``root``: whole or not at all, on the disk, and never through a link that leads elsewhere."""
    target = _below(root, path)
    target.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".", suffix=".part")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o644)
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def remove_file(root: Path, path: str) -> None:
    """Remove one file below ``root``, and the folders that this leaves empty."""
    target = _below(root, path)
    target.unlink(missing_ok=True)
    for folder in target.parents:
        if folder == root.resolve() or not folder.is_dir() or any(folder.iterdir()):
            return
        folder.rmdir()


def _below(root: Path, path: str) -> Path:
    """Where the file is, all links of its folder resolved. Raises ValueError where that is outside."""
    target = root / safe(path)
    folder = target.parent.resolve()
    if not folder.is_relative_to(root.resolve()):
        raise ValueError(f"{path!r} leads out of {root}")
    return folder / target.name

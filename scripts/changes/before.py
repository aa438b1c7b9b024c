"""The root as it was where the change started, without checking it out: only what changed since is asked of git."""

from __future__ import annotations

import io
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.model.root_files import DiskFiles
from scripts.changes.git import WorkTree

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import BinaryIO

    from scripts.changes.diff import ChangedFile

_LINK, _FILE = "120000", {"100644", "100755"}


@dataclass(frozen=True, slots=True)
class Listed:
    """A file of the commit: its mode (« 100644 ») and the hash of what it holds."""

    mode: str
    object: str


@dataclass(frozen=True, slots=True)
class FilesBefore:
    """The files of the commit: those that changed as git keeps them, the others as they still are on the disk."""

    listed: Mapping[str, Listed]
    changed: Mapping[str, bytes]
    now: DiskFiles

    def is_link(self, path: str) -> bool:
        """See `plugins.model.root_files.RootFiles`."""
        return path in self.listed and self.listed[path].mode == _LINK

    def size(self, path: str) -> int | None:
        """See `plugins.model.root_files.RootFiles`."""
        if path not in self.listed or self.is_link(path):
            return None
        return len(self.changed[path]) if path in self.changed else self.now.size(path)

    def open(self, path: str) -> BinaryIO:
        """See `plugins.model.root_files.RootFiles`."""
        if path not in self.listed:
            raise FileNotFoundError(path)
        return io.BytesIO(self.changed[path]) if path in self.changed else self.now.open(path)

    @property
    def shown(self) -> list[str]:
        """Files and links that are not hidden, in the order in which `plugins.model.discovery` finds them."""
        names = (path.split("/") for path in self.listed)
        return ["/".join(parts) for parts in sorted(names) if not any(part.startswith(".") for part in parts)]

    @contextmanager
    def data_folder(self) -> Iterator[Path]:
        """A root that has the names of all data files of then but members, which is what is looked for on the disk."""
        with _root() as root:
            for path in self.listed:
                if path.startswith("data/") and not path.startswith("data/members/"):
                    _target(root, path).touch()
            yield root

    @contextmanager
    def laid_out(self) -> Iterator[Path]:
        """The whole root of then on the disk; links in it lead nowhere."""
        with _root() as root:
            for path in self.listed:
                if self.is_link(path):
                    _target(root, path).symlink_to("elsewhere")
                    continue
                with self.open(path) as source, _target(root, path).open("wb") as copy:
                    shutil.copyfileobj(source, copy)
            yield root


def files_before(root: Path, start: str, changed: Sequence[ChangedFile]) -> FilesBefore:
    """The files of the commit ``start``, from which ``changed`` led to those in ``root`` as they are on the disk.

    Raises:
        ChangesError: git could not read the commit.
    """
    tree = WorkTree(root)
    listed = _listed(tree, start)
    touched = {path for file in changed for path in (file.path, file.old_path) if path in listed}
    return FilesBefore(listed, _contents(tree, {path: listed[path] for path in sorted(touched)}), DiskFiles(root))


@contextmanager
def _root() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="before-") as folder:
        (Path(folder) / "data").mkdir()
        yield Path(folder)


def _target(root: Path, path: str) -> Path:
    target = root / path
    target.parent.mkdir(parents=True, exist_ok=True)
    return target


def _listed(tree: WorkTree, start: str) -> dict[str, Listed]:
    found: dict[str, Listed] = {}
    for line in tree.run("ls-tree", "-r", "-z", start, "--", "content", "data").split(b"\0")[:-1]:
        head, _, path = line.partition(b"\t")
        mode, _, name = head.decode().split(" ")
        if mode == _LINK or mode in _FILE:
            found[os.fsdecode(path)] = Listed(mode, name)
    return found


def _contents(tree: WorkTree, wanted: Mapping[str, Listed]) -> dict[str, bytes]:
    """The bytes of files, with one command of git for all of them."""
    asked = "".join(f"{file.object}\n" for file in wanted.values()).encode()
    stream = io.BytesIO(tree.run("cat-file", "--batch", stdin=asked) if wanted else b"")
    found: dict[str, bytes] = {}
    for path in wanted:
        size = int(stream.readline().rsplit(b" ", 1)[1])
        found[path] = stream.read(size)
        stream.read(1)
    return found

"""The files of a root as the checks see them: those on the disk, or with a proposal laid over them."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path
    from typing import BinaryIO


class RootFiles(Protocol):
    """Files by their path relative to the root, with forward slashes. Links are not followed: they may lead out."""

    def is_link(self, path: str) -> bool:
        """Whether a symbolic link stands at ``path``."""
        ...

    def size(self, path: str) -> int | None:
        """The size in bytes of the ordinary file at ``path``, or None where there is none."""
        ...

    def open(self, path: str) -> BinaryIO:
        """Open the file at ``path`` for reading. Raises OSError."""
        ...


@dataclass(frozen=True, slots=True)
class DiskFiles:
    """The files below a directory."""

    root: Path

    def is_link(self, path: str) -> bool:
        """See :class:`RootFiles`."""
        return (self.root / path).is_symlink()

    def size(self, path: str) -> int | None:
        """See :class:`RootFiles`."""
        file = self.root / path
        return file.stat().st_size if file.is_file() and not file.is_symlink() else None

    def open(self, path: str) -> BinaryIO:
        """See :class:`RootFiles`."""
        return (self.root / path).open("rb")


@dataclass(frozen=True, slots=True)
class ProposedFiles:
    """What ``below`` gives for a path (None where there is no file), except for ``changed``, where None is a file taken away."""

    changed: Mapping[str, bytes | None]
    below: Callable[[str], bytes | None]

    def is_link(self, path: str) -> bool:
        """Proposals hold no links, and ``below`` gives none."""
        del path
        return False

    def size(self, path: str) -> int | None:
        """See :class:`RootFiles`."""
        content = self._content(path)
        return None if content is None else len(content)

    def open(self, path: str) -> BinaryIO:
        """See :class:`RootFiles`."""
        content = self._content(path)
        if content is None:
            raise FileNotFoundError(path)
        return io.BytesIO(content)

    def _content(self, path: str) -> bytes | None:
        return self.changed[path] if path in self.changed else self.below(path)

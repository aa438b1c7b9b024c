"""Keeps the files of a root and the main branch of the local forge the same, both ways.

What somebody changes in an editor becomes a commit, so that proposals are compared with it; what is merged becomes files, so
that it is seen and built. The ref :data:`LANDED` says at which commit both were the same last: what differs from it in the
root was changed here, what differs from it in main was accepted.
"""

from __future__ import annotations

import hashlib
import os
import threading
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from scripts import french
from scripts.bot.git.errors import GitError
from scripts.bot.git.export import remove_file, write_file
from scripts.bot.git.paths import PathError, safe
from scripts.bot.git.repository import NOTHING, Person, Repository

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from scripts.bot.clock import Clock

FOLDERS: Final = ("content", "data")
LANDED: Final = "refs/circular/landed"
HERE: Final = Person(french.THIS_MACHINE, "apercu@localhost.invalid")
_TRIES: Final = 5  # merges that may come in between


@dataclass(frozen=True, slots=True)
class Synced:
    """Paths that came into the root from main, that went into main from the root, and of the latter those which main had
    changed too: the root's content was kept, main's is in its history.
    """

    landed: tuple[str, ...] = ()
    taken: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()


@dataclass(slots=True)
class WorkingTree:
    """The files of ``root`` below :data:`FOLDERS`, and ``branch`` of ``repository``. Safe for threads."""

    root: Path
    repository: Repository
    clock: Clock
    branch: str = "main"
    _lock: threading.Lock = field(default_factory=threading.Lock, init=False)
    _hashes: dict[str, tuple[int, int, str]] = field(default_factory=dict, init=False)  # path → time, size, hash

    def sync(self) -> Synced:
        """Bring both to the same state; nothing is lost on either side. Stopped in between and done again, it ends the same.

        Raises:
            GitError: the repository cannot be read or written.
        """
        with self._lock:
            for _ in range(_TRIES):
                try:
                    return self._sync()
                except GitError as error:
                    if error.kind != "conflict":  # a merge came in between
                        raise
            raise GitError("busy", f"{self.branch} moves faster than it can be followed")

    def _sync(self) -> Synced:
        main, landed = self.repository.resolve(f"refs/heads/{self.branch}"), self.repository.resolve(LANDED)
        here, there = self._here(), self._there(main)
        before = self._there(landed) if landed else there
        mine = _differing(here, before)
        theirs = _differing(there, before)
        for path in sorted(theirs - mine):
            self._land(path, there.get(path))
        taken = sorted(path for path in mine if here.get(path) != there.get(path))
        if taken or main is None:
            main = self._take(main, taken, here)
        self.repository.update_ref(LANDED, main, old=landed or NOTHING)
        return Synced(tuple(sorted(theirs - mine)), tuple(taken), tuple(path for path in taken if path in theirs))

    def _take(self, main: str | None, taken: list[str], here: Mapping[str, str]) -> str:
        """Commit what was changed here on top of main; gives main's new commit."""
        files = {path: (self.root / path).read_bytes() if path in here else None for path in taken}
        commit = self.repository.commit(
            [main] if main else [],
            files,
            french.local_changes(taken) if main else french.FIRST_STATE,
            author=HERE,
            committer=HERE,
            at=self.clock(),
        )
        self.repository.update_ref(f"refs/heads/{self.branch}", commit, old=main or NOTHING)
        return commit

    def _land(self, path: str, blob: str | None) -> None:
        if blob is None:
            remove_file(self.root, path)
        else:
            write_file(self.root, path, self.repository.content(blob) or b"")

    def _there(self, commit: str | None) -> Mapping[str, str]:
        """The regular files of a commit below the folders, with the hash of their content."""
        files = self.repository.files(commit, *FOLDERS) if commit else []
        return {path: name for mode, kind, name, path in files if kind == "blob" and mode.startswith("100")}

    def _here(self) -> Mapping[str, str]:
        """The same of the root. A file is read again where its time or size has changed."""
        seen: dict[str, tuple[int, int, str]] = {}
        for path, status in (found for folder in FOLDERS for found in _files(self.root, folder)):
            known = self._hashes.get(path)
            if known is None or known[:2] != (status.st_mtime_ns, status.st_size):
                known = (status.st_mtime_ns, status.st_size, blob_hash((self.root / path).read_bytes()))
            seen[path] = known
        self._hashes = seen
        return {path: name for path, (_, _, name) in seen.items()}


def blob_hash(content: bytes) -> str:
    """The name that git gives to a content (SHA-1, as repositories made here use)."""
    return hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()


def _differing(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    return {path for path in {*one, *other} if one.get(path) != other.get(path)}


def _files(root: Path, folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Ordinary files below a folder of the root; links, hidden files and names that no repository takes are passed over."""
    if not (root / folder).is_dir():
        return
    with os.scandir(root / folder) as entries:
        for entry in sorted(entries, key=lambda one: one.name):
            path = f"{folder}/{entry.name}"
            if entry.name.startswith(".") or not _is_safe(path):
                continue
            if entry.is_dir(follow_symlinks=False):
                yield from _files(root, path)
            elif entry.is_file(follow_symlinks=False):
                yield path, entry.stat(follow_symlinks=False)


def _is_safe(path: str) -> bool:
    try:
        safe(path)
    except (PathError, UnicodeEncodeError):
        return False
    return True

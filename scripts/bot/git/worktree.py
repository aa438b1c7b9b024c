"""A root of plain files beside a repository: what is changed in either gets into the other, and nothing is overwritten.

``refs/circular/root`` is the commit that the files are known to be. Files that differ from it were changed by hand. The
repository that was made for the root takes them in; one that others push to leaves that to them.
"""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import os
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scripts.bot.git.export import contents, remove_file, write_file
from scripts.bot.git.paths import PathError, safe
from scripts.bot.git.repository import MODE, NOTHING, Person, Repository

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from pathlib import Path

FOLDERS = ("content", "data")
ROOT_REF = "refs/circular/root"
_Stat = tuple[int, int, int]


class EditedByHandError(Exception):
    """Files of the root were changed by hand, and in the repository as well: ``paths``, which were left as they are."""

    def __init__(self, paths: tuple[str, ...]) -> None:
        super().__init__(", ".join(paths))
        self.paths = paths


@dataclass(slots=True)
class Worktree:
    """The files of ``root`` below content/ and data/, and the ``main`` branch of a repository.

    ``takes_in``: what is changed by hand becomes a commit of ``person``. Several processes may have the same worktree; they
    take turns (`turn`).
    """

    repository: Repository
    root: Path
    main: str
    person: Person
    takes_in: bool
    message: str
    _known: dict[str, tuple[_Stat, str]] = field(default_factory=dict)
    _synced: tuple[str, str, dict[str, _Stat]] | None = None

    @contextlib.contextmanager
    def turn(self) -> Iterator[None]:
        """Keep others out for the time of the block."""
        with (self.repository.git.directory / "circular.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def sync(self, at: dt.datetime) -> str:
        """Take in what was changed by hand, then write what the main branch has beyond it. The main branch's commit.

        To be called in one's `turn`; may be called again after any interruption.

        Raises:
            EditedByHandError: somebody changed by hand what was also changed on the main branch.
        """
        known, main = self._refs(at)
        present = known, main, self._stamps()
        if known == main and present == self._synced:
            return main
        disputed = self._take_in(at) if self.takes_in else ()
        blocked = self._write(at)
        if disputed or blocked:
            raise EditedByHandError(tuple(sorted({*disputed, *blocked})))
        known, main = self._refs(at)
        self._synced = known, main, self._stamps()
        return main

    def _take_in(self, at: dt.datetime) -> tuple[str, ...]:
        """Commit what was changed by hand; the paths that the main branch has changed as well stay out."""
        known, main = self._refs(at)
        there = self._blobs(main)
        new = {path: file for path, file in self.changes(known).items() if self._blob(path) != there.get(path)}
        if not new:
            return ()
        mine = self._commit([known], new, at)
        disputed = self.repository.merge(main, mine).conflicts
        if disputed:
            new = {path: file for path, file in new.items() if path not in disputed}
            mine = self._commit([known], new, at)
        if new:
            if known != main:
                mine = self._commit([main, mine], {}, at, tree=self.repository.merge(main, mine).tree)
            self.repository.update_ref(f"refs/heads/{self.main}", mine, old=main)
        return disputed

    def _write(self, at: dt.datetime) -> tuple[str, ...]:
        """Write what the main branch has and the files have not; the paths that were changed by hand are left."""
        known, main = self._refs(at)
        if known == main:
            return ()
        before, after = self._blobs(known), self._blobs(main)
        paths = [path for path in sorted({*before, *after}) if before.get(path) != after.get(path)]
        todo = [path for path in paths if self._blob(path) != after.get(path)]
        blocked = tuple(path for path in todo if self._blob(path) != before.get(path))
        self._bring(main, [path for path in todo if path not in blocked], after)
        if not blocked:
            self.repository.update_ref(ROOT_REF, main, old=known)
        return blocked

    def _bring(self, main: str, paths: Sequence[str], after: Mapping[str, str]) -> None:
        wanted = [path for path in paths if path in after]
        content = dict(contents(self.repository, main, wanted)) if wanted else {}
        for path in _entries_last(paths):
            if path in content:
                write_file(self.root, path, content[path])
            else:
                remove_file(self.root, path)
        if self.repository.git.directory == self.root.resolve() / ".git":  # its own index should know, too
            lines = [f"{MODE} {after[path]}\t{path}\0" if path in after else f"0 {NOTHING}\t{path}\0" for path in paths]
            self.repository.git.run("update-index", "-z", "--index-info", stdin="".join(lines).encode())

    def changes(self, commit: str) -> Mapping[str, Path | None]:
        """What the files say beyond a commit: path → the file, None where it is gone."""
        there = self._blobs(commit) if commit != NOTHING else {}
        found = {path: self._blob(path) for path in self._paths()}
        changed: dict[str, Path | None] = {path: None for path in there if not (self.root / path).is_file()}
        for path, blob in found.items():
            if there.get(path) != blob:
                changed[path] = (self.root / path).resolve()
        return changed

    def _refs(self, at: dt.datetime) -> tuple[str, str]:
        """The commit that the files are, and that of the main branch.

        A new repository gets its first commit from the files; one seen for the first time is believed to be what they are.
        """
        branch = f"refs/heads/{self.main}"
        refs = self.repository.refs(branch, ROOT_REF)
        main, known = refs.get(branch), refs.get(ROOT_REF)
        if main is None:
            main = self._commit([], self.changes(NOTHING), at)
            self.repository.update_ref(branch, main, old=NOTHING)
        if known is None:
            self.repository.update_ref(ROOT_REF, main, old=NOTHING)
            known = main
        return known, main

    def _commit(
        self, parents: Sequence[str], files: Mapping[str, Path | None], at: dt.datetime, *, tree: str = ""
    ) -> str:
        people = {"author": self.person, "committer": self.person}
        return self.repository.commit(parents, files, self.message, tree=tree, at=at, **people)

    def _blobs(self, commit: str) -> dict[str, str]:
        return {path: name for mode, _, name, path in self.repository.files(commit, *FOLDERS) if mode.startswith("100")}

    def _blob(self, path: str) -> str | None:
        """The hash that git gives the file's content; None where there is no regular file."""
        file = self.root / path
        if not file.is_file() or file.is_symlink():
            return None
        stamp = _stat(file)
        kept = self._known.get(path)
        if kept is None or kept[0] != stamp:
            content = file.read_bytes()
            kept = stamp, hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()
            self._known[path] = kept
        return kept[1]

    def _stamps(self) -> dict[str, _Stat]:
        """What can be known of the files without reading them."""
        return {path: _stat(self.root / path) for path in self._paths()}

    def _paths(self) -> Iterator[str]:
        """Regular files of the root, but for hidden ones and what an editor leaves beside them."""
        for folder in FOLDERS:
            for directory, names, files in os.walk(self.root / folder):
                names[:] = [name for name in names if not name.startswith(".")]
                for name in files:
                    path = os.path.relpath(os.path.join(directory, name), self.root)  # noqa: PTH118  # os.walk gives texts
                    if not name.startswith(".") and not name.endswith("~") and _is_safe(path):
                        yield path


def _stat(file: Path) -> _Stat:
    try:
        status = file.lstat()
    except FileNotFoundError:  # gone since it was listed
        return 0, 0, 0
    return status.st_mtime_ns, status.st_size, status.st_ino


def _is_safe(path: str) -> bool:
    try:
        safe(path)
    except PathError:
        return False
    return True


def _entries_last(paths: Iterable[str]) -> list[str]:
    """Pictures and members before the entries that name them, so that whoever reads in between finds a whole site."""
    return sorted(paths, key=lambda path: (path.endswith(".md"), path))

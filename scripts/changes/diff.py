"""Which files a change touches: against the commit from which it started, with what is not committed yet."""

from __future__ import annotations

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from scripts.changes.errors import ChangesError
from scripts.changes.git import WorkTree
from scripts.french import changes as french

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ["ChangedFile", "ChangesError", "changed_files", "starting_point"]

Kind = Literal["added", "changed", "renamed", "removed"]
_KINDS: dict[str, Kind] = {"A": "added", "D": "removed", "R": "renamed"}


@dataclass(frozen=True, slots=True)
class ChangedFile:
    """One file of a change. Paths are relative to the root, with ``/``; ``old_path`` is the same unless it was renamed."""

    path: str
    old_path: str
    kind: Kind


def changed_files(root: Path, base: str) -> list[ChangedFile]:
    """The files below ``root`` that differ from the commit where the change left ``base`` (a branch, a tag, a commit), by path.

    Counts commits, what is staged, what is not, and new files that git does not ignore.

    Raises:
        ChangesError: no git, no repository, no such commit, or a clone that is too short; the message says what to do.
    """
    tree = WorkTree(root)
    start = starting_point(root, base)
    with tempfile.TemporaryDirectory() as folder:
        # New files are noted in a copy of the index, so that a moved file is known as one although nothing is staged.
        index = Path(folder) / "index"
        own = root / os.fsdecode(tree.run("rev-parse", "--git-path", "index").rstrip(b"\n"))
        if own.exists():
            shutil.copyfile(own, index)
        noted = WorkTree(root, {"GIT_INDEX_FILE": str(index)})
        noted.run("-c", "advice.addEmbeddedRepo=false", "add", "--intent-to-add", "--", ".")
        told = noted.run(
            "diff",
            "--name-status",
            "-z",
            "-M",
            "--no-ext-diff",
            "--no-textconv",
            "--relative",
            "--ignore-submodules",
            start,
        )
    by_path = {file.path: file for file in _files(iter(told.split(b"\0")[:-1]))}
    return [by_path[path] for path in sorted(by_path)]


def starting_point(root: Path, base: str) -> str:
    """The hash of the commit from which the change started: the last one that it has in common with ``base``.

    Raises:
        ChangesError: as `changed_files`.
    """
    tree = WorkTree(root)
    if tree.outcome("rev-parse", "--is-inside-work-tree")[:2] != (0, b"true\n"):
        raise ChangesError(french.no_repository(str(root)))
    code, told, _ = tree.outcome("rev-parse", "--verify", "--quiet", "--end-of-options", f"{base}^{{commit}}")
    if code:
        raise ChangesError(french.no_such_commit(base))
    code, common, _ = tree.outcome("merge-base", told.decode().strip(), "HEAD")
    if code:
        is_short = tree.line("rev-parse", "--is-shallow-repository") == "true"
        raise ChangesError(french.NOT_ENOUGH_HISTORY if is_short else french.no_common_past(base))
    return common.decode().strip()


def _files(told: Iterator[bytes]) -> Iterator[ChangedFile]:
    """Of git's list: a letter, then one name, or two for a rename."""
    for letter in told:
        kind = _KINDS.get(letter[:1].decode(), "changed")
        old = os.fsdecode(next(told))
        path = os.fsdecode(next(told)) if kind == "renamed" else old
        yield ChangedFile(path, old, kind)

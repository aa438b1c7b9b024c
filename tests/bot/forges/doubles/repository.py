"""The branches that a double shows: of a bare git repository, or of memory where a test needs no git."""

from __future__ import annotations

import hashlib
import os
import subprocess
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from pathlib import Path

IDENTITY = {
    "GIT_AUTHOR_NAME": "Éditrice",
    "GIT_AUTHOR_EMAIL": "editrice@example.org",
    "GIT_COMMITTER_NAME": "Éditrice",
    "GIT_COMMITTER_EMAIL": "editrice@example.org",
}


class MergeConflictError(Exception):
    """Two branches change the same lines."""


class Repository(Protocol):
    """What a forge knows of git."""

    def head(self, branch: str) -> str | None:
        """Commit id of a branch's tip, None where there is no such branch."""

    def delete(self, branch: str) -> None:
        """Delete a branch."""

    def merge(self, branch: str, base: str) -> str:
        """Merge a branch into another; gives the merge commit. Raises :class:`MergeConflictError`."""

    def mergeable(self, branch: str, base: str) -> bool:
        """Whether merging would work."""

    def diff(self, base: str, commit: str) -> str:
        """What a commit changes since it left a branch, as git writes it."""


class MemoryRepository:
    """Branches as names and made-up commit ids."""

    def __init__(self, *branches: str) -> None:
        self.heads = {branch: hashlib.sha1(branch.encode(), usedforsecurity=False).hexdigest() for branch in branches}
        self.conflicts: set[str] = set()

    def head(self, branch: str) -> str | None:
        return self.heads.get(branch)

    def delete(self, branch: str) -> None:
        del self.heads[branch]

    def merge(self, branch: str, base: str) -> str:
        if not self.mergeable(branch, base):
            raise MergeConflictError
        merged = self.heads[branch] + self.heads[base]
        self.heads[base] = hashlib.sha1(merged.encode(), usedforsecurity=False).hexdigest()
        return self.heads[base]

    def mergeable(self, branch: str, base: str) -> bool:
        return {branch, base} <= self.heads.keys() and branch not in self.conflicts

    def diff(self, base: str, commit: str) -> str:  # noqa: ARG002  # there are no files
        return ""


class GitRepository:
    """A bare repository on disk."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def head(self, branch: str) -> str | None:
        done = self._git("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}^{{commit}}", check=False)
        return done.stdout.strip() or None

    def delete(self, branch: str) -> None:
        self._git("update-ref", "-d", f"refs/heads/{branch}")

    def merge(self, branch: str, base: str) -> str:
        ours, theirs = self.head(base), self.head(branch)
        if ours is None or theirs is None:
            raise MergeConflictError
        done = self._git("merge-tree", "--write-tree", ours, theirs, check=False)
        if done.returncode:
            raise MergeConflictError
        tree = done.stdout.split()[0]
        commit = self._git("commit-tree", tree, "-p", ours, "-p", theirs, "-m", f"Merge branch '{branch}'")
        self._git("update-ref", f"refs/heads/{base}", commit.stdout.strip(), ours)
        return commit.stdout.strip()

    def mergeable(self, branch: str, base: str) -> bool:
        ours, theirs = self.head(base), self.head(branch)
        if ours is None or theirs is None:
            return False
        return self._git("merge-tree", "--write-tree", ours, theirs, check=False).returncode == 0

    def diff(self, base: str, commit: str) -> str:
        return self._git("-c", "core.quotePath=false", "diff", "--no-color", "-M", f"{base}...{commit}").stdout

    def _git(self, *arguments: str, check: bool = True) -> subprocess.CompletedProcess[str]:
        command = ["git", "--git-dir", str(self.path), *arguments]
        environment = {**os.environ, **IDENTITY, "GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": os.devnull}
        return subprocess.run(command, check=check, capture_output=True, text=True, env=environment, timeout=30)

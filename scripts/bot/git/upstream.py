"""Where proposals' branches live for everybody: at a forge, or in the very repository that the worker has.

Both ways of getting there have the same four questions, so the worker does not know which it has.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Protocol

from scripts.bot.git.errors import GitError
from scripts.bot.git.repository import NOTHING, Repository

if TYPE_CHECKING:
    from collections.abc import Callable

TRANSFER = 300.0  # seconds for a fetch or a push
BRANCH = re.compile(r"[A-Za-z0-9_.-]+(?:/[A-Za-z0-9_.-]+)*")


class Upstream(Protocol):
    """The repository that everybody sees. Every method may raise GitError, and may be asked again at any time."""

    @property
    def main_branch(self) -> str:
        """The branch that proposals are made to."""

    def main(self) -> str:
        """The present commit of the main branch, whose objects are then in our repository."""

    def head(self, branch: str) -> str | None:
        """The present commit of a branch, whose objects are then in our repository; None if there is no such branch."""

    def push(self, branch: str, commit: str, *, old: str | None) -> None:
        """Move a branch from ``old`` (None: it is not there yet) to ``commit``, or change nothing and raise ``conflict``."""


@dataclass(frozen=True, slots=True)
class Here:
    """Our repository is the one that everybody sees."""

    repository: Repository
    main_branch: str = "main"

    def main(self) -> str:
        """As `Upstream.main`."""
        return _there(self.head(self.main_branch), self.main_branch)

    def head(self, branch: str) -> str | None:
        """As `Upstream.head`."""
        return self.repository.resolve(f"refs/heads/{_branch(branch)}")

    def push(self, branch: str, commit: str, *, old: str | None) -> None:
        """As `Upstream.push`."""
        self.repository.update_ref(f"refs/heads/{_branch(branch)}", commit, old=old or NOTHING)


@dataclass(frozen=True, slots=True)
class There:
    """A server. ``url`` holds no credentials; ``header`` is asked for them before each command."""

    repository: Repository
    url: str
    main_branch: str = "main"
    header: Callable[[], str] = field(default=lambda: "", repr=False)

    def main(self) -> str:
        """As `Upstream.main`."""
        return _there(self.head(self.main_branch), self.main_branch)

    def head(self, branch: str) -> str | None:
        """As `Upstream.head`. Ours is kept as ``refs/remotes/…`` so that its objects are not tidied away."""
        with_credentials = self._repository()
        line = with_credentials.git.text("ls-remote", "--refs", self.url, f"refs/heads/{_branch(branch)}")
        if not line:
            return None
        commit = line.split("\t")[0]
        if with_credentials.resolve(f"refs/remotes/origin/{branch}") != commit:
            refs = f"+refs/heads/{branch}:refs/remotes/origin/{branch}"
            with_credentials.git.run(
                "fetch", "--quiet", "--no-tags", "--no-write-fetch-head", self.url, refs, seconds=TRANSFER
            )
        return _there(with_credentials.resolve(f"refs/remotes/origin/{branch}"), branch)

    def push(self, branch: str, commit: str, *, old: str | None) -> None:
        """As `Upstream.push`: one atomic push that names what it expects to find."""
        ref = f"refs/heads/{_branch(branch)}"
        self._repository().git.run(
            *("push", "--quiet", "--atomic", "--no-verify"),
            *(f"--force-with-lease={ref}:{old or ''}", self.url, f"{commit}:{ref}"),
            seconds=TRANSFER,
        )

    def _repository(self) -> Repository:
        return Repository(replace(self.repository.git, url=self.url, header=self.header()))


def _branch(name: str) -> str:
    if not BRANCH.fullmatch(name) or ".." in name:
        raise ValueError(f"{name!r} is no branch")
    return name


def _there(commit: str | None, branch: str) -> str:
    if commit is None:
        raise GitError("gone", f"there is no branch {branch}")
    return commit

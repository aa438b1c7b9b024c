"""The local forge's repository: branches and merges without a checkout, and the root's files beside it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scripts.bot.git.errors import GitError
from scripts.bot.git.repository import NOTHING, Person, Repository
from scripts.bot.git.upstream import Here
from scripts.bot.git.worktree import EditedByHandError, Worktree

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

MERGED = "refs/circular/merged/"
FOLDER = ".forge"
_TAKES_IN = "circular.takesIn"
_IGNORE = "# Le dépôt des propositions n’entre pas dans un autre dépôt.\n*\n"


class CheckedOutError(Exception):
    """The repository has files checked out elsewhere than in the root: what is merged would not get into them."""


def default_directory(root: Path) -> Path:
    """Where a root's repository is, unless another place is named."""
    return root / FOLDER / "site.git"


def open_local(
    root: Path, directory: Path | None, *, person: Person, message: str, clock: Callable[[], datetime]
) -> LocalRepository:
    """The local forge's repository for ``root``, made and filled from its files where there is none.

    A repository that has commits already is taken as it is, with its own main branch; then nobody but git changes the
    files, and what is changed by hand in the root is left alone. ``person`` and ``message`` are for commits of the files.

    Raises:
        CheckedOutError: it has a checkout that is not the root.
        GitError: it cannot be opened.
    """
    own = directory is None
    directory = directory or default_directory(root)
    if own:
        directory.parent.mkdir(exist_ok=True)
        (directory.parent / ".gitignore").write_text(_IGNORE, encoding="utf-8")
    repository = Repository.open(directory)
    if not repository.is_bare and repository.git.directory.parent != root.resolve():
        raise CheckedOutError(str(directory))
    main = repository.head_branch
    takes_in = own or repository.resolve(f"refs/heads/{main}") is None
    if takes_in:
        repository.git.run("config", _TAKES_IN, "true")
    else:
        takes_in = repository.git.outcome("config", "--get", _TAKES_IN, fine=(0, 1))[1].strip() == b"true"
    worktree = Worktree(repository, root, main, person, takes_in=takes_in, message=message)
    opened = LocalRepository(repository, main, worktree=worktree, clock=clock)
    opened.main()
    return opened


@dataclass(frozen=True, slots=True)
class LocalRepository(Here):
    """As `Here`; asking for the main branch first brings it and the root's files together.

    ``blocked`` are files that were changed by hand and on the main branch: they stay as they are until somebody decides.
    """

    worktree: Worktree = field(kw_only=True)
    clock: Callable[[], datetime] = field(kw_only=True)
    blocked: list[str] = field(default_factory=list, kw_only=True)

    def main(self) -> str:
        """As `Upstream.main`."""
        with self.worktree.turn():
            return self._sync()

    def merge(self, branch: str, message: str, person: Person) -> str | tuple[str, ...]:
        """Merge a branch into the main one and write the root's files; the same again gives the same merge.

        The commit of the merge, or the paths on which both disagree.
        """
        with self.worktree.turn():
            self._sync()
            merged = self.repository.resolve(MERGED + branch) or self._merge(branch, message, person)
            self._sync()
        return merged

    def delete(self, branch: str) -> None:
        """Delete a branch; fine where there is none."""
        head = self.head(branch)
        if head is not None:
            self.repository.update_ref(f"refs/heads/{branch}", NOTHING, old=head)

    def _merge(self, branch: str, message: str, person: Person) -> str | tuple[str, ...]:
        head, main = self.head(branch), Here.main(self)
        if head is None:
            raise GitError("gone", f"there is no branch {branch}")
        if self.repository.contains(main, head):
            return main
        merge = self.repository.merge(main, head)
        if merge.conflicts:
            return merge.conflicts
        made = self.repository.commit(
            [main, head], {}, message, tree=merge.tree, author=person, committer=person, at=self.clock()
        )
        self.repository.update_refs((f"refs/heads/{self.main_branch}", made, main), (MERGED + branch, made, NOTHING))
        return made

    def _sync(self) -> str:
        self.blocked.clear()
        try:
            return self.worktree.sync(self.clock())
        except EditedByHandError as error:
            self.blocked.extend(error.paths)
            return Here.main(self)

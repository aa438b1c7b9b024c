"""The worker's repository keeps a commit of each proposal; of what has ended, nothing is to stay there but what was merged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from scripts.bot.git.repository import NOTHING
from scripts.bot.submission import BRANCH, ID

if TYPE_CHECKING:
    from scripts.bot.git.repository import Repository
    from scripts.bot.store import Store

KEPT: Final = ("refs/circular/proposals/", f"refs/remotes/origin/{BRANCH}")
"""Where the worker has commits of its own (`scripts.bot.worker.proposing`) and of the forge (`scripts.bot.git.upstream`)."""

GRACE: Final = "1.day.ago"
"""Objects that are younger may belong to a commit which another process is just making (git-gc(1), --prune)."""


def forget_commits(repository: Repository, store: Store) -> int:
    """Drop commits of submissions that have ended or are no longer in the store, with what only they held; says how many.

    Raises:
        GitError: the repository cannot be changed.
    """
    out = repository.git.text("for-each-ref", "--format=%(objectname) %(refname)", *KEPT)
    gone = [(commit, ref) for commit, ref in (line.split(" ", 1) for line in out.splitlines()) if _is_over(ref, store)]
    if gone:
        repository.update_refs(*((ref, NOTHING, commit) for commit, ref in gone))
    repository.git.run("gc", "--quiet", f"--prune={GRACE}", seconds=600)
    return len(gone)


def _is_over(ref: str, store: Store) -> bool:
    name = ref.rpartition("/")[2]
    if not ID.fullmatch(name):
        return False
    submission = store.by_id(name)
    return submission is None or submission.is_ended

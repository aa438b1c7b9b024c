"""The repository of the local forge, and the password of its review page."""

from __future__ import annotations

from ipaddress import ip_address
from typing import TYPE_CHECKING

from scripts.bot.doctor.finding import Finding, fine, untold, wrong
from scripts.bot.french import doctor as french
from scripts.bot.git.command import Git
from scripts.bot.git.errors import GitError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from scripts.bot.settings import Settings


def check_local_forge(settings: Settings) -> Iterator[Finding]:
    """A repository with a main branch, sound; and nobody reviews who has no password."""
    directory = settings.local_repository
    if directory.exists() or settings.forge_url:
        yield _repository(directory)
    else:
        yield untold(french.GIT, french.no_repository(directory))
    if not settings.review_password:
        yield _unlocked(settings)


def _repository(directory: Path) -> Finding:
    inner = directory / ".git"
    git = Git(inner if inner.is_dir() else directory)
    try:
        branch = git.text("symbolic-ref", "--short", "HEAD")
        if not git.outcome("rev-parse", "--verify", "--quiet", f"refs/heads/{branch}", fine=(0, 1))[1]:
            return wrong(french.GIT, french.no_branch(str(directory), branch), french.PUSH_FIRST)
        git.run("fsck", "--connectivity-only", "--no-dangling", "--no-progress", seconds=300.0)
    except GitError as error:
        return wrong(french.GIT, french.git_refused(str(directory), error.detail), french.GIT_ADVICE[error.kind])
    return fine(french.GIT, french.git_fine(str(directory), branch))


def _unlocked(settings: Settings) -> Finding:
    only_here = ip_address(settings.host).is_loopback and settings.public_url.startswith("http:")
    if only_here:
        return untold(french.REVIEW, french.UNLOCKED_HERE)
    return wrong(french.REVIEW, french.UNLOCKED, french.LOCK)

"""A workplace without a forge: the repository beside the root, and editors who decide on the review page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from scripts.bot.forges.local import Local
from scripts.bot.french import worker as french
from scripts.bot.git.local import LocalRepository, open_local
from scripts.bot.git.repository import Person
from scripts.bot.submission import BRANCH
from scripts.bot.worker.drafting import Drafter
from scripts.bot.worker.place import Pauses, Workplace

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scripts.bot.clock import Clock
    from scripts.bot.forges.forge import Exchange
    from scripts.bot.store import Store
    from scripts.bot.worker.place import Built, Look, Platform

T = TypeVar("T")


def local_workplace(
    store: Store,
    platform: Platform,
    *,
    root: Path,
    repository: Path | None,
    state: Path,
    clock: Clock,
    look: Look,
    chance: Callable[[], float],
    pauses: Pauses | None = None,
    checkpoint: Callable[[str], None] | None = None,
    built: Built = lambda _: None,
) -> Workplace:
    """A workplace on the local forge. ``repository`` is below the root unless it is named; ``state`` is a folder of our own.

    Raises:
        CheckedOutError: the repository has files checked out elsewhere than in the root.
        GitError: it cannot be opened.
    """
    person = Person(french.BOT, platform.noreply)
    opened = open_local(root, repository, person=person, message=french.BY_HAND, clock=clock)

    def review_page(branch: str) -> str:
        return f"{platform.service_url}/relecture/{branch.removeprefix(BRANCH)}/"

    forge = Local(store.requests, opened, clock, review_page)
    return Workplace(
        store=store,
        forge=forge,
        ask=answered_here,
        upstream=opened,
        repository=opened.repository,
        drafter=Drafter(opened.repository, state / "main"),
        platform=platform,
        look=look,
        chance=chance,
        editor=Merging(opened, forge),
        blocked=lambda: opened.blocked,
        pauses=pauses or Pauses(),
        checkpoint=checkpoint or (lambda _: None),
        built=built,
    )


@dataclass(frozen=True, slots=True)
class Merging:
    """As `Editor`: merges into the main branch, and says so in the register."""

    repository: LocalRepository
    forge: Local

    def accept(self, number: int, branch: str, message: str, person: Person) -> tuple[str, ...]:
        """As `Editor.accept`."""
        merged = self.repository.merge(branch, message, person)
        if isinstance(merged, tuple):
            return merged
        answered_here(self.forge.merged(number, merged))
        return ()


def answered_here(exchange: Exchange[T], /) -> T:
    """The answer to a question that needs nobody else."""
    try:
        next(exchange)
    except StopIteration as end:
        result: T = end.value
        return result
    raise TypeError("the local forge sends no requests")

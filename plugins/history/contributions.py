"""From commits to pages: how many contributions each entry and member has had, and the day of the last.

A contribution is a commit that changed the page's file or a file beside it that it uses. No contributions are: merges (what they
bring in is counted where it was written), moves that change nothing, and commits that touch more than `MASS` pages at once, which
are imports and clean-ups. Who wrote a commit is never read.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from plugins.model.objects import Changes

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Mapping

    from plugins.history.log import Commit, Log, Touch

MASS: Final = 20  # pages of one commit: a proposal touches a few, a whole programme of events about ten


def contributions(
    log: Log, files: Mapping[str, Iterable[str]], *, today: dt.date, held: Mapping[str, int] | None = None
) -> dict[str, Changes]:
    """What ``log`` tells of each page.

    ``files`` maps a page's own file to the files beside it that it uses, relative to the root. Commits after ``today`` are passed
    over, and so are those of a page after the moment (seconds since 1970) at which ``held`` holds it: it is shown as it was then.

    In a short clone the count is None for what was there before it begins, as nobody knows it.
    """
    counting = _Counting(held or {})
    counting.start(log, files)
    for commit in log.commits:
        counting.read(commit, today)
    return counting.result(files, is_shallow=log.is_shallow)


@dataclass(slots=True)
class _Counting:
    held: Mapping[str, int]
    owners: dict[str, set[str]] = field(
        default_factory=dict
    )  # a file's name at the time → the pages it belongs to today
    counts: dict[str, int] = field(default_factory=dict)
    last: dict[str, dt.date] = field(default_factory=dict)
    born: set[str] = field(default_factory=set)

    def start(self, log: Log, files: Mapping[str, Iterable[str]]) -> None:
        for page, beside in files.items():
            for path in (page, *beside):
                self.owners.setdefault(path, set()).add(page)
        # A branch may have changed a file under its old name while another moved it: such names are known beforehand.
        for commit in log.commits:
            for touch in commit.touches:
                if touch.letter == "R" and touch.path in self.owners:
                    self.owners.setdefault(touch.old_path, set(self.owners[touch.path]))

    def read(self, commit: Commit, today: dt.date) -> None:
        pages: set[str] = set()
        made: set[str] = set()
        for touch in commit.touches:
            owners = self.owners.get(touch.path, set())
            if not touch.is_exact and touch.letter != "D":
                pages |= owners
            if touch.letter == "A" and _is_page(touch.path):
                made |= owners
        counts = not commit.is_boundary and commit.day <= today and not _is_mass(commit)
        for page in pages if counts else ():
            if commit.moment <= self.held.get(page, commit.moment):
                self.counts[page] = self.counts.get(page, 0) + 1
                if page not in made:  # what is new is not yet changed
                    self.last[page] = max(commit.day, self.last.get(page, commit.day))
        self.born |= set() if commit.is_boundary else made
        self._step_back(commit.touches)

    def _step_back(self, touches: Iterable[Touch]) -> None:
        """Names as they were before a commit. Several moves of one commit may exchange names, so all leave before any arrives."""
        moved = [(touch, self.owners.pop(touch.path, None)) for touch in touches if touch.letter in {"A", "R"}]
        for touch, owners in moved:
            if touch.letter == "R" and owners:
                self.owners[touch.old_path] = owners

    def result(self, files: Mapping[str, Iterable[str]], *, is_shallow: bool) -> dict[str, Changes]:
        found = {}
        for page in files:
            known = page in self.born or not is_shallow
            changes = Changes(self.last.get(page), self.counts.get(page, 0) if known else None)
            if changes.last or changes.count:
                found[page] = changes
        return found


def _is_page(path: str) -> bool:
    return (path.startswith("content/") and path.endswith(".md")) or path.startswith("data/members/")


def _is_mass(commit: Commit) -> bool:
    return sum(_is_page(touch.path) for touch in commit.touches) > MASS

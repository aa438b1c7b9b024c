"""The commits that touched a root, read in one pass over ``git log``."""

from __future__ import annotations

import datetime as dt
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from plugins.history.git import ask
from plugins.model.occurrences import DEFAULT_TIMEZONE

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PARTS = ("content", "data")
_MARK = "\x01"  # begins a commit: no letter of a change is this, and names are read by their place
_FORMAT = f"{_MARK}%H%x00%ct"
_TWO_NAMES = ("R", "C")


@dataclass(frozen=True, slots=True)
class Touch:
    """One file in one commit. ``letter`` is git's: A added, D deleted, M and T changed, R moved from ``old_path``, C copied.

    Paths are relative to the root, with ``/``. ``is_exact`` says of a move that no byte changed.
    """

    letter: str
    path: str
    old_path: str
    is_exact: bool = False


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit: ``moment`` in seconds since 1970 (when it came into the branch, not when it was written), ``day`` in the time zone
    of the platform. At a ``is_boundary`` commit a short clone ends: it looks as if it had added everything.
    """

    id: str
    moment: int
    day: dt.date
    touches: tuple[Touch, ...]
    is_boundary: bool = False


@dataclass(frozen=True, slots=True)
class Log:
    """The commits, newest first, none before what came after it; ``is_shallow`` says that older ones are out of reach."""

    commits: list[Commit]
    is_shallow: bool


def read_log(root: Path, *, of_the_branch: bool = False) -> Log | None:
    """What git tells of ``content/`` and ``data/`` below ``root``, which may lie below the top of its repository.

    With ``of_the_branch``, only the states that the branch itself has had: a merge is one step, with all that it brought in.
    None without git, outside a repository, and before the first commit.
    """
    boundary = _boundary(root)
    if boundary is None:
        return None
    steps = ("--first-parent", "-m") if of_the_branch else ("--date-order",)
    told = ask(
        root, "log", *steps, f"--format={_FORMAT}", "--name-status", "-z", "-M", "--no-color",
        "--no-ext-diff", "--no-textconv", "--relative", "HEAD", "--", *PARTS,
    )  # fmt: skip
    if told is None:
        return None
    return Log(list(_commits(iter(os.fsdecode(told).split("\0")), boundary)), bool(boundary))


def _boundary(root: Path) -> frozenset[str] | None:
    """The commits at which a short clone ends; None outside a repository."""
    told = ask(root, "rev-parse", "--git-path", "shallow")
    if told is None:
        return None
    file = root / os.fsdecode(told).rstrip("\n")
    return frozenset(file.read_text("ascii").split()) if file.is_file() else frozenset()


def _commits(words: Iterator[str], boundary: frozenset[str]) -> Iterator[Commit]:
    zone = ZoneInfo(DEFAULT_TIMEZONE)
    word = next(words, "")
    while word.startswith(_MARK):
        identifier, moment = word.removeprefix(_MARK), int(next(words))
        touches: list[Touch] = []
        word = next(words, "")
        while word and not word.startswith(_MARK):
            touches.append(_touch(word.removeprefix("\n"), words))
            word = next(words, "")
        day = dt.datetime.fromtimestamp(moment, zone).date()
        yield Commit(identifier, moment, day, tuple(touches), identifier in boundary)


def _touch(status: str, words: Iterator[str]) -> Touch:
    letter, old = status[0], next(words)
    return Touch(letter, next(words) if letter in _TWO_NAMES else old, old, status == "R100")

"""The changes of a set of directories, in bursts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from watchfiles import DefaultFilter, watch

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

QUIET = 80  # milliseconds without a change that end a burst
LONGEST = 800  # milliseconds after which a burst ends all the same


def changes(directories: Sequence[Path]) -> Iterator[set[str]]:
    """The paths of each burst of changes. What changes while the caller is busy is in its next burst."""
    present = [directory for directory in directories if directory.is_dir()]
    for burst in watch(*present, watch_filter=DefaultFilter(), debounce=LONGEST, step=QUIET):
        yield {path for _, path in burst}

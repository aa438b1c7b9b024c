"""The lines that a change adds, read from a unified diff as git writes it.

How far a hunk goes is what its head says of it, so that no line of a file can pass for the head of another file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final, TypeAlias

_HUNK: Final = re.compile(r"@@ -[0-9]{1,9}(?:,([0-9]{1,9}))? \+([0-9]{1,9})(?:,([0-9]{1,9}))? @@")
Lines: TypeAlias = Mapping[int, str]
"""Added lines without their line break, by their number in the new file, from 1."""


@dataclass(frozen=True, slots=True)
class Added:
    """What a change adds to one file; ``old_path`` is its name before, the same unless it was renamed."""

    old_path: str
    lines: Lines = field(default_factory=dict)


@dataclass(slots=True)
class _Hunk:
    """What is left of a hunk; ``number`` is that of its next line in the new file."""

    old: int = 0
    new: int = 0
    number: int = 0


def added_lines(patch: str) -> Lines:
    """Those of one file, whose hunks ``patch`` holds."""
    return {number: text for _, number, text in _walk(patch)}


def added_by_file(diff: str) -> dict[str, Added]:
    """Those of each file of a whole diff, by its new path. Files whose names git puts in quotation marks are left out."""
    found: dict[str, dict[int, str]] = {}
    for path, number, text in _walk(diff):
        if path:
            found.setdefault(path, {})[number] = text
    return {path: Added(path, lines) for path, lines in found.items()}


def _walk(diff: str) -> Iterator[tuple[str, int, str]]:
    """Each added line: the path that the head before it names, its number, its text."""
    path, hunk = "", _Hunk()
    for line in diff.split("\n"):
        if hunk.old <= 0 and hunk.new <= 0:
            head = _HUNK.match(line)
            if head:
                hunk = _Hunk(int(head[1] or 1), int(head[3] or 1), int(head[2]))
            elif line.startswith("+++ "):
                path = line[6:].rstrip("\t") if line.startswith("+++ b/") else ""
        elif line.startswith("+"):
            yield path, hunk.number, line[1:]
            hunk.new, hunk.number = hunk.new - 1, hunk.number + 1
        elif line.startswith("-"):
            hunk.old -= 1
        elif not line.startswith("\\"):  # « \ No newline at end of file »
            hunk.old, hunk.new, hunk.number = hunk.old - 1, hunk.new - 1, hunk.number + 1

"""What the doubles know of a request's diff: its files, and the lines on which a remark may stand."""

from __future__ import annotations

import re
from dataclasses import dataclass

_CHUNK = re.compile(r"^diff --git ", re.MULTILINE)
_RANGE = re.compile(r"^@@ -[0-9,]+ \+([0-9]+)(?:,([0-9]+))? @@", re.MULTILINE)


@dataclass(frozen=True)
class FileDiff:
    """One file. ``patch``: its hunks, "" for a binary file or a mere rename."""

    old_path: str
    path: str
    patch: str
    status: str  # added, modified, removed, renamed

    def has_line(self, number: int) -> bool:
        """Whether a line of the new file is part of a hunk."""
        ranges = ((int(found[1]), int(found[2] or 1)) for found in _RANGE.finditer(self.patch))
        return any(first <= number < first + count for first, count in ranges)


def files_of(diff: str) -> list[FileDiff]:
    """The files of a diff of git's, in its order."""
    return [_file(chunk) for chunk in _CHUNK.split(diff)[1:]]


def _file(chunk: str) -> FileDiff:
    head, at, hunks = chunk.partition("\n@@")
    names = re.fullmatch(r"a/(.*) b/(.*)", head.split("\n", 1)[0])
    assert names, chunk[:200]
    old, new = _after(head, "rename from ", names[1]), _after(head, "rename to ", names[2])
    status = next(
        (
            name
            for mark, name in (("new file", "added"), ("deleted file", "removed"), ("rename", "renamed"))
            if f"\n{mark}" in head
        ),
        "modified",
    )
    return FileDiff(old, new, f"@@{hunks}".rstrip("\n") if at else "", status)


def _after(head: str, mark: str, otherwise: str) -> str:
    return next((line.removeprefix(mark) for line in head.split("\n") if line.startswith(mark)), otherwise)

"""Which paths may come out of a repository, and which the bot may write into one."""

from __future__ import annotations

import re

LONGEST = 255  # bytes, of a path's part as of the whole
_ODD = re.compile(r"[\x00-\x1f\x7f\\:*?\"<>|]")
# A proposal adds or changes entries with what lies beside them, and members; one that takes a page away says that it is gone.
_PROPOSABLE = re.compile(
    r"content/[a-z][a-z0-9-]*(?:/[a-z0-9][a-z0-9-]*)*/[a-z0-9][a-z0-9.-]*\.[a-z0-9]+|data/members/[a-z0-9][a-z0-9-]*\.yaml|data/redirects\.yaml"
)


class PathError(ValueError):
    """A path that must not be written."""


def safe(path: str) -> str:
    """The path, if it stays below the directory it is joined to, on every file system. Raises PathError otherwise."""
    parts = path.split("/")
    hidden = any(
        part in {"", ".", ".."} or part.lower().startswith((".git", "git~")) or part[-1:] in {" ", "."}
        for part in parts
    )
    if hidden or _ODD.search(path) or len(path.encode()) > LONGEST:
        raise PathError(f"{path!r} is no path that may be written")
    return path


def proposable(path: str) -> str:
    """The path, if a proposal may touch it. Raises PathError otherwise."""
    if not _PROPOSABLE.fullmatch(safe(path)) or ".." in path:
        raise PathError(f"{path!r} is not for proposals")
    return path

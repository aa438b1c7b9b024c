"""What can go wrong with git, in the words of `scripts.bot.forges.forge.ForgeError`."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

GitTrouble: TypeAlias = Literal["credentials", "rights", "gone", "busy", "conflict", "broken"]


class GitError(Exception):
    """Git did not do what was asked.

    kind:
        ``credentials``  the server does not know us
        ``rights``       we may not do this there
        ``gone``         no such repository or branch
        ``busy``         no answer, or not now: again later
        ``conflict``     the branch is not where it was expected
        ``broken``       anything else: a fault of the repository or of this program
    ``detail`` is what git said, for logs; it holds neither credentials nor anything of a contributor's but branch names.
    """

    def __init__(self, kind: GitTrouble, detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind: GitTrouble = kind
        self.detail = detail


# In this order: a server that answers « 403 » also says that the repository cannot be read.
_SIGNS: tuple[tuple[GitTrouble, str], ...] = (
    ("credentials", r"authentication failed|could not read (username|password)|error: 401|invalid credentials"),
    ("rights", r"error: 403|permission denied|not allowed to push|protected branch|denied to|insufficient"),
    ("busy", r"error: (429|5\d\d)|rpc failed|early eof|unexpected disconnect|hung up|timed? ?out|too slow"),
    ("busy", r"could not resolve|failed to connect|connection (refused|reset)|couldn't connect|\.lock': file exists"),
    ("busy", r"empty reply|transfer closed|recv failure|send failure|no space left"),
    ("conflict", r"stale info|\[(remote )?rejected\]|non-fast-forward|cannot lock ref|fetch first"),
    (
        "gone",
        r"not found|does not appear to be a git repository|couldn't find remote ref|unable to update url base",
    ),
)


def from_stderr(stderr: str) -> GitError:
    """The error that git's words mean; they are English, since git runs with ``LC_ALL=C``."""
    lines = [line.strip() for line in stderr.splitlines() if line.strip()]
    detail = " / ".join(lines[-3:])[:500]
    for kind, sign in _SIGNS:
        if re.search(sign, stderr, re.IGNORECASE):
            return GitError(kind, detail)
    return GitError("broken", detail)

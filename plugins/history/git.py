"""Asks git about the repository in which a root lies; reads only, and runs nothing of the repository's."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ELSEWHERE = ("GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_WORK_TREE")
"""Set by git while it runs a hook; they would lead away from the folder that is asked about."""
_SETTINGS = (
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "diff.renames=true",
    "diff.renameLimit=2000",  # beyond, a commit is a move of everything, and pairs are not looked for
    "log.showSignature=false",
    "log.mailmap=false",
)


def git_command(*arguments: str) -> list[str]:
    """The words of a command that no setting of the machine changes the meaning of."""
    return ["git", *(word for setting in _SETTINGS for word in ("-c", setting)), *arguments]


def environment() -> Mapping[str, str]:
    """The environment in which git speaks English, looks only at the folder it runs in, and fetches nothing by itself."""
    own = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
    return own | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0", "GIT_NO_LAZY_FETCH": "1", "GIT_TERMINAL_PROMPT": "0"}


def ask(folder: Path, *arguments: str) -> bytes | None:
    """What a command writes; None where there is no git, no repository, or no answer."""
    try:
        done = subprocess.run(git_command(*arguments), cwd=folder, env=environment(), capture_output=True, check=False)
    except FileNotFoundError:
        return None
    return done.stdout if done.returncode == 0 else None

"""Runs git in the working tree of whoever asks, with that person's settings but nothing that runs other programs."""

from __future__ import annotations

import os
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scripts.changes.errors import ChangesError
from scripts.french import changes as french

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_ELSEWHERE = frozenset(
    {"GIT_COMMON_DIR", "GIT_DIR", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX", "GIT_WORK_TREE"}
)
"""Set by git while it runs a hook; they would lead away from the folder that was asked for."""
_SETTINGS = (
    "core.quotePath=false",
    "core.fsmonitor=false",
    f"core.hooksPath={os.devnull}",
    "diff.renameLimit=20000",
    "diff.relative=false",
)


@dataclass(frozen=True, slots=True)
class WorkTree:
    """Commands of git in ``folder``; ``environment`` is laid over the process's own."""

    folder: Path
    environment: Mapping[str, str] = field(default_factory=dict)

    def run(self, *arguments: str, stdin: bytes = b"") -> bytes:
        """What a command writes.

        Raises:
            ChangesError: git is not installed, or the command failed.
        """
        code, out, err = self.outcome(*arguments, stdin=stdin)
        if code:
            raise ChangesError(french.git_failed(_last_line(err)))
        return out

    def outcome(self, *arguments: str, stdin: bytes = b"") -> tuple[int, bytes, bytes]:
        """Exit code, output and what was said on standard error.

        Raises:
            ChangesError: git is not installed.
        """
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        own = {name: value for name, value in os.environ.items() if name not in _ELSEWHERE}
        try:
            done = subprocess.run(
                ["git", *settings, *arguments],
                cwd=self.folder,
                input=stdin,
                capture_output=True,
                env=own | {"LC_ALL": "C", "GIT_OPTIONAL_LOCKS": "0"} | dict(self.environment),
                check=False,
            )
        except FileNotFoundError as error:
            raise ChangesError(french.NO_GIT_PROGRAM) from error
        return done.returncode, done.stdout, done.stderr

    def line(self, *arguments: str) -> str:
        """What a command writes, as one line."""
        return os.fsdecode(self.run(*arguments)).strip()


def _last_line(said: bytes) -> str:
    return said.decode("utf-8", "replace").strip().rpartition("\n")[2]

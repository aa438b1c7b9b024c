"""A real git repository with a working tree, for tests."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SETTINGS = ("user.name=Essai", "user.email=essai@example.org", "commit.gpgSign=false", "init.defaultBranch=main")


@dataclass(frozen=True)
class Work:
    """Commands of git in ``folder``, and files written there."""

    folder: Path

    @classmethod
    def begin(cls, folder: Path) -> Work:
        """A new repository in ``folder``, with nothing in it."""
        folder.mkdir(parents=True, exist_ok=True)
        work = cls(folder)
        work.git("init", "--quiet")
        return work

    def git(self, *arguments: str) -> str:
        """What a command of git writes."""
        settings = [word for setting in _SETTINGS for word in ("-c", setting)]
        return subprocess.run(
            ["git", *settings, *arguments], cwd=self.folder, capture_output=True, text=True, check=True
        ).stdout.strip()

    def write(self, path: str, text: str) -> None:
        """One file, with the folders on its way."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")

    def commit(self, message: str = "une étape") -> str:
        """Commit everything; the hash."""
        self.git("add", "--all", "--force")
        self.git("commit", "--quiet", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")

"""Makes real git repositories, one commit a line, at moments that the test says."""

from __future__ import annotations

import os
import shutil
import subprocess
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_WHO = {
    "GIT_AUTHOR_NAME": "Une personne discrète",
    "GIT_AUTHOR_EMAIL": "discrete@example.org",
    "GIT_COMMITTER_NAME": "Une personne discrète",
    "GIT_COMMITTER_EMAIL": "discrete@example.org",
    "GIT_CONFIG_GLOBAL": os.devnull,
    "GIT_CONFIG_NOSYSTEM": "1",
}


@dataclass(frozen=True, slots=True)
class Repository:
    """A repository at ``folder``; ``root`` is where its site lies, which may be below."""

    folder: Path
    root: Path

    def git(self, *arguments: str, day: str = "2026-01-01") -> str:
        moment = {"GIT_AUTHOR_DATE": f"{day}T12:00:00+00:00", "GIT_COMMITTER_DATE": f"{day}T12:00:00+00:00"}
        done = subprocess.run(
            ["git", *arguments],
            cwd=self.folder,
            env={**os.environ, **_WHO, **moment},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()

    def commit(self, day: str, files: Mapping[str, str | bytes | None]) -> str:
        """Write ``files`` (None: take away) below the root, commit everything, and give the commit's hash."""
        for path, content in files.items():
            target = self.root / path
            if content is None:
                target.unlink()
                continue
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content.encode() if isinstance(content, str) else content)
        self.git("add", "--all", day=day)
        self.git("commit", "--quiet", "--allow-empty", "-m", f"on {day}", day=day)
        return self.git("rev-parse", "HEAD")

    def move(self, day: str, old: str, new: str) -> str:
        (self.root / new).parent.mkdir(parents=True, exist_ok=True)
        (self.root / old).rename(self.root / new)
        return self.commit(day, {})

    def shallow(self, target: Path, depth: int) -> Repository:
        """A short clone, as build services make them."""
        self.git("clone", "--quiet", f"--depth={depth}", self.folder.as_uri(), str(target))
        return Repository(target, target / self.root.relative_to(self.folder))


def new_repository(folder: Path, root: str = "", template: Path | None = None) -> Repository:
    """An empty repository; with ``template``, a copy of that directory is its root, not yet committed."""
    folder.mkdir(parents=True, exist_ok=True)
    repository = Repository(folder, folder / root)
    if template is not None:
        shutil.copytree(template, repository.root, dirs_exist_ok=True)
    repository.root.mkdir(parents=True, exist_ok=True)
    repository.git("init", "--quiet", "--initial-branch=main")
    return repository

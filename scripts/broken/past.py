"""Earlier versions of files, from git: one pass over the log, and one process that gives contents."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from functools import cached_property
from typing import IO, TYPE_CHECKING, Literal, Self

from plugins.history.git import ask, environment, git_command
from plugins.history.log import read_log

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Collection, Mapping
    from pathlib import Path
    from types import TracebackType

    from plugins.history.log import Commit, Log

MOST_VERSIONS = 50
"""How far back a file is followed: what has been wrong for longer is no accident of yesterday."""

_FOUND = re.compile(rb"[0-9a-f]{40,64} ([a-z]+) ([0-9]+)\n")
Reach = Literal["whole", "shallow", "none"]


@dataclass(frozen=True, slots=True)
class Version:
    """A file as it was after a commit, when it was called ``path``; ``moment`` in seconds since 1970."""

    commit: str
    moment: int
    day: dt.date
    path: str


class Past:
    """The states that the branch itself has had. Without git, and before the first commit, it has none.

    Use it as a context: it keeps one process of git, which ends with it.
    """

    def __init__(self, root: Path) -> None:
        self._root = root
        self._log: Log | None = read_log(root, of_the_branch=True)
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process is not None:
            self._process.communicate()

    @property
    def reach(self) -> Reach:
        """How far back git remembers: to the beginning, to where a short clone ends, or not at all."""
        if self._log is None:
            return "none"
        return "shallow" if self._log.is_shallow else "whole"

    @cached_property
    def first_seen(self) -> Mapping[str, int]:
        """Every path that there ever was, and the moment at which it came under this name."""
        seen: dict[str, int] = {}
        for commit in self._log.commits if self._log else ():
            for touch in commit.touches:
                seen[touch.path] = commit.moment
                seen.setdefault(touch.old_path, commit.moment)
        return seen

    def versions(self, wanted: Mapping[str, Collection[str]]) -> dict[str, list[Version]]:
        """The versions of each file of ``wanted``, newest first, renames followed; a version is new where the file changed, or one
        of the files that ``wanted`` gives for it. At most `MOST_VERSIONS` of each.
        """
        walk = _Walk(wanted)
        for commit in self._log.commits if self._log else ():
            walk.read(commit)
        return walk.found

    def content(self, commit: str, path: str) -> bytes | None:
        """A file as it was after a commit; None where it was not there, or was no file."""
        if "\n" in path:
            return None
        ask_for, answers = self._streams
        ask_for.write(os.fsencode(f"{commit}:{self._prefix}{path}\n"))
        ask_for.flush()
        found = _FOUND.fullmatch(answers.readline())
        if found is None:
            return None  # « missing », and nothing after it
        content = answers.read(int(found[2]))
        answers.read(1)
        return content if found[1] == b"blob" else None

    @cached_property
    def _streams(self) -> tuple[IO[bytes], IO[bytes]]:
        process = subprocess.Popen(
            git_command("cat-file", "--batch"),
            cwd=self._root,
            env=environment(),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        self._process = process
        if process.stdin is None or process.stdout is None:
            raise RuntimeError("pipes were asked for")
        return process.stdin, process.stdout

    @cached_property
    def _prefix(self) -> str:
        return os.fsdecode(ask(self._root, "rev-parse", "--show-prefix") or b"").removesuffix("\n")


class _Walk:
    """Follows files back through the log, newest commit first."""

    def __init__(self, wanted: Mapping[str, Collection[str]]) -> None:
        self.found: dict[str, list[Version]] = {path: [] for path in wanted}
        self._names = {path: path for path in wanted}  # today's name → the name at the time
        self._owners: dict[str, set[str]] = {}  # a name at the time → whose versions it makes
        for path, beside in wanted.items():
            for name in (path, *beside):
                self._owners.setdefault(name, set()).add(path)

    def read(self, commit: Commit) -> None:
        touched: set[str] = set()
        for touch in commit.touches:
            touched |= self._owners.get(touch.path, set())
        for path in touched:
            if path in self._names and len(self.found[path]) < MOST_VERSIONS:
                self.found[path].append(Version(commit.id, commit.moment, commit.day, self._names[path]))
        if touched:
            self._step_back(commit)

    def _step_back(self, commit: Commit) -> None:
        made = {
            touch.path: touch for touch in commit.touches if touch.letter in {"A", "R"} and touch.path in self._owners
        }
        owners = {name: self._owners.pop(name) for name in made}
        for name, touch in made.items():
            moved = touch.letter == "R"
            if moved:
                self._owners.setdefault(touch.old_path, set()).update(owners[name])
            for path in owners[name]:
                if self._names.get(path) == name:
                    if moved:
                        self._names[path] = touch.old_path
                    else:
                        del self._names[path]

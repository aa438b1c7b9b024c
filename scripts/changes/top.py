"""Where a root lies in its repository: forges name files from the top, problems from the root."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.model.problems import Problem


def below_top(root: Path) -> str:
    """The way from the top of the repository to ``root``, with a slash at its end; "" at the top, and without a repository."""
    whole = root.resolve()
    for folder in (whole, *whole.parents):
        if (folder / ".git").exists():
            way = whole.relative_to(folder).as_posix()
            return "" if way == "." else f"{way}/"
    return ""


def from_top(problem: Problem, below: str) -> Problem:
    """The problem with its path from the top."""
    return replace(problem, path=f"{below}{problem.path}")

"""An exception that nobody foresaw, in words: what, and in which of our files. The whole trace on demand only."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from scripts.arguments import PROJECT
from scripts.french import commands as french

_OURS = frozenset({"benchmarks", "pelicanconf.py", "plugins", "scripts", "theme"})


def explain(error: BaseException) -> str:
    """One French line: of a chain of causes, the place of ours where it began, and what the last of them says."""
    first = error
    while first.__cause__ is not None:
        first = first.__cause__
    said = str(error) or type(error).__name__
    ours = [place for place in _places(first) if _is_ours(place[0])]
    if not ours:
        return french.failed_somewhere(type(error).__name__, said)
    path, line = ours[-1]
    return french.failed_at(f"{path.relative_to(PROJECT)}:{line}", type(error).__name__, said)


def trace(error: BaseException) -> None:
    """The whole trace on standard error, for those who ask with CIRCULAR_TRACE in the environment."""
    if os.environ.get("CIRCULAR_TRACE"):
        traceback.print_exception(error)


def report(head: str, error: BaseException) -> int:
    """Say on standard error that ``head`` and why; the exit code is 1."""
    trace(error)
    sys.stderr.write(f"{head}\n{explain(error)}\n{french.TRACE_HINT}\n")
    return 1


def _places(error: BaseException) -> list[tuple[Path, int]]:
    """Files and lines on the way to an error; a file that cannot be parsed is the last of them."""
    found = [(Path(frame.filename), frame.lineno or 0) for frame in traceback.extract_tb(error.__traceback__)]
    return (
        [*found, (Path(error.filename), error.lineno or 0)]
        if isinstance(error, SyntaxError) and error.filename
        else found
    )


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(PROJECT) and path.relative_to(PROJECT).parts[0] in _OURS

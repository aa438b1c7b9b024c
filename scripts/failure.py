"""An exception that nobody foresaw, in words: what, and in which of our files. The whole trace on demand only."""

from __future__ import annotations

import os
import sys
import traceback
from pathlib import Path

from scripts import french
from scripts.arguments import PROJECT

_OURS = frozenset({"benchmarks", "pelicanconf.py", "plugins", "scripts", "theme"})


def explain(error: BaseException) -> str:
    """One French line: of a chain of causes, the place of ours where it began, and what the last of them says."""
    first = error
    while first.__cause__ is not None:
        first = first.__cause__
    said = str(error) or type(error).__name__
    ours = [frame for frame in traceback.extract_tb(first.__traceback__) if _is_ours(Path(frame.filename))]
    if not ours:
        return french.failed_somewhere(type(error).__name__, said)
    place = f"{Path(ours[-1].filename).relative_to(PROJECT)}:{ours[-1].lineno}"
    return french.failed_at(place, type(error).__name__, said)


def report(head: str, error: BaseException) -> int:
    """Say on standard error that ``head`` and why; the exit code is 1. CIRCULAR_TRACE in the environment adds the trace."""
    if os.environ.get("CIRCULAR_TRACE"):
        traceback.print_exception(error)
    sys.stderr.write(f"{head}\n{explain(error)}\n{french.TRACE_HINT}\n")
    return 1


def _is_ours(path: Path) -> bool:
    return path.is_relative_to(PROJECT) and path.relative_to(PROJECT).parts[0] in _OURS

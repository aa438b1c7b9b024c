"""Runs the command line as people do: another process, a working directory, streams."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
TODAY = "2026-03-04"


def run(
    *arguments: str | Path, answers: str | None = None, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """``python -m scripts …`` with ``answers`` on standard input."""
    return subprocess.run(
        command(*arguments),
        cwd=PROJECT,
        input=answers,
        stdin=None if answers is not None else subprocess.DEVNULL,
        capture_output=True,
        text=True,
        encoding="utf-8",
        env={**os.environ, **(env or {})},
        timeout=300,
        check=False,
    )


def command(*arguments: str | Path) -> list[str]:
    """The argument list of a command."""
    return [sys.executable, "-m", "scripts", *map(str, arguments)]

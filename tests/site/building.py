"""Builds sites for tests through the public command, each only once for all test processes."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

PROJECT = Path(__file__).parents[2]
SMALL = PROJECT / "tests" / "roots" / "outre-brume"
TODAY = "2026-11-24"
_PATIENCE = 300  # seconds another process may take to build


def command(
    *arguments: str, env: dict[str, str] | None = None, cwd: Path = PROJECT
) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scripts", *arguments],
        cwd=cwd,
        # Without git's memory of this very repository: no commit of it changes what is compared.
        env={**os.environ, "PYTHONPATH": str(PROJECT), "CIRCULAR_HISTORY": "0", **(env or {})},
        text=True,
        capture_output=True,
        check=False,
    )


def build(root: Path, output: Path, *options: str, env: dict[str, str] | None = None) -> Path:
    done = command("build", "--root", str(root), "--output", str(output), "--today", TODAY, *options, env=env)
    assert done.returncode == 0, done.stdout + done.stderr
    return output


def built_once(name: str, root: Path, shared: Path) -> Path:
    """The site of ``root`` below ``shared``, which all test processes see; the first to ask builds it."""
    output, lock, done = shared / name, shared / f"{name}.lock", shared / f"{name}.done"
    try:
        lock.mkdir(parents=True)
    except FileExistsError:
        for _ in range(_PATIENCE * 10):
            if done.exists():
                return output
            time.sleep(0.1)
        raise AssertionError(f"{name} was not built by the other process") from None
    build(root, output)
    done.touch()
    return output


def files_of(output: Path) -> dict[str, bytes]:
    return {p.relative_to(output).as_posix(): p.read_bytes() for p in sorted(output.rglob("*")) if p.is_file()}

"""A real PostgreSQL server for the time of the tests, from the system's packages, on a socket of its own."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

USER = "postgres"


def _program(name: str) -> str:
    """Debian keeps the server's programs out of the path."""
    places = [str(path) for path in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True)]
    found = shutil.which(name, path=os.pathsep.join([*places, os.environ.get("PATH", "")]))
    if found is None:
        pytest.skip("PostgreSQL is not installed")
    return found


def _run(*command: str, directory: Path) -> None:
    # PostgreSQL refuses to run as root.
    user = USER if os.geteuid() == 0 else None
    subprocess.run(command, check=True, cwd=directory, user=user, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)


@contextlib.contextmanager
def server(directory: Path) -> Iterator[str]:
    """The address of a server whose files lie in ``directory``, which has to be readable by its user."""
    data = directory / "data"
    if os.geteuid() == 0:
        shutil.chown(directory, USER)
    _run(
        *(_program("initdb"), "--pgdata", str(data), "--username", USER, "--auth", "trust", "--encoding", "UTF8"),
        directory=directory,
    )
    options = f"-c listen_addresses='' -c unix_socket_directories='{directory}'"
    start = ("--pgdata", str(data), "--wait", "--log", str(directory / "log"))
    _run(_program("pg_ctl"), "start", *start, "--options", options, directory=directory)
    try:
        yield f"postgresql://{USER}@/postgres?host={directory}"
    finally:
        _run(_program("pg_ctl"), "stop", "--pgdata", str(data), "--mode", "immediate", directory=directory)

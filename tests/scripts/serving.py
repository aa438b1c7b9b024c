"""``serve`` as a person starts it: another process, what it says line by line, and its port."""

from __future__ import annotations

import http.client
import os
import queue
import re
import signal
import subprocess
import threading
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

import pytest

from tests.scripts.commands import PROJECT, TODAY, command

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PATIENCE = 90  # seconds


class Server:
    """A running ``serve``: its port, and what it says, line by line."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self.process = process
        self._lines: queue.Queue[str] = queue.Queue()
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()

    def _read(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self._lines.put(line)

    def stop(self) -> None:
        """Ctrl+C, and read what is said until the end."""
        self.process.send_signal(signal.SIGINT)
        self.process.wait(timeout=30)
        self._reader.join(timeout=30)
        if self.process.stdout is not None:
            self.process.stdout.close()

    def wait_for(self, text: str) -> str:
        """The next line that holds ``text``."""
        seen = []
        while True:
            try:
                seen.append(self._lines.get(timeout=PATIENCE))
            except queue.Empty:
                pytest.fail(f"« {text} » was never said; what was said: {''.join(seen)}")
            if text in seen[-1]:
                return seen[-1]

    @cached_property
    def port(self) -> int:
        """Said once the first build is done."""
        found = re.search(r"127\.0\.0\.1:(\d+)/", self.wait_for("est visible sur"))
        assert found is not None
        return int(found[1])

    def get(self, target: str) -> tuple[int, str]:
        """Status and text of a page."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        connection.request("GET", target)
        response = connection.getresponse()
        body = response.read().decode("utf-8")
        connection.close()
        return response.status, body


@contextmanager
def serving(root: Path, *more: str) -> Iterator[Server]:
    process = subprocess.Popen(
        command("serve", "--root", root, "--port", "0", "--today", TODAY, *more),
        cwd=PROJECT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        encoding="utf-8",
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
    )
    server = Server(process)
    try:
        yield server
    finally:
        server.stop()

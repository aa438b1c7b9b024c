"""git over HTTP for one bare repository, by git's own ``http-backend`` (CGI), for those who know the password."""

from __future__ import annotations

import base64
import os
import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path


class GitBackend:
    """``/<name>.git/…`` is the repository at ``path``; ``passwords`` says which of HTTP Basic may push and fetch."""

    def __init__(self, path: Path, name: str, passwords: Callable[[str], bool]) -> None:
        self._path, self.name, self._passwords = path, name, passwords
        self.refused = 0

    def answer(
        self, method: str, path: str, query: str, headers: Mapping[str, str], body: bytes
    ) -> tuple[int, dict[str, str], bytes]:
        """Status, headers, body."""
        inside = path.removeprefix(f"/{self.name}.git")
        if inside == path:
            return 404, {"content-type": "text/plain"}, b"no such repository"
        if not self._passwords(_password(headers.get("authorization", ""))):
            self.refused += 1
            return 401, {"www-authenticate": 'Basic realm="git"', "content-type": "text/plain"}, b"who are you?"
        environment = {
            "PATH": os.environ["PATH"],
            "GIT_PROJECT_ROOT": str(self._path),
            "GIT_HTTP_EXPORT_ALL": "1",
            "PATH_INFO": inside,
            "QUERY_STRING": query,
            "REQUEST_METHOD": method,
            "CONTENT_TYPE": headers.get("content-type", ""),
            "CONTENT_LENGTH": str(len(body)),
            "HTTP_CONTENT_ENCODING": headers.get("content-encoding", ""),
            "GIT_PROTOCOL": headers.get("git-protocol", ""),
            "REMOTE_USER": "robot",
            "REMOTE_ADDR": "127.0.0.1",
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
        }
        done = subprocess.run(
            ["git", "http-backend"], input=body, capture_output=True, env=environment, check=True, timeout=60
        )
        head, _, content = done.stdout.partition(b"\r\n\r\n")
        told = dict(line.split(": ", 1) for line in head.decode().split("\r\n"))
        status = int(told.pop("Status", "200").split()[0])
        return status, {name.lower(): value for name, value in told.items()}, content


def _password(header: str) -> str:
    scheme, _, value = header.partition(" ")
    if scheme.lower() != "basic":
        return ""
    return base64.b64decode(value).decode().partition(":")[2]

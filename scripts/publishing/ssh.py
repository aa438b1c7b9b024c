"""How ssh is called: never a question, never an unknown host; the key may come from the environment.

PUBLISH_SSH_KEY and PUBLISH_SSH_KNOWN_HOSTS hold the texts of a private key and of a known_hosts file, as the secrets of a forge's
workflow do. Without them ssh uses what this account is set up with.
"""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

KEY, KNOWN_HOSTS = "PUBLISH_SSH_KEY", "PUBLISH_SSH_KNOWN_HOSTS"
_ALWAYS: Final = ("-o", "BatchMode=yes", "-o", "ConnectTimeout=20", "-o", "ServerAliveInterval=15")


class Ssh:
    """The options of ssh. What came from the environment lies in a private folder as long as this object lives."""

    def __init__(self, environment: Mapping[str, str], port: int | None = None) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="publication-")
        options = ["ssh", *_ALWAYS, *(("-p", str(port)) if port else ())]
        key, hosts = environment.get(KEY), environment.get(KNOWN_HOSTS)
        if key:
            options += ["-i", self._written("key", key), "-o", "IdentitiesOnly=yes"]
        if hosts:
            options += ["-o", f"UserKnownHostsFile={self._written('hosts', hosts)}", "-o", "StrictHostKeyChecking=yes"]
        self.command: tuple[str, ...] = tuple(options)

    def close(self) -> None:
        """Take the key away."""
        self._folder.cleanup()

    @property
    def line(self) -> str:
        """The command as rsync and git want it, in one text; no part of it has a space or a sign of the shell."""
        return " ".join(self.command)

    def _written(self, name: str, text: str) -> str:
        path = Path(self._folder.name) / name
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write(text.rstrip("\n") + "\n")
        return str(path)

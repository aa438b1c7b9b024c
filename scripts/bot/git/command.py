"""Runs git in a closed environment: no configuration, hook, helper or question of whoever's machine this is."""

from __future__ import annotations

import os
import signal
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from scripts.bot.git.errors import GitError, from_stderr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

SECONDS = 60.0
"""How long a command may take; what talks to a server may take longer."""

_SETTINGS: Mapping[str, str] = {
    "core.hooksPath": os.devnull,
    "core.fsmonitor": "false",
    "core.quotePath": "false",
    "credential.helper": "",
    "gc.autoDetach": "false",
    "maintenance.autoDetach": "false",
    "http.followRedirects": "false",  # a header with credentials goes to no other place
    "http.lowSpeedLimit": "1000",  # bytes a second
    "http.lowSpeedTime": "30",
    "protocol.allow": "never",
    "protocol.file.allow": "always",
    "protocol.http.allow": "always",
    "protocol.https.allow": "always",
    "push.default": "nothing",
    "transfer.fsckObjects": "true",
}


@dataclass(frozen=True, slots=True)
class Git:
    """Commands on one repository (``directory`` is its git directory). Safe for threads.

    ``header`` is a line « Authorization: … » for servers below ``url``. It goes to git in the environment, which only the
    same user can read, never as an argument or as part of an address.
    """

    directory: Path
    url: str = ""
    header: str = field(default="", repr=False)

    def run(
        self,
        *arguments: str,
        stdin: bytes = b"",
        fine: tuple[int, ...] = (0,),
        seconds: float = SECONDS,
        environment: Mapping[str, str] | None = None,
    ) -> bytes:
        """What a command writes. ``fine`` are the exit codes that are no error.

        Raises:
            GitError: any other exit code, or no end in time.
        """
        return self.outcome(*arguments, stdin=stdin, fine=fine, seconds=seconds, environment=environment)[1]

    def outcome(
        self,
        *arguments: str,
        stdin: bytes = b"",
        fine: tuple[int, ...] = (0,),
        seconds: float = SECONDS,
        environment: Mapping[str, str] | None = None,
    ) -> tuple[int, bytes]:
        """Exit code and output of a command; as `run`."""
        with subprocess.Popen(
            ["git", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=self._environment() | dict(environment or {}),
            start_new_session=True,
        ) as process:
            try:
                out, err = process.communicate(stdin, timeout=seconds)
            except subprocess.TimeoutExpired:
                raise GitError("busy", f"git {arguments[0]} took longer than {seconds:.0f} s") from None
            finally:
                _end(process)
        if process.returncode not in fine:
            raise from_stderr(err.decode("utf-8", "replace"))
        return process.returncode, out

    def text(self, *arguments: str, stdin: bytes = b"", environment: Mapping[str, str] | None = None) -> str:
        """What a command writes as one line."""
        return self.run(*arguments, stdin=stdin, environment=environment).decode("utf-8").strip()

    def _environment(self) -> dict[str, str]:
        """Nothing of ours gets through but the path of programs."""
        given = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": os.devnull,
            "LC_ALL": "C",
            "TZ": "UTC",
            "GIT_DIR": str(self.directory),
            "GIT_CONFIG_NOSYSTEM": "1",
            "GIT_CONFIG_GLOBAL": os.devnull,
            "GIT_ATTR_NOSYSTEM": "1",
            "GIT_NO_REPLACE_OBJECTS": "1",
            "GIT_TERMINAL_PROMPT": "0",
            "GIT_ASKPASS": "false",
            "SSH_ASKPASS": "false",
        }
        settings = dict(_SETTINGS)
        if self.header:
            settings[f"http.{self.url}.extraHeader"] = self.header
        given["GIT_CONFIG_COUNT"] = str(len(settings))
        for number, (name, value) in enumerate(settings.items()):
            given[f"GIT_CONFIG_KEY_{number}"] = name
            given[f"GIT_CONFIG_VALUE_{number}"] = value
        return given


def _end(process: subprocess.Popen[bytes]) -> None:
    """Whatever made us stop waiting, git and the helpers that it started do not live on."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()

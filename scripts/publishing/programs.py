"""Runs the programs that carry a site elsewhere: fixed argument lists, a time limit, and what they say when they fail."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Final

from scripts.french import publishing as french
from scripts.publishing.errors import PublishingError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LIMIT: Final = 1800  # seconds; a first publication of a large site over a slow line
_SAID: Final = 600  # characters of what a program said that are worth showing


def run(
    command: Sequence[str], *, environment: Mapping[str, str], given: str | None = None, hidden: Sequence[str] = ()
) -> str:
    """What a program writes on standard output; ``hidden`` are secrets that must not show in what it says.

    Raises:
        PublishingError: it is not installed, took too long, or failed.
    """
    try:
        done = subprocess.run(
            command,
            env=dict(environment),
            input=given,
            stdin=subprocess.DEVNULL if given is None else None,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=_LIMIT,
            check=False,
        )
    except FileNotFoundError as error:
        raise PublishingError(french.not_installed(command[0])) from error
    except subprocess.TimeoutExpired as error:
        raise PublishingError(french.too_slow(command[0])) from error
    if done.returncode:
        raise PublishingError(french.program_failed(command[0], _without(done.stderr or done.stdout, hidden)))
    return done.stdout


def _without(said: str, hidden: Sequence[str]) -> str:
    for secret in filter(None, hidden):
        said = said.replace(secret, "•••")
    return said.strip()[-_SAID:]

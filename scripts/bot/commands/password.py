"""``bot password``: makes the hash of the review's password, which stands in the settings."""

from __future__ import annotations

import getpass
import secrets
import sys
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot.french import commands as french
from scripts.bot.passwords import LONGEST, SALT_BYTES, SHORTEST, hash_password

if TYPE_CHECKING:
    import argparse

SUMMARY = french.PASSWORD_SUMMARY


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """None: a password among arguments would be read by whoever lists the processes."""


def run(_args: argparse.Namespace) -> int:
    """Ask twice at a terminal, or read one line from standard input; write the setting to standard output."""
    password = _asked() if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    if not SHORTEST <= len(password) <= LONGEST:
        raise UsageError(french.PASSWORD_TOO_SHORT)
    sys.stderr.write(french.PASSWORD_NEXT + "\n")
    sys.stdout.write(f"CIRCULAR_REVIEW_PASSWORD={hash_password(password, secrets.token_bytes(SALT_BYTES))}\n")
    return 0


def _asked() -> str:
    password = getpass.getpass(french.PASSWORD)
    if getpass.getpass(french.PASSWORD_AGAIN) != password:
        raise UsageError(french.PASSWORDS_DIFFER)
    return password

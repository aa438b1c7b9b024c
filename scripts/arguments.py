"""What the commands share of their arguments: a French parser, the root, the day, the number of processes."""

from __future__ import annotations

import argparse
import datetime as dt
import io
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from scripts.french import commands as french

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

PROJECT = Path(__file__).resolve().parent.parent
HIGHEST_PORT = 65535
MOST_JOBS = 256


def speak_utf8() -> None:
    """Standard streams in UTF-8 whatever the locale; what cannot be said is shown by its code."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


class UsageError(Exception):
    """The command cannot start as it was typed; the message is a French sentence. Ends with exit code 2."""


class _Columns(argparse.HelpFormatter):
    """Counts the indentation of commands when it makes room for their names: argparse forgets it, and breaks after the longest."""

    def add_argument(self, action: argparse.Action) -> None:
        """As argparse does, and then the commands below."""
        super().add_argument(action)
        for command in self._iter_indented_subactions(action):
            length = len(self._format_action_invocation(command)) + self._current_indent
            self._action_max_length = max(self._action_max_length, length)


class Parser(argparse.ArgumentParser):
    """argparse that speaks French and leaves the exit to the caller."""

    def __init__(self, prog: str, description: str) -> None:
        super().__init__(prog, description=description, add_help=False, allow_abbrev=False, formatter_class=_Columns)
        self._positionals.title = french.ARGUMENTS
        self._optionals.title = french.OPTIONS
        self.add_argument("-h", "--help", action="help", help=french.HELP)

    def error(self, message: str) -> NoReturn:
        """Argparse's own errors become ours."""
        raise UsageError(french.usage_error(message))

    def format_usage(self) -> str:
        """The usage line with a French head."""
        formatter = self._get_formatter()
        formatter.add_usage(self.usage, self._actions, self._mutually_exclusive_groups, french.USAGE)
        return formatter.format_help()

    def format_help(self) -> str:
        """As argparse does, with a French head."""
        own = super().format_help()
        head = super().format_usage()
        return self.format_usage() + own.removeprefix(head)


def add_root(parser: argparse.ArgumentParser) -> None:
    """``--root``: any directory with ``content/`` and ``data/``."""
    parser.add_argument("--root", type=Path, default=Path(), metavar="DIR", help=french.ROOT)


def add_today(parser: argparse.ArgumentParser) -> None:
    """``--today``: the only clock of a build."""
    parser.add_argument("--today", type=day, metavar="AAAA-MM-JJ", help=french.TODAY)


def add_jobs(parser: argparse.ArgumentParser) -> None:
    """``--jobs``: how many processes; the output does not depend on it."""
    parser.add_argument("--jobs", type=whole(1, MOST_JOBS), default=os.cpu_count() or 1, metavar="N", help=french.JOBS)


def day(text: str) -> dt.date:
    """A day written YYYY-MM-DD, and in no other of the ways ISO 8601 allows."""
    try:
        found = dt.date.fromisoformat(text)
    except ValueError:
        found = None
    if found is None or found.isoformat() != text:
        raise argparse.ArgumentTypeError(french.not_a_date(text))
    return found


def whole(lowest: int, highest: int) -> Callable[[str], int]:
    """A reader of whole numbers within bounds."""

    def read(text: str) -> int:
        if not (text.isascii() and text.isdigit() and lowest <= int(text) <= highest):
            raise argparse.ArgumentTypeError(french.not_a_number(text, lowest, highest))
        return int(text)

    return read


def site_url(text: str) -> str:
    """An absolute http address without its final slash."""
    parts = urlsplit(text)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        raise argparse.ArgumentTypeError(french.not_an_address(text))
    return text.rstrip("/")


def existing_root(path: Path) -> Path:
    """The absolute path of a root.

    Raises:
        UsageError: there is no such directory, or it holds no ``data/``. (``content/`` may be missing: git
            keeps no empty folder.)

    """
    if not path.exists():
        raise UsageError(french.no_such_directory(str(path)))
    if not path.is_dir():
        raise UsageError(french.not_a_directory(str(path)))
    if not (path / "data").is_dir():
        raise UsageError(french.not_a_root(str(path)))
    return path.resolve()


def chosen_day(given: dt.date | None, environment: Mapping[str, str]) -> dt.date:
    """The day of the build: the one given, or SOURCE_DATE_EPOCH's (reproducible-builds.org), or today in
    Paris.

    The only place of the project that reads the clock.
    """
    if given is not None:
        return given
    epoch = environment.get("SOURCE_DATE_EPOCH", "")
    if not epoch:
        return dt.datetime.now(ZoneInfo("Europe/Paris")).date()
    try:
        return dt.datetime.fromtimestamp(int(epoch), dt.UTC).date()
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(french.bad_epoch(epoch)) from error

"""``bot worker``: the process that turns what was sent into proposals, follows them, and writes mails."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot.administration import in_words, the_settings
from scripts.bot.forges.registry import ForgeSettingsError
from scripts.bot.french import worker as french
from scripts.bot.git.errors import GitError
from scripts.bot.git.local import CheckedOutError
from scripts.bot.worker.run import run_worker

if TYPE_CHECKING:
    import argparse

SUMMARY = french.SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--name``."""
    parser.add_argument("--name", default="", metavar="NOM", help=french.NAME)


def run(args: argparse.Namespace) -> int:
    """Work until SIGTERM or Ctrl+C."""
    settings = the_settings(credentials=True)
    settings.state.mkdir(parents=True, exist_ok=True, mode=0o700)
    try:
        return in_words(lambda: run_worker(settings, args.name))
    except ForgeSettingsError as error:
        raise UsageError(str(error)) from error
    except CheckedOutError as error:
        raise UsageError(french.checked_out(str(error))) from error
    except GitError as error:
        sys.stderr.write(f"{french.GIT[error.kind]} ({error.detail})\n")
        return 1

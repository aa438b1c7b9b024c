"""``bot intake``: the process that receives forms. It holds no credential of a forge."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot.administration import in_words, the_store
from scripts.bot.french import commands as french
from scripts.bot.settings import SettingsError, load_settings
from scripts.bot.web.run import run_intake

if TYPE_CHECKING:
    import argparse

    from scripts.bot.settings import Settings

SUMMARY = french.INTAKE_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--check``."""
    parser.add_argument("--check", action="store_true", help=french.CHECK_ONLY)


def run(args: argparse.Namespace) -> int:
    """Receive forms until SIGTERM or Ctrl+C; posts that have begun are answered first."""
    try:
        settings = load_settings(os.environ, credentials=False)
    except SettingsError as error:
        raise UsageError(str(error)) from error
    if args.check:
        sys.stdout.write(french.SETTINGS_FINE + "\n")
        return 0
    return in_words(lambda: _receive(settings))


def _receive(settings: Settings) -> int:
    """A database that cannot be used is said here, once: the processes would start, fail and be started again without end."""
    with the_store(settings):
        pass
    return run_intake(settings)

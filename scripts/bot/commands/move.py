"""``bot move``: the whole database into another one, for instance from SQLite to PostgreSQL."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot import setting_values
from scripts.bot.administration import in_words, the_settings, the_store
from scripts.bot.french import operations as french
from scripts.bot.store.errors import StoreBusyError
from scripts.bot.store.files import shown
from scripts.bot.store.moving import NotEmptyError, move

if TYPE_CHECKING:
    import argparse

    from scripts.bot.settings import Settings

SUMMARY = french.MOVE_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The other database."""
    parser.add_argument("target", metavar="BASE", help=french.MOVE_TARGET)


def run(args: argparse.Namespace) -> int:
    """Copy, while nobody works on either."""
    settings = the_settings()
    try:
        target = setting_values.database(args.target or "none")
    except setting_values.SettingError as error:
        raise UsageError(french.NOT_AN_ADDRESS) from error
    return in_words(lambda: _move(settings, target))


def _move(settings: Settings, target: str) -> int:
    with the_store(settings):
        pass  # brought to this program's version, and opened with the right key
    try:
        submissions = move(settings.database, target)
    except NotEmptyError:
        sys.stderr.write(french.NOT_EMPTY + "\n")
        return 1
    except StoreBusyError:
        sys.stderr.write(french.IN_USE + "\n")
        return 1
    sys.stdout.write(french.moved(submissions, shown(target)) + "\n")
    return 0

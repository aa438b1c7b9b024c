"""``bot rekey``: another encryption key for the database that is there."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot import setting_values
from scripts.bot.administration import in_words, the_settings, the_store
from scripts.bot.french import operations as french
from scripts.bot.store.errors import StoreBusyError
from scripts.bot.store.keys import change_key

if TYPE_CHECKING:
    import argparse

    from scripts.bot.settings import Settings

SUMMARY = french.REKEY_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file with the new key: an argument could be read by everybody on the machine."""
    parser.add_argument("file", metavar="FICHIER", help=french.REKEY_FILE)


def run(args: argparse.Namespace) -> int:
    """Change the key, while nobody has the database open."""
    settings, new = the_settings(), _key(args.file)
    return in_words(lambda: _rekey(settings, new))


def _key(file: str) -> bytes:
    try:
        told = sys.stdin.read() if file == "-" else Path(file).read_text("ascii")
        return setting_values.fernet_key(told.strip()).encode()
    except (OSError, UnicodeError, setting_values.SettingError) as error:
        raise UsageError(french.no_key_in(file)) from error


def _rekey(settings: Settings, new: bytes) -> int:
    with the_store(settings):
        pass  # brought to this program's version, and opened with the right key
    try:
        addresses = change_key(settings.database, settings.encryption_key.encode() or None, new)
    except StoreBusyError:
        sys.stderr.write(french.IN_USE + "\n")
        return 1
    sys.stdout.write(french.rekeyed(addresses) + "\n")
    return 0

"""``bot backup``: a consistent copy of the database, made while the service works."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot.administration import in_words, the_settings
from scripts.bot.clock import utc_now
from scripts.bot.french import operations as french
from scripts.bot.store.backup import write_backup
from scripts.bot.store.files import NotSqliteError, shown

if TYPE_CHECKING:
    import argparse

SUMMARY = french.BACKUP_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file."""
    parser.add_argument("file", type=Path, metavar="FICHIER", help=french.BACKUP_FILE)


def run(args: argparse.Namespace) -> int:
    """Write the backup and say what is in it; PostgreSQL's own tools are named where they are wanted."""
    settings, file = the_settings(), args.file.absolute()
    if file.exists():
        raise UsageError(french.file_exists(file))
    if not file.parent.is_dir():
        raise UsageError(french.no_folder(file.parent))

    def write() -> int:
        try:
            manifest = write_backup(settings.database, file, made=utc_now())
        except NotSqliteError:
            sys.stderr.write(french.use_pg_dump(shown(settings.database), file) + "\n")
            return 1
        sys.stdout.write(french.backed_up(file, manifest.submissions, manifest.size) + "\n")
        return 0

    return in_words(write)

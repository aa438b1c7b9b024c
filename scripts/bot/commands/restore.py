"""``bot restore``: puts a backup in the database's place, in one step; erasures that came after it are made again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot.administration import in_words, the_settings
from scripts.bot.clock import utc_now
from scripts.bot.french import operations as french
from scripts.bot.privacy.restoring import restore
from scripts.bot.store.backup import BackupError
from scripts.bot.store.errors import StoreBusyError
from scripts.bot.store.files import NotSqliteError, shown, sqlite_path

if TYPE_CHECKING:
    import argparse

    from scripts.bot.settings import Settings

SUMMARY = french.RESTORE_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The file, ``--force``."""
    parser.add_argument("file", type=Path, metavar="FICHIER", help=french.RESTORE_FILE)
    parser.add_argument("--force", action="store_true", help=french.FORCE)


def run(args: argparse.Namespace) -> int:
    """Restore and say what was, or why nothing was changed."""
    settings = the_settings()
    if not args.file.is_file():
        raise UsageError(french.no_such_file(args.file))
    return in_words(lambda: _restore(settings, args.file, force=args.force))


def _restore(settings: Settings, file: Path, *, force: bool) -> int:
    try:
        if sqlite_path(settings.database).exists() and not force:
            return _refuse(french.ALREADY_THERE)
        done = restore(settings, file, now=utc_now())
    except NotSqliteError:
        return _refuse(french.use_pg_dump(shown(settings.database), file))
    except BackupError:
        return _refuse(french.NOT_A_BACKUP)
    except StoreBusyError:
        return _refuse(french.IN_USE)
    sys.stdout.write(french.restored(done.made, done.submissions, done.aside, done.erased) + "\n")
    return 0


def _refuse(sentence: str) -> int:
    sys.stderr.write(sentence + "\n")
    return 1

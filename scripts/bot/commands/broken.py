"""``bot broken``: what publication could not show is told to editors and authors, once."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.bot.administration import in_words, the_settings, the_store
from scripts.bot.broken.guide import guide_of
from scripts.bot.broken.report import ReportError, read_report
from scripts.bot.clock import utc_now
from scripts.bot.french import broken as french
from scripts.bot.store.broken import Letters

if TYPE_CHECKING:
    import argparse

    from plugins.model.yaml.reader import Json
    from scripts.bot.settings import Settings

SUMMARY = french.SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--report``."""
    parser.add_argument("--report", type=Path, required=True, metavar="FICHIER", help=french.REPORT)


def run(args: argparse.Namespace) -> int:
    """Compare the report with the one before, and ask for what is to be said; 1 where it cannot be read."""
    settings = the_settings()
    try:
        found = read_report(args.report)
    except ReportError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return in_words(lambda: _record(settings, found))


def _record(settings: Settings, found: dict[str, Json]) -> int:
    guide = guide_of(settings)
    letters = Letters(
        to_editors=(lambda files: french.to_editors(files, guide)) if settings.smtp and settings.mail_editors else None,
        to_author=(lambda file: french.to_author(file, guide)) if settings.smtp else None,
    )
    with the_store(settings) as store:
        news = store.broken.record(found, letters, utc_now())
    sys.stdout.write(french.told([one.path for one in news.broken], news.mended, len(found)))
    return 0

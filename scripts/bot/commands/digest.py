"""``bot digest``: the weekly mail to editors, by hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scripts.bot.administration import in_words, the_settings, the_site, the_store
from scripts.bot.clock import utc_now
from scripts.bot.digest import digest, queue_digest
from scripts.bot.french import digest as french

if TYPE_CHECKING:
    import argparse

    from scripts.bot.settings import Settings

SUMMARY = french.SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--show``."""
    parser.add_argument("--show", action="store_true", help=french.SHOW)


def run(args: argparse.Namespace) -> int:
    """Ask for this week's digest, or show what it would say now."""
    settings = the_settings()
    return in_words(lambda: _show(settings) if args.show else _queue(settings))


def _show(settings: Settings) -> int:
    with the_store(settings) as store:
        mail = digest(store, the_site(settings), settings, utc_now())
    facts = mail.facts if mail else None
    sys.stdout.write(f"{facts['subject']}\n\n{facts['text']}" if isinstance(facts, dict) else french.NOTHING + "\n")
    return 0


def _queue(settings: Settings) -> int:
    if settings.smtp is None or not settings.mail_editors:
        sys.stderr.write(french.NO_EDITORS + "\n")
        return 1
    now = utc_now()
    with the_store(settings) as store:
        site = the_site(settings)
        new = queue_digest(store, site, settings, now)
        waits = new or digest(store, site, settings, now)
    sys.stdout.write((french.QUEUED if new else french.ALREADY if waits else french.NOTHING) + "\n")
    return 0

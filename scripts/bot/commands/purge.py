"""``bot purge``: what the worker does each day, by hand."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from scripts.bot.administration import in_words, the_settings, the_store
from scripts.bot.clock import utc_now
from scripts.bot.french import operations as french
from scripts.bot.privacy.purging import purge

if TYPE_CHECKING:
    import argparse

    from scripts.bot.settings import Settings

SUMMARY = french.PURGE_SUMMARY


def add_arguments(_parser: argparse.ArgumentParser) -> None:
    """None: the periods are settings."""


def run(_args: argparse.Namespace) -> int:
    """Drop what is over its time and say how much that was."""
    settings = the_settings()
    return in_words(lambda: _purge(settings))


def _purge(settings: Settings) -> int:
    with the_store(settings) as store:
        done = purge(store, settings, utc_now())
    sys.stdout.write(french.purged(done.vanished, done.blanked, done.members, done.expired) + "\n")
    return 0

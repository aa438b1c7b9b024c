"""``bot export``: all that is held about a person, to be handed over."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot.administration import file_of, in_words, mailbox, the_settings, the_site, the_store
from scripts.bot.clock import utc_now
from scripts.bot.french import operations
from scripts.bot.french import privacy as french
from scripts.bot.privacy.exporting import archive, export, text
from scripts.bot.privacy.traces import made_members, traces

if TYPE_CHECKING:
    import argparse

    from scripts.bot.settings import Settings

SUMMARY = french.EXPORT_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The address, ``--output``."""
    parser.add_argument("address", metavar="ADRESSE", help=french.ADDRESS)
    parser.add_argument("--output", type=Path, metavar="FICHIER", help=french.OUTPUT)


def run(args: argparse.Namespace) -> int:
    """Write the JSON, or an archive with pictures that only its owner can read."""
    settings, email = the_settings(), mailbox(args.address)
    if args.output and args.output.exists():
        raise UsageError(operations.file_exists(args.output))
    return in_words(lambda: _export(settings, email, args.output))


def _export(settings: Settings, email: str, output: Path | None) -> int:
    with the_store(settings) as store:
        held = store.privacy.held(email)
    members = sorted(made_members(held))
    site = the_site(settings) if members else None
    if members and site is None:
        sys.stderr.write(french.SITE_UNREAD + "\n")
    found = traces(site, members) if site else []
    told = export(held, found, email=email, at=utc_now(), source=file_of(settings))
    if output is None:
        sys.stdout.write(text(told))
        return 0
    output.touch(0o600, exist_ok=False)
    output.write_bytes(archive(told, held))
    pictures = sum(len(one.pictures) for one in held.submissions)
    sys.stdout.write(french.exported(str(output), len(held.submissions), pictures) + "\n")
    return 0

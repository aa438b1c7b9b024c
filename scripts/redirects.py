"""``redirects``: keeps the addresses of pages that were renamed or removed since a commit."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from plugins.forms.redirecting import followed, merged
from scripts.arguments import UsageError, add_root, add_today, chosen_day, existing_root
from scripts.broken.reading import check, join, reader_of
from scripts.changes.errors import ChangesError
from scripts.french import renames as french
from scripts.renames.moves import moved_pages

if TYPE_CHECKING:
    import argparse

SUMMARY = french.SUMMARY
PATH = "data/redirects.yaml"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``BASE``, ``--root``, ``--today``."""
    parser.add_argument("base", metavar="BASE", help=french.BASE)
    add_root(parser)
    add_today(parser)


def run(args: argparse.Namespace) -> int:
    """Write the lines that are missing; 1 where the file, or the site's settings, cannot be read."""
    root, today = existing_root(args.root), chosen_day(args.today, os.environ)
    reader, _ = reader_of(root)
    joined = join(reader)
    found = check(joined, today)
    faulty = any(
        fault.path == PATH and fault.severity == "error" and not fault.code.startswith("redirect-") for fault in found
    )
    if joined.site is None or faulty:
        sys.stdout.write(french.UNREADABLE + "\n")
        return 1
    try:
        moves = moved_pages(root, args.base, reader.schemas)
    except ChangesError as error:
        raise UsageError(str(error)) from error
    before = dict(joined.files.redirects)
    after = followed(before, moves, joined.resolver.leads_somewhere)
    if after == before:
        sys.stdout.write(french.NOTHING + "\n")
        return 0
    file = root / PATH
    content = merged(file.read_bytes() if file.is_file() else None, before, after)
    file.write_bytes(content)
    sys.stdout.write(french.written({old: new for old, new in after.items() if before.get(old) != new}) + "\n")
    for old in before:
        if old not in after:
            sys.stdout.write(french.dropped(old) + "\n")
    return 0

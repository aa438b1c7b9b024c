"""``previews``: the pages of a change before and after, as a folder that any static host can serve, or that opens from a disk."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.model.load import load_site
from plugins.swap import is_replaceable
from scripts.arguments import UsageError, add_jobs, add_root, add_today, chosen_day, existing_root, site_url
from scripts.changes.errors import ChangesError
from scripts.check import show
from scripts.french import commands
from scripts.french import previewing as french
from scripts.previewing.change import change_of
from scripts.previewing.documents import INDEX, gone_documents, preview_documents, report_text
from scripts.previewing.sides import side
from scripts.previewing.writing import write

if TYPE_CHECKING:
    import argparse
    import datetime as dt

    from scripts.previewing.change import Change

SUMMARY = french.SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``BASE``, ``--root``, ``--output``, ``--site-url``, ``--title``, ``--report``, ``--gone``, ``--today``, ``--jobs``."""
    parser.add_argument("base", metavar="BASE", nargs="?", help=french.BASE)
    add_root(parser)
    parser.add_argument("--output", type=Path, default=Path("apercu"), metavar="DIR", help=french.OUTPUT)
    parser.add_argument("--site-url", type=site_url, metavar="URL", help=french.SITE_URL)
    parser.add_argument("--title", default="", metavar="TITRE", help=french.TITLE_OPTION)
    parser.add_argument("--report", type=Path, metavar="FICHIER", help=french.REPORT)
    parser.add_argument("--gone", action="store_true", help=french.GONE)
    add_today(parser)
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Write the preview; 1 where something of the change has errors, which are named; what can be shown is there all the same."""
    root, today = existing_root(args.root), chosen_day(args.today, os.environ)
    output = args.output.resolve()
    if not is_replaceable(output) or root.is_relative_to(output):
        raise UsageError(commands.output_is_no_site(str(args.output)))
    if args.gone:
        return _take_away(args, root, output, today)
    if not args.base:
        raise UsageError(french.NO_BASE)
    try:
        with change_of(root, args.base, today=today, site_url=args.site_url or "", jobs=args.jobs) as change:
            return _show(args, root, output, change, today)
    except ChangesError as error:
        raise UsageError(str(error)) from error


def _show(args: argparse.Namespace, root: Path, output: Path, change: Change, today: dt.date) -> int:
    if args.report is not None:
        args.report.write_text(report_text(change, today), encoding="utf-8", newline="\n")
    _tell(change)
    if change.before is None and change.after is None:
        sys.stdout.write(f"{french.NOTHING_MADE}\n")
        return 1
    write(preview_documents(change, args.title, today), output, root)
    sys.stdout.write(f"{french.made(str(args.output / INDEX), len(change.pages))}\n")
    return int(change.is_broken)


def _tell(change: Change) -> None:
    """What cannot be shown, and what is wrong."""
    for path in change.unshown:
        sys.stdout.write(f"{french.unshown(commands.visible(path))}\n")
    errors = [problem for problem in change.problems if problem.severity == "error"]
    if errors:
        show(errors, "text")
    if change.stopped:
        sys.stdout.write(f"{change.stopped}\n")


def _take_away(args: argparse.Namespace, root: Path, output: Path, today: dt.date) -> int:
    site = load_site(root, today=today, jobs=args.jobs).site
    if site is None:
        sys.stdout.write(f"{french.NOTHING_MADE}\n")
        return 1
    url = args.site_url or str(site.settings["url"]).rstrip("/")
    write(gone_documents(side("apres", site, root, url, ()), args.title), output, root)
    return 0

"""``check``: every problem of a root in one run."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from plugins.model.load import load_site
from plugins.model.problems import has_errors
from scripts.arguments import UsageError, add_jobs, add_root, add_today, chosen_day, existing_root
from scripts.changes.errors import ChangesError
from scripts.changes.narrow import check_change
from scripts.french import changes as changes_french
from scripts.french import commands as french
from scripts.progress import progress_on
from scripts.report import FORMATS, text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from plugins.model.problems import Problem

SUMMARY = french.CHECK_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--root``, ``--changed``, ``--format``, ``--today``, ``--jobs``."""
    add_root(parser)
    parser.add_argument("--changed", metavar="BASE", help=changes_french.CHANGED)
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help=french.FORMAT)
    add_today(parser)
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Print the problems; 1 if there is an error among them."""
    problems = found_problems(args)
    show(problems, args.format)
    return int(has_errors(problems))


def found_problems(args: argparse.Namespace) -> list[Problem]:
    """The problems of the root, or of what changed in it.

    Raises:
        UsageError: what changed cannot be known.
    """
    root, today = existing_root(args.root), chosen_day(args.today, os.environ)
    progress = progress_on(sys.stderr)
    try:
        if args.changed is None:
            return load_site(root, today=today, jobs=args.jobs, progress=progress).problems
        return check_change(root, args.changed, today=today, jobs=args.jobs, progress=progress).problems
    except ChangesError as error:
        raise UsageError(str(error)) from error
    finally:
        progress.clear()


def show(problems: Sequence[Problem], format_name: str) -> None:
    """Print ``problems`` in their reading order, with colours where a person looks."""
    ordered = sorted(problems, key=lambda found: found.sort_key)
    if format_name == "text":
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        sys.stdout.write(text.render(ordered, colour=colour))
    else:
        sys.stdout.write(FORMATS[format_name](ordered))

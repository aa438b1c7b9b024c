"""``check``: every problem of a root in one run."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.model.load import load_site
from plugins.model.problems import has_errors
from scripts.arguments import UsageError, add_jobs, add_root, add_today, chosen_day, existing_root, whole
from scripts.changes.errors import ChangesError
from scripts.changes.narrow import check_change
from scripts.changes.outcome import lines_instead, written
from scripts.changes.top import below_top, from_top
from scripts.french import changes as changes_french
from scripts.french import commands as french
from scripts.progress import progress_on
from scripts.report import FORMATS, sarif, text

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from plugins.model.problems import Problem
    from scripts.changes.narrow import Narrowed

SUMMARY = french.CHECK_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--root``, ``--changed``, ``--format``, ``--today``, ``--jobs``."""
    add_root(parser)
    parser.add_argument("--changed", metavar="BASE", help=changes_french.CHANGED)
    parser.add_argument("--result", type=Path, metavar="FICHIER", help=changes_french.RESULT)
    parser.add_argument("--number", type=whole(0, 10**9), default=0, metavar="N", help=changes_french.NUMBER)
    parser.add_argument("--format", choices=sorted(FORMATS), default="text", help=french.FORMAT)
    add_today(parser)
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Print the problems; 1 if there is an error among them."""
    if args.result is not None and args.changed is None:
        raise UsageError(changes_french.RESULT_NEEDS_CHANGED)
    problems = found_problems(args)
    show(problems, args.format, args.root)
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
        return _of_change(args, root, check_change(root, args.changed, today=today, jobs=args.jobs, progress=progress))
    except ChangesError as error:
        raise UsageError(str(error)) from error
    finally:
        progress.clear()


def _of_change(args: argparse.Namespace, root: Path, found: Narrowed) -> list[Problem]:
    """Write what was found where ``--result`` says, too."""
    if args.result is not None:
        args.result.write_text(written(root, args.changed, found, args.number), encoding="utf-8", newline="\n")
    return found.problems


def show(problems: Sequence[Problem], format_name: str, root: Path | None = None) -> None:
    """Print ``problems`` in their reading order, with colours where a person looks.

    Programs that can put a line of ``root`` right are told how; forges are told paths from the top of the repository.
    """
    ordered = sorted(problems, key=lambda found: found.sort_key)
    if format_name == "text":
        colour = sys.stdout.isatty() and not os.environ.get("NO_COLOR")
        sys.stdout.write(text.render(ordered, colour=colour))
    elif format_name == "json" or root is None:
        sys.stdout.write(FORMATS[format_name](ordered))
    else:
        below = below_top(root)
        found = [from_top(problem, below) for problem in ordered]
        if format_name == "sarif":
            better = {from_top(one, below): line for one, line in lines_instead(root, ordered).items()}
            sys.stdout.write(sarif.render(found, better))
        else:
            sys.stdout.write(FORMATS[format_name](found))

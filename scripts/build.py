"""``build``: checks a root, then makes its whole site; the old one stays until the new one is complete."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.model.load import Loaded, load_site
from plugins.model.problems import has_errors
from plugins.swap import is_replaceable
from scripts.arguments import (
    UsageError,
    add_jobs,
    add_root,
    add_today,
    chosen_day,
    existing_root,
    site_url,
)
from scripts.broken.mended import CannotMendError
from scripts.broken.report import usable, words, write
from scripts.broken.skipping import skip_broken
from scripts.check import show
from scripts.failure import report, trace
from scripts.french import broken
from scripts.french import commands as french
from scripts.pelican_run import BuildError, run_pelican
from scripts.progress import progress_on
from scripts.summary import count_by_kind, pages_below

if TYPE_CHECKING:
    import argparse
    import datetime as dt
    from collections.abc import Mapping

    from plugins.model.schema.schemas import ContentType, DataType, SchemaSet

SUMMARY = french.BUILD_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--root``, ``--output``, ``--today``, ``--site-url``, ``--intake``, ``--jobs``, ``--skip-broken``, ``--report``."""
    add_root(parser)
    parser.add_argument("--output", type=Path, default=Path("output"), metavar="DIR", help=french.OUTPUT)
    add_today(parser)
    parser.add_argument("--site-url", type=site_url, metavar="URL", help=french.SITE_URL)
    parser.add_argument("--intake", type=site_url, metavar="URL", help=french.INTAKE)
    add_jobs(parser)
    parser.add_argument("--skip-broken", action="store_true", help=broken.SKIP_BROKEN)
    parser.add_argument("--report", type=Path, metavar="FICHIER", help=broken.REPORT)
    parser.add_argument("--brief", action="store_true", help=french.BRIEF)


def run(args: argparse.Namespace) -> int:
    """Check, build, say what was made; 1 if the content has errors or the site could not be made.

    With ``--skip-broken`` the site is made all the same, without what is broken.
    """
    if args.report is not None and not args.skip_broken:
        raise UsageError(broken.REPORT_ALONE)
    if args.report is not None:
        usable(args.report)
    started = time.perf_counter()
    root, today = existing_root(args.root), chosen_day(args.today, os.environ)
    output = _usable_output(args.output, root)
    if args.skip_broken:
        return _run_without_broken(root, output, today, args, started)
    progress = progress_on(sys.stderr)
    loaded = load_site(root, today=today, jobs=args.jobs, progress=progress)
    progress.clear()
    if loaded.problems:
        show(loaded.problems, "text")
    if has_errors(loaded.problems):
        sys.stdout.write(french.NOT_BUILT + "\n")
        return 1
    return _made(root, output, loaded, args, started)


def _run_without_broken(root: Path, output: Path, today: dt.date, args: argparse.Namespace, started: float) -> int:
    progress = progress_on(sys.stderr)
    with tempfile.TemporaryDirectory(prefix="circular-") as stage:
        try:
            mended = skip_broken(root, Path(stage), today=today, jobs=args.jobs, progress=progress)
        except CannotMendError as error:
            sys.stdout.write(f"{error}\n")
            return 1
        finally:
            progress.clear()
        if mended.problems:
            show(mended.problems, "text")
        sys.stdout.write(words(mended))
        if args.report is not None:
            write(mended, args.report)
        past = {"HISTORY_ROOT": str(root), "HELD": {one.path: one.moment for one in mended.taken_back}}
        code = _made(mended.root, output, mended.loaded, args, started, past)
    return code or int(has_errors(mended.problems))


def _made(  # noqa: PLR0917  # one build
    root: Path,
    output: Path,
    loaded: Loaded,
    args: argparse.Namespace,
    started: float,
    more: Mapping[str, Any] | None = None,
) -> int:
    """Make the site of ``loaded``, whose files are below ``root``, with ``more`` settings."""
    loaded = _with_intake(loaded, args.intake)
    if loaded.site is None:
        sys.stdout.write(french.NOT_BUILT + "\n")
        return 1
    progress = progress_on(sys.stderr)
    progress(french.WRITING, 0, 0)
    try:
        run_pelican(_settings(root, output, loaded, args) | {"TODAY": loaded.site.today.isoformat(), **(more or {})})
    except BuildError as error:
        trace(error)
        sys.stderr.write(f"{error}\n")
        return 1
    except Exception as error:  # noqa: BLE001  # a plugin or template may raise anything; none of it is a stack trace for editors
        return report(french.BUILD_FAILED, error)
    finally:
        progress.clear()
    _summary(output, loaded.site.schemas, time.perf_counter() - started, brief=args.brief)
    return 0


def _with_intake(loaded: Loaded, intake: str | None) -> Loaded:
    """The same site, whose forms go to ``intake`` where one is given, whatever ``data/site.yaml`` says."""
    if intake is None or loaded.site is None:
        return loaded
    return replace(loaded, site=replace(loaded.site, settings={**loaded.site.settings, "intake": intake}))


def _usable_output(path: Path, root: Path) -> Path:
    """The output directory, which a build may replace.

    Raises:
        UsageError: it is a file, holds the sources of a site or anything else that is no built site, or lies among the sources.
    """
    if path.exists() and not path.is_dir():
        raise UsageError(french.not_a_directory(str(path)))
    output = path.resolve()
    holds_sources = root.is_relative_to(output) or any((output / name).exists() for name in ("content", "data", ".git"))
    if holds_sources or any(output.is_relative_to(root / name) for name in ("content", "data")):
        raise UsageError(french.output_has_sources(str(path)))
    if not is_replaceable(output):
        raise UsageError(french.output_is_no_site(str(path)))
    return output


def _settings(root: Path, output: Path, loaded: Loaded, args: argparse.Namespace) -> dict[str, Any]:
    """What replaces the settings of ``pelicanconf.py``.

    Pelican wants a PATH that exists, of which the plugins only ask the parent; git keeps no empty ``content/``.
    """
    content = root / "content"
    return {
        "PATH": str(content if content.is_dir() else root / "data"),
        "OUTPUT_PATH": str(output),
        "JOBS": args.jobs,
        "LOADED": loaded,
    } | ({"SITEURL": args.site_url} if args.site_url else {})


def _summary(output: Path, schemas: SchemaSet, seconds: float, *, brief: bool) -> None:
    pages = pages_below(output)
    sys.stdout.write(french.built(len(pages), seconds) + "\n")
    if not brief:
        sys.stdout.write(french.counts(count_by_kind(pages, _kinds(schemas)), str(output)))


def _kinds(schemas: SchemaSet) -> Mapping[str, str]:
    """The first part of an address and what stands there, as the schemas say it."""
    types: list[ContentType | DataType] = [*schemas.content_types, *schemas.data_types]
    return {kind.address: kind.plural for kind in types if kind.address}

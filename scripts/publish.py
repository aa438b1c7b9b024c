"""``publish``: checks and builds a root, puts the site online in one step, and looks whether it is there; or goes back."""

from __future__ import annotations

import datetime as dt
import os
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.model.yaml.reader import read_yaml
from scripts import build
from scripts.arguments import (
    Parser,
    UsageError,
    add_jobs,
    add_root,
    add_today,
    chosen_day,
    existing_root,
    site_url,
    whole,
)
from scripts.broken.report import note_published
from scripts.french import broken
from scripts.french import commands as words
from scripts.french import publishing as french
from scripts.publishing.addresses import VARIABLE, target_at
from scripts.publishing.checks import WAITS, faults, is_shown
from scripts.publishing.errors import AddressError, PublishingError
from scripts.publishing.release import seal
from scripts.publishing.targets.target import KEEP

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from scripts.publishing.release import Release, Version
    from scripts.publishing.targets.target import Target

SUMMARY = french.SUMMARY
_MOST_KEPT = 100


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Where to, what of, and what to do when it goes wrong."""
    add_root(parser)
    parser.add_argument("--to", metavar="ADRESSE", help=french.TO)
    parser.add_argument("--site-url", type=site_url, metavar="URL", help=french.SITE_URL)
    parser.add_argument("--intake", type=site_url, metavar="URL", help=words.INTAKE)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--built", type=Path, metavar="DIR", help=french.BUILT)
    what.add_argument("--look", type=Path, metavar="DIR", help=french.LOOK_ONLY)
    what.add_argument("--back", action="store_true", help=french.BACK)
    what.add_argument("--versions", action="store_true", help=french.VERSIONS)
    parser.add_argument("--keep", type=whole(0, _MOST_KEPT), default=KEEP, metavar="N", help=french.KEEP)
    parser.add_argument("--or-back", action="store_true", help=french.OR_BACK)
    parser.add_argument("--unchecked", action="store_true", help=french.UNCHECKED)
    parser.add_argument("--report", type=Path, metavar="FICHIER", help=broken.REPORT)
    add_today(parser)
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """0: online and whole; 1: not, or not all of it (problems in the content, or online it is not as it should be)."""
    root = existing_root(args.root)
    try:
        if args.look:
            return _look(args, root)
        address = args.to or os.environ.get(VARIABLE, "")
        if not address:
            raise UsageError(french.NO_TARGET)
        with closing(target_at(address, environment=os.environ, keep=args.keep, now=_now)) as target:
            if args.versions:
                return _list(target)
            if args.back:
                return _back(target, args, root)
            with tempfile.TemporaryDirectory(prefix="publication-") as folder:
                return _publish(target, args, root, Path(folder) / "site")
    except AddressError as error:
        raise UsageError(str(error)) from error
    except PublishingError as error:
        sys.stderr.write(f"{error}\n")
        return 1


def _publish(target: Target, args: argparse.Namespace, root: Path, output: Path) -> int:
    steps: list[tuple[str, float]] = []
    with _timed(steps, french.MENDED):
        target.settle()
    with _timed(steps, french.BUILD):
        code = 0 if args.built else _build(args, root, output)
    output = args.built or output
    if not output.is_dir():
        sys.stdout.write(f"{french.NOT_PUBLISHED}\n")
        return 1
    with _timed(steps, french.SEND):
        release = seal(output, chosen_day(args.today, os.environ))
        sent = target.publish(release, _now())
    said = french.published(release.id, sent.files, sent.size) if sent.is_new else french.already_shown(release.id)
    sys.stdout.write(f"{said}\n")
    if code:
        sys.stdout.write(f"{french.PART_PUBLISHED}\n")
    seen = 0
    if not args.unchecked:
        with _timed(steps, french.LOOK):
            found = faults(release, _address(args, root, release), sleep=time.sleep, waits=WAITS)
        seen = _judge(found, target, may_undo=args.or_back and sent.is_new)
    if not seen and args.report and not args.built:
        note_published(args.report, release.id)
    sys.stdout.write(f"{french.durations(steps)}\n")
    return seen or code


def _build(args: argparse.Namespace, root: Path, output: Path) -> int:
    """The exit code of ``build``; what it made, if anything, is in ``output``."""
    parser = Parser("build", build.SUMMARY)
    build.add_arguments(parser)
    options = ["--root", str(root), "--output", str(output), "--jobs", str(args.jobs), "--brief", "--skip-broken"]
    options += ["--today", chosen_day(args.today, os.environ).isoformat()]
    options += [
        part
        for name in ("site_url", "intake")
        if (value := getattr(args, name))
        for part in (f"--{name.replace('_', '-')}", value)
    ]
    options += ["--report", str(args.report)] if args.report else []
    return build.run(parser.parse_args(options))


def _look(args: argparse.Namespace, root: Path) -> int:
    """Whether readers see the site of a folder, which something else has put online (a forge's own pages)."""
    release = seal(args.look, chosen_day(args.today, os.environ))
    return _judge(faults(release, _address(args, root, release), sleep=time.sleep, waits=WAITS))


def _judge(found: list[str], target: Target | None = None, *, may_undo: bool = False) -> int:
    if not found:
        sys.stdout.write(f"{french.CHECKED}\n")
        return 0
    sys.stderr.write("\n".join([french.FAULTS, *(f"  {fault}" for fault in found), french.WHAT_TO_DO, ""]))
    if target is not None and may_undo:
        _say_back(target.go_back())
        sys.stdout.write(f"{french.WENT_BACK_ITSELF}\n")
    return 1


def _back(target: Target, args: argparse.Namespace, root: Path) -> int:
    version = target.go_back()
    _say_back(version)
    if args.unchecked:
        return 0
    url = _address(args, root)
    for wait in WAITS:
        time.sleep(wait)
        if is_shown(version.id, url):
            sys.stdout.write(f"{french.CHECKED}\n")
            return 0
    sys.stderr.write(f"{french.FAULTS}\n  {french.other_version(url, '', version.id)}\n")
    return 1


def _say_back(version: Version) -> None:
    sys.stdout.write(f"{french.went_back(version.moment, version.id)}\n")


def _list(target: Target) -> int:
    target.settle()
    shown = target.shown()
    for version in target.versions():
        sys.stdout.write(f"{french.version_line(version.moment, version.id, shown=version == shown)}\n")
    return 0


def _address(args: argparse.Namespace, root: Path, release: Release | None = None) -> str:
    """Where readers see the site: as told, as the site that was made says it, or as ``data/site.yaml`` does.

    Raises:
        PublishingError: nobody says it.
    """
    found = args.site_url or (release and release.address()) or _in_settings(root / "data" / "site.yaml")
    if not found:
        raise PublishingError(french.NO_ADDRESS)
    return str(found).rstrip("/")


def _in_settings(file: Path) -> str:
    try:
        data = read_yaml(file.read_text(encoding="utf-8-sig")).data
    except (OSError, UnicodeDecodeError):
        return ""
    return str(data["url"]) if isinstance(data, dict) and "url" in data else ""


@contextmanager
def _timed(steps: list[tuple[str, float]], name: str) -> Iterator[None]:
    started = time.perf_counter()
    yield
    steps.append((name, time.perf_counter() - started))


def _now() -> dt.datetime:
    return dt.datetime.now(dt.UTC)

"""``desk``: the editors' desk of a root, as a page that opens from a disk."""

from __future__ import annotations

import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.model.load import load_site
from scripts.arguments import UsageError, add_jobs, add_root, add_today, chosen_day, existing_root, site_url
from scripts.editing_desk.desk import editing_desk
from scripts.editing_desk.known import Known
from scripts.editing_desk.reading import UnreadError, read_confirmations, read_consents, read_inbox
from scripts.editing_desk.static_page import PAGE, DeskContext, desk_documents
from scripts.french import commands
from scripts.french import desk as french
from scripts.outside_links.cache import CacheError, read_cache

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable
    from typing import TypeVar

    from plugins.model.objects import Site

    Read = TypeVar("Read")

SUMMARY = french.SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--root``, ``--output``, ``--today``, ``--site-url``, and files of what the site does not know."""
    add_root(parser)
    parser.add_argument("--output", type=Path, default=Path("bureau"), metavar="DIR", help=french.OUTPUT)
    add_today(parser)
    parser.add_argument("--site-url", type=site_url, metavar="URL", help=commands.SITE_URL)
    parser.add_argument("--waiting", type=Path, metavar="FICHIER", help=french.WAITING)
    parser.add_argument("--links", type=Path, metavar="FICHIER", help=french.LINKS)
    parser.add_argument("--confirmations", type=Path, metavar="FICHIER", help=french.CONFIRMATIONS)
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Write the desk; 1 where nothing can be read of the root. A root with errors has a desk of what can be read."""
    root = existing_root(args.root)
    output = _usable_output(args.output, root)
    site = load_site(root, today=chosen_day(args.today, os.environ), jobs=args.jobs).site
    if site is None:
        sys.stderr.write(french.NOT_MADE + "\n")
        return 1
    desk = editing_desk(site, _known(args, root, site))
    url = args.site_url or str(site.settings["url"]).rstrip("/")
    features = site.settings.get("features", {})
    outputs = frozenset(name for name in import_module("pelicanconf").OUTPUTS if features.get(name, True))
    try:
        for document in desk_documents(DeskContext(site, url, outputs, str(root)), desk):
            path = output / document.path
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(document.content)
    except OSError as error:
        raise UsageError(french.not_written(str(output), error.strerror or str(error))) from error
    sys.stdout.write(french.made(str(output / PAGE), sum(len(section.items) for section in desk.sections)))
    return 0


def _usable_output(path: Path, root: Path) -> Path:
    """The folder of the desk, which only editors are to see.

    Raises:
        UsageError: it is a file, or lies in a public site or among the sources.
    """
    output = path.resolve()
    if path.exists() and not path.is_dir():
        raise UsageError(commands.not_a_directory(str(path)))
    if any((folder / "sitemap.xml").exists() for folder in (output, *output.parents)):
        raise UsageError(french.INSIDE_SITE)
    if any(output.is_relative_to(root / name) for name in ("content", "data")):
        raise UsageError(commands.output_has_sources(str(path)))
    return path


def _known(args: argparse.Namespace, root: Path, site: Site) -> Known:
    return Known(
        inbox=_told(args.waiting, read_inbox),
        links=_told(args.links, read_cache),
        confirmed=_told(args.confirmations, read_confirmations) or {},
        consents=read_consents(root, site),
    )


def _told(path: Path | None, read: Callable[[Path], Read]) -> Read | None:
    if path is None:
        return None
    if not path.is_file():
        raise UsageError(french.not_read(str(path), french.NO_SUCH_FILE))
    try:
        return read(path)
    except (UnreadError, CacheError) as error:
        raise UsageError(french.not_read(str(path), str(error))) from error

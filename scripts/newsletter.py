"""``newsletter``: the letter of a month as files that a mailing tool takes, for the region, a club, a pillar or a territory."""

from __future__ import annotations

import argparse
import os
import re
import sys
from email.errors import HeaderParseError
from email.headerregistry import Address
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plugins.letter_mail import Mail, Scope, mail, scope_of
from plugins.model.load import load_site
from plugins.model.months import Month, month_of
from plugins.model.nearest import Nearest
from plugins.model.problems import has_errors
from plugins.publication.context import Context
from scripts.arguments import UsageError, add_root, add_today, chosen_day, existing_root, site_url
from scripts.check import show
from scripts.french import commands
from scripts.french import newsletter as french
from scripts.progress import progress_on

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from plugins.model.objects import Club, Pillar, Site, Territory

SUMMARY = french.SUMMARY
_FIELDS: Final = {"club": "clubs", "pillar": "pillars", "territory": "territories"}  # option → field of entries
_MONTH: Final = re.compile(r"(\d{4})-(0[1-9]|1[0-2])", re.ASCII)
# An address, or what tools replace by one: {{ … }}, {…}, [[…]], %…%, *|…|*, #…#.
_SENDER: Final = re.compile(
    r"(?P<name>[^<>@]*)<(?P<named>[^\s<>@,;]+@[^\s<>@,;]+)>|(?P<bare>[^\s<>@,;]+@[^\s<>@,;]+)", re.ASCII
)
_LEAVING: Final = re.compile(r"https?://\S+|mailto:\S+|\{.+\}|\[.+\]|%.+%|\*\|.+\|\*|#.+#")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--root``, ``--month``, one of ``--club``, ``--pillar``, ``--territory``, and what the letter is made with."""
    add_root(parser)
    parser.add_argument("--month", type=month, metavar="AAAA-MM", help=french.MONTH)
    group = parser.add_mutually_exclusive_group()
    group.add_argument("--club", metavar="ID", help=french.CLUB)
    group.add_argument("--pillar", metavar="ID", help=french.PILLAR)
    group.add_argument("--territory", metavar="ID", help=french.TERRITORY)
    parser.add_argument("--intro", type=Path, metavar="FICHIER", help=french.INTRO)
    parser.add_argument("--from", dest="sender", type=sender, metavar="EXPÉDITEUR", help=french.SENDER)
    parser.add_argument("--unsubscribe", type=leaving, metavar="ADRESSE", help=french.UNSUBSCRIBE)
    parser.add_argument("--demo", action="store_true", help=french.DEMO)
    parser.add_argument("--site-url", type=site_url, metavar="URL", help=commands.SITE_URL)
    add_today(parser)
    parser.add_argument("--output", type=Path, required=True, metavar="DIR", help=french.OUTPUT)


def run(args: argparse.Namespace) -> int:
    """Write the letter; 1 where the root has errors or there is nothing to tell, and then no file is written."""
    root, today = existing_root(args.root), chosen_day(args.today, os.environ)
    wanted = _wanted(args.month, today)
    intro, output = _intro(args.intro), _usable_output(args.output, root)
    site = _site(root, today)
    if site is None:
        return 1
    ctx = _context(site, root, args.site_url)
    leave = args.unsubscribe or ""
    found = mail(ctx, wanted, _scope(site, args), intro=intro, unsubscribe=leave, demo=args.demo)
    if found is None:
        sys.stdout.write(french.nothing(str(wanted), demo=args.demo) + "\n")
        return 1
    paths = _write(output, _files(found, args.sender))
    sys.stdout.write(french.written(found.subject, paths, running=wanted == month_of(today)) + "\n")
    return 0


def month(text: str) -> Month:
    """A month written YYYY-MM."""
    found = _MONTH.fullmatch(text)
    if found is None or not int(found[1]):
        raise argparse.ArgumentTypeError(french.not_a_month(text))
    return Month(int(found[1]), int(found[2]))


def sender(text: str) -> Address:
    """A name and an address as a message's head holds them."""
    found = _SENDER.fullmatch(text.strip())
    if found is None or not text.isprintable():
        raise argparse.ArgumentTypeError(french.bad_sender(text))
    try:
        return Address((found["name"] or "").strip(' "'), addr_spec=found["named"] or found["bare"])
    except (ValueError, IndexError, HeaderParseError) as error:  # how the library's own parser fails
        raise argparse.ArgumentTypeError(french.bad_sender(text)) from error


def leaving(text: str) -> str:
    """Where one leaves the list, or what the sending tool replaces by that."""
    if not text.isprintable() or not _LEAVING.fullmatch(text):
        raise argparse.ArgumentTypeError(french.bad_unsubscribe(text))
    return text


def _wanted(asked: Month | None, today: dt.date) -> Month:
    current = month_of(today)
    if asked is None:
        return current.later(-1)
    if asked > current:
        raise UsageError(french.in_the_future(str(asked)))
    return asked


def _intro(path: Path | None) -> str:
    if path is None:
        return ""
    if not path.is_file():
        raise UsageError(french.no_such_file(str(path)))
    try:
        return path.read_text(encoding="utf-8-sig")
    except OSError as error:
        raise UsageError(french.unreadable(str(path), error.strerror or str(error))) from error
    except UnicodeDecodeError as error:
        raise UsageError(french.unreadable(str(path), french.NOT_UTF8)) from error


def _usable_output(path: Path, root: Path) -> Path:
    output = path.resolve()
    if path.exists() and not path.is_dir():
        raise UsageError(commands.not_a_directory(str(path)))
    if any(output.is_relative_to(root / name) for name in ("content", "data")):
        raise UsageError(french.output_in_sources(str(path)))
    return output


def _site(root: Path, today: dt.date) -> Site | None:
    """The site, or None after its errors have been shown."""
    progress = progress_on(sys.stderr)
    loaded = load_site(root, today=today, jobs=os.cpu_count() or 1, progress=progress)
    progress.clear()
    if loaded.site is None or has_errors(loaded.problems):
        show([found for found in loaded.problems if found.severity == "error"], "text")
        sys.stdout.write(french.NEEDS_SITE + "\n")
        return None
    return loaded.site


def _context(site: Site, root: Path, address: str | None) -> Context:
    features = site.settings.get("features", {})
    outputs = frozenset(name for name in import_module("pelicanconf").OUTPUTS if features.get(name, True))
    return Context(site, (address or str(site.settings["url"])).rstrip("/"), outputs, str(root))


def _scope(site: Site, args: argparse.Namespace) -> Scope:
    known: dict[str, Mapping[str, Club | Pillar | Territory]] = {
        "club": site.clubs,
        "pillar": site.pillars,
        "territory": site.territories,
    }
    for kind, groups in known.items():
        identifier = getattr(args, kind)
        if identifier is None:
            continue
        if identifier not in groups:
            raise UsageError(french.unknown(kind, identifier, Nearest(groups).to(identifier), list(groups)))
        return scope_of(_FIELDS[kind], groups[identifier])
    return Scope()


def _files(found: Mail, sender: Address | None) -> dict[str, bytes]:
    files = {"lettre.html": found.html.encode(), "lettre.txt": found.text.encode()}
    return files | ({"lettre.eml": found.message(sender)} if sender else {})


def _write(output: Path, files: Mapping[str, bytes]) -> list[str]:
    try:
        output.mkdir(parents=True, exist_ok=True)
        for name, content in files.items():
            (output / name).write_bytes(content)
    except OSError as error:
        raise UsageError(french.not_writable(str(output), error.strerror or str(error))) from error
    return [str(output / name) for name in files]

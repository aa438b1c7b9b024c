"""``comment``: puts the one comment on a proposal, and remarks on its lines.

It runs the main branch's code, with rights, and never the proposal's.
"""

from __future__ import annotations

import datetime as dt
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.arguments import UsageError, add_root, existing_root, site_url, whole
from scripts.bot.forges.forge import ForgeError
from scripts.bot.forges.registry import FORGES, ForgeSettings, ForgeSettingsError, connect
from scripts.bot.forges.transport import Transport
from scripts.comments.beside import put_beside
from scripts.comments.pages import read_pages
from scripts.comments.people import concerned
from scripts.comments.result import ResultError, read_result
from scripts.comments.text import MARKER, Preview, comment_text
from scripts.french import comments as french

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable

    from scripts.comments.result import Result

SUMMARY = french.SUMMARY
TOKEN = "CIRCULAR_FORGE_TOKEN"  # noqa: S105  # the name of a variable
_GUIDE = {
    "github": "{}/blob/main/docs/codes.md",
    "gitlab": "{}/-/blob/main/docs/codes.md",
    "forgejo": "{}/src/branch/main/docs/codes.md",
}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The result, and where to write."""
    add_root(parser)
    parser.add_argument("result", type=Path, metavar="RESULTAT", help=french.RESULT)
    parser.add_argument("--forge", choices=sorted(FORGES), help=french.FORGE)
    parser.add_argument("--address", type=site_url, metavar="URL", help=french.ADDRESS)
    parser.add_argument("--repository", metavar="NOM", help=french.REPOSITORY)
    parser.add_argument("--account", default="", metavar="COMPTE", help=french.ACCOUNT)
    parser.add_argument("--number", type=whole(1, 10**9), metavar="N", help=french.NUMBER)
    parser.add_argument("--head", metavar="COMMIT", help=french.HEAD)
    parser.add_argument("--guide", type=site_url, metavar="URL", help=french.GUIDE)
    parser.add_argument("--pages", type=Path, metavar="FICHIER", help=french.PAGES)
    parser.add_argument("--previews", type=site_url, metavar="URL", help=french.PREVIEW_BASE)
    parser.add_argument("--archive", type=site_url, metavar="URL", help=french.ARCHIVE)


def run(args: argparse.Namespace) -> int:
    """Write the comment, labels, reviewers, remarks; 1 where the result cannot be believed, or the forge does not take all."""
    if (args.previews or args.archive) and not args.pages:
        raise UsageError(french.PAGES_NEEDED)
    try:
        result = read_result(args.result)
        pages = read_pages(args.pages) if args.pages else None
    except ResultError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    number = args.number or result.number
    guide = args.guide or _GUIDE.get(args.forge or "", "docs/codes.md").format(f"{args.address}/{args.repository}")
    base = (args.previews or "").replace("{}", str(number))
    preview = Preview(pages, base, args.archive or "") if args.pages else None
    text = comment_text(result, guide=guide, preview=preview)
    if args.forge is None:
        sys.stdout.write(text + "\n")
        return 0
    return _put(args, result, number, text, guide)


def _put(args: argparse.Namespace, result: Result, number: int, text: str, guide: str) -> int:
    if not (args.address and args.repository and args.head):
        raise UsageError(french.NEEDS)
    root, token = existing_root(args.root), os.environ.get(TOKEN, "")
    if not token:
        raise UsageError(french.NO_TOKEN)
    if not number:
        raise UsageError(french.NO_NUMBER)
    settings = ForgeSettings(args.forge, args.address, args.repository, args.account, token)
    try:
        forge = connect(settings, _now)
    except ForgeSettingsError as error:
        raise UsageError(str(error)) from error
    transport = Transport(forge.api, clock=_now)
    try:
        remote = transport.run(forge.read(number))
        if remote.head != args.head or remote.state != "open":
            sys.stderr.write(french.OTHER_HEAD + "\n")
            return 1
        transport.run(forge.comment(number, MARKER, text))
        about = concerned(root, result)
        undone = _told(put_beside(transport, forge, remote, result, about=about, guide=guide))
    except ForgeError as error:
        sys.stderr.write(french.undone(french.COMMENT, error.message) + "\n")
        return 1
    finally:
        transport.close()
    sys.stdout.write((french.NOT_ALL if undone else french.WRITTEN) + "\n")
    return int(undone)


def _told(steps: Iterable[tuple[str, bool]]) -> bool:
    """Say what became of each; whether one of them was not done."""
    undone = False
    for sentence, done in steps:
        (sys.stdout if done else sys.stderr).write(sentence + "\n")
        undone = undone or not done
    return undone


def _now() -> dt.datetime:
    """For waits and signatures of the forge's clients only."""
    return dt.datetime.now(dt.UTC)

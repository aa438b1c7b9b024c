"""``bot erase``: a person's data leave the database at once; what stands in git is listed, and its removal proposed."""

from __future__ import annotations

import secrets
import sys
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot.administration import file_of, in_words, mailbox, the_settings, the_site, the_store
from scripts.bot.clock import utc_now
from scripts.bot.french import privacy as french
from scripts.bot.privacy.erasing import erase, propose_removals
from scripts.bot.privacy.restoring import erase_again
from scripts.bot.privacy.traces import made_members, traces, written

if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from scripts.bot.privacy.traces import Trace
    from scripts.bot.settings import Settings
    from scripts.bot.store import Store
    from scripts.bot.store.privacy import Held

SUMMARY = french.ERASE_SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """The address, ``--member``, ``--no-proposal``, ``--yes``, ``--again``."""
    parser.add_argument("address", nargs="?", metavar="ADRESSE", help=french.ADDRESS)
    parser.add_argument("--member", action="append", default=[], metavar="ID", help=french.MEMBER)
    parser.add_argument("--no-proposal", action="store_true", help=french.NO_PROPOSAL)
    parser.add_argument("--yes", action="store_true", help=french.YES)
    parser.add_argument("--again", action="store_true", help=french.AGAIN)


def run(args: argparse.Namespace) -> int:
    """Show what is held, ask, erase, and say what is left to people."""
    if args.again == bool(args.address):
        raise UsageError(french.ADDRESS_OR_AGAIN)
    settings = the_settings()
    if args.again:
        return in_words(lambda: _again(settings))
    email = mailbox(args.address)
    return in_words(lambda: _erase(settings, email, args.member, proposals=not args.no_proposal, yes=args.yes))


def _again(settings: Settings) -> int:
    with the_store(settings) as store:
        done = erase_again(store, settings.state, utc_now())
    sys.stdout.write(french.erased_again(done) + "\n")
    return 0


def _erase(settings: Settings, email: str, more: Sequence[str], *, proposals: bool, yes: bool) -> int:
    with the_store(settings) as store:
        held = store.privacy.held(email)
        members = sorted({*made_members(held), *more})
        found = _traces(settings, members)
        if not held and not found:
            sys.stdout.write(french.NOTHING + "\n")
            return 0
        _say([*french.held_lines(held, found), *french.written_lines(written(held))])
        if not yes and not _agreed():
            sys.stdout.write(french.LEFT + "\n")
            return 1
        _carry_out(settings, store, email, held, members if proposals else [])
    return 0


def _traces(settings: Settings, members: Sequence[str]) -> list[Trace]:
    if not members:
        return []
    site = the_site(settings)
    if site is None:
        sys.stderr.write(french.SITE_UNREAD + "\n")
        return []
    return traces(site, members)


def _carry_out(settings: Settings, store: Store, email: str, held: Held, members: Sequence[str]) -> None:
    """Removals first: once the address is forgotten, nobody knows any more which member it was."""
    now = utc_now()
    removals = propose_removals(store, members, source=file_of(settings), now=now, random=secrets.token_bytes)
    erased = erase(store, email, folder=settings.state, now=now)
    elsewhere = settings.forge != "local"
    urls = [one.submission.url for one in held.submissions if elsewhere and one.submission.url]
    _say([*french.erased_lines(erased), *french.removal_lines(removals), *french.after_lines(urls)])


def _agreed() -> bool:
    sys.stdout.write(french.ASK)
    sys.stdout.flush()
    return sys.stdin.readline().strip().lower() == "oui"


def _say(lines: Sequence[str]) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))

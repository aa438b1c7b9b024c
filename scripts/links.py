"""``links``: asks whether the links to other sites still lead somewhere. Dead ones are for the desk, no reason to fail."""

from __future__ import annotations

import datetime as dt
import os
import sys
import time
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Final

from plugins.model.load import load_site
from scripts.arguments import UsageError, add_jobs, add_root, add_today, chosen_day, existing_root, whole
from scripts.french import links as french
from scripts.outside_links.cache import CacheError, only, read_cache, write_cache
from scripts.outside_links.checking import Clock, CutOffError, check, due
from scripts.outside_links.transport import WebTransport, user_agent
from scripts.outside_links.uses import outside_links

if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping, Sequence

    from plugins.model.objects import Site
    from scripts.outside_links.asking import Transport
    from scripts.outside_links.cache import Seen
    from scripts.outside_links.uses import Use

SUMMARY = french.SUMMARY
USUAL: Final = 200
MOST: Final = 100_000


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--root``, ``--cache``, ``--most``, ``--today``."""
    add_root(parser)
    parser.add_argument("--cache", type=Path, required=True, metavar="FICHIER", help=french.CACHE)
    parser.add_argument("--most", type=whole(0, MOST), default=USUAL, metavar="N", help=french.MOST)
    add_today(parser)
    add_jobs(parser)


def run(args: argparse.Namespace) -> int:
    """Ask, remember, tell; 0 whatever the answers, 1 where nothing can be read of the root or nobody can be reached at all."""
    root, today = existing_root(args.root), chosen_day(args.today, os.environ)
    site = load_site(root, today=today, jobs=args.jobs).site
    if site is None:
        sys.stderr.write(french.NO_SITE + "\n")
        return 1
    try:
        told = a_round(site, args.cache, args.most, WebTransport(user_agent(site)), _clock_of(today))
    except CutOffError:
        sys.stderr.write(french.CUT_OFF + "\n")
        return 1
    except (CacheError, OSError) as error:
        raise UsageError(french.cache_unread(str(args.cache), str(error))) from error
    sys.stdout.write(told)
    return 0


def a_round(site: Site, cache: Path, most: int, transport: Transport, clock: Clock) -> str:
    """One round over the links of a site; what it found, in French. May raise CutOffError, CacheError and OSError."""
    links, today = outside_links(site), clock.now().date()
    seen = only(read_cache(cache), links)
    waiting = due(links, seen, today, len(links))
    found = check(waiting[:most], seen, transport, clock)
    known = {**seen, **found}
    write_cache(cache, known)
    return _told(links, known, len(found), len(waiting) - len(found))


def _told(links: Mapping[str, Sequence[Use]], known: Mapping[str, Seen], asked: int, left: int) -> str:
    lines = [french.told(asked, left, dict(Counter(one.state for one in known.values())))]
    for url, uses in links.items():
        one, pages = known.get(url), ", ".join(dict.fromkeys(use.path for use in uses))
        if one is not None and one.state == "dead":
            lines.append(french.dead(url, one.why, pages))
        elif one is not None and one.state == "moved":
            lines.append(french.moved(url, one.to, pages))
    return "".join(lines)


def _clock_of(day: dt.date) -> Clock:
    """The machine's clock, on the day that was asked for."""
    now: Callable[[], dt.datetime] = lambda: dt.datetime.combine(day, dt.datetime.now(dt.UTC).timetz())  # noqa: E731  # one expression
    return Clock(now, time.monotonic, time.sleep)

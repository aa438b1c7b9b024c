"""``bot desk``: what the editors' desk is told of the form service, for a desk that is made elsewhere."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.bot.administration import in_words, the_settings, the_site, the_store
from scripts.bot.clock import utc_now
from scripts.bot.french import desk as french
from scripts.bot.french import privacy
from scripts.bot.web.review.desk_inbox import confirmations, inbox

if TYPE_CHECKING:
    import argparse

    from plugins.model.yaml.reader import Json
    from scripts.bot.settings import Settings

SUMMARY = french.SUMMARY


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """``--waiting``, ``--confirmations``."""
    parser.add_argument("--waiting", type=Path, metavar="FICHIER", help=french.WAITING)
    parser.add_argument("--confirmations", type=Path, metavar="FICHIER", help=french.CONFIRMATIONS)


def run(args: argparse.Namespace) -> int:
    """Write one file or both; 1 where the database or the root cannot be read."""
    if not (args.waiting or args.confirmations):
        raise UsageError(french.NOTHING_ASKED)
    settings = the_settings()
    return in_words(lambda: _write(settings, args.waiting, args.confirmations))


def _write(settings: Settings, waiting: Path | None, confirmed: Path | None) -> int:
    with the_store(settings) as store:
        if waiting:
            site = the_site(settings)
            if site is None:
                raise UsageError(privacy.SITE_UNREAD)
            budget = dt.timedelta(days=settings.age_budget_days)
            _save(waiting, inbox(store, site, base=settings.public_url, now=utc_now(), budget=budget))
        if confirmed:
            _save(confirmed, confirmations(store))
    return 0


def _save(path: Path, told: Json) -> None:
    path.write_text(json.dumps(told, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

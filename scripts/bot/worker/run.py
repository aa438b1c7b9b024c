"""The worker as a process: from settings to something that runs until it is told to stop."""

from __future__ import annotations

import datetime as dt
import logging
import logging.config
import random
import signal
import socket
import threading
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from plugins.model.yaml.reader import read_yaml
from scripts.bot.broken.guide import guide_of
from scripts.bot.clock import utc_now
from scripts.bot.digest import queue_digest
from scripts.bot.forges.registry import ForgeSettings, connect
from scripts.bot.logs import LOGGING
from scripts.bot.mail.compose import Sender
from scripts.bot.mail.postman import Postman
from scripts.bot.mail.smtp import SmtpServer
from scripts.bot.privacy.commits import forget_commits
from scripts.bot.privacy.purging import purge
from scripts.bot.store import Store
from scripts.bot.worker.broken import BrokenTeller
from scripts.bot.worker.chores import Chores
from scripts.bot.worker.drafting import PARIS
from scripts.bot.worker.issues import IssueTaker
from scripts.bot.worker.local import local_workplace
from scripts.bot.worker.loop import InTurn, keep_on
from scripts.bot.worker.online import look_online
from scripts.bot.worker.place import Platform
from scripts.bot.worker.remote import remote_workplace
from scripts.bot.worker.worker import Worker

if TYPE_CHECKING:
    from scripts.bot.settings import Settings
    from scripts.bot.worker.place import Workplace

logger = logging.getLogger(__name__)
HOUR: Final = dt.timedelta(hours=1)
DAY: Final = dt.timedelta(days=1)
MORNING: Final = 7  # o’clock: the week’s digest goes out on Monday, or as soon as the worker runs again


def run_worker(settings: Settings, name: str = "") -> int:
    """Work until SIGTERM or SIGINT; the step that has begun is finished first.

    ``name`` tells workers apart that share a database; it has to be the same after a restart, so that a worker finds at once
    what it had in hand. By default it is the machine's name.
    """
    logging.config.dictConfig(LOGGING)
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    own = name or socket.gethostname()
    with ExitStack() as opened:
        store = Store.open(settings.database, key=settings.encryption_key.encode() or None)
        opened.callback(store.close)
        place = make_workplace(settings, store, own)
        opened.callback(place.close)
        post = _Post(make_postman(settings, store, place, own), stop)
        post.start()
        takers = [IssueTaker(own, place)] if settings.issues else []
        teller = BrokenTeller(place, guide_of(settings))
        keep_on(InTurn(Worker(own, place), *takers, teller, _chores(settings, store, place)), utc_now, stop)
        post.join()
    return int(post.failed)


class _Post(threading.Thread):
    """The postman at work. Where he meets what nobody foresaw, the whole process ends with 1, and whoever watches it starts it
    again: nobody would miss him for days otherwise.
    """

    def __init__(self, postman: Postman, stop: threading.Event) -> None:
        super().__init__(name="post")
        self._postman, self._stop_all = postman, stop
        self.failed = False

    def run(self) -> None:
        """See mails off until it is time to stop."""
        try:
            keep_on(self._postman, utc_now, self._stop_all)
        except Exception:
            self.failed = True
            logger.exception("the postman failed")
        finally:
            self._stop_all.set()


def make_workplace(settings: Settings, store: Store, name: str) -> Workplace:
    """The workplace that the settings describe; each worker has a folder of its own. May raise GitError, CheckedOutError."""
    state = settings.state / "worker" / _folder(name)
    state.mkdir(parents=True, exist_ok=True, mode=0o700)
    platform = make_platform(settings)
    if settings.forge == "local":
        return local_workplace(
            store,
            platform,
            root=settings.root,
            repository=Path(settings.forge_url) if settings.forge_url else None,
            state=state,
            clock=utc_now,
            look=look_online,
            chance=random.random,
        )
    forge = connect(forge_settings(settings), utc_now)
    return remote_workplace(
        store,
        platform,
        forge,
        branch=settings.forge_branch,
        state=state,
        clock=utc_now,
        look=look_online,
        chance=random.random,
    )


def forge_settings(settings: Settings) -> ForgeSettings:
    """What concerns the forge."""
    return ForgeSettings(
        kind=settings.forge,
        address=settings.forge_url,
        repository=settings.forge_repository,
        account=settings.forge_account,
        token=settings.forge_token,
        app=settings.forge_app,
        app_key=settings.forge_app_key,
        installation=settings.forge_installation,
    )


def make_platform(settings: Settings) -> Platform:
    """What data/site.yaml says of the platform, and what the settings say otherwise."""
    told = read_yaml((settings.root / "data" / "site.yaml").read_text(encoding="utf-8")).data
    site = told if isinstance(told, dict) else {}
    site_url = settings.site_url or str(site.get("url") or settings.public_url).rstrip("/")
    noreply = f"noreply@{urlsplit(site_url).hostname or 'localhost'}"
    return Platform(str(site.get("name") or site_url), site_url, settings.public_url, noreply, settings.reviewers)


def make_postman(settings: Settings, store: Store, place: Workplace, name: str) -> Postman:
    """Who sends mails; without a server, one who drops them."""
    smtp = settings.smtp
    server = SmtpServer(smtp.host, smtp.port, smtp.user, settings.smtp_password, smtp.implicit_tls) if smtp else None
    sender = Sender(
        platform=place.platform.name,
        address=settings.mail_from,
        editors=settings.mail_editors,
        service_url=settings.public_url,
    )
    return Postman(f"{name} post", store, sender, server, chance=random.random)


def _chores(settings: Settings, store: Store, place: Workplace) -> Chores:
    def purge_now(now: dt.datetime) -> None:
        purge(store, settings, now)

    def tell_editors(now: dt.datetime) -> None:
        if settings.smtp and settings.mail_editors and now.astimezone(PARIS).hour >= MORNING:
            queue_digest(store, place.drafter.site, settings, now)

    return Chores(
        store,
        [
            (DAY, purge_now),
            (DAY, lambda _: forget_commits(place.repository, store)),
            (HOUR, tell_editors),
            (HOUR, lambda _: place.repository.tidy()),
        ],
    )


def _folder(name: str) -> str:
    return "".join(one if one.isalnum() or one in "-_" else "-" for one in name) or "worker"

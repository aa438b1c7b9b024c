"""The whole circle on one machine: the form service, the review and the worker beside the site that is shown.

Nothing has to be set: what the service needs to keep lies in the folder ``.forge/`` of the root, which git ignores.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import fcntl
import hashlib
import itertools
import logging
import os
import random
import secrets
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scripts.arguments import UsageError, chosen_day
from scripts.bot.clock import utc_now
from scripts.bot.git.errors import GitError
from scripts.bot.git.local import FOLDER, CheckedOutError
from scripts.bot.settings import load_settings
from scripts.bot.submission import State
from scripts.bot.web.app import create_app
from scripts.bot.web.review.review import review_routes
from scripts.bot.web.run import make_service
from scripts.bot.worker.local import local_workplace
from scripts.bot.worker.loop import InTurn, keep_on
from scripts.bot.worker.place import Pauses
from scripts.bot.worker.run import make_platform, make_postman
from scripts.bot.worker.worker import Worker
from scripts.french import commands as french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path
    from typing import IO

    from starlette.applications import Starlette

    from scripts.bot.web.service import Service
    from scripts.bot.worker.place import Workplace
    from scripts.preview.answers import Answer

IDLE: Final = 0.2  # seconds between two looks for something to do
OK, GONE = 200, frozenset({404, 410})
_SOON: Final = dt.timedelta(seconds=1)
_PAUSES: Final = Pauses(first_look=_SOON, first_page=_SOON, last_page=_SOON)


@dataclass(slots=True)
class Built:
    """From which commit of the main branch the site that is shown was made."""

    commit: str = ""


@dataclass(frozen=True, slots=True)
class Seat:
    """A worker's name that no other process has while ``lock`` is open; the next process that is started gets it again."""

    name: str
    lock: IO[str]


@dataclass(frozen=True, slots=True)
class Circle:
    """The form service and the review as an application, and the worker behind them."""

    service: Service
    app: Starlette
    place: Workplace
    built: Built
    seat: Seat

    def main(self) -> str:
        """The main branch's commit, which has what the files of the root say."""
        return self.place.upstream.main()

    def is_built(self, commit: str) -> None:
        """The site is shown as of a commit: the service sees it, and what was accepted before is online."""
        self.built.commit = commit
        self.service.root.refresh()
        for accepted in self.service.store.listed([State.MERGED]):
            self.service.store.wake(accepted.id, self.service.clock())

    @contextlib.contextmanager
    def working(self) -> Iterator[None]:
        """Let the worker work on a thread of its own for the time of the block."""
        stop = threading.Event()
        name, service = self.seat.name, self.service
        post = make_postman(service.settings, service.store, self.place, name)  # which has nowhere to post
        work = InTurn(Worker(name, self.place), post)
        thread = threading.Thread(target=keep_on, args=(work, utc_now, stop), kwargs={"idle": IDLE}, daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join()


@contextlib.contextmanager
def open_circle(
    root: Path, repository: Path | None, address: str, page: Callable[[str], Answer], today: dt.date | None
) -> Iterator[Circle]:
    """The circle for a root that is shown at ``address``; ``page`` gives the answer of the site to a target.

    Raises:
        UsageError: the repository cannot be used, or there is no place to keep proposals.
    """
    with contextlib.ExitStack() as opened:
        try:
            settings = load_settings(_environment(root, repository, address), credentials=True)
            seat = _take_seat(settings.state)
        except OSError as error:
            raise UsageError(french.no_place(str(root / FOLDER), error.strerror or "")) from error
        opened.callback(seat.lock.close)
        service = make_service(settings, today=lambda: chosen_day(today, os.environ))
        opened.callback(service.store.close)
        built = Built()
        place = _workplace(service, seat, repository, page, built)
        logging.getLogger("scripts.bot.web.root").setLevel(logging.CRITICAL)  # the build has said it, in French
        yield Circle(service, create_app(service, review_routes(service, open_to_all=True)), place, built, seat)


def _workplace(
    service: Service, seat: Seat, repository: Path | None, page: Callable[[str], Answer], built: Built
) -> Workplace:
    settings = service.settings
    try:
        place = local_workplace(
            service.store,
            make_platform(settings),
            root=settings.root,
            repository=repository,
            state=settings.state / seat.name,
            clock=service.clock,
            look=lambda url: _digest(page(url.removeprefix(settings.site_url))),
            chance=random.random,
            pauses=_PAUSES,
            built=lambda commit: _has(place, built.commit, commit),
        )
    except CheckedOutError as error:
        raise UsageError(french.repository_elsewhere(str(error))) from error
    except (GitError, OSError) as error:
        raise UsageError(french.no_repository(str(repository or settings.local_repository), str(error))) from error
    return place


def _digest(answer: Answer) -> str | None:
    """What the worker wants to know of a page: a digest, nothing where there is none, None where nobody can say."""
    if answer.status == OK:
        return hashlib.sha256(answer.body).hexdigest()
    return "" if answer.status in GONE else None


def _has(place: Workplace, main: str, commit: str) -> bool:
    return bool(main) and place.repository.contains(main, commit)


def _take_seat(state: Path) -> Seat:
    """The first free name. Several previews of one root may run: their workers share the work and must not share a name."""
    for number in itertools.count(1):
        name = f"serve-{number}"
        lock = (state / f"{name}.lock").open("w", encoding="ascii")
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            lock.close()
            continue
        return Seat(name, lock)
    raise AssertionError("there is always another number")


def _environment(root: Path, repository: Path | None, address: str) -> dict[str, str]:
    """The settings, as an administrator would write them. Whoever sits at this machine may do as much as he likes."""
    state = root / FOLDER
    state.mkdir(exist_ok=True)
    (state / ".gitignore").write_text("*\n", encoding="ascii")
    return {
        "CIRCULAR_ROOT": str(root),
        "CIRCULAR_STATE": str(state),
        "CIRCULAR_PUBLIC_URL": address,
        "CIRCULAR_SITE_URL": address,
        "CIRCULAR_SECRET": _secret(state / "secret"),
        "CIRCULAR_CONFIRM_EMAIL": "non",
        "CIRCULAR_FORGE": "local",
        "CIRCULAR_FORGE_URL": str(repository or ""),
        "CIRCULAR_POSTS_PER_HOUR": "1000000",
        "CIRCULAR_PLAIN_POSTS_PER_HOUR": "1000000",
        "CIRCULAR_TRIES_PER_HOUR": "1000000",
        "CIRCULAR_QUICKEST_SECONDS": "0",
    }


def _secret(path: Path) -> str:
    """The key of forms and sessions; the same each time, so that a form that is open survives a restart."""
    if not path.exists():
        path.touch(0o600)
        path.write_text(secrets.token_urlsafe(48), encoding="ascii")
    return path.read_text(encoding="ascii")

"""The review pages on a small region, a real database, a clock that stands still."""

from __future__ import annotations

import datetime as dt
import shutil
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from scripts.bot.passwords import hash_password
from scripts.bot.settings import load_settings
from scripts.bot.submission import State, Step
from scripts.bot.web.app import create_app
from scripts.bot.web.review.review import review_routes
from scripts.bot.web.run import make_service
from scripts.preview.server import PreviewServer
from tests.bot.samples import NOW, new, posted
from tests.site.building import SMALL

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from starlette.applications import Starlette

    from scripts.bot.submission import Submission
    from scripts.bot.web.service import Service

PASSWORD = "quatre mots sans rapport"  # noqa: S105  # of a test
PUBLIC = "http://127.0.0.1:8010"
ARTICLE = {
    "title": "Un atelier de réparation ouvre au bourg",
    "summary": "Chaque samedi, des bénévoles réparent avec vous ce que vous leur apportez.",
    "date": "2026-03-04",
    "kind": "actualite",
}


class Moving:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> dt.datetime:
        return self.now


@dataclass(frozen=True)
class Desk:
    """The service, a browser before it, and the clock."""

    service: Service
    browser: httpx.Client
    clock: Moving

    def add(self, number: int = 1, **changes: Any) -> Submission:
        """A submission that has come in; ``data`` is laid over an article of the region."""
        site = self.service.root.edition().site
        data = ARTICLE | {"authors": [next(iter(site.members))], "pillars": [next(iter(site.pillars))]}
        given = posted(**({"data": data | changes.pop("data", {})} | changes.pop("posted", {})))
        return self.service.store.add(new(number, posted=given, **changes))[0]

    def waiting(self, number: int = 1, **changes: Any) -> Submission:
        """One that waits for an editor."""
        return self.moved(self.add(number, **changes), state=State.WAITING, step=Step.ANNOUNCE, commit="c" * 40)

    def ended(self, submission: Submission) -> Submission:
        """As the worker leaves what was refused."""
        return replace(submission, state=State.REFUSED, next_try=None)

    def moved(self, submission: Submission, **values: Any) -> Submission:
        """Bring it where the worker would have brought it."""
        lease = self.service.store.lease("test", self.clock.now, dt.timedelta(minutes=1))
        assert lease is not None
        assert lease.submission.id == submission.id
        changed = replace(lease.submission, **({"next_try": None} | values))
        self.service.store.finish(lease, changed, now=self.clock.now)
        found = self.service.store.by_id(submission.id)
        assert found is not None
        return found


@pytest.fixture(scope="session")
def stored_password() -> str:
    return hash_password(PASSWORD, bytes(16))


def make_desk(root: Path, state: Path, **settings: str) -> Service:
    given = {
        "CIRCULAR_ROOT": str(root),
        "CIRCULAR_STATE": str(state),
        "CIRCULAR_PUBLIC_URL": PUBLIC,
        "CIRCULAR_SECRET": "s" * 40,
        **settings,
    }
    return make_service(load_settings(given, credentials=True))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return shutil.copytree(SMALL, tmp_path / "root")


@contextmanager
def browser_at(app: Starlette) -> Iterator[httpx.Client]:
    """A client of an application that a real server runs."""
    with closing(PreviewServer(0)) as server, server.answering(app), httpx.Client(base_url=server.address) as client:
        yield client


@pytest.fixture
def desk(root: Path, tmp_path: Path) -> Iterator[Desk]:
    """The review as ``serve`` shows it: no password."""
    clock = Moving()
    service = replace(make_desk(root, tmp_path / "state"), clock=clock)
    with browser_at(create_app(service, review_routes(service, open_to_all=True))) as browser:
        yield Desk(service, browser, clock)
    service.store.close()


@pytest.fixture
def guarded(root: Path, tmp_path: Path, stored_password: str) -> Iterator[Desk]:
    """The review as it is for real: with a password."""
    clock = Moving()
    service = replace(make_desk(root, tmp_path / "state", CIRCULAR_REVIEW_PASSWORD=stored_password), clock=clock)
    with browser_at(create_app(service, review_routes(service))) as browser:
        yield Desk(service, browser, clock)
    service.store.close()

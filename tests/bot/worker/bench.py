"""A worker on the local forge with a root of its own, a clock that stands still, and pages that tests publish."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.bot.git.local import LocalRepository
from scripts.bot.store import Store
from scripts.bot.worker.local import local_workplace
from scripts.bot.worker.place import Platform, Workplace
from scripts.bot.worker.worker import Worker
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from plugins.forms.posted import Posted
    from scripts.bot.submission import NewSubmission, Submission

ROOT = Path(__file__).parents[2] / "roots" / "outre-brume"
SITE = "https://boucles.example"
PLATFORM = Platform(
    "Boucles d’Outre-Brume", SITE, "https://propositions.example", "noreply@boucles.example", {"ines-falaise": "ines"}
)
ARTICLE = "articles/2026/un-atelier-de-reparation-ouvre"
ONE = sample_id(1)


def article(**changes: Any) -> Posted:
    """An article that fits the root."""
    data = {
        "title": "Un atelier de réparation ouvre",
        "summary": "Chaque samedi, des bénévoles réparent avec vous ce que vous leur apportez.",
        "date": "2026-03-04",
        "authors": ["ines-falaise"],
        "pillars": ["reparer"],
        "clubs": ["outilleurs"],
        "kind": "actualite",
        **changes.pop("data", {}),
    }
    return posted(**{"data": data, "contact_name": "Inès Falaise", "contact_email": "ines@example.org", **changes})


def sent(number: int = 1, **changes: Any) -> NewSubmission:
    """A submission of such an article."""
    return new(number, **{"posted": article(), **changes})


@dataclass
class Bench:
    """``now`` is the time; ``pages`` are the pages online, by address."""

    place: Workplace
    worker: Worker
    root: Path
    now: dt.datetime = NOW
    pages: dict[str, str] = field(default_factory=dict)

    @property
    def store(self) -> Store:
        return self.place.store

    @property
    def upstream(self) -> LocalRepository:
        assert isinstance(self.place.upstream, LocalRepository)
        return self.place.upstream

    def run(self, after: dt.timedelta = dt.timedelta(0)) -> int:
        """Let the worker do all that is due ``after`` so long; how many steps that was."""
        self.now += after
        steps = 0
        while self.worker.run_once(self.now):
            steps += 1
            assert steps < 500, "the worker goes round in circles"
        return steps

    def of(self, submission: str = ONE) -> Submission:
        found = self.store.by_id(submission)
        assert found is not None
        return found

    def kinds(self, submission: str = ONE) -> list[str]:
        return [moment.kind for moment in self.store.timeline(submission)]

    def decide(self, kind: Any, **more: Any) -> None:
        """Decided and carried out."""
        self.store.decide(ONE, kind, **{"by": "Alix", "at": self.now, **more})
        self.run()

    def mails(self) -> list[tuple[str, str]]:
        """Mails to be sent, and what is in them."""
        found = []
        while letter := self.store.take_mail("test", self.now + MINUTE, MINUTE):
            facts: Any = letter.facts or {}
            found.append((letter.kind, facts.get("text", "")))
        return found

    def branches(self) -> dict[str, str]:
        lines = self.place.repository.git.text(
            "for-each-ref", "--format=%(refname:short) %(objectname)", "refs/heads/proposition"
        )
        return dict(line.split(" ") for line in lines.splitlines())


def make_bench(directory: Path, **more: Any) -> Bench:
    root = directory / "root"
    shutil.copytree(ROOT, root)
    return open_bench(directory, **more)


def open_bench(directory: Path, **more: Any) -> Bench:
    root = directory / "root"
    store = Store.open(f"sqlite:///{directory}/bot.db", key=None)
    made: list[Bench] = []
    pages: dict[str, str] = {}
    place = local_workplace(
        store,
        PLATFORM,
        root=root,
        repository=None,
        state=directory / "state",
        clock=lambda: made[0].now if made else NOW,
        look=pages.get,
        chance=lambda: 0.5,
        **more,
    )
    made.append(Bench(place, Worker("w", place), root, pages=pages))
    return made[0]

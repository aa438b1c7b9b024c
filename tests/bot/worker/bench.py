"""A worker with a root of its own, a clock that stands still, and pages that tests publish; on the local forge or at a double."""

from __future__ import annotations

import contextlib
import datetime as dt
import json
import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scripts.bot.forges.registry import ForgeSettings, connect
from scripts.bot.git.local import LocalRepository, default_directory, open_local
from scripts.bot.git.repository import Person, Repository
from scripts.bot.store import Store
from scripts.bot.worker.local import local_workplace
from scripts.bot.worker.place import Platform, Workplace
from scripts.bot.worker.remote import remote_workplace
from scripts.bot.worker.worker import Worker
from tests.bot.forges.doubles import DOUBLES
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from plugins.forms.posted import Posted
    from scripts.bot.submission import NewSubmission, Submission
    from tests.bot.forges.doubles import Double
    from tests.bot.forges.doubles.state import State

ROOT = Path(__file__).parents[2] / "roots" / "outre-brume"
SITE, SERVICE, NOREPLY = "https://boucles.example", "https://propositions.example", "noreply@boucles.example"
PLATFORM = Platform("Boucles d’Outre-Brume", SITE, SERVICE, NOREPLY, {"ines-falaise": "ines"})
ARTICLE = "articles/2026/un-atelier-de-reparation-ouvre"
ONE = sample_id(1)
KINDS = ["local", *sorted(DOUBLES)]


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


@dataclass(frozen=True)
class Setup:
    """Where a bench stands; another process can open the same. ``forge`` is None on the local forge, ``database`` the address
    of one that is not in the directory.
    """

    directory: Path
    forge: ForgeSettings | None = None
    database: str = ""

    @property
    def root(self) -> Path:
        return self.directory / "root"

    @property
    def pages(self) -> Path:
        return self.directory / "pages.json"

    @property
    def shared(self) -> Path:
        """The repository that everybody sees."""
        return default_directory(self.root) if self.forge is None else self.directory / "origin.git"

    def open(
        self, clock: Callable[[], dt.datetime], checkpoint: Callable[[str], None] | None = None, name: str = "w"
    ) -> Workplace:
        store = Store.open(self.database or f"sqlite:///{self.directory}/bot.db", key=None, patience=10)
        more: dict[str, Any] = {
            "state": self.directory / "state" / name,
            "clock": clock,
            "look": self._look,
            "chance": lambda: 0.5,
            "checkpoint": checkpoint,
        }
        if self.forge is None:
            return local_workplace(store, PLATFORM, root=self.root, repository=None, **more)
        return remote_workplace(store, PLATFORM, connect(self.forge, clock), branch="main", **more)

    def _look(self, address: str) -> str | None:
        digest: str | None = json.loads(self.pages.read_text("utf-8")).get(address)
        return digest


@dataclass
class Bench:
    """``now`` is the time."""

    setup: Setup
    double: Double | None = None
    now: dt.datetime = NOW
    place: Workplace = field(init=False)
    worker: Worker = field(init=False)

    def __post_init__(self) -> None:
        self.place = self.setup.open(lambda: self.now)
        self.worker = Worker("w", self.place)

    @property
    def store(self) -> Store:
        return self.place.store

    @property
    def root(self) -> Path:
        return self.setup.root

    @property
    def upstream(self) -> LocalRepository:
        assert isinstance(self.place.upstream, LocalRepository)
        return self.place.upstream

    @property
    def shared(self) -> Repository:
        return Repository.open(self.setup.shared)

    @property
    def forge(self) -> Double:
        assert self.double is not None
        return self.double

    def close(self) -> None:
        self.place.close()
        self.store.close()

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

    def publish(self, address: str, digest: str | None = "1") -> None:
        """A page is online with some content; empty: it is gone; None: nothing answers."""
        pages = json.loads(self.setup.pages.read_text("utf-8"))
        self.setup.pages.write_text(json.dumps({**pages, address: digest}), "utf-8")

    def mails(self) -> list[tuple[str, str]]:
        """Mails to be sent, and what is in them."""
        found = []
        while letter := self.store.take_mail("test", self.now + dt.timedelta(days=30), MINUTE):
            facts: Any = letter.facts or {}
            found.append((letter.kind, facts.get("text", "")))
        return found

    def branches(self) -> dict[str, str]:
        """Branches of proposals that everybody sees."""
        form = "--format=%(refname:short) %(objectname)"
        lines = self.shared.git.text("for-each-ref", form, "refs/heads/proposition")
        return dict(line.split(" ") for line in lines.splitlines())

    def main(self, path: str) -> bytes | None:
        """A file of the main branch that everybody sees."""
        shared = self.shared
        return shared.read(shared.resolve("refs/heads/main") or "", path)


def lay(directory: Path, forge: ForgeSettings | None = None) -> Setup:
    """A root, and where there is a forge its repository with that root's files."""
    setup = Setup(directory, forge)
    shutil.copytree(ROOT, setup.root)
    setup.pages.write_text("{}", "utf-8")
    if forge is not None:
        person = Person("x", NOREPLY)
        open_local(setup.root, setup.shared, person=person, message="x", clock=lambda: NOW)
    return setup


@contextlib.contextmanager
def made(directory: Path, kind: str = "local") -> Iterator[Bench]:
    """A bench on a forge of this kind, with a root of its own."""
    lay(directory, None if kind == "local" else ForgeSettings(kind, "", ""))
    with reopened(directory, kind) as bench:
        yield bench


@contextlib.contextmanager
def reopened(directory: Path, kind: str, remembered: State | None = None) -> Iterator[Bench]:
    """A bench where there was one before; ``remembered`` is what its double knew."""
    if kind == "local":
        bench = Bench(Setup(directory))
        yield bench
        bench.close()
        return
    make: Callable[..., Double] = DOUBLES[kind]
    with make(directory / "origin.git", clock=lambda: NOW) as double:
        double.state = remembered or double.state
        bench = Bench(Setup(directory, double.settings), double)
        yield bench
        bench.close()

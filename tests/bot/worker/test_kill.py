"""Killed before and after each of its effects, the worker finds what it had done: one branch, one file, one request, one mail.

The processes are real and end by SIGKILL; git servers and databases are real; the forges are doubles that are held to the
forges' own descriptions. Each place at which the worker can be killed is tried, in each part of a proposal's life.
"""

from __future__ import annotations

import copy
import datetime as dt
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from scripts.bot.submission import State
from tests.bot.samples import NOW
from tests.bot.worker.bench import ARTICLE, KINDS, ONE, SITE, Bench, article, made, reopened, sent
from tests.bot.worker.runner import run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bot.forges.doubles.state import State as ForgeState

pytestmark = pytest.mark.slow
PATH = f"content/{ARTICLE}.md"
BRANCH = f"proposition/{ONE}"
ADDRESS = f"{SITE}/actualites/2026/un-atelier-de-reparation-ouvre/"
DAY = dt.timedelta(days=1)


def accept(bench: Bench) -> None:
    if bench.double is None:
        bench.store.decide(ONE, "accept", by="Alix", at=NOW)
    else:
        number = bench.of().number
        assert number is not None
        bench.forge.merge(number)


def ask_and_correct(bench: Bench) -> None:
    bench.store.decide(ONE, "question", text="Quel jour\u202f?", by="Alix", at=NOW)
    bench.store.decide(ONE, "correct", posted=article(body="Le samedi."), by="", at=NOW)


def withdraw(bench: Bench) -> None:
    bench.store.decide(ONE, "withdraw", by="", at=NOW)


def is_open(bench: Bench) -> None:
    waiting = bench.of()
    assert waiting.state is State.WAITING, (waiting.state, waiting.trouble)
    assert bench.branches() == {BRANCH: waiting.commit}
    count = bench.shared.git.text("rev-list", "--count", f"refs/heads/main..refs/heads/{BRANCH}")
    assert count == "1"
    assert bench.main(PATH) is None
    if bench.double is not None:
        (pull,) = bench.forge.pulls
        assert len(pull.comments) == 1
        assert len(pull.labels) == len(set(pull.labels)) == 3
        assert len(bench.forge.state.statuses) == 1
    assert bench.kinds() == ["received", "opened"]
    assert bench.mails() == [("received", "")]


def is_corrected(bench: Bench) -> None:
    waiting = bench.of()
    assert waiting.state is State.WAITING, (waiting.state, waiting.trouble)
    assert bench.branches() == {BRANCH: waiting.commit}
    assert (bench.shared.read(waiting.commit, PATH) or b"").endswith(b"Le samedi.\n")
    assert bench.shared.git.text("rev-list", "--count", f"refs/heads/main..refs/heads/{BRANCH}") == "2"
    assert bench.kinds() == ["received", "opened", "question", "answer"]
    assert bench.mails() == [("received", ""), ("question", "Quel jour\u202f?")]
    if bench.double is not None:
        assert len(bench.forge.pulls) == 1


def is_online(bench: Bench) -> None:
    online = bench.of()
    assert (online.state, online.address) == (State.PUBLISHED, ADDRESS), online.trouble
    assert bench.branches() == {}
    files = [path for _, _, _, path in bench.shared.files(bench.shared.resolve("refs/heads/main") or "", "content")]
    assert [path for path in files if "un-atelier-de-reparation" in path] == [PATH]
    if bench.double is None:
        assert (bench.root / PATH).read_bytes() == bench.main(PATH)
        merges = bench.shared.git.text("rev-list", "--merges", "--count", "refs/heads/main")
        assert merges == "1"
    assert bench.kinds() == ["received", "opened", "merged", "published"]
    assert [kind for kind, _ in bench.mails()] == ["received", "published"]


def is_withdrawn(bench: Bench) -> None:
    assert bench.of().state is State.WITHDRAWN, bench.of().trouble
    assert bench.branches() == {}
    assert bench.kinds() == ["received", "opened", "withdrawn"]
    assert [kind for kind, _ in bench.mails()] == ["received", "withdrawn"]
    if bench.double is not None:
        (pull,) = bench.forge.pulls
        assert pull.state == "closed"
        assert len([one for one in pull.comments if "retiré" in one.body]) == 1


PARTS: dict[str, tuple[Callable[[Bench], None] | None, Callable[[Bench], None]]] = {
    "open": (None, is_open),
    "correct": (ask_and_correct, is_corrected),
    "accept": (accept, is_online),
    "withdraw": (withdraw, is_withdrawn),
}


@dataclass
class Scene:
    """A proposal just before a part of its life: files, and what the double knows."""

    directory: Path
    kind: str
    part: str
    remembered: ForgeState | None = None

    @classmethod
    def before(cls, part: str, kind: str, directory: Path) -> Scene:
        happens = PARTS[part][0]
        with made(directory, kind) as bench:
            bench.publish(ADDRESS)
            bench.store.add(sent())
            if happens is not None:
                run(bench.setup, NOW)
                happens(bench)
            return cls(directory, kind, part, bench.double.state if bench.double else None)

    def play(self, directory: Path, kill_at: int = -1) -> list[str]:
        """Play the part; the worker is killed once, and started again. The checkpoints that it passed first."""
        shutil.copytree(self.directory, directory)
        happens, check = PARTS[self.part]
        now = NOW + DAY if happens is accept else NOW
        with reopened(directory, self.kind, copy.deepcopy(self.remembered)) as bench:
            passed = run(bench.setup, now, kill_at)
            if kill_at >= 0:
                run(bench.setup, now + DAY)
            check(bench)
        return passed


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", KINDS)
def test_killed_anywhere_there_is_one_of_each(tmp_path: Path, kind: str, part: str) -> None:
    scene = Scene.before(part, kind, tmp_path / "before")
    whole = scene.play(tmp_path / "whole")
    assert any(name.startswith("before") for name in whole)
    for place, name in enumerate(whole):
        if name.startswith("written") and "".join(whole[place + 1 : place + 2]).startswith("before"):
            continue  # nothing can be seen to happen in between, and that place is tried as well
        killed = scene.play(tmp_path / f"killed-{place}", place)
        assert killed == whole[: place + 1], name

"""Killed before and after each thing that it does for an issue, the worker finds what it had done: one proposal, one comment."""

from __future__ import annotations

import copy
import datetime as dt
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pytest

from scripts.bot.submission import State
from tests.bot.forges.doubles import DOUBLES
from tests.bot.samples import NOW
from tests.bot.worker.bench import ARTICLE, SITE, Bench, made, reopened
from tests.bot.worker.issue_texts import TITLE, written
from tests.bot.worker.runner import run
from tests.bot.worker.test_issues import ALL, LABELS, ours

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.bot.forges.doubles.state import IssueOf
    from tests.bot.forges.doubles.state import State as ForgeState

pytestmark = pytest.mark.slow
ADDRESS = f"{SITE}/actualites/2026/un-atelier-de-reparation-ouvre/"
DAY = dt.timedelta(days=1)


def the(bench: Bench) -> IssueOf:
    (issue,) = bench.forge.state.issues
    return issue


def write(bench: Bench) -> None:
    bench.forge.write_issue(TITLE, written(), labels=LABELS)


def write_wrongly(bench: Bench) -> None:
    bench.forge.write_issue(TITLE, written(title=""), labels=LABELS)


def put_right(bench: Bench) -> None:
    bench.forge.edit_issue(the(bench).number, written())


def change(bench: Bench) -> None:
    bench.forge.edit_issue(the(bench).number, written(body="Le samedi."))


def refuse(bench: Bench) -> None:
    bench.forge.close(bench.forge.pulls[0].number)


def accept(bench: Bench) -> None:
    bench.forge.merge(bench.forge.pulls[0].number)


def is_answered(bench: Bench) -> None:
    assert bench.store.listed(ALL) == []
    (comment,) = ours(the(bench))
    assert "Titre" in comment


def is_open(bench: Bench) -> None:
    (waiting,) = bench.store.listed(ALL)
    assert waiting.state is State.WAITING, (waiting.state, waiting.trouble)
    (pull,) = bench.forge.pulls
    assert list(bench.branches()) == [pull.branch]
    (comment,) = ours(the(bench))
    assert waiting.url in comment
    assert bench.kinds(waiting.id) == ["received", "opened"]
    assert bench.mails() == []


def is_corrected(bench: Bench) -> None:
    (waiting,) = bench.store.listed(ALL)
    assert waiting.state is State.WAITING, (waiting.state, waiting.trouble)
    assert (bench.shared.read(waiting.commit, f"content/{ARTICLE}.md") or b"").endswith(b"Le samedi.\n")
    assert bench.kinds(waiting.id) == ["received", "opened", "answer"]
    assert len(ours(the(bench))) == len(bench.forge.pulls) == 1


def is_refused(bench: Bench) -> None:
    (ended,) = bench.store.listed(ALL)
    assert ended.state is State.REFUSED
    (comment,) = ours(the(bench))
    assert "pas retenue" in comment
    assert the(bench).state == "closed"


def is_online(bench: Bench) -> None:
    (ended,) = bench.store.listed(ALL)
    assert ended.state is State.PUBLISHED, ended.trouble
    (comment,) = ours(the(bench))
    assert ADDRESS in comment
    assert the(bench).state == "closed"


PARTS: dict[str, tuple[list[Callable[[Bench], None]], Callable[[Bench], None]]] = {
    "wrong": ([write_wrongly], is_answered),
    "put right": ([write_wrongly, put_right], is_open),
    "open": ([write], is_open),
    "change": ([write, change], is_corrected),
    "refuse": ([write, refuse], is_refused),
    "accept": ([write, accept], is_online),
}


@dataclass
class Scene:
    """An issue just before a part of its life."""

    directory: Path
    kind: str
    part: str
    remembered: ForgeState

    @classmethod
    def before(cls, part: str, kind: str, directory: Path) -> Scene:
        with made(directory, kind) as bench:
            bench.forge.add_labels_of_forms()
            bench.publish(ADDRESS)
            *before, last = PARTS[part][0]
            now = NOW
            for happens in before:
                happens(bench)
                run(bench.setup, now)
                now += DAY
            last(bench)
            return cls(directory, kind, part, bench.forge.state)

    def play(self, directory: Path, kill_at: int = -1) -> list[str]:
        """Play the part; the worker is killed once, and started again. The checkpoints that it passed first."""
        shutil.copytree(self.directory, directory)
        happens, check = PARTS[self.part]
        now = NOW + DAY * (len(happens) - 1)
        with reopened(directory, self.kind, copy.deepcopy(self.remembered)) as bench:
            passed = run(bench.setup, now, kill_at)
            for later in (1, 2) if kill_at >= 0 else ():
                run(bench.setup, now + later * DAY)
            check(bench)
        return passed


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_killed_anywhere_there_is_one_of_each(tmp_path: Path, kind: str, part: str) -> None:
    scene = Scene.before(part, kind, tmp_path / "before")
    whole = scene.play(tmp_path / "whole")
    assert any("issue" in name for name in whole), whole
    for place, name in enumerate(whole):
        following = "".join(whole[place + 1 : place + 2])
        if "issue" not in name and "issue" not in following:
            continue  # tried in test_kill.py
        if name.startswith("written") and following.startswith("before"):
            continue  # nothing can be seen to happen in between, and that place is tried as well
        killed = scene.play(tmp_path / f"killed-{place}", place)
        assert killed == whole[: place + 1], name

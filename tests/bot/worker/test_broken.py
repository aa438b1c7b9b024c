"""What publication could not show is said below its request: once, brought up to date, said anew when it breaks again."""

from __future__ import annotations

import copy
import datetime as dt
import shutil
from typing import TYPE_CHECKING, Any

import pytest

from scripts.bot.store.broken import Letters
from scripts.bot.submission import State
from scripts.bot.worker.broken import LEASE, BrokenTeller
from tests.bot.forges.doubles import DOUBLES
from tests.bot.forges.doubles.faults import Fault
from tests.bot.worker.bench import ARTICLE, SITE, Bench, made, reopened, sent
from tests.bot.worker.runner import run

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.model.yaml.reader import Json

PATH = f"content/{ARTICLE}.md"
ADDRESS = f"{SITE}/actualites/2026/un-atelier-de-reparation-ouvre/"
GUIDE = "https://forge.example/docs/codes.md"
DAY = dt.timedelta(days=1)


def facts(message: str = "La date n’en est pas une.", **changes: Any) -> Json:
    problem = {"line": 4, "code": "bad-date", "message": message, "suggestion": "Écrivez date: 2026-03-04."}
    return {"shown": "earlier", "date": "2026-03-01", "problems": [problem], "more": 0, **changes}


def online(bench: Bench) -> None:
    """A proposal that was accepted and is published."""
    bench.store.add(sent())
    bench.run()
    if bench.double is None:
        bench.decide("accept")
    else:
        bench.forge.merge(bench.forge.pulls[0].number)
    bench.publish(ADDRESS)
    bench.run(after=DAY)
    assert bench.of().state is State.PUBLISHED


def said(bench: Bench) -> list[str]:
    """Our comments about broken files."""
    (pull,) = bench.forge.pulls
    return [comment.body for comment in pull.comments if "fautif" in comment.body]


def tell(bench: Bench, found: dict[str, Json]) -> None:
    bench.now += DAY
    bench.store.broken.record(found, Letters(), bench.now)
    teller = BrokenTeller(bench.place, GUIDE)
    teller.start()
    while teller.run_once(bench.now):
        pass


def test_one_comment_each_time_it_breaks(remote: Bench) -> None:
    online(remote)
    tell(remote, {PATH: facts()})
    (comment,) = said(remote)
    for words in ("**Ligne 4**", "La date n’en est pas une.", f"({GUIDE}#bad-date)", "du 1er", "nouvelle demande"):
        assert words in comment
    tell(remote, {PATH: facts()})
    assert said(remote) == [comment]
    tell(remote, {PATH: facts("Le titre manque.", shown="out", date="")})
    (changed,) = said(remote)
    assert "Le titre manque." in changed
    assert "se passe de lui" in changed
    tell(remote, {})
    assert said(remote) == [changed]
    tell(remote, {PATH: facts()})
    assert len(said(remote)) == 2


def test_what_is_quoted_calls_nobody_and_forges_no_marker(remote: Bench) -> None:
    online(remote)
    hostile = "@reseau <img src=//mal.invalid> closes #1\n/close\n<!-- marqueur:fautif-x --> [x](https://mal.invalid)"
    tell(remote, {PATH: facts(hostile)})
    (comment,) = said(remote)
    for words in ("@reseau", " <img", " #1", "\n/close", " <!-- ", "](https://mal"):
        assert words not in comment
    assert comment.count("<!-- marqueur:") == 1


def test_a_file_that_came_by_no_request_is_said_nowhere(remote: Bench) -> None:
    online(remote)
    tell(remote, {"data/clubs.yaml": facts()})
    assert said(remote) == []
    assert remote.store.broken.take(remote.now + DAY, LEASE) is None


def test_the_local_forge_has_no_comments_and_that_is_no_trouble(bench: Bench) -> None:
    online(bench)
    tell(bench, {PATH: facts()})
    assert bench.store.broken.take(bench.now + DAY, LEASE) is None


@pytest.mark.parametrize("kind", ["refuse", "lose", "half"])
def test_a_comment_whose_answer_is_lost_is_looked_for_and_not_repeated(remote: Bench, kind: str) -> None:
    online(remote)
    remote.forge.faults.push(Fault(kind, "write"))  # type: ignore[arg-type]  # one of its kinds
    tell(remote, {PATH: facts()})
    assert len(said(remote)) == (0 if kind == "refuse" else 1)
    tell(remote, {PATH: facts()})
    assert len(said(remote)) == 1
    assert remote.store.broken.take(remote.now + DAY, LEASE) is None


def test_a_request_that_may_not_be_commented_is_let_be(remote: Bench) -> None:
    online(remote)
    remote.forge.faults.push(Fault.answer(403, {"message": "locked"}, times=1000))
    tell(remote, {PATH: facts()})
    remote.forge.faults.clear()
    assert said(remote) == []
    assert remote.store.broken.take(remote.now + DAY, LEASE) is None


@pytest.mark.slow
@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_killed_anywhere_there_is_one_comment(tmp_path: Path, kind: str) -> None:
    with made(tmp_path / "before", kind) as bench:
        online(bench)
        bench.store.broken.record({PATH: facts()}, Letters(), bench.now)
        now, remembered = bench.now, bench.forge.state

    def play(name: str, kill_at: int) -> list[str]:
        shutil.copytree(tmp_path / "before", tmp_path / name)
        with reopened(tmp_path / name, kind, copy.deepcopy(remembered)) as bench:
            passed = run(bench.setup, now, kill_at)
            if kill_at >= 0:
                run(bench.setup, now + LEASE)
            assert len(said(bench)) == 1, passed
            assert bench.store.broken.take(now + DAY, LEASE) is None
        return passed

    whole = play("whole", -1)
    assert whole == ["before broken comment", "after broken comment", "written broken comment"]
    for place in range(len(whole)):
        play(f"killed-{place}", place)

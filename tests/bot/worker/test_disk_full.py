"""The worker's disk is full, at each place of a proposal's way: nothing is lost, nothing is made twice, and it goes on afterwards.

The disk is real: a small one of its own, which holds the database and the worker's repository.
"""

from __future__ import annotations

import datetime as dt
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.bot.forges.registry import ForgeSettings
from scripts.bot.store import StoreError
from scripts.bot.submission import State
from scripts.bot.worker.worker import Worker
from tests.bot.forges.doubles import DOUBLES
from tests.bot.samples import NOW, sample_id
from tests.bot.worker.bench import Bench, Setup, lay, sent

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.slow
PLACES = ("lease", "push", "open", "label", "comment", "status", "written")
HOUR = dt.timedelta(hours=1)


class Disk:
    """A small disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.filled = 0

    def fill(self) -> None:
        """Take all that is left."""
        for size in (1 << 16, 1 << 12, 1):
            try:
                with (self.folder / f"ballast-{size}").open("wb", buffering=0) as file:
                    while file.write(b"x" * size):
                        pass
            except OSError:
                self.filled += 1

    def free(self) -> None:
        """Give it back."""
        for file in self.folder.glob("ballast-*"):
            file.unlink()


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    folder = tmp_path / "bench" / "state"
    folder.mkdir(parents=True)
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(folder)], check=False, capture_output=True
    )
    if mounted.returncode:
        pytest.skip("a disk of its own needs the right to mount one")
    yield Disk(folder)
    subprocess.run(["umount", "--lazy", str(folder)], check=True)


@pytest.fixture
def bench(disk: Disk) -> Iterator[Bench]:
    directory = disk.folder.parent
    lay(directory, ForgeSettings("forgejo", "", ""))
    with DOUBLES["forgejo"](directory / "origin.git", clock=lambda: NOW) as double:
        bench = Bench(Setup(directory, double.settings, f"sqlite:///{disk.folder}/bot.db"), double)
        yield bench
        bench.close()


def test_nothing_is_lost_and_it_goes_on_when_there_is_room_again(bench: Bench, disk: Disk) -> None:
    troubles = 0
    for number, place in enumerate(PLACES, 1):
        bench.store.add(sent(number))
        full_at = iter([place])

        def checkpoint(passed: str, wanted: Iterator[str] = full_at, name: str = place) -> None:
            if passed.startswith((f"before {name}", name)) and next(wanted, ""):
                disk.fill()

        bench.worker = Worker("w", replace(bench.place, checkpoint=checkpoint))
        if place == "lease":
            disk.fill()
        try:
            for _ in range(40):
                if not bench.worker.run_once(bench.now):
                    break
        except StoreError:
            troubles += 1
        assert disk.filled == number * 3, place
        held = bench.store.by_id(sample_id(number))  # it can still be read
        assert held is not None
        troubles += bool(held.trouble)
        disk.free()
        bench.worker.start()
        for _ in range(4):
            bench.run(HOUR)
        assert bench.of(sample_id(number)).state is State.WAITING, (place, bench.of(sample_id(number)).trouble)
    assert troubles >= len(PLACES) - 1
    branches = {f"proposition/{sample_id(number)}" for number in range(1, len(PLACES) + 1)}
    assert set(bench.branches()) == branches
    assert sorted(pull.branch for pull in bench.forge.pulls) == sorted(branches)
    assert [len(pull.comments) for pull in bench.forge.pulls] == [1] * len(PLACES)
    for number in range(1, len(PLACES) + 1):
        assert bench.kinds(sample_id(number))[:2] == ["received", "opened"]

"""How long a build takes and how much memory it needs, and whether either grows faster than the content.

    python -m benchmarks.build                       1,000 entries with 980 members, and 12,000 with 18,000
    python -m benchmarks.build --sizes 300/100       another size
    python -m benchmarks.build --against main~5      the same with another revision, in turn, as a ratio

A machine is never twice the same: read ratios, not seconds.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import os
import resource
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from tests.generator import write_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROJECT = Path(__file__).resolve().parent.parent
TODAY = dt.date(2026, 3, 4)
SIZES = ("1000/980", "12000/18000")
MEGABYTE = 1024  # of ru_maxrss, which Linux gives in kilobytes


@dataclass(frozen=True, slots=True)
class Measure:
    """One command on one root: seconds on the clock, seconds of all processors, and the largest process in megabytes."""

    wall: float
    cpu: float
    peak: float


@dataclass(frozen=True, slots=True)
class Row:
    """What is said of one size: reading and checking alone, then the whole build, which includes it."""

    entries: int
    members: int
    check: Measure
    build: Measure

    @property
    def things(self) -> int:
        """Files that are read; each gives a page."""
        return self.entries + self.members


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", nargs="+", default=SIZES, metavar="ENTRIES/MEMBERS")
    parser.add_argument("--against", metavar="REVISION", help="a git revision to compare with")
    parser.add_argument("--times", type=int, default=1, help="builds of each size, of which the median counts")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as directory, _revisions(args.against) as revisions:
        rows = _rows(Path(directory), revisions, args.sizes, args.jobs, args.times)
    for name in revisions:
        _print_table(name, [row[name] for row in rows])
    if len(revisions) > 1:
        _print_ratios(rows, list(revisions))


@contextlib.contextmanager
def _revisions(against: str | None) -> Iterator[dict[str, Path]]:
    """The code to measure, by name; another revision is laid out in a worktree of its own, and taken away afterwards."""
    if against is None:
        yield {"here": PROJECT}
        return
    with tempfile.TemporaryDirectory(prefix="bench-worktree-") as directory:
        tree = Path(directory) / "tree"
        git = ["git", "-C", str(PROJECT), "worktree"]
        subprocess.run([*git, "add", "--quiet", "--detach", str(tree), against], check=True)
        try:
            yield {against: tree, "here": PROJECT}
        finally:
            subprocess.run([*git, "remove", "--force", str(tree)], check=True)


def _rows(
    directory: Path, revisions: dict[str, Path], sizes: Sequence[str], jobs: int, times: int
) -> list[dict[str, Row]]:
    """One row a size and revision; revisions take turns, so that a slow minute of the machine hits all."""
    rows = []
    for size in sizes:
        entries, members = map(int, size.split("/"))
        root = directory / size.replace("/", "-")
        write_root(root, entries=entries, members=members, pictures=entries // 50, today=TODAY)
        taken: dict[str, list[tuple[Measure, Measure]]] = {name: [] for name in revisions}
        for _ in range(times):
            for name, code in revisions.items():
                output = directory / "site"
                check = _measure(code, "check", "--root", str(root), "--jobs", str(jobs))
                build = _measure(code, "build", "--root", str(root), "--output", str(output), "--jobs", str(jobs))
                taken[name].append((check, build))
                sys.stderr.write(f"{size} {name}: check {check.wall:.1f} s, build {build.wall:.1f} s\n")
        rows.append({name: Row(entries, members, *_middle(measures)) for name, measures in taken.items()})
    return rows


def _middle(measures: list[tuple[Measure, Measure]]) -> tuple[Measure, Measure]:
    """The median of each figure."""
    checks, builds = zip(*measures, strict=True)
    return tuple(  # type: ignore[return-value]  # one for each of the two
        Measure(median(m.wall for m in each), median(m.cpu for m in each), median(m.peak for m in each))
        for each in (checks, builds)
    )


def _measure(code: Path, command: str, *arguments: str) -> Measure:
    """Run one command of one revision. A process between counts its children, so that measures do not mix.

    Raises:
        SystemExit: the command failed, which it has explained.
    """
    line = [sys.executable, "-m", "scripts", command, *arguments, "--today", TODAY.isoformat()]
    script = f"import sys; sys.path.insert(0, {str(PROJECT)!r}); from benchmarks.build import child; child({line!r})"
    done = subprocess.run([sys.executable, "-c", script], cwd=code, stdout=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{command} failed in {code}")
    wall, cpu, peak = map(float, done.stdout.split())
    return Measure(wall, cpu, peak)


def child(line: list[str]) -> None:
    """Run ``line`` and print seconds, processor seconds and megabytes of its largest process.

    Raises:
        SystemExit: the command failed, with what it said.
    """
    started = time.perf_counter()
    done = subprocess.run(line, capture_output=True, text=True, check=False)
    wall = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(wall, used.ru_utime + used.ru_stime, used.ru_maxrss / MEGABYTE)


def _print_table(name: str, rows: list[Row]) -> None:
    print(f"\n{name}")
    print("entries members |  check s  build s  (cpu s) | ms/entry  ms/file | peak MB  kB/file")
    for row in rows:
        build = row.build
        print(
            f"{row.entries:7} {row.members:7} | {row.check.wall:8.1f} {build.wall:8.1f} {build.cpu:8.1f} |"
            f" {1000 * build.wall / row.entries:8.2f} {1000 * build.wall / row.things:8.2f} |"
            f" {build.peak:7.0f} {build.peak * MEGABYTE / row.things:8.1f}"
        )
    if len(rows) > 1:
        first, last = rows[0], rows[-1]
        time_growth = (last.build.wall / last.things) / (first.build.wall / first.things)
        memory_growth = (last.build.peak / last.things) / (first.build.peak / first.things)
        print(f"per file, last size over first: time × {time_growth:.2f}, memory × {memory_growth:.2f}")


def _print_ratios(rows: list[dict[str, Row]], names: list[str]) -> None:
    before, after = names
    print(f"\n{after} over {before}")
    for row in rows:
        old, new = row[before], row[after]
        print(
            f"{new.entries:7} {new.members:7} | check × {new.check.wall / old.check.wall:.2f}"
            f"  build × {new.build.wall / old.build.wall:.2f}  cpu × {new.build.cpu / old.build.cpu:.2f}"
            f"  peak × {new.build.peak / old.build.peak:.2f}"
        )


if __name__ == "__main__":
    main()

"""How fast submissions are accepted and worked off, and whether the worker's memory stays flat.

    python -m benchmarks.bot                                    2,000 submissions, SQLite
    python -m benchmarks.bot --count 10000
    python -m benchmarks.bot --database postgresql://… --workers 3

Accepting: threads that each add a submission after counting a hit and spending a captcha, as the intake does; the clock stops
when the last is on the disk. Working off: workers on the local forge, until each submission lies before editors.
"""

from __future__ import annotations

import argparse
import datetime as dt
import multiprocessing
import os
import random
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from cryptography.fernet import Fernet

from plugins.forms.posted import Posted
from scripts.bot.clock import utc_now
from scripts.bot.store import Gate, Store
from scripts.bot.store.guarding import window_of
from scripts.bot.submission import NewSubmission, State, make_id
from scripts.bot.worker.local import local_workplace
from scripts.bot.worker.place import Platform
from scripts.bot.worker.worker import Worker
from tests.generator import write_root

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.objects import Site
    from plugins.model.yaml.reader import Json

TODAY = dt.date(2026, 3, 4)
THREADS = 32
HOUR = dt.timedelta(hours=1)
PLATFORM = Platform("Banc d’essai", "http://127.0.0.1:9", "http://127.0.0.1:9", "noreply@localhost")
MEBIBYTE = 1024  # of VmRSS, which Linux gives in kibibytes


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2000, help="submissions")
    parser.add_argument("--entries", type=int, default=200, help="entries that the site has already")
    parser.add_argument("--database", default="", help="an empty database (SQLite in a temporary folder, if not given)")
    parser.add_argument("--workers", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-bot-") as name:
        directory = Path(name)
        write_root(directory / "root", entries=args.entries, members=50, today=TODAY)
        url = args.database or f"sqlite:///{directory}/bot.db"
        key = Fernet.generate_key()
        accept(url, key, submissions(directory / "root", args.count))
        work_off(url, key, directory, args.workers, args.count)


def submissions(root: Path, count: int) -> list[NewSubmission]:
    """Articles that fit the root, each with a title of its own for every tenth of them."""
    site = _site(root)
    author, pillar, kind = next(iter(site.members)), next(iter(site.pillars)), "actualite"
    chance = random.Random(1)  # noqa: S311  # the same submissions each time
    return [
        NewSubmission(
            make_id(chance.randbytes(10)), f"key-{number}", _posted(number // 10, author, pillar, kind), utc_now()
        )
        for number in range(count)
    ]


def _posted(number: int, author: str, pillar: str, kind: str) -> Posted:
    data: dict[str, Json] = {
        "title": f"Un atelier de réparation ouvre, numéro {number}",
        "summary": "Chaque samedi, des bénévoles réparent avec vous ce que vous leur apportez.",
        "date": TODAY.isoformat(),
        "authors": [author],
        "pillars": [pillar],
        "kind": kind,
    }
    return Posted(
        "article", "create", "", "", data, "Venez avec un objet en panne.", "Camille", "c@example.org", None, ""
    )


def _site(root: Path) -> Site:
    from plugins.model.load import load_site  # noqa: PLC0415  # seconds that accepting should not pay for

    site = load_site(root, today=TODAY).site
    assert site is not None  # noqa: S101  # the generator writes whole roots
    return site


def accept(url: str, key: bytes, new: Sequence[NewSubmission]) -> None:
    """Add them all from many threads, and say how long one waited."""
    store = Store.open(url, key=key)
    waits: list[float] = []

    def one(submission: NewSubmission) -> None:
        start = time.perf_counter()
        now = utc_now()
        proof = submission.id, now + HOUR
        store.admit(submission, Gate(f"bucket-{len(waits) % 50}", window_of(now, HOUR), len(new), proof))
        waits.append(time.perf_counter() - start)

    start = time.perf_counter()
    with ThreadPoolExecutor(THREADS) as pool:
        list(pool.map(one, new))
    rate = len(new) / (time.perf_counter() - start)
    store.close()
    waits.sort()
    middle, high = waits[len(waits) // 2] * 1000, waits[int(len(waits) * 0.99)] * 1000
    sys.stdout.write(f"accepted: {rate:,.0f} a second, p50 {middle:.0f} ms, p99 {high:.0f} ms ({THREADS} threads)\n")


def work_off(url: str, key: bytes, directory: Path, workers: int, count: int) -> None:
    """Let the workers bring all before editors; memory of each is printed on the way."""
    context = multiprocessing.get_context("spawn")
    start = time.perf_counter()
    processes = [context.Process(target=_work, args=(url, key, str(directory), number)) for number in range(workers)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    seconds = time.perf_counter() - start
    store = Store.open(url, key=key)
    counts, open_ones = store.counts(), store.listed([State.WAITING], limit=count + 1)
    store.close()
    numbers, entries = {one.number for one in open_ones}, {one.entry_id for one in open_ones}
    sys.stdout.write(f"worked off: {count} in {seconds:.0f} s ({count / seconds:.1f} a second), {workers} worker(s)\n")
    sys.stdout.write(
        f"before editors: {counts.get(State.WAITING, 0)}, requests: {len(numbers)}, entries: {len(entries)}\n"
    )


def _work(url: str, key: bytes, directory: str, number: int) -> None:
    base = Path(directory)
    store = Store.open(url, key=key)
    place = local_workplace(
        store,
        PLATFORM,
        root=base / "root",
        repository=None,
        state=base / f"worker-{number}",
        clock=utc_now,
        look=lambda _: None,
        chance=lambda: 0.5,
    )
    worker, steps = Worker(f"worker-{number}", place), 0
    worker.start()
    while store.counts().get(State.QUEUED, 0) if steps % 50 == 0 else True:
        if not worker.run_once(utc_now()):
            time.sleep(0.2)
        steps += 1
        if steps % 2500 == 0:
            sys.stdout.write(f"  worker {number}: {steps} steps, {_memory():.0f} MiB\n")
            sys.stdout.flush()
    sys.stdout.write(f"  worker {number}: {steps} steps, {_memory():.0f} MiB at the end\n")
    store.close()


def _memory() -> float:
    """What this process holds, in mebibytes."""
    told = Path(f"/proc/{os.getpid()}/status").read_text("ascii")
    return int(told.partition("VmRSS:")[2].split()[0]) / MEBIBYTE


if __name__ == "__main__":
    main()

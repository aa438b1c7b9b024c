"""How many proposals the intake accepts in a second, and how long each waits for its receipt.

    python -m benchmarks.intake                       200 a second for 20 seconds, then as many as it can
    python -m benchmarks.intake --rate 300 --seconds 60
    python -m benchmarks.intake --database postgresql://bot@localhost/bot

It starts ``python -m scripts bot intake`` as it runs in production and sends it posts with solved proofs of work, each from another
network. Each is due at its moment, whether or not earlier ones were answered: what waits in a queue counts as latency. Afterwards
every proposal that was acknowledged has to be in the database. Client and service share the machine.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import datetime as dt
import hashlib
import os
import re
import resource
import signal
import socket
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.request import urlopen

import altcha

from plugins.model.load import load_site
from scripts.bot.clock import utc_now
from scripts.bot.store import Store
from scripts.bot.web.posting.captcha import FEWEST, Captcha
from scripts.bot.web.service import purpose_key
from tests.bot.web.posts import MULTIPART, multipart
from tests.generator import write_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.model.objects import Site

PROJECT: Final = Path(__file__).resolve().parent.parent
SECRET: Final = "benchmark " * 4
ENTRIES, MEMBERS = 1000, 980  # of the site
TODAY: Final = dt.date(2026, 3, 4)
FORM: Final = "/contribuer/evenement/"
CONNECTIONS: Final = 32
STARTS_WITHIN: Final = 120  # seconds
_ID: Final = re.compile(rb"/proposition/([a-z2-7]{16})/")


@dataclass
class Tally:
    """What came back: seconds each took, statuses, ids of the accepted."""

    seconds: list[float] = field(default_factory=list)
    statuses: dict[int, int] = field(default_factory=dict)
    ids: set[str] = field(default_factory=set)
    began: float = 0
    ended: float = 0

    def add(self, due: float, status: int, head: bytes) -> None:
        """Count one answer."""
        now = time.perf_counter()
        self.seconds.append(now - due)
        self.statuses[status] = self.statuses.get(status, 0) + 1
        found = _ID.search(head)
        if status == 202 and found:  # noqa: PLR2004  # RFC 9110: accepted
            self.ids.add(found[1].decode())
        self.ended = max(self.ended, now)

    def told(self) -> str:
        """One line."""
        ordered = sorted(self.seconds)
        parts = [
            f"{share * 100:g} % {ordered[min(len(ordered) - 1, int(len(ordered) * share))] * 1000:.0f} ms"
            for share in (0.5, 0.95, 0.99)
        ]
        rate = len(self.ids) / (self.ended - self.began)
        return (
            f"{rate:.0f} accepted/s, {', '.join(parts)}, longest {ordered[-1] * 1000:.0f} ms, statuses {self.statuses}"
        )


def main(arguments: Sequence[str]) -> int:
    """Measure; 1 if an acknowledged proposal is missing or a bound is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rate", type=int, default=200)
    parser.add_argument("--seconds", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2)
    parser.add_argument("--database", default="")
    args = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as directory:
        folder = Path(directory)
        write_root(folder / "root", entries=ENTRIES, members=MEMBERS, today=TODAY)
        with service(folder, args) as (port, database, process):
            before = cpu_of(process.pid)
            steady = asyncio.run(send(port, posts(folder, args.rate * args.seconds), rate=args.rate))
            print(f"{args.rate} a second: {steady.told()}")
            flat_out = asyncio.run(send(port, posts(folder, args.rate * args.seconds), rate=0))
            print(f"as many as it can: {flat_out.told()}")
            used = cpu_of(process.pid) - before
        missing = lost(database, steady.ids | flat_out.ids)
        count = len(steady.ids | flat_out.ids)
        print(
            f"{count} acknowledged, {len(missing)} of them not in the database; {used / count * 1000:.1f} ms of processor each"
        )
    return int(bool(missing))


@contextlib.contextmanager
def service(folder: Path, args: argparse.Namespace) -> Iterator[tuple[int, str, subprocess.Popen[bytes]]]:
    """The intake as it runs in production, for the time of the block: its port, its database, its first process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    database = args.database or f"sqlite:///{folder}/state/propositions.sqlite"
    environment = os.environ | {
        "CIRCULAR_ROOT": str(folder / "root"),
        "CIRCULAR_STATE": str(folder / "state"),
        "CIRCULAR_DATABASE": database,
        "CIRCULAR_PUBLIC_URL": f"http://127.0.0.1:{port}",
        "CIRCULAR_PORT": str(port),
        "CIRCULAR_PROCESSES": str(args.processes),
        "CIRCULAR_SECRET": SECRET,
        "CIRCULAR_TRUSTED_PROXIES": "127.0.0.1",
    }
    line = [sys.executable, "-m", "scripts", "bot", "intake"]
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(line, cwd=PROJECT, env=environment, stdout=log, stderr=log)
    try:
        wait_for(f"http://127.0.0.1:{port}/sante", process)
        yield port, database, process
    finally:
        process.send_signal(signal.SIGTERM)
        process.wait(60)


def wait_for(address: str, process: subprocess.Popen[bytes]) -> None:
    """Until the service answers. Raises RuntimeError where it does not."""
    until = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < until and process.poll() is None:
        with contextlib.suppress(OSError), urlopen(address, timeout=5):  # noqa: S310  # loopback
            time.sleep(3)  # the other processes, too
            return
        time.sleep(0.2)
    raise RuntimeError("the intake did not start")


def posts(folder: Path, count: int) -> list[bytes]:
    """Whole requests, each another event by the same newcomer, from another network, with a proof of work of its own."""
    loaded = load_site(folder / "root", today=TODAY)
    if loaded.site is None:
        raise RuntimeError("the generated root cannot be read")
    captcha = Captcha(purpose_key(SECRET, "captcha"), utc_now, bytes)  # no chance: the first counter fits
    return [request(loaded.site, number, solved(captcha)) for number in range(count)]


def solved(captcha: Captcha) -> str:
    """A solved challenge; its counter is known, so that it need not be looked for."""
    challenge = altcha.Challenge.from_dict(captcha.challenge())
    solution = altcha.solve_challenge(challenge, counter_start=FEWEST)
    if solution is None:
        raise RuntimeError("no solution in time")
    return altcha.Payload(challenge, solution).to_base64()


def request(site: Site, number: int, proof: str) -> bytes:
    """One POST as a browser sends it behind a proxy."""
    key = hashlib.sha256(f"{os.getpid()} {time.time_ns()} {number}".encode()).hexdigest()[:32]
    pairs = [
        ("key", key),
        ("captcha", proof),
        ("title", f"Atelier de réparation numéro {number} {key[:6]}"),
        ("summary", "Chaque samedi, des bénévoles réparent avec vous ce que vous leur apportez, autour d’un café."),
        ("start", "2026-12-14T18:30"),
        ("end", "2026-12-14T20:30"),
        ("place.name", "La Maison des possibles"),
        ("place.commune", next(iter(site.geography.communes), "14118")),
        ("pillars", next(iter(site.pillars))),
        ("organiser", next(iter(site.members))),
        ("body", "Apportez un objet en panne, repartez avec un objet réparé. " * 20),
        ("contact.name", "Camille Exemple"),
        ("contact.email", f"camille{number}@example.org"),
    ]
    body = multipart(pairs)
    head = (
        f"POST {FORM} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: {MULTIPART}\r\nContent-Length: {len(body)}\r\n"
        f"X-Forwarded-For: 10.{number >> 16 & 255}.{number >> 8 & 255}.{number & 255}\r\n\r\n"
    )
    return head.encode() + body


async def send(port: int, requests: Sequence[bytes], *, rate: int) -> Tally:
    """Send all, ``rate`` a second (0: each as soon as a connection is free)."""
    tally, waiting = Tally(), asyncio.Queue[tuple[float, bytes]]()
    workers = [asyncio.create_task(work(port, waiting, tally)) for _ in range(CONNECTIONS)]
    await asyncio.sleep(0.5)
    tally.began = time.perf_counter()
    for number, one in enumerate(requests):
        due = tally.began + number / rate if rate else 0
        await asyncio.sleep(max(0, due - time.perf_counter()))
        waiting.put_nowait((due, one))
    await waiting.join()
    for worker in workers:
        worker.cancel()
    await asyncio.gather(*workers, return_exceptions=True)
    return tally


async def work(port: int, waiting: asyncio.Queue[tuple[float, bytes]], tally: Tally) -> None:
    """One connection that is kept."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    try:
        while True:
            due, one = await waiting.get()
            sent = time.perf_counter()
            writer.write(one)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head)
            await reader.readexactly(int(length[1]) if length else 0)
            tally.add(due or sent, int(head[9:12]), head)
            waiting.task_done()
    finally:
        writer.close()


def cpu_of(pid: int) -> float:
    """Seconds of processor that a process and its children have used so far."""
    ticks = os.sysconf("SC_CLK_TCK")
    pids = [pid, *(int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split())]
    used = 0.0
    for one in pids:
        fields = Path(f"/proc/{one}/stat").read_text().rpartition(")")[2].split()
        used += (int(fields[11]) + int(fields[12])) / ticks
    return used


def lost(database: str, ids: set[str]) -> set[str]:
    """Those of the acknowledged that the database does not know."""
    store = Store.open(database, key=None)
    try:
        return {one for one in ids if store.by_id(one) is None}
    finally:
        store.close()


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_NOFILE, (4096, resource.getrlimit(resource.RLIMIT_NOFILE)[1]))
    sys.exit(main(sys.argv[1:]))

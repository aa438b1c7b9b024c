"""How long it takes from a merge to the page online, step by step, at several sizes and targets.

    python -m benchmarks.publication                         100 and 1,000 entries, to a folder and to a branch
    python -m benchmarks.publication --sizes 300 --jobs 4    another size

What is measured is what ``publish`` does after an editor's yes: reading and building, sending, looking whether it is there (a
server of files on this machine; a branch is not looked at). First everything is published, then one changed entry. A machine is
never twice the same: read shares.
"""

from __future__ import annotations

import argparse
import datetime as dt
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING

from tests.generator import write_root

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

PROJECT = Path(__file__).resolve().parent.parent
TODAY = dt.date(2026, 3, 4)
_STEP = re.compile(r"([\w ]+?) ([\d,]+) s(?: ·|\.)")
_SENT = re.compile(r"publiée.*?: (.+)")


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=(100, 1000), metavar="ENTRIES")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    args = parser.parse_args()
    print("| entries | target | what | build | send | look | whole | sent |\n|---|---|---|---|---|---|---|---|")
    for entries in args.sizes:
        with tempfile.TemporaryDirectory(prefix="bench-") as directory:
            for row in _rows(Path(directory), entries, args.jobs):
                print(f"| {entries} | {' | '.join(row)} |", flush=True)


def _rows(directory: Path, entries: int, jobs: int) -> Iterator[list[str]]:
    root = directory / "root"
    write_root(root, entries=entries, members=entries // 10 + 1, pictures=entries // 10, today=TODAY)
    repository = directory / "pages.git"
    subprocess.run(["git", "init", "--quiet", "--bare", str(repository)], check=True)
    shown = directory / "site"
    number = 0
    with _server(shown) as url:
        looked = ("--site-url", url)
        for name, address, options in (
            ("folder", str(shown), looked),
            ("branch", f"git+file://{repository}#pages", ("--unchecked",)),
        ):
            for what in ("everything", "one entry"):
                if what == "one entry":
                    number += 1
                    _change(root, number)
                yield [name, what, *_published(root, address, jobs, options)]


def _change(root: Path, number: int) -> None:
    """What one merge changes."""
    entry = min((root / "content" / "articles").rglob("*.md"))
    entry.write_text(f"{entry.read_text('utf-8').rstrip()}\n\nUne phrase de plus, la {number}e.\n", "utf-8")


def _published(root: Path, address: str, jobs: int, more: Sequence[str]) -> list[str]:
    options = ["--root", str(root), "--to", address, "--today", TODAY.isoformat(), "--jobs", str(jobs), *more]
    started = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-m", "scripts", "publish", *options],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=False,
    )
    whole = time.perf_counter() - started
    if done.returncode:
        raise SystemExit(done.stdout + done.stderr)
    steps = {name.strip(): seconds.replace(",", ".") for name, seconds in _STEP.findall(done.stdout.splitlines()[-1])}
    sent = _SENT.search(done.stdout)
    build, send, look = (steps.get(name, "–") for name in ("vérification et fabrication", "envoi", "contrôle en ligne"))
    return [build, send, look, f"{whole:.1f}", sent[1] if sent else "–"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's signature
        """Nothing to the terminal."""


@contextmanager
def _server(folder: Path) -> Iterator[str]:
    """The address of a server of files."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


if __name__ == "__main__":
    main()

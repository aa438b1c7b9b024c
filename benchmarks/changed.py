"""How much less work `check --changed` is than a full check, for the changes that people propose.

    python -m benchmarks.changed                 1,000 entries with 300 members
    python -m benchmarks.changed --entries 300

Both are measured in turn in one process, in seconds of the processor: the ratio is what counts.
"""

from __future__ import annotations

import argparse
import datetime as dt
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from plugins.model.load import load_site
from scripts.changes.narrow import check_change
from tests.generator import write_root

if TYPE_CHECKING:
    from collections.abc import Callable

TODAY = dt.date(2026, 3, 4)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--entries", type=int, default=1000)
    parser.add_argument("--times", type=int, default=5)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        root = Path(folder) / "root"
        write_root(root, entries=args.entries, members=args.entries * 3 // 10, pictures=args.entries // 50, today=TODAY)
        _git(root, "init", "--quiet")
        _git(root, "add", "--all")
        _git(root, "-c", "user.name=b", "-c", "user.email=b@example.org", "commit", "--quiet", "-m", "base")
        for name, change in CHANGES.items():
            change(root)
            full, narrow = _in_turn(root, args.times)
            print(f"{name:32} full {full:6.2f} s   --changed {narrow:6.2f} s   ratio {narrow / full:.2f}")
            _git(root, "checkout", "--quiet", "--", ".")
            _git(root, "clean", "--quiet", "--force", "-d")


def _in_turn(root: Path, times: int) -> tuple[float, float]:
    """The medians of both."""
    taken: list[tuple[float, float]] = []
    for _ in range(times):
        full = _seconds(lambda: load_site(root, today=TODAY))
        taken.append((full, _seconds(lambda: check_change(root, "HEAD", today=TODAY))))
    return median(full for full, _ in taken), median(narrow for _, narrow in taken)


def _seconds(work: Callable[[], object]) -> float:
    start = time.process_time()
    work()
    return time.process_time() - start


def _articles(root: Path) -> list[Path]:
    return sorted((root / "content/articles").rglob("*.md"))


def _one_word(root: Path) -> None:
    file = _articles(root)[0]
    file.write_text(file.read_text(encoding="utf-8") + "\nUn mot de plus.\n", encoding="utf-8")


def _rename(root: Path) -> None:
    file = _articles(root)[0]
    file.rename(file.with_name("un-autre-nom.md"))


def _picture(root: Path) -> None:
    _one_word(root)
    source = min((root / "content").rglob("*.jpg"))
    _articles(root)[0].with_name("nouvelle.jpg").write_bytes(source.read_bytes())


CHANGES: dict[str, Callable[[Path], None]] = {
    "a word more in one article": _one_word,
    "an article with a new picture": _picture,
    "an article under another name": _rename,
}


def _git(root: Path, *arguments: str) -> None:
    subprocess.run(["git", "-C", str(root), *arguments], check=True)


if __name__ == "__main__":
    main()

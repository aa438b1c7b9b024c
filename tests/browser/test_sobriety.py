"""What a page weighs on the wire, as budgets: bytes of HTML, styles, fonts and scripts, compressed, for a first visit."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import pytest

from tests.browser.kinds import ENTRIES, PATTERNS, address

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from playwright.sync_api import Browser

    from tests.search.hosting import Host

pytestmark = pytest.mark.slow
KB = 1000
BUDGETS = {"home": 60 * KB, "map": 150 * KB, **dict.fromkeys(ENTRIES, 45 * KB)}
OTHERS = 60 * KB
WEIGHED = (".html", ".css", ".woff2", ".js", ".mjs", ".json", ".geojson", ".svg")  # pictures of contributors aside
GRADE_A = 80
# Quantiles of the pages of the HTTP Archive, as EcoIndex uses them (https://www.ecoindex.fr/comment-ca-marche/).
ELEMENTS = (0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601)
REQUESTS = (0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920)
KILOBYTES = (
    0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06, 2465.37,
    2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26,
)  # fmt: skip


class Weight(NamedTuple):
    kind: str
    size: int
    requests: int
    elements: int

    @property
    def ecoindex(self) -> float:
        """From 0 to 100; EcoIndex weighs elements three times, requests twice, and bytes once."""
        places = (
            3 * place(self.elements, ELEMENTS) + 2 * place(self.requests, REQUESTS) + place(self.size / KB, KILOBYTES)
        )
        return 100 - 5 * places / 6


def place(value: float, quantiles: Sequence[float]) -> float:
    """Among how many twentieths of all pages the value stands, with the share of the last one."""
    for number in range(1, len(quantiles)):
        if value < quantiles[number]:
            low, high = quantiles[number - 1], quantiles[number]
            return number - 1 + (value - low) / (high - low)
    return len(quantiles) - 1


def weigh(browser: Browser, host: Host, kind: str, path: str) -> Weight:
    context = browser.new_context(viewport={"width": 390, "height": 844})  # its cache is empty
    page = context.new_page()
    host.forget()
    page.goto(host.address + path)
    page.wait_for_load_state("networkidle")
    sent = list(host.sent)
    # Elements within a drawing are not counted, as in EcoIndex's own tool.
    elements = page.evaluate("document.querySelectorAll('*').length - document.querySelectorAll('svg *').length")
    context.close()
    size = sum(bytes_ for sent_path, bytes_ in sent if sent_path.endswith(WEIGHED) or sent_path.endswith("/"))
    return Weight(kind, size, len(sent), elements)


@pytest.mark.parametrize("kind", PATTERNS)
def test_the_page_keeps_to_its_budget_and_its_ecoindex(kind: str, browser: Browser, host: Host, site: Path) -> None:
    weight = weigh(browser, host, kind, address(site, kind))
    print(
        f"\n{kind:14}{weight.size:8} bytes{weight.requests:4} requests{weight.elements:5} elements"
        f"{weight.ecoindex:7.1f} EcoIndex"
    )
    assert weight.size <= BUDGETS.get(kind, OTHERS), weight
    assert weight.ecoindex > GRADE_A, (weight, weight.ecoindex)


def test_ecoindex_is_computed_as_it_is_defined() -> None:
    """A page at the tenth quantile of all three has 50; an empty one has all."""
    assert Weight("", 1448320, 78, 603).ecoindex == pytest.approx(50)
    assert Weight("", 0, 0, 0).ecoindex == 100

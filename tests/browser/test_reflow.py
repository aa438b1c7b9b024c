"""At 320 pixels (WCAG 1.4.10: what 1,280 are at 400 %), with letters far apart or twice as large, nothing is cut off and nothing
scrolls sideways but tables and code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.chromium import launched
from tests.browser.kinds import PATTERNS, address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.search.hosting import Host

pytestmark = pytest.mark.slow
NARROW = 320
WIDTHS = (NARROW, 768, 1440, 3840)
# Elements that stick out of the window and lie in no box that scrolls or cuts by itself, the deepest ones first.
STICKS_OUT = """() => {
  const width = document.documentElement.clientWidth;
  const boxed = (element) => {
    for (let up = element; up && up !== document.documentElement; up = up.parentElement) {
      const { overflowX, clipPath } = getComputedStyle(up);
      if (clipPath !== 'none' || (up !== element && ['auto', 'scroll', 'hidden', 'clip'].includes(overflowX))) return true;
    }
    return false;
  };
  const found = [...document.body.querySelectorAll('*')].filter((element) => {
    const box = element.getBoundingClientRect();
    return box.width > 0 && box.height > 0 && (box.right > width + 1 || box.left < -1) && !element.closest('svg svg, .skip')
      && !boxed(element) && getComputedStyle(element).position !== 'fixed';
  });
  const name = (element) => `${element.tagName.toLowerCase()}.${element.getAttribute('class') || ''} `
    + `${Math.round(element.getBoundingClientRect().right)} px: ${(element.textContent || '').trim().slice(0, 40)}`;
  return found.filter((element) => !found.some((other) => other !== element && element.contains(other))).map(name).slice(0, 6);
}"""
# Words that are cut where they stand: content wider than a box that hides what is too much, without three dots or a way to scroll.
CUT_OFF = """() => [...document.body.querySelectorAll('main *, header *, footer *')].filter((element) => {
  const style = getComputedStyle(element);
  return ['hidden', 'clip'].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1 && element.clientWidth > 1
    && style.textOverflow !== 'ellipsis' && !element.closest('.hidden')
    && (element.textContent || '').trim() && !(element instanceof SVGElement);
}).map((element) => `${element.tagName}.${element.className}: ${(element.textContent || '').trim().slice(0, 40)}`)"""
# What WCAG 1.4.12 (RGAA 10.12) lets readers set, by a sheet that the page's policy has no say in.
SPACED = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets.push(sheet);
}"""
# On the site of long words: the address of each kind that has texts of contributors.
LONG = (
    "home", "list", "article", "agenda", "event", "initiative", "resource", "offer", "call", "consultation", "contribution",
    "research", "directory", "member", "clubs", "club", "pillars", "pillar", "territories", "territory", "tags", "tag", "map",
    "observatory", "form", "search",
)  # fmt: skip


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": NARROW, "height": 640}, locale="fr-FR")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def large(browser: Browser) -> Iterator[BrowserContext]:
    """A browser whose reader has set the size of text to 32 pixels in place of 16 (WCAG 1.4.4, RGAA 10.4)."""
    opened = launched(browser.browser_type, "--blink-settings=defaultFontSize=32")
    yield opened.new_context(locale="fr-FR")
    opened.close()


def overflow(context: BrowserContext, url: str, widths: tuple[int, ...]) -> list[str]:
    """What of the page at ``url`` does not fit at some of the ``widths``."""
    page = context.new_page()
    page.goto(url)
    found = misfits(page, widths)
    page.close()
    return found


def misfits(page: Page, widths: tuple[int, ...] = (NARROW,)) -> list[str]:
    """What of an open page does not fit at some of the ``widths``."""
    found = []
    for width in widths:
        page.set_viewport_size({"width": width, "height": 640})
        scrolls = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        out, cut = page.evaluate(STICKS_OUT), page.evaluate(CUT_OFF)
        if scrolls > 0 or out or cut:
            found.append(f"{width} px: scrolls by {scrolls}; sticks out: {out}; cut off: {cut}")
    return found


@pytest.mark.parametrize("kind", ["home", "event", "map", "agenda", "directory", "observatory"])
def test_the_page_fits_every_window(kind: str, context: BrowserContext, host: Host, site: Path) -> None:
    assert overflow(context, host.address + address(site, kind), WIDTHS) == []


@pytest.mark.parametrize("kind", PATTERNS)
def test_the_page_fits_a_narrow_window_and_bears_the_text_spacing_of_the_reader(
    kind: str, context: BrowserContext, host: Host, site: Path
) -> None:
    page = context.new_page()
    page.goto(host.address + address(site, kind))
    assert misfits(page) == []
    page.evaluate(SPACED)
    assert misfits(page, (NARROW, 1280)) == []
    page.close()


@pytest.mark.parametrize("kind", PATTERNS)
def test_the_page_bears_letters_twice_as_large(kind: str, large: BrowserContext, host: Host, site: Path) -> None:
    assert overflow(large, host.address + address(site, kind), (640, 1280)) == []


@pytest.mark.parametrize("kind", LONG)
def test_long_titles_and_endless_words_break_no_layout(
    kind: str, context: BrowserContext, long_host: Host, long_site: Path
) -> None:
    found = sorted(long_site.glob(PATTERNS[kind].replace("*/index.html", "hostile-0/index.html")))
    path = "/" + found[0].relative_to(long_site).as_posix() if found else address(long_site, kind)
    assert overflow(context, long_host.address + path.removesuffix("index.html"), (NARROW, 1024)) == []


def test_the_measure_would_tell(context: BrowserContext, host: Host) -> None:
    page = context.new_page()
    page.goto(host.address + "/404.html")
    page.evaluate("document.querySelector('main').insertAdjacentHTML('beforeend', '<pre class=wide>x</pre>')")
    page.evaluate("document.querySelector('.wide').style.width = '900px'")
    assert page.evaluate(STICKS_OUT)
    page.close()


def test_nothing_moves_while_the_page_loads(context: BrowserContext, host: Host) -> None:
    """No layout shift: pictures have their size, fonts their room (Core Web Vitals calls 0.1 good)."""
    page = context.new_page()
    page.set_viewport_size({"width": 390, "height": 844})
    page.add_init_script(
        """window.shift = 0; new PerformanceObserver((list) => {
             for (const entry of list.getEntries()) if (!entry.hadRecentInput) window.shift += entry.value;
           }).observe({ type: 'layout-shift', buffered: true });"""
    )
    for address_ in ("/", "/agenda/", "/carte/"):
        page.goto(host.address + address_)
        page.wait_for_load_state("networkidle")
        page.wait_for_timeout(200)
        assert page.evaluate("window.shift") < 0.05, address_
    page.close()

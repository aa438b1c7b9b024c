"""For everybody (RGAA 4.1, WCAG 2.2): axe-core finds nothing on any kind of page, and the keyboard goes everywhere."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.kinds import PATTERNS, address
from tests.site.building import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.search.hosting import Host

pytestmark = pytest.mark.slow
DESKTOP, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
RUN = """async (only) => {
  const options = { resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } };
  if (only) options.runOnly = { type: 'rule', values: only };
  const { violations } = await axe.run(document, options);
  return violations.map(({ id, impact, help, nodes }) => ({
    id, impact, help, nodes: nodes.slice(0, 4).map(({ target, failureSummary }) => `${target.join(' ')}: ${failureSummary}`),
    count: nodes.length,
  }));
}"""
# What depends on the colours, and what depends on the width; the rest is the same in all four.
OF_COLOURS = ["color-contrast", "link-in-text-block"]


@cache
def axe() -> str:
    return (PROJECT / "tests/node/node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    # Colours are judged when they have come to rest, not on their way.
    opened = browser.new_context(viewport=DESKTOP, reduced_motion="reduce", locale="fr-FR", service_workers="block")  # type: ignore[arg-type]
    yield opened
    opened.close()


@pytest.fixture
def page(context: BrowserContext) -> Iterator[Page]:
    opened = context.new_page()
    yield opened
    opened.close()


def findings(page: Page, where: str, only: list[str] | None = None) -> list[str]:
    found: list[dict[str, Any]] = page.evaluate(RUN, only)
    return [
        f"{where}: {one['id']} ({one['count']}): {one['help']}\n    " + "\n    ".join(one["nodes"]) for one in found
    ]


@pytest.mark.parametrize("kind", PATTERNS)
def test_axe_finds_nothing_light_or_dark_on_desktop_or_phone(kind: str, page: Page, host: Host, site: Path) -> None:
    page.goto(host.address + address(site, kind))
    page.wait_for_load_state("networkidle")
    page.evaluate(axe())  # through the browser's own door: the page's policy lets no script in
    found = []
    for name, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        found += findings(page, f"{name}, light")
        page.emulate_media(color_scheme="dark")
        found += findings(page, f"{name}, dark", OF_COLOURS)
    assert not found, "\n" + "\n".join(found)


@pytest.mark.parametrize(
    "kind", ["home", "agenda", "initiatives", "map", "directory", "observatory", "tags", "search", "clubs"]
)
def test_axe_finds_nothing_where_there_is_little_or_nothing(kind: str, page: Page, small_host: Host) -> None:
    page.goto(small_host.address + "/" + PATTERNS[kind].removesuffix("index.html"))
    page.evaluate(axe())
    assert not (found := findings(page, "small region")), "\n".join(found)


def test_axe_would_tell(page: Page, small_host: Host) -> None:
    page.goto(small_host.address + "/")
    page.evaluate(axe())
    page.evaluate(
        "document.querySelector('main').insertAdjacentHTML('beforeend', '<img src=\"/a.png\"><a href=\"/\"></a>')"
    )
    assert {"image-alt", "link-name"} <= {one.split(": ")[1].split(" ")[0] for one in findings(page, "broken")}


# ---- the keyboard -------------------------------------------------------------------------------------------------------

FOCUSED = """() => {
  const element = document.activeElement;
  if (!element || element === document.body) return null;
  const style = getComputedStyle(element), box = element.getBoundingClientRect();
  // Links of a drawing have no outline: their lines and areas must look otherwise than those of a link beside them.
  const drawn = (link) => [...link.querySelectorAll('path, circle')].map((part) => {
    const { stroke, strokeWidth, fill } = getComputedStyle(part);
    return `${parseFloat(strokeWidth) >= 2} ${stroke} ${fill}`;
  }).join();
  const links = element.ownerSVGElement ? [...element.ownerSVGElement.querySelectorAll('a')] : [];
  const others = links.filter((link) => link !== element);
  const seen = others.length ? others.every((other) => drawn(other) !== drawn(element))
    : style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2 || style.boxShadow !== 'none';
  return { tag: element.tagName, text: (element.textContent || '').trim().slice(0, 40), href: element.getAttribute('href'),
    seen, width: box.width, height: box.height, top: box.top, left: box.left,
    inside: { main: !!element.closest('main'), nav: !!element.closest('nav'), footer: !!element.closest('footer') } };
}"""


def tab(page: Page) -> dict[str, Any]:
    page.keyboard.press("Tab")
    found: dict[str, Any] = page.evaluate(FOCUSED) or {}
    return found


@pytest.mark.parametrize("kind", ["home", "event", "map", "search", "directory"])
def test_the_first_key_shows_a_link_that_skips_to_the_content(kind: str, page: Page, host: Host, site: Path) -> None:
    page.goto(host.address + address(site, kind))
    first = tab(page)
    assert first["href"] == "#contenu"
    assert first["top"] >= 0, "the skip link is out of sight while it has the focus"
    assert first["left"] >= 0
    assert first["width"] > 24
    assert first["height"] >= 24
    page.keyboard.press("Enter")
    assert tab(page)["inside"]["main"]


@pytest.mark.parametrize("viewport", [DESKTOP, PHONE], ids=["desktop", "phone"])
@pytest.mark.parametrize("kind", ["home", "initiative", "agenda"])
def test_whatever_has_the_focus_is_seen_to_have_it_and_nothing_keeps_it(
    kind: str, viewport: dict[str, int], page: Page, host: Host, site: Path
) -> None:
    page.set_viewport_size(viewport)  # type: ignore[arg-type]
    page.goto(host.address + address(site, kind))
    unseen, in_footer = [], False
    for _ in range(400):
        focused = tab(page)
        if not focused:
            break
        in_footer = in_footer or focused["inside"]["footer"]
        if not focused["seen"] or not focused["width"]:
            unseen.append(f"{focused['tag']} {focused['text']!r} {focused['href']}")
    assert in_footer, "the focus never came to the end of the page"
    assert unseen == []


def test_the_menu_opens_and_closes_by_keyboard_on_a_phone(page: Page, host: Host) -> None:
    page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    page.goto(host.address + "/")
    menu, button = page.get_by_role("navigation", name="Menu principal"), page.get_by_role("button", name="Menu")
    assert not menu.is_visible()
    for _ in range(12):
        if tab(page).get("text") == "Menu":
            break
    page.keyboard.press("Enter")
    assert menu.is_visible()
    # Chromium puts what a popover holds right behind its button.
    focused = tab(page)
    assert focused["inside"]["nav"], focused
    page.keyboard.press("Escape")
    assert not menu.is_visible()
    assert button.evaluate("element => element === document.activeElement")


def test_the_menu_is_there_at_once_on_a_desktop(page: Page, host: Host) -> None:
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    page.goto(host.address + "/")
    assert page.get_by_role("navigation", name="Menu principal").is_visible()


# ---- without JavaScript, on paper, at rest ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport=PHONE, java_script_enabled=False)  # type: ignore[arg-type]
    yield opened
    opened.close()


@pytest.mark.parametrize("kind", ["home", "map", "search", "agenda", "directory", "resources", "consultation"])
def test_everything_can_be_read_and_reached_without_javascript(
    kind: str, plain: BrowserContext, host: Host, site: Path
) -> None:
    page = plain.new_page()
    page.goto(host.address + address(site, kind))
    assert page.get_by_role("heading", level=1).is_visible()
    links = page.locator("main a[href]")
    assert any(links.nth(number).is_visible() for number in range(links.count()))
    page.get_by_role("button", name="Menu").first.click()
    assert page.get_by_role("navigation", name="Menu principal").is_visible()
    page.close()


@pytest.mark.parametrize("kind", ["home", "article", "event", "agenda", "map"])
def test_paper_holds_the_content_in_dark_on_white_and_not_the_controls(
    kind: str, page: Page, host: Host, site: Path
) -> None:
    page.goto(host.address + address(site, kind))
    page.emulate_media(media="print", color_scheme="dark")
    assert page.get_by_role("heading", level=1).is_visible()
    assert not page.get_by_role("navigation", name="Menu principal").is_visible()
    assert not page.get_by_role("search").first.is_visible()
    ink, paper = page.evaluate(
        "() => { const s = getComputedStyle(document.body); return [s.color, s.backgroundColor] }"
    )
    assert luminance(ink) < 0.2, ink
    assert luminance(paper) > 0.9, paper
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def luminance(colour: str) -> float:
    """Of ``rgb(…)``; a background without colour is the paper itself."""
    parts = [float(part) for part in colour.partition("(")[2].rstrip(")").split(",")]
    return 1.0 if len(parts) > 3 and parts[3] == 0 else sum(parts[:3]) / 3 / 255


def test_nothing_moves_for_those_who_asked_for_rest(page: Page, host: Host) -> None:
    page.goto(host.address + "/")
    moving = page.evaluate(
        """() => [...document.querySelectorAll('*')].filter((element) => {
            const style = getComputedStyle(element);
            const long = (times) => times.split(',').some((time) => parseFloat(time) * (time.includes('ms') ? 1 : 1000) > 10);
            return long(style.transitionDuration) || (style.animationName !== 'none' && long(style.animationDuration));
        }).map((element) => element.tagName + '.' + element.className)"""
    )
    assert moving == []
    assert page.evaluate("getComputedStyle(document.documentElement).scrollBehavior") == "auto"

"""Under the headers of ``_headers``: no kind of page breaks its own policy, logs an error, or asks anything of another host."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.browser.kinds import PATTERNS, address

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.search.hosting import Host

pytestmark = pytest.mark.slow
WATCH = """
window.violations = [];
document.addEventListener('securitypolicyviolation', (event) => {
  window.violations.push(`${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber} ${event.sample}`);
});
"""


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    opened = browser.new_context(viewport={"width": 1280, "height": 800}, locale="fr-FR")
    opened.add_init_script(WATCH)
    yield opened
    opened.close()


class Watched:
    """A page, and everything that it complained of or asked for."""

    def __init__(self, context: BrowserContext, host: Host) -> None:
        self.host = host
        self.faults: list[str] = []
        self.page = context.new_page()
        self.page.on(
            "console", lambda said: self.faults.append(said.text) if said.type in {"error", "warning"} else None
        )
        self.page.on("pageerror", lambda error: self.faults.append(str(error)))
        self.page.on("requestfailed", lambda request: self.faults.append(f"failed: {request.url}"))
        self.page.on(
            "response",
            lambda answer: self.faults.append(f"{answer.status} {answer.url}") if answer.status >= 400 else None,
        )
        self.page.on("request", lambda request: self._own(request.url))

    def _own(self, url: str) -> None:
        if not url.startswith((self.host.address + "/", "data:", "blob:")):
            self.faults.append(f"another host: {url}")

    def all_faults(self) -> list[str]:
        return [*self.faults, *self.page.evaluate("window.violations")]


@pytest.fixture
def watched(context: BrowserContext, host: Host) -> Iterator[Watched]:
    opened = Watched(context, host)
    yield opened
    opened.page.close()


def test_the_policy_is_strict(site: Path) -> None:
    policies = [
        line
        for line in (site / "_headers").read_text(encoding="utf-8").splitlines()
        if "Content-Security-Policy" in line
    ]
    assert policies
    for policy in policies:
        assert "unsafe-inline" not in policy
        assert "'unsafe-eval'" not in policy
    assert all("default-src 'none'" in policy for policy in policies[1:])


def test_each_page_carries_its_policy_for_hosts_without_headers(site: Path) -> None:
    without = [
        page.relative_to(site).as_posix()
        for page in sorted(site.rglob("*.html"))
        if b'http-equiv="Content-Security-Policy"' not in page.read_bytes()
        and b'http-equiv="refresh"' not in page.read_bytes()
    ]
    assert without == []


@pytest.mark.parametrize("kind", PATTERNS)
def test_a_page_keeps_to_its_policy_and_to_its_own_host(kind: str, watched: Watched, host: Host, site: Path) -> None:
    answer = watched.page.goto(host.address + address(site, kind))
    assert answer is not None
    assert answer.status == 200
    assert "default-src 'none'" in answer.headers["content-security-policy"]
    watched.page.wait_for_load_state("networkidle")
    _touch(watched.page)
    assert watched.all_faults() == []


def _touch(page: Page) -> None:
    """What wakes scripts: the field of the search takes the focus, the page is scrolled."""
    field = page.locator("input[type=search]:visible").first
    if field.count():
        field.focus()
        field.press_sequentially("re", delay=20)
    page.mouse.wheel(0, 4000)
    page.wait_for_load_state("networkidle")


def test_a_script_that_got_into_a_page_would_not_run(watched: Watched, host: Host) -> None:
    watched.page.goto(host.address + "/")
    watched.page.evaluate(
        """() => {
            const script = document.createElement('script');
            script.textContent = 'window.ran = true';
            document.body.append(script);
            document.body.insertAdjacentHTML('beforeend', '<img src="data:," onerror="window.ran = true">');
        }"""
    )
    watched.page.wait_for_timeout(200)
    assert watched.page.evaluate("window.ran === undefined")
    assert watched.page.evaluate("window.violations.length") >= 1

"""The editors' desk and « toujours exact ? » for everybody: axe finds nothing, 320 pixels are enough, both schemes are read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.bot.review.test_desk import DESK, MAIL, deliver, link_in, opened, press, published
from tests.bot.review.test_in_browser import LONG, judged
from tests.bot.samples import NOW
from tests.browser.test_accessibility import DESKTOP
from tests.browser.test_reflow import CUT_OFF, STICKS_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, Page

    from tests.bot.review.conftest import Desk

pytestmark = pytest.mark.slow


@pytest.fixture
def full(root: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk with something in most lists, and long words in them."""
    article = root / "content" / "articles" / "2025" / "une-echelle-pour-dix.md"
    twin = article.with_name("une-echelle-pour-dix-encore.md")
    twin.write_text(article.read_text(encoding="utf-8"), encoding="utf-8")
    with opened(root, tmp_path / "state", **MAIL) as desk:
        published(desk)
        desk.waiting(2, data={"title": f"Un atelier {LONG}"}, created=NOW)
        yield desk


@pytest.fixture
def page(browser: Browser, full: Desk) -> Iterator[Page]:
    context = browser.new_context(
        viewport=DESKTOP,  # type: ignore[arg-type]  # a plain dict is what Playwright takes
        reduced_motion="reduce",
        locale="fr-FR",
        base_url=str(full.browser.base_url),
    )
    yield context.new_page()
    context.close()


def test_axe_finds_nothing(full: Desk, page: Page) -> None:
    page.goto(DESK)
    assert page.get_by_role("button", name="Demander si c’est toujours exact").count() == 1
    found = judged(page, "desk")
    press(full)
    link = link_in(deliver(full))
    page.goto(link)
    found += judged(page, "exact")
    page.get_by_role("button", name="Oui, tout est encore exact").click()
    page.get_by_text("Merci").wait_for()
    found += judged(page, "thanks")
    assert found == []


def test_narrow_screens_scroll_tables_and_not_the_page(full: Desk, page: Page) -> None:
    press(full)
    link = link_in(deliver(full))
    page.set_viewport_size({"width": 320, "height": 640})
    for address in (DESK, link):
        page.goto(address)
        assert page.evaluate(STICKS_OUT) == []
        assert page.evaluate(CUT_OFF) == []


def test_the_button_asks_and_the_page_says_so(page: Page) -> None:
    page.goto(DESK)
    page.get_by_role("button", name="Demander si c’est toujours exact").click()
    page.get_by_role("status").filter(has_text="La question est partie").wait_for()
    assert page.get_by_role("button", name="Demander si c’est toujours exact").count() == 0

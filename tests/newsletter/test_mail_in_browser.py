"""The mail as an engine shows it: on a phone and a wide screen, with words that do not end, loading nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.letter_mail import Scope, mail
from plugins.model.months import Month
from tests.browser.test_accessibility import RUN, axe
from tests.newsletter.region import CONTENT, region

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Browser

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def endless(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A letter whose titles and summaries are single words as long as they may be."""
    content = {name: {**fields, "title": "W" * 118, "summary": "Z" * 290} for name, fields in CONTENT.items()}
    found = mail(region(tmp_path_factory.mktemp("long"), content=content), Month(2026, 11), Scope(), demo=True)
    assert found is not None
    return found.html


@pytest.mark.parametrize("width", [320, 360, 600, 1440])
def test_no_mailbox_has_to_be_scrolled_sideways(width: int, endless: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": width, "height": 900})
    page.set_content(endless)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("table table").bounding_box()["width"] == min(600, width - 16)  # type: ignore[index]  # it is shown
    page.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_and_nothing_is_loaded(scheme: str, browser: Browser, tmp_path: Path) -> None:
    found = mail(
        region(tmp_path), Month(2026, 11), Scope(), demo=True, intro="Bonjour.", unsubscribe="https://a.example"
    )
    assert found is not None
    page = browser.new_page(viewport={"width": 600, "height": 900}, color_scheme=scheme)  # type: ignore[arg-type]  # a literal
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.set_content(found.html)
    assert asked == []
    page.evaluate(axe())
    # A mail has no landmarks: most mail programs take « main » away, and show it inside a page that has its own.
    assert [one for one in page.evaluate(RUN, None) if one["id"] not in {"landmark-one-main", "region"}] == []
    page.close()

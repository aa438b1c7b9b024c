"""The page « Avant et après » in a real browser: served and from a disk, on a phone and on a desk, light and dark."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.browser.test_accessibility import OF_COLOURS, RUN, axe
from tests.previewing.proposing import FIRST, propose
from tests.search.hosting import hosted

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, BrowserContext, Page

pytestmark = pytest.mark.slow
NARROW, WIDE = 360, 1440
ALONE = RUN.replace("resultTypes", "iframes: false, resultTypes")
LONG = "article-" + "interminable" * 8


@pytest.fixture(scope="module")
def preview(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A changed page with a picture, a new one with a long name, a removed member's, and a broken one."""
    proposal = propose(tmp_path_factory.mktemp("avant-apres"))
    proposal.edit(FIRST, "Le premier texte", "Le tout dernier texte")
    text = (proposal.root / FIRST).read_text(encoding="utf-8")
    proposal.write(f"content/articles/2026/{LONG[:60]}.md", text.replace("Article numéro 0", LONG))
    proposal.write("content/articles/2026/casse.md", "---\ntitle: [\n---\n")
    (proposal.root / "data/members/personne-2.yaml").unlink()
    assert proposal.preview("--title", "Proposition 12") == 1
    return proposal.out


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(java_script_enabled=True, locale="fr-FR", reduced_motion="reduce")
    yield made
    made.close()


def faults(page: Page, where: str) -> list[dict[str, Any]]:
    """What axe finds, light and dark. It cannot ask frames in which no script runs, so those are opened by themselves."""
    page.evaluate(axe())
    found = []
    for scheme, only in (("light", None), ("dark", OF_COLOURS)):
        page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]  # one of its words
        found += [{**one, "where": f"{where}, {scheme}"} for one in page.evaluate(ALONE, only)]
    return found


@pytest.mark.parametrize("width", [NARROW, WIDE])
def test_sides_stand_where_there_is_room_and_axe_finds_nothing(
    context: BrowserContext, preview: Path, width: int
) -> None:
    page = context.new_page()
    page.set_viewport_size({"width": width, "height": 900})
    # Without the header that forbids all scripts, which axe is; the page's own policy stands.
    with hosted(preview, "/propositions/12", Content_Security_Policy="frame-ancestors 'self'") as host:
        page.goto(f"{host.address}/")
        page.locator("#page-2 iframe").first.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        boxes = [
            frame.bounding_box()
            for frame in page.locator("section", has_text="Page modifiée").first.locator("iframe").all()
        ]
        assert len(boxes) == 2
        before, after = (box or {"x": 0, "y": 0, "width": 0, "height": 0} for box in boxes)
        if width == WIDE:
            assert before["y"] == after["y"]
            assert before["x"] + before["width"] <= after["x"]
        else:
            assert before["x"] == after["x"]
            assert before["y"] + before["height"] <= after["y"]
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        found = faults(page, "avant et après")
        page.goto(f"{host.address}/apres/actualites/2026/article-0/index.html")
        assert not [*found, *faults(page, "une page")], found


def test_it_works_from_a_disk_without_scripts_and_asks_nobody_anything(browser: Browser, preview: Path) -> None:
    context = browser.new_context(java_script_enabled=False, offline=True)
    try:
        page = context.new_page()
        asked, failed, said = [], [], []
        page.on("request", lambda request: asked.append(request.url))
        page.on("requestfailed", lambda request: failed.append(request.url))
        page.on("console", lambda message: said.append(message.text))
        page.goto((preview / "index.html").as_uri())
        page.get_by_text("Article numéro 0").first.wait_for()
        for frame in page.locator("iframe").all():
            frame.scroll_into_view_if_needed()
        page.wait_for_load_state("networkidle")
        assert {url.partition(":")[0] for url in asked} == {"file"}
        assert (failed, said) == ([], [])
        shown = {url.partition("/apercu/")[2] for url in asked}
        assert {f"{side}/actualites/2026/article-0/index.html" for side in ("avant", "apres")} <= shown
        assert {f"{side}/actualites/2026/article-0/atelier.png" for side in ("avant", "apres")} <= shown
        page.get_by_role("link", name="La page après : Article numéro 0").click()
        page.get_by_text("cette page n’est pas publiée").wait_for()
        page.get_by_role("link", name="Tout voir, avant et après").click()
        page.get_by_role("heading", name="Avant et après").wait_for()
    finally:
        context.close()

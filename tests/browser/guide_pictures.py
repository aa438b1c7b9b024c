"""Pictures of the way of a proposal, for the guides: form, preview, receipt, status page, queue, desk.

python -m tests.browser.guide_pictures docs/images

``serve`` runs on a copy of the project's own content, and a browser fills in the form as a person would. The pictures differ only
by what the proposal is called by chance; take them again when the form has changed.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from playwright.sync_api import sync_playwright

from tests.browser.chromium import launched
from tests.browser.screenshots import packed
from tests.scripts.serving import serving
from tests.site.building import PROJECT, TODAY

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

PHONE: Final = {"width": 390, "height": 844}
DESK: Final = {"width": 1280, "height": 800}
SHORT: Final = {"width": 1024, "height": 760}
EVENT: Final = {
    "title": "Atelier vélo, on répare ensemble",
    "summary": "Apportez un vélo qui ne roule plus\u202f: deux bénévoles vous montrent comment le remettre en route.",
    "start": "2027-03-20T14:00",
    "end": "2027-03-20T17:30",
    "place.name": "Maison des associations",
    "place.commune": "Caen",
    "body": "L’atelier commence par un tour de table\u202f: chacun dit ce qui cloche. Ensuite, on démonte.\n\n"
    "## Ce qu’il faut apporter\n\n- le vélo, ou seulement la roue\u202f;\n- un chiffon.\n\nLes outils sont sur place.",
    "contact.name": "Camille Exemple",
    "contact.email": "camille@example.org",
}
PILLAR: Final = "Allongement de la durée d’usage"
BUTTON: Final = "Voir l’aperçu"


def main() -> None:
    """Take them all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("directory", type=Path)
    directory: Path = parser.parse_args().directory
    directory.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("content", "data"):
            shutil.copytree(PROJECT / name, Path(folder) / name)
        with serving(Path(folder), "--today", TODAY) as server, sync_playwright() as playwright:
            browser = launched(playwright.chromium)
            address = f"http://127.0.0.1:{server.port}"
            for name, picture in taken(browser, address).items():
                (directory / f"{name}.png").write_bytes(packed(picture))
                print(directory / f"{name}.png")


def taken(browser: Browser, address: str) -> dict[str, bytes]:
    """The pictures by name."""
    desk, phone = page_of(browser, DESK), page_of(browser, PHONE)
    for page in (desk, phone):
        page.goto(f"{address}/contribuer/evenement/")
        fill(page)
    found = {"formulaire": part(phone, "[name=title]", above=250, height=590)}
    desk.get_by_role("button", name=BUTTON).first.click()
    desk.frame_locator("dialog.preview iframe").get_by_role("heading", name=EVENT["title"]).wait_for()
    found["apercu"] = part(desk, ".form", above=16, height=520)
    phone.get_by_role("button", name=BUTTON).last.click()
    phone.frame_locator("dialog.preview iframe").get_by_role("heading", name=EVENT["title"]).wait_for()
    phone.wait_for_timeout(300)
    found["apercu-telephone"] = phone.screenshot()
    desk.get_by_role("button", name="Fermer l’aperçu").click()
    desk.set_viewport_size(SHORT)  # type: ignore[arg-type]  # its own dict of a width and a height
    desk.get_by_role("button", name="Envoyer").click()
    desk.locator("a[rel=status]").wait_for()
    found["recu"] = part(desk, "h1", above=24)
    desk.locator("a[rel=status]").click()
    desk.get_by_role("heading", name="Ce qui s’est passé").wait_for()
    desk.wait_for_timeout(5000)  # until the worker has done its part
    desk.reload()
    found["suivi"] = part(desk, "h1", above=24)
    for name, path in (("relecture", "/relecture/"), ("bureau", "/relecture/bureau/")):
        desk.goto(f"{address}{path}")
        found[name] = part(desk, "h1", above=24)
    return found


def page_of(browser: Browser, size: dict[str, int]) -> Page:
    """A page of its own, at rest, in French."""
    viewport: Any = size
    context = browser.new_context(viewport=viewport, reduced_motion="reduce", color_scheme="light", locale="fr-FR")
    return context.new_page()


def fill(page: Page) -> None:
    """What an event needs."""
    page.get_by_text("En dire plus").click()
    for name, text in EVENT.items():
        page.locator(f'.form [name="{name}"]').fill(text)
    page.get_by_label(PILLAR).check()


def part(page: Page, selector: str, *, above: int, height: int = 0) -> bytes:
    """What the window shows when it begins ``above`` pixels above an element, or its upper part of a ``height``.

    Inputs of dates stay below: they show them as the browser's own language wants, which is not always French.
    """
    page.evaluate("document.fonts.ready")
    top = page.locator(selector).first.evaluate("element => element.getBoundingClientRect().top + scrollY")
    page.evaluate(f"scrollTo(0, {top} - {above})")
    page.wait_for_timeout(300)
    size: Any = page.viewport_size
    return page.screenshot(clip={"x": 0, "y": 0, "width": size["width"], "height": height or size["height"]})


if __name__ == "__main__":
    main()

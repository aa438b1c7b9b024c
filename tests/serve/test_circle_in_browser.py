"""The whole circle in a real browser: a visitor with a phone, with and without JavaScript; an editor; the page; the status page."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.scripts.serving import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext, Page

    from tests.serve.conftest import Stage

pytestmark = pytest.mark.slow
PHONE = {"width": 390, "height": 844}
DESKTOP = {"width": 1280, "height": 900}
WAIT = PATIENCE * 1000


@pytest.fixture(params=["avec script", "sans script"])
def script(request: pytest.FixtureRequest) -> str:
    """Whether the visitor's browser runs JavaScript, in words for titles."""
    return str(request.param)


@pytest.fixture
def visitor(script: str, browser: Browser, stage: Stage) -> Iterator[Page]:
    """A visitor's phone."""
    context = browser.new_context(
        viewport=PHONE,  # type: ignore[arg-type]
        java_script_enabled=script == "avec script",
        locale="fr-FR",
        base_url=stage.address,
        has_touch=True,
        is_mobile=True,
    )
    yield context.new_page()
    context.close()


@pytest.fixture
def editor(browser: Browser, stage: Stage) -> Iterator[Page]:
    """An editor's screen; whatever the browser complains of is a failure."""
    context: BrowserContext = browser.new_context(viewport=DESKTOP, locale="fr-FR", base_url=stage.address)  # type: ignore[arg-type]
    page = context.new_page()
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    # The preview is in a frame where nothing runs, and browsers say so each time something would have; they also say when a
    # form comes back.
    expected = ("'allow-scripts' permission is not set", "status of 422")
    assert [one for one in complaints if not any(part in one for part in expected)] == []


def fill(page: Page, title: str) -> None:
    """What is required, and a text."""
    page.get_by_label("Titre", exact=False).first.fill(title)
    page.locator("[name=summary]").fill(
        "Une journée pour apprendre à réparer ce que l’on jette, avec les ateliers du quartier."
    )
    page.locator("[name=start]").fill("2027-04-17T14:00")
    page.locator("[name=end]").fill("2027-04-17T18:00")
    page.locator("[name='place.name']").fill("Halle du marché")
    page.locator("[name=pillars]").first.check()
    page.get_by_text("En dire plus").click()
    page.locator("[name=body]").fill("Apportez un objet en panne.")
    page.locator("[name='contact.name']").fill("Camille Nouvelle")
    page.locator("[name='contact.email']").fill("camille@example.org")


def send(page: Page) -> str:
    """Press the button of the form; gives the address of the status page that the receipt names."""
    page.locator("form[data-form] button[type=submit]:not([name], [formaction])").click()
    link = page.locator("a[rel=status]")
    link.wait_for(timeout=WAIT)
    address = link.get_attribute("href")
    assert address is not None
    return address


def open_review(editor: Page, stage: Stage, title: str) -> None:
    """Find a proposal in the queue, once it waits there."""
    stage.until(lambda: title in stage.client.get("/relecture/?etat=waiting").text, f"« {title} » waits")
    editor.goto("/relecture/")
    editor.get_by_role("link", name=title).click()
    editor.get_by_role("heading", level=1, name=title).wait_for()


def wait_for_words(page: Page, words: str) -> None:
    """Load a page again until it says something."""
    for _ in range(PATIENCE):
        if page.get_by_text(words).count():
            return
        page.wait_for_timeout(1000)
        page.reload()
    pytest.fail(f"« {words} » was never said: {page.locator('main').inner_text()}")


def test_an_event_goes_from_a_phone_to_the_agenda(visitor: Page, editor: Page, stage: Stage, script: str) -> None:
    title = f"Bal des objets réparés {script}"
    before = stage.git("rev-parse", "main")
    visitor.goto("/contribuer/")
    visitor.get_by_role("main").get_by_role("link", name=re.compile("évènement")).click()
    fill(visitor, title)
    visitor.goto(send(visitor))
    branch = f"proposition/{visitor.url.split('/')[4]}"

    open_review(editor, stage, title)
    assert stage.git("rev-list", "--count", f"{before}..{branch}") == "1"
    preview = editor.frame_locator("iframe.preview")
    preview.get_by_role("heading", level=1, name=title).wait_for()
    assert editor.get_by_text("La vérification ne trouve rien à redire.").is_visible()
    assert editor.get_by_text("adresse non confirmée").first.is_visible()
    head = stage.git("rev-parse", branch)
    editor.get_by_role("button", name="Accepter et publier").click()
    editor.get_by_text("Vous avez accepté la proposition.").wait_for()

    wait_for_words(visitor, "Mise en ligne")
    assert stage.git("rev-list", "--parents", "-1", "main").split()[1:] == [before, head]
    address = visitor.get_by_role("link", name=re.compile("page", re.IGNORECASE)).and_(visitor.locator("main a")).first
    address.click()
    assert "/agenda/2027/" in visitor.url
    assert visitor.get_by_role("heading", level=1, name=title).is_visible()
    assert visitor.get_by_text("Halle du marché").first.is_visible()


def test_a_page_is_changed_and_an_editor_sees_what_changes(
    visitor: Page, editor: Page, stage: Stage, script: str
) -> None:
    addition = f"Entrée libre, {script}."
    entry = min((stage.root / "content/initiatives").rglob("*.md")).relative_to(stage.root / "content").with_suffix("")
    visitor.goto(f"/initiatives/{entry.parent.name}/{entry.name}/")
    title = visitor.get_by_role("heading", level=1).inner_text()
    visitor.get_by_role("link", name="Modifier cette page").or_(
        visitor.get_by_role("link", name="Proposer une modification")
    ).click()
    assert visitor.locator("[name=title]").input_value() == title
    body = visitor.locator("[name=body]").input_value()
    visitor.locator("[name=body]").fill(f"{body}\n\n{addition}")
    visitor.locator("[name='contact.name']").fill("Camille Nouvelle")
    visitor.locator("[name='contact.email']").fill("camille@example.org")
    visitor.goto(send(visitor))

    open_review(editor, stage, title)
    added = editor.locator("tr.added", has_text=addition)
    assert added.get_by_text("ajouté").count() == 1
    assert editor.locator("tr.removed").count() == 0
    editor.frame_locator("iframe.preview").get_by_text(addition).wait_for()
    editor.get_by_role("button", name="Accepter et publier").click()

    wait_for_words(visitor, "Mise en ligne")
    visitor.goto(f"/initiatives/{entry.parent.name}/{entry.name}/")
    assert visitor.get_by_text(addition).is_visible()
    assert addition in stage.git("show", f"main:content/{entry}.md")


def test_a_refusal_needs_a_reason_and_the_visitor_reads_it(
    visitor: Page, editor: Page, stage: Stage, script: str
) -> None:
    title = f"Grande réclame {script}"
    before = stage.git("rev-parse", "main")
    visitor.goto("/contribuer/evenement/")
    fill(visitor, title)
    visitor.goto(send(visitor))

    open_review(editor, stage, title)
    editor.locator("summary", has_text="Refuser").click()
    editor.locator("#page-refuse").evaluate("element => element.removeAttribute('required')")
    editor.get_by_role("button", name="Refuser").click()
    alert = editor.get_by_role("alert")
    alert.wait_for()
    assert "Écrivez la raison du refus" in alert.inner_text()
    editor.get_by_role("link", name="Aller au texte à corriger").click()
    editor.get_by_label("La raison du refus").fill("C’est de la publicité\u202f; racontez ce que vous faites.")
    editor.get_by_role("button", name="Refuser").click()
    editor.get_by_text("La proposition est refusée, avec la raison").wait_for()

    wait_for_words(visitor, "C’est de la publicité")
    assert stage.git("rev-parse", "main") == before
    assert f"proposition/{visitor.url.split('/')[4]}" not in stage.branches()

"""The review pages for everybody: axe finds nothing, 320 pixels are enough, a keyboard is enough."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store.broken import Letters
from scripts.bot.submission import State, Step
from tests.bot.samples import NOW
from tests.browser.test_accessibility import DESKTOP, OF_COLOURS, PHONE, axe, findings, tab
from tests.browser.test_reflow import CUT_OFF, STICKS_OUT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

    from plugins.model.yaml.reader import Json
    from tests.bot.review.conftest import Desk

pytestmark = pytest.mark.slow
LONG = "Anticonstitutionnellement" * 4
DAY = dt.timedelta(days=1)


def pages(desk: Desk) -> dict[str, str]:
    """One of each kind of page, as full as it gets."""
    site = desk.service.root.edition().site
    entry = next(one for one in site.entries.values() if one.type.name == "article")
    body = (desk.service.root.path / entry.path).read_text(encoding="utf-8").split("---\n", 2)[2]
    edit = {**entry.fields, "title": f"{entry.title} {LONG}"[:110]}
    new = {"title": f"Un atelier {LONG}", "clubs": list(site.clubs)}
    profile = {"name": "Noé Lande", "kind": "citoyen", "organisation": LONG}
    found = {
        "new": desk.waiting(1, data=new, posted={"message": LONG, "profile": profile}),
        "edit": desk.waiting(2, posted={"action": "edit", "target": entry.id, "data": edit, "body": f"{body}\n\n{LONG} neuf."}),
        "wrong": desk.waiting(3, data={"title": "x", "authors": [LONG]}, created=NOW - 9 * DAY),
        "suspected": desk.add(4, data={"title": "Un envoi douteux"}, state=State.QUARANTINE),
        "stopped": desk.moved(desk.add(5), state=State.QUEUED, step=Step.PUSH, trouble=f"Le dépôt {LONG} est plein."),
        "refused": desk.moved(desk.add(6), state=State.REFUSED),
    }  # fmt: skip
    desk.service.store.raise_notice("forge", f"La forge {LONG} ne répond pas.", NOW)
    problem: Json = {"line": 4, "code": "bad-date", "message": f"« {LONG} » n’est pas une date.", "suggestion": ""}
    broken: Json = {"shown": "out", "date": "", "problems": [problem], "more": 1}
    desk.service.store.broken.record({f"content/articles/2026/{LONG.lower()}.md": broken}, Letters(), NOW)
    lists = {"queue": "/relecture/", "none left": "/relecture/?q=rien", "quarantine": "/relecture/quarantaine/"}
    return lists | {name: f"/relecture/{one.id}/" for name, one in found.items()}


@pytest.fixture
def page(browser: Browser, desk: Desk) -> Iterator[Page]:
    context = browser.new_context(
        viewport=DESKTOP,  # type: ignore[arg-type]
        reduced_motion="reduce",
        locale="fr-FR",
        base_url=str(desk.browser.base_url),
    )
    yield context.new_page()
    context.close()


def judged(page: Page, name: str) -> list[str]:
    page.evaluate(axe())
    found = []
    for width, viewport in (("desktop", DESKTOP), ("phone", PHONE)):
        page.set_viewport_size(viewport)  # type: ignore[arg-type]
        page.emulate_media(color_scheme="light")
        found += findings(page, f"{name}, {width}, light")
        page.emulate_media(color_scheme="dark")
        found += findings(page, f"{name}, {width}, dark", OF_COLOURS)
    return found


def test_axe_finds_nothing_and_a_narrow_window_is_enough(desk: Desk, page: Page) -> None:
    found = []
    for name, path in pages(desk).items():
        page.goto(path)
        for summary in page.locator("main summary").all():
            summary.click()
        found += judged(page, name)
        page.set_viewport_size({"width": 320, "height": 640})
        if page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") > 0:
            found.append(f"{name}: scrolls sideways: {page.evaluate(STICKS_OUT)}")
        found += [f"{name}: cut off: {one}" for one in page.evaluate(CUT_OFF)]
    assert not found, "\n".join(found)


def test_what_is_wrong_is_said_where_the_reader_is(desk: Desk, page: Page) -> None:
    one = desk.waiting()
    page.goto(f"/relecture/{one.id}/")
    page.locator("summary", has_text="Refuser").click()
    page.locator("#page-refuse").evaluate("element => element.removeAttribute('required')")
    page.get_by_role("button", name="Refuser").click()
    page.get_by_role("alert").wait_for()
    assert not (found := judged(page, "nothing decided")), "\n".join(found)
    assert page.locator("#page-refuse").get_attribute("aria-invalid") == "true"


def test_the_form_to_sign_in_is_for_everybody(guarded: Desk, browser: Browser) -> None:
    context = browser.new_context(base_url=str(guarded.browser.base_url), locale="fr-FR")
    page = context.new_page()
    page.goto("/relecture/")
    found = judged(page, "signing in")
    page.get_by_label("Votre nom").fill("Ada")
    page.get_by_label("Mot de passe de l’équipe").fill("un mauvais mot de passe")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    found += judged(page, "not let in")
    assert page.get_by_label("Votre nom").input_value() == "Ada"
    context.close()
    assert not found, "\n".join(found)


def test_a_proposal_is_read_and_refused_with_the_keyboard_alone(desk: Desk, page: Page) -> None:
    one = desk.waiting()
    page.goto("/relecture/")
    unseen = press_until(page, "Un atelier de réparation ouvre au bourg")
    page.keyboard.press("Enter")
    page.get_by_role("heading", level=1, name="Un atelier").wait_for()
    unseen += press_until(page, "Refuser")
    page.keyboard.press("Enter")
    tab(page)
    page.keyboard.type("C’est déjà dans l’agenda.")
    tab(page)
    page.keyboard.press("Enter")
    page.get_by_role("status").get_by_text("La proposition est refusée").wait_for()
    assert [decision.text for decision in desk.service.store.pending(one.id)] == ["C’est déjà dans l’agenda."]
    assert unseen == []


def press_until(page: Page, text: str) -> list[str]:
    """Press the tab key until something of that name has the focus; gives what had it on the way without being seen to."""
    unseen = []
    for _ in range(120):
        focused = tab(page)
        if focused and not focused["seen"] and focused["tag"] != "IFRAME":
            unseen.append(f"{focused['tag']} {focused['text']}")
        if focused.get("text", "").startswith(text[:30]):
            return unseen
    pytest.fail(f"the keyboard never came to « {text} »")


def test_the_preview_runs_nothing_and_sends_nothing(desk: Desk, page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    one = desk.waiting(
        posted={"body": "<script>window.top.ran = true</script>\n\n<img src=x onerror='window.top.ran = true'>"}
    )
    page.goto(f"/relecture/{one.id}/")
    page.frame_locator("iframe.preview").get_by_role("heading", level=1).wait_for()
    assert page.evaluate("window.ran === undefined")
    assert all(url.startswith((str(desk.browser.base_url), "data:")) for url in asked)

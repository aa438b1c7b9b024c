"""The service's own pages in a real browser, on a phone-size screen: with scripts and without."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import Gate
from scripts.bot.store.guarding import window_of
from scripts.bot.submission import State
from scripts.bot.web.posting.captcha import Captcha
from scripts.bot.web.posting.rates import HOUR
from tests.bot.samples import new
from tests.bot.web.live import Given, live
from tests.bot.web.test_intake import EVENT, MUCH, picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page, Request, ViewportSize

    from scripts.bot.submission import Submission
    from tests.bot.web.live import Live

pytestmark = pytest.mark.slow
PHONE: ViewportSize = {"width": 360, "height": 720}


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A service that minds neither haste nor frequency: the browser is a robot here."""
    with live(tmp_path_factory.mktemp("browser"), Given({**MUCH, "CIRCULAR_QUICKEST_SECONDS": "0"})) as running:
        yield running


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    with browser.new_context(viewport=PHONE) as context:
        yield context.new_page()


@pytest.fixture
def plain(browser: Browser) -> Iterator[Page]:
    """Without JavaScript."""
    with browser.new_context(viewport=PHONE, java_script_enabled=False) as context:
        yield context.new_page()


def fill(page: Page, service: Live, **changes: str) -> None:
    page.goto(f"{service.service.settings.public_url}/contribuer/evenement/")
    given = {**EVENT, "end": "2026-12-14T20:30", "place.commune": "98001", **changes}
    page.get_by_text("En dire plus").click()
    for name, text in given.items():
        if name == "pillars":
            page.locator(f'[name=pillars][value="{text}"]').check()
        else:
            page.locator(f'.form [name="{name}"]').fill(text)


def send(page: Page) -> None:
    page.get_by_role("button", name="Envoyer").click()


def sent(page: Page, service: Live) -> Submission:
    page.get_by_role("heading", name="Merci").wait_for()
    address = page.locator("a[rel=status]").get_attribute("href") or ""
    found = re.search(r"/proposition/([a-z2-7]{16})/", address)
    assert found is not None
    submission = service.service.store.by_id(found[1])
    assert submission is not None
    return submission


def test_with_scripts_the_browser_proves_its_work(page: Page, service: Live) -> None:
    posts: list[Request] = []
    page.on("request", lambda request: posts.append(request) if request.method == "POST" else None)
    fill(page, service, title="Avec des scripts")
    send(page)
    assert sent(page, service).state is State.QUEUED
    (post,) = posts
    solution = re.search(rb'name="captcha"\r\n\r\n([A-Za-z0-9+/=]+)\r\n', post.post_data_buffer or b"")
    assert solution is not None
    captcha = Captcha(service.service.key("captcha"), service.clock, service.service.random)
    judged = captcha.judge(solution[1].decode())
    assert judged.state == "solved"
    gate = Gate("other", window_of(service.clock(), HOUR), 9, (judged.digest, judged.expires))
    assert service.service.store.admit(new(), gate) == "spent"


def test_whoever_sends_twice_in_a_hurry_sends_once(page: Page, service: Live) -> None:
    before = sum(service.service.store.counts().values())
    fill(page, service, title="Double clic dans un navigateur")
    page.get_by_role("button", name="Envoyer").dblclick()
    first = sent(page, service)
    page.go_back()
    page.get_by_role("button", name="Envoyer").click()
    assert sent(page, service) == first
    assert sum(service.service.store.counts().values()) == before + 1


def test_without_scripts_a_form_comes_back_with_all_and_is_taken_once_it_is_right(plain: Page, service: Live) -> None:
    fill(plain, service, title="Sans script", summary="Bien trop court")
    for fold in plain.locator("details.fold:has([name='image.file']) summary").all():
        fold.click()
    plain.locator("[name='image.file']").set_input_files(
        {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": picture()}
    )
    plain.locator("[name='image.alt']").fill("Des vélos dans un atelier")
    send(plain)
    plain.get_by_role("heading", name="Il reste à corriger").wait_for()
    assert plain.locator("[name=title]").input_value() == "Sans script"
    assert plain.locator(f'[name=pillars][value="{EVENT["pillars"]}"]').is_checked()
    plain.locator("[name=summary]").fill(EVENT["summary"])
    send(plain)
    submission = sent(plain, service)
    assert len(service.service.store.pictures(submission.id)) == 1


def test_a_contributor_follows_corrects_and_withdraws(plain: Page, service: Live) -> None:
    fill(plain, service, title="À suivre, puis à retirer")
    send(plain)
    submission = sent(plain, service)
    plain.locator("a[rel=status]").click()
    plain.get_by_role("heading", name="À suivre, puis à retirer").wait_for()
    plain.get_by_role("link", name="Corriger la proposition").click()
    plain.locator("[name=title]").fill("À suivre, corrigé")
    plain.get_by_role("button", name="Envoyer").click()
    plain.get_by_text("Votre correction est enregistrée").wait_for()
    plain.get_by_text("Retirer la proposition").click()
    plain.get_by_role("button", name="Retirer définitivement").click()
    plain.get_by_text("Votre demande de retrait est enregistrée").wait_for()
    kinds = [decision.kind for decision in service.service.store.pending(submission.id)]
    assert kinds == ["correct", "withdraw"]


def test_a_title_that_the_site_has_is_noticed_though_the_site_is_on_another_host(page: Page, service: Live) -> None:
    """Its policy lets the page ask; that the answer may be read is for the site's headers (tests/documents/test_hosting.py)."""
    titles = [{"t": "Atelier de réparation à Caen", "a": "/agenda/2026/atelier/", "k": "Évènement"}]
    answer = {"Access-Control-Allow-Origin": "*"}
    page.route("**/search-index.json", lambda route: route.fulfill(json=titles, headers=answer))
    page.goto(f"{service.service.settings.public_url}/contribuer/evenement/")
    page.locator("[name=title]").fill("Un atelier de réparation, à Caen")
    page.locator("[name=summary]").focus()
    twin = page.get_by_role("link", name="Atelier de réparation à Caen")
    twin.wait_for()
    assert twin.get_attribute("href") == f"{service.service.root.edition().context.base}/agenda/2026/atelier/"


@pytest.mark.parametrize("name", ["form", "receipt", "status", "confirm", "refusal"])
def test_pages_fit_a_phone_and_say_nothing_to_the_console(name: str, page: Page, service: Live) -> None:
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    for asked in ("**/donnees/formulaires/*", "**/search-index.json"):  # the site is elsewhere
        page.route(asked, lambda route: route.fulfill(json=[], headers={"Access-Control-Allow-Origin": "*"}))
    base = service.service.settings.public_url
    if name == "confirm":
        page.goto(f"{base}/confirmer/{'a' * 32}/")
    elif name == "refusal":
        page.goto(f"{base}/proposition/{'a' * 16}/{'a' * 32}/")
        said = [text for text in said if "404" not in text]  # the page itself
    else:
        fill(page, service, title=f"Un titre assez long pour un téléphone : {name}")
    if name in {"receipt", "status"}:
        send(page)
        sent(page, service)
    if name == "status":
        page.locator("a[rel=status]").click()
        page.get_by_role("heading", name="Ce qui s’est passé").wait_for()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert said == []

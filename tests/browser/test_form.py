"""The forms in a real browser: sent with and without JavaScript, told what is wrong, and kept until they are sent."""

from __future__ import annotations

import gzip
import io
import re
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from tests.browser.form_host import TODAY, FormHost, context_of, form_host, print_returned
from tests.browser.test_accessibility import DESKTOP, PHONE, axe, findings
from tests.browser.test_sobriety import GRADE_A, Weight
from tests.site.building import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.slow
FORMS = ("article", "evenement", "initiative", "ressource", "offre", "appel", "labo", "membre")
CONSULTATION = "/consultations/2026/charte-evenement-sans-emballage-jetable/"
PAGES = (*(f"/contribuer/{form}/" for form in FORMS), CONSULTATION)
SUMMARY = "Apportez un appareil en panne : des bénévoles vous aident à le réparer."


@pytest.fixture(scope="module")
def host(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FormHost]:
    with form_host(PROJECT, tmp_path_factory.mktemp("forms")) as host:
        yield host


@pytest.fixture
def page(browser: Browser, host: FormHost) -> Iterator[Page]:
    host.posts.clear()
    context = browser.new_context(viewport=PHONE, reduced_motion="reduce", locale="fr-FR")  # type: ignore[arg-type]
    opened = context.new_page()
    errors: list[str] = []
    opened.on("pageerror", lambda error: errors.append(str(error)))
    opened.on("console", lambda line: errors.append(line.text) if "Content Security" in line.text else None)
    yield opened
    context.close()
    assert errors == []


@pytest.fixture
def plain(browser: Browser, host: FormHost) -> Iterator[Page]:
    """A page without JavaScript."""
    host.posts.clear()
    context = browser.new_context(viewport=PHONE, java_script_enabled=False, locale="fr-FR")  # type: ignore[arg-type]
    yield context.new_page()
    context.close()


def fill_event(page: Page) -> None:
    page.get_by_label("Titre").first.fill("Atelier de réparation")
    page.get_by_label("Résumé").fill(SUMMARY)
    page.locator("[name=start]").fill("2026-12-14T18:30")
    page.locator("[name='place.commune']").fill("Caen")
    page.get_by_label("Écoconception").check()
    page.get_by_label("Recyclage et valorisation").check()
    page.get_by_text("En dire plus").click()
    page.locator("[name=body]").fill("Un texte.\n\nLa suite.")
    page.get_by_label("Votre nom").fill("Zoé Nouvelle")
    page.get_by_label("Votre adresse électronique").fill("zoe@example.org")


def until(page: Page, condition: str) -> None:
    """Wait until a condition holds. Playwright's own way evaluates texts in the page, which the page's policy forbids."""
    for _ in range(100):
        if page.evaluate(condition):
            return
        page.wait_for_timeout(50)
    raise AssertionError(condition)


def send(page: Page) -> None:
    page.get_by_role("button", name="Envoyer").click()


@pytest.mark.parametrize("address", PAGES)
def test_axe_finds_nothing_with_everything_open(address: str, page: Page, host: FormHost) -> None:
    page.goto(host.address + address)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    page.evaluate(axe())
    found = findings(page, "phone")
    page.set_viewport_size(DESKTOP)  # type: ignore[arg-type]
    page.emulate_media(color_scheme="dark")
    found += findings(page, "desktop, dark")
    assert not found, "\n".join(found)


@pytest.mark.parametrize("address", PAGES)
def test_nothing_sticks_out(address: str, page: Page, host: FormHost) -> None:
    page.goto(host.address + address)
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    for width in (320, 768, 1440):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width


def test_pillars_are_asked_for_as_many_as_are_needed(page: Page, host: FormHost) -> None:
    needed = "Un au moins, les plus proches seulement."
    page.goto(host.address + "/contribuer/evenement/")
    assert page.get_by_text(needed).count() == 1
    page.goto(host.address + "/contribuer/membre/")  # there they may be left out
    assert page.get_by_text(needed).count() == 0


def test_what_is_folded_can_be_unfolded_with_a_finger(browser: Browser, host: FormHost) -> None:
    context = browser.new_context(viewport=PHONE, has_touch=True, is_mobile=True)  # type: ignore[arg-type]
    page = context.new_page()
    page.goto(host.address + "/contribuer/evenement/")
    folded = page.locator("form.form summary")
    assert folded.count() > 5
    assert [one.inner_text() for one in folded.all() if not one.is_visible()] == []
    context.close()


def test_what_is_required_is_two_phone_screens_long(page: Page, host: FormHost) -> None:
    page.set_viewport_size({"width": 390, "height": 844})
    for name in FORMS:
        page.goto(f"{host.address}/contribuer/{name}/")
        length = page.evaluate(
            """() => {
              const form = document.querySelector("form.form");
              const shown = [...form.querySelectorAll("[required]")].filter((one) => one.offsetParent);
              return shown.at(-1).getBoundingClientRect().bottom - form.getBoundingClientRect().top;
            }"""
        )
        assert length < 2.25 * 844, name  # an event has a beginning, an end, a place: the longest


@pytest.mark.parametrize("address", PAGES)
def test_the_page_is_light(address: str, page: Page, host: FormHost) -> None:
    sent: list[str] = []
    page.on("request", lambda request: sent.append(request.url))
    page.goto(host.address + address, wait_until="networkidle")
    elements = page.evaluate("document.querySelectorAll('*').length - document.querySelectorAll('svg *').length")
    size = sum(
        len(gzip.compress(path.read_bytes()))
        for url in sent
        if (path := host.output / url.removeprefix(host.address + "/")).is_file()
    )
    weight = Weight(address, size, len(sent), elements)
    assert weight.ecoindex > GRADE_A, (weight, weight.ecoindex)


def test_an_event_is_sent_without_javascript(plain: Page, host: FormHost) -> None:
    plain.goto(f"{host.address}/contribuer/evenement/")
    fill_event(plain)
    send(plain)
    plain.get_by_role("heading", name="Merci").wait_for()
    (post,) = host.posts
    assert post.path == "/contribuer/evenement/"
    assert post.get("title") == ["Atelier de réparation"]
    assert post.get("pillars") == ["ecoconception", "recyclage-et-valorisation"]
    assert post.get("start") == ["2026-12-14T18:30"]
    assert post.get("contact.email") == ["zoe@example.org"]
    assert post.get("key") == [""]
    assert post.get("website") == [""]
    assert post.get("registration.price") == [""]


def test_without_javascript_all_of_a_form_can_be_reached(plain: Page, host: FormHost) -> None:
    plain.goto(f"{host.address}/contribuer/initiative/")
    plain.get_by_text("Résultats", exact=True).first.click()
    plain.locator("[name='results.2.measure']").fill("Palettes")
    plain.locator("[name='results.2.value']").fill("1 200,5")


def test_with_javascript_a_form_has_a_key_and_the_same_one_when_sent_again(page: Page, host: FormHost) -> None:
    page.goto(f"{host.address}/contribuer/evenement/")
    fill_event(page)
    send(page)
    page.get_by_role("heading", name="Merci").wait_for()
    page.go_back()
    send(page)
    page.get_by_role("heading", name="Merci").wait_for()
    first, second = host.posts
    assert re.fullmatch(r"[0-9a-f-]{36}", first.get("key")[0])
    assert first.get("key") == second.get("key")


def test_the_post_is_what_the_server_accepts(page: Page, host: FormHost) -> None:
    """What a visitor fills in becomes files without a fault: labels, names and types of inputs fit what reads them."""
    from plugins.forms.posted import read_post  # noqa: PLC0415  # the only test here that needs the server's side
    from plugins.forms.proposal import Proposer  # noqa: PLC0415

    page.goto(f"{host.address}/contribuer/evenement/")
    fill_event(page)
    page.get_by_text("Inscription et public").click()
    page.get_by_label("Prix").fill("12,50")
    page.get_by_label("Habitants").check()
    page.get_by_text("Clubs, territoires et mots-clés").click()
    page.locator("[name=tags]").fill("réemploi, vélo")
    send(page)
    page.get_by_role("heading", name="Merci").wait_for()
    site = context_of(PROJECT, host.address).site
    member = site.schemas.flattened("member")
    posted, faults = read_post(site.schemas.flattened("event"), host.posts[0].pairs, {}, today=TODAY, member=member)
    proposal = Proposer(site).propose(posted, {}, today=TODAY, source=lambda _: None)
    assert (faults, proposal.faults) == ([], [])
    assert proposal.data["registration"] == {"price": 12.5}
    assert proposal.data["place"] == {"commune": "14118"}
    assert proposal.data["audience"] == ["habitants"]


def test_what_is_wrong_is_told_before_sending_in_the_words_of_the_server(page: Page, host: FormHost) -> None:
    page.goto(f"{host.address}/contribuer/evenement/")
    page.locator("[name=title]").fill("Ate")
    send(page)
    box = page.locator("#page-erreurs")
    assert box.is_visible()
    assert page.evaluate("document.activeElement.id") == "page-erreurs"
    told = box.locator("li").all_inner_texts()
    assert told[0] == "Titre\u00a0: il faut au moins 5 caractères, il y en a 3."
    assert "Piliers\u00a0: cette réponse est obligatoire." in told
    assert host.posts == []
    title = page.locator("[name=title]")
    assert title.get_attribute("aria-invalid") == "true"
    described = title.get_attribute("aria-describedby") or ""
    assert page.locator(f"#{described.split()[0]}").inner_text() == told[0]
    box.get_by_role("link").first.click()
    assert page.evaluate("document.activeElement.name") == "title"
    title.press_sequentially("lier")
    assert title.get_attribute("aria-invalid") is None
    page.evaluate(axe())
    assert not (found := findings(page, "with faults")), "\n".join(found)


def test_a_fault_is_told_when_a_field_is_left_and_an_empty_one_is_not(page: Page, host: FormHost) -> None:
    page.goto(f"{host.address}/contribuer/evenement/")
    page.locator("[name=title]").focus()
    page.locator("[name=online]").fill("exemple.org")
    page.locator("[name=title]").focus()
    assert page.locator("#page-online-erreur").inner_text().startswith("Lien de connexion\u00a0: «")
    assert page.locator("#page-title-erreur").count() == 0
    told = {
        "tags": ("a1,b2,c3,d4,e5,f6,g7,h8,i9", "Mots-clés\u00a0: 9 éléments, le maximum est de 8."),
        "registration.capacity": ("12,5", "Nombre de places\u00a0: «\u202f12,5\u202f» n’est pas un nombre entier."),
        "summary": ("é" * 301, "Résumé\u00a0: le maximum est de 300 caractères, il y en a 301."),
    }
    for name, (text, message) in told.items():
        page.evaluate("for (const fold of document.querySelectorAll('form details')) fold.open = true")
        field = page.locator(f"[name='{name}']")
        field.fill(text)
        field.blur()
        assert page.locator(f"#{field.get_attribute('id')}-erreur").inner_text() == message


def test_a_draft_is_kept_on_the_device_and_can_be_forgotten(page: Page, host: FormHost) -> None:
    address = f"{host.address}/contribuer/initiative/"
    page.goto(address)
    page.locator("[name=title]").fill("Des palettes qui reviennent")
    page.get_by_label("Pilote").check()
    page.get_by_text("Résultats", exact=True).first.click()
    page.locator("[name='results.0.measure']").fill("Palettes")
    for number in (1, 2, 3):
        page.locator("[data-name=results]").get_by_role("button", name="Ajouter").click()
        page.locator(f"[name='results.{number}.measure']").fill(f"Mesure {number}")
    page.get_by_text("Brouillon gardé sur cet appareil").wait_for()
    until(page, "JSON.stringify(localStorage).includes('Mesure 3')")
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("[name=title]").input_value() == "Des palettes qui reviennent"
    assert page.get_by_label("Pilote").is_checked()
    assert page.locator("[name='results.3.measure']").input_value() == "Mesure 3"
    assert page.locator("[name='results.3.measure']").is_visible()
    page.get_by_role("button", name="Effacer le brouillon").click()
    assert page.locator("[name=title]").input_value() == ""
    page.reload()
    assert page.locator("[name=title]").input_value() == ""
    assert page.get_by_text("Brouillon gardé").is_hidden()


def test_a_form_that_came_back_is_kept_whole(page: Page, host: FormHost) -> None:
    """What was sent stands in the page that came back, and nowhere else: a closed tab must not lose it."""
    address = f"{host.address}/contribuer/article/"
    pairs = [("title", "Ate"), ("body", "Un long texte"), ("pillars", "ecoconception"), ("kind", "dossier")]
    page.goto(print_returned(host, PROJECT, "article", pairs))
    assert page.evaluate("document.activeElement.id") == "page-erreurs"
    page.locator("[name=title]").fill("Atelier")
    until(page, "JSON.stringify(localStorage).includes('Atelier')")
    page.goto("about:blank")
    page.goto(address)
    assert page.locator("[name=title]").input_value() == "Atelier"
    assert page.locator("[name=body]").input_value() == "Un long texte"
    assert page.locator("[name=kind]").input_value() == "dossier"
    assert page.get_by_label("Écoconception").is_checked()


def test_what_was_sent_does_not_come_back_in_a_new_form(page: Page, host: FormHost) -> None:
    address = f"{host.address}/contribuer/evenement/"
    page.goto(address)
    fill_event(page)
    send(page)
    page.get_by_role("heading", name="Merci").wait_for()
    page.goto(address)
    assert page.locator("[name=title]").input_value() == ""


def test_names_are_completed(page: Page, host: FormHost) -> None:
    page.goto(f"{host.address}/contribuer/evenement/")
    commune = page.locator("[name='place.commune']")
    commune.focus()
    commune.press_sequentially("honfl")
    until(page, "document.querySelector('#page-place-commune-noms')?.options.length > 0")
    assert page.evaluate("document.querySelector('#page-place-commune-noms').options[0].value") == "Honfleur"
    page.get_by_text("Je suis déjà membre").click()
    authors = page.locator("[name=authors]")
    authors.focus()
    authors.press_sequentially("Alix Démonstration, camil")
    until(page, "document.querySelector('#page-authors-noms')?.options.length > 0")
    first = page.evaluate("document.querySelector('#page-authors-noms').options[0].value")
    assert first == "Alix Démonstration, Camille Exemple"


def test_a_large_picture_is_made_smaller_before_it_is_sent(page: Page, host: FormHost) -> None:
    out = io.BytesIO()
    Image.effect_noise((3000, 1500), 80).convert("RGB").save(out, "JPEG", quality=95)
    page.goto(f"{host.address}/contribuer/evenement/")
    fill_event(page)
    page.get_by_text("Image", exact=True).first.click()
    page.locator("[type=file]").set_input_files(
        {"name": "photo.jpg", "mimeType": "image/jpeg", "buffer": out.getvalue()}
    )
    until(page, f"document.querySelector('[type=file]').files[0].size < {len(out.getvalue())}")
    send(page)
    assert page.locator("#page-image-alt-erreur").inner_text() == "Description\u00a0: cette réponse est obligatoire."
    page.locator("[name='image.alt']").fill("Un atelier")
    send(page)
    page.get_by_role("heading", name="Merci").wait_for()
    name, content = host.posts[0].files["image.file"]
    assert name == "photo.jpg"
    with Image.open(io.BytesIO(content)) as sent:
        assert sent.size == (2000, 1000)


def test_a_point_is_taken_from_a_map_by_hand_and_by_keyboard(page: Page, host: FormHost) -> None:
    page.goto(f"{host.address}/contribuer/evenement/")
    page.locator("[name='place.commune']").fill("Honfleur")
    page.get_by_text("Préciser l’adresse ou le point sur la carte").click()
    surface = page.locator(".pin .surface")
    surface.wait_for()
    latitude, longitude = page.locator("[name='place.lat']"), page.locator("[name='place.lon']")
    until(page, "document.querySelector('.pin canvas').width > 0")
    page.wait_for_timeout(200)  # until the map has gone to the commune
    page.get_by_role("button", name="Placer le point").click()
    assert latitude.input_value().startswith("49,4")
    assert longitude.input_value().startswith("0,2")
    before = longitude.input_value()
    surface.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Enter")
    assert longitude.input_value() > before
    assert page.locator(".pin [role=status]").inner_text().startswith("Point placé")
    surface.click(position={"x": 40, "y": 60})
    assert longitude.input_value() < before
    page.evaluate(axe())
    assert not (found := findings(page, "map")), "\n".join(found)
    page.get_by_role("button", name="Retirer le point").click()
    assert (latitude.input_value(), longitude.input_value()) == ("", "")
    assert host.posts == []


def test_a_title_that_is_there_already_is_told(page: Page, host: FormHost) -> None:
    page.goto(f"{host.address}/contribuer/evenement/")
    title = page.locator("[name=title]")
    title.fill("Atelier de reparation de vélos")
    title.blur()
    twin = page.get_by_role("link", name="Atelier de réparation de vélos")
    twin.wait_for()
    assert twin.get_attribute("href") == "/agenda/2026/velos/"


def test_whole_days_are_asked_as_days(page: Page, host: FormHost) -> None:
    page.goto(f"{host.address}/contribuer/evenement/")
    page.locator("[name=start]").fill("2026-12-14T18:30")
    page.get_by_label("Journée entière").check()
    assert page.locator("[name=start]").get_attribute("type") == "date"
    assert page.locator("[name=start]").input_value() == "2026-12-14"


def test_a_consultation_is_answered_on_its_own_page(plain: Page, host: FormHost) -> None:
    plain.goto(host.address + CONSULTATION)
    plain.locator("[name='answers.obstacle']").fill("Personne ne lave nos bouteilles.")
    plain.get_by_label("Chacun apporte la sienne").check()
    plain.locator("[name='answers.priorites.0']").select_option("Les bouteilles")
    plain.get_by_label("Votre nom").fill("Zoé Nouvelle")
    plain.get_by_label("Votre adresse électronique").fill("zoe@example.org")
    send(plain)
    plain.get_by_role("heading", name="Merci").wait_for()
    (post,) = host.posts
    assert post.path == CONSULTATION
    assert post.get("consultation") == [CONSULTATION.strip("/")]
    assert post.get("answers.vaisselle") == ["Chacun apporte la sienne"]
    assert post.get("answers.priorites.0") == ["Les bouteilles"]

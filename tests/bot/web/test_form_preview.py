"""The preview of a form: early, harmless, and of what everybody may know."""

from __future__ import annotations

import base64
import io
import re
import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from plugins.forms.answering import is_open
from plugins.forms.french import CONSULTATION_CLOSED
from plugins.model.addresses import form_address
from plugins.views.forms.form_view import form_view
from scripts.bot.web import form_preview
from scripts.bot.web.openapi import forms
from scripts.bot.web.posting.filling import to_change
from tests.bot.web.live import ROOT, SITE, Given, live
from tests.bot.web.test_intake import EVENT, MUCH, picture
from tests.browser.form_host import form_host, print_forms
from tests.browser.test_accessibility import axe, findings
from tests.site.building import PROJECT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from playwright.sync_api import Browser, FrameLocator, Page, ViewportSize

    from plugins.views.forms.form_controls import Control
    from plugins.views.forms.form_view import Form
    from tests.bot.web.live import Answer, Live

FORMS = ("evenement", "article", "initiative", "ressource", "offre", "appel", "labo", "membre")
OWN = "same-origin"
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("previews"), Given(MUCH)) as running:
        yield running


def asked(running: Live, form: str = "evenement", **changes: str | None) -> Answer:
    pairs = {**EVENT, **{name.replace("__", "."): text for name, text in changes.items()}}
    return running.post(
        f"/contribuer/{form}/apercu/",
        [(name, text) for name, text in pairs.items() if text is not None],
        sec_fetch_site=OWN,
    )


def controls(view: Form) -> Iterator[Control]:
    """All questions of a form."""
    for part in [*view["parts"], *(part for fold in view["folds"] for part in fold["parts"])]:
        yield from (*part["controls"], *part["fine"], *(one for row in part["rows"] for one in row))


def shown(answer: Answer) -> str:
    """What stands in the page itself."""
    assert answer.status == 200, answer.text
    found = re.search(r"<main.*?</main>", answer.text, re.DOTALL)
    assert found is not None
    return found[0]


def test_what_is_whole_is_shown_as_the_site_would_show_it_and_nothing_is_kept(service: Live) -> None:
    before = service.service.store.counts()
    answer = asked(service)
    page = shown(answer)
    assert "Aperçu\u00a0: rien n’est encore envoyé" in page
    assert "<h1>Atelier de réparation de vélos</h1>" in page
    assert "lundi 14\u00a0décembre 2026" in page
    assert "Nous apportons les outils." in page
    assert "Il manque" not in page
    assert "Modifier cette page" not in page
    assert service.service.store.counts() == before
    assert not (service.service.settings.state / "kept").exists()


def test_a_post_after_many_previews_is_the_first_one(service: Live) -> None:
    """The key and the proof of the form are not spent by looking."""
    pairs = [*EVENT.items(), ("key", "k" * 20)]
    for _ in range(3):
        assert service.post("/contribuer/evenement/apercu/", pairs, sec_fetch_site=OWN).status == 200
    assert service.post("/contribuer/evenement/", pairs).status == 202


@pytest.mark.parametrize("form", [form for form in FORMS if form != "offre"])
def test_an_empty_form_already_has_a_page_and_is_told_what_is_missing(service: Live, form: str) -> None:
    page = shown(service.post(f"/contribuer/{form}/apercu/", [], sec_fetch_site=OWN))
    assert "Il manque encore" in page
    assert "Votre adresse électronique" in page
    assert "<h1>Titre de votre " in page or "<h1>Votre nom</h1>" in page


def test_what_has_been_written_is_shown_although_it_is_too_short(service: Live) -> None:
    page = shown(
        service.post("/contribuer/article/apercu/", [("title", "Ate"), ("summary", "Bref.")], sec_fetch_site=OWN)
    )
    assert "<h1>Ate</h1>" in page
    assert '<p class="standfirst">Bref.</p>' in page
    assert "il faut au moins" in page


def test_what_cannot_be_read_is_left_out_and_told(service: Live) -> None:
    page = shown(asked(service, start="demain", place__commune="Nulle-Part-sur-Mer", online="pas une adresse"))
    assert "<h1>Atelier de réparation de vélos</h1>" in page
    assert "jeudi 24\u00a0décembre 2026" in page  # an example, thirty days ahead
    assert "demain" in page.split("<article")[0]
    assert "Nulle-Part" not in page.split("<article")[1]


def test_a_text_with_a_link_to_nowhere_stays_readable(service: Live) -> None:
    page = shown(asked(service, body="Un [lien](/nulle/part/) et **du gras**."))
    assert "[lien](/nulle/part/)" in page.split("<article")[1]
    assert "<strong>du gras</strong>" in page
    assert "ne mène nulle part" in page.split("<article")[0]


def test_nothing_runs_and_nobody_frames_it(service: Live) -> None:
    answer = asked(service, title=HOSTILE[:110], summary=HOSTILE, body=HOSTILE, place__name=HOSTILE)
    page = shown(answer)
    assert "<script>alert" not in page
    assert "onerror=alert(1)>" not in page.replace("onerror=alert(1)&gt;", "")
    assert 'href="javascript:' not in page
    policy = answer.headers["content-security-policy"]
    assert policy.startswith(
        "sandbox allow-same-origin allow-popups allow-popups-to-escape-sandbox; default-src 'none'"
    )
    assert "script-src" not in policy
    assert "frame-ancestors 'none'" in policy
    assert answer.headers["x-robots-tag"] == "noindex"
    assert '<meta name="robots" content="noindex">' in answer.text
    assert answer.headers["cache-control"] == "no-store"


def test_a_picture_comes_back_in_the_page_small_and_without_its_notes(service: Live) -> None:
    files = {"image.file": ("x.jpg", picture((1800, 900)))}
    answer = service.post(
        "/contribuer/evenement/apercu/", [*EVENT.items(), ("image.alt", "Des vélos")], files, sec_fetch_site=OWN
    )
    found = re.search(
        r'<img src="data:image/jpeg;base64,([^"]+)" width="600" height="300" alt="Des vélos"', answer.text
    )
    assert found is not None
    with Image.open(io.BytesIO(base64.b64decode(found[1]))) as opened:
        assert opened.size == (600, 300)


def test_a_file_that_is_no_picture_costs_the_page_nothing_else(service: Live) -> None:
    files = {"image.file": ("x.svg", b"<svg onload='alert(1)'/>")}
    page = shown(
        service.post(
            "/contribuer/evenement/apercu/", [*EVENT.items(), ("image.alt", "Des vélos")], files, sec_fetch_site=OWN
        )
    )
    assert "<h1>Atelier de réparation de vélos</h1>" in page
    assert "n’est pas une image" in page.split("<article")[0]
    assert "onload" not in page


# ---- whom it shows, and to whom ------------------------------------------------------------------------------------------


def test_a_page_of_somebody_else_cannot_show_its_words_as_ours(service: Live) -> None:
    address, pairs = "/contribuer/evenement/apercu/", list(EVENT.items())
    assert service.post(address, pairs, sec_fetch_site="cross-site", origin="https://ailleurs.example").status == 403
    assert service.post(address, pairs, sec_fetch_site="cross-site").status == 403
    assert service.post(address, pairs, sec_fetch_site="cross-site", origin="null").status == 403
    answer = service.post(address, pairs, sec_fetch_site="cross-site", origin=SITE)
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == SITE
    assert f" {SITE};" in answer.headers["content-security-policy"]  # its pictures


def member_file(running: Live, text: str) -> None:
    (running.root / "data/members/ines-falaise.yaml").write_text(text, encoding="utf-8")
    assert running.service.root.refresh()


@pytest.mark.parametrize("public", [["name"], ["name", "url", "organisation", "role"]], ids=["less", "more"])
def test_what_a_member_does_not_show_is_shown_to_nobody(tmp_path: Path, public: list[str]) -> None:
    """Whoever opens the form is not known: ticking « montrer » of a line that he was not shown must not show it."""
    with live(tmp_path, Given(MUCH)) as running:
        member_file(
            running,
            "name: Inès Falaise\nkind: citoyen\norganisation: Secrète et Fils\nrole: Inavouable\nurl: https://secret.example/\n"
            "skills: [soudure]\npublic: [name, skills]\n",
        )
        pairs = [
            ("action", "edit"),
            ("target", "ines-falaise"),
            ("seen", "skills=00000000"),  # what the form did not show stays in the file
            ("name", "Inès Falaise"),
            ("kind", "citoyen"),
            ("skills", "soudure, couture"),
            *(("public", name) for name in public),
        ]
        answer = running.post("/contribuer/membre/apercu/", pairs, sec_fetch_site=OWN)
        assert "<h1>Inès Falaise</h1>" in shown(answer)
        for hidden in ("Secrète", "Inavouable", "secret.example"):
            assert hidden not in answer.text


def test_a_change_is_shown_on_the_page_that_it_changes(service: Live) -> None:
    entry = next(iter(service.service.root.edition().site.by_folder["events"]))
    pairs = [("action", "edit"), ("target", entry.id), ("title", "Un tout autre titre"), ("start", "n’importe quoi")]
    page = shown(service.post("/contribuer/evenement/apercu/", pairs, sec_fetch_site=OWN))
    assert "<h1>Un tout autre titre</h1>" in page
    assert f"{entry.fields['start'][:4]}" in page  # what it says today, instead of what cannot be read


@pytest.mark.parametrize(
    "pairs",
    [
        [("action", "remove"), ("target", "ines-falaise")],
        [("action", "edit"), ("target", "events/2026/nulle-part")],
    ],
)
def test_where_there_is_no_page_it_says_so(service: Live, pairs: list[tuple[str, str]]) -> None:
    answer = service.post("/contribuer/evenement/apercu/", pairs, sec_fetch_site=OWN)
    assert answer.status == 422
    assert "Il n’y a pas encore de page à montrer" in answer.text
    assert service.post("/contribuer/inconnu/apercu/", pairs, sec_fetch_site=OWN).status == 404


def test_too_many_are_refused_and_posts_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(form_preview, "PREVIEWS_PER_HOUR", 2)
    with live(tmp_path, Given(MUCH)) as running:
        assert [asked(running).status for _ in range(3)] == [200, 200, 429]
        assert int(asked(running).headers["retry-after"]) > 0
        assert running.post("/contribuer/evenement/", list(EVENT.items())).status == 202


@pytest.fixture(scope="module")
def region(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The service of the project's own region."""
    folder = tmp_path_factory.mktemp("region")
    for name in ("content", "data"):
        shutil.copytree(PROJECT / name, folder / "neci" / name)
    with live(folder, Given(MUCH), root=folder / "neci") as running:
        yield running


@pytest.mark.slow
def test_an_answer_to_a_consultation_has_a_preview(region: Live) -> None:
    site = region.service.root.edition().site
    open_one = next(one for one in site.by_folder["consultations"] if is_open(one, site.today))
    page = shown(region.post(f"{open_one.address}apercu/", [("contact.name", "Zoé Nouvelle")], sec_fetch_site=OWN))
    assert "<h1>Réponse de Zoé Nouvelle</h1>" in page
    assert region.post("/consultations/2026/nulle-part/apercu/", [], sec_fetch_site=OWN).status == 404


@pytest.mark.slow
def test_what_comes_after_the_last_day_of_a_consultation_comes_back_whole(region: Live) -> None:
    site = region.service.root.edition().site
    closed = next(one for one in site.by_folder["consultations"] if not is_open(one, site.today))
    question = closed.fields["questions"][0]["id"]
    pairs = [
        (f"answers.{question}", "Écrit à minuit moins une."),
        ("contact.name", "Zoé"),
        ("contact.email", "z@example.org"),
    ]
    back = region.post(closed.address, pairs)
    assert back.status == 422
    assert CONSULTATION_CLOSED in back.text
    assert "Écrit à minuit moins une." in back.text


@pytest.mark.slow
def test_every_page_opened_to_be_changed_is_shown_as_it_is(region: Live) -> None:
    """What a browser sends of a form that nobody touched: lines have no line breaks."""
    edition, source = region.service.root.edition(), region.service.root.source
    wrong, seen = [], 0
    for entry in edition.site.entries.values():
        filled = to_change(edition, source, entry.type.name, entry.id)
        if filled is None:
            continue
        view = form_view(
            edition.context, edition.site.schemas.flattened(entry.type.name), "/x/", "", pairs=filled.pairs
        )
        asked = controls(view)
        lines = {one["name"]: one["value"].replace("\n", "") for one in asked if one["kind"] == "line"}
        held = {
            name for name, _ in filled.pairs if any(name == one or re.fullmatch(rf"{one}\.\d+", name) for one in lines)
        }
        boxes = {one["name"]: one["options"] for one in asked if one["kind"] == "checkboxes"}
        pairs = [pair for pair in filled.pairs if pair[0] not in {*held, *boxes}]
        pairs += [(name, each["value"]) for name, options in boxes.items() for each in options if each["chosen"]]
        pairs += [(name, value) for name, value in lines.items() if value]
        pairs += [*filled.hidden.items(), ("contact.name", "Zoé"), ("contact.email", "zoe@example.org")]
        address = form_address(entry.type.form)
        page = shown(region.post(f"{address}apercu/", pairs, sec_fetch_site=OWN))
        above = page.split("<article")[0]
        told = re.findall(r"<li>(.*?)</li>", above)
        wrong += [(entry.id, told)] if len(told) != 1 or not told[0].startswith("Rien n’est changé") else []
        seen += 1
    assert wrong == []
    assert seen > 100


# ---- whatever is posted -------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(
    ["", "x", HOSTILE, "a" * 5000, "2027-02-30", "2027-03-20T14:00", "2027-03-20", "true", "98001", "partager", "-4", "12,5",
     "ines-falaise", "FREQ=DAILY;COUNT=3", "![a](../../../data/site.yaml)", "![a](/x.png)", "[a]({filename}/x.md)", "# t\n\n#### u",
     "https://exemple.org/a", "| a |\n|---|", "[^1]\n\n[^1]: n", "```\n`", "\\![a](b.jpg)", "[a]: ../x\n\n[b][a]"]
)  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("form", FORMS)
def test_whatever_is_written_gives_a_page_or_a_plain_answer(service: Live, form: str) -> None:
    """Every subset of answers, right or wrong: no fault of ours, and never a script."""
    schemas = service.service.root.edition().site.schemas
    type_name = next(name for name, known in forms(schemas) if known == form)
    flat = schemas.flattened(type_name)
    names = sorted(
        {".".join("0" if step == "*" else step for step in field.path) for field in flat.every_field()}
        | {"body", "contact.name"}
    )
    good = dict(EVENT) if form == "evenement" else {"title": EVENT["title"], "summary": EVENT["summary"]}

    @settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.dictionaries(st.sampled_from(names), WORDS, max_size=10), st.booleans())
    def check(given_: dict[str, str], on_good: bool) -> None:
        pairs = {**(good if on_good else {}), **given_}
        answer = service.post(f"{form_address(form)}apercu/", list(pairs.items()), sec_fetch_site=OWN)
        assert answer.status in {200, 422}, answer.text
        assert "<script>alert" not in answer.text
        assert 'href="javascript:' not in answer.text

    check()


# ---- in a browser -------------------------------------------------------------------------------------------------------

PHONE: ViewportSize = {"width": 390, "height": 844}
DESK: ViewportSize = {"width": 1280, "height": 800}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A service that is not asked for anything else."""
    with live(tmp_path_factory.mktemp("served"), Given(MUCH)) as running:
        yield running


@contextmanager
def opened(browser: Browser, size: ViewportSize, *, scripts: bool = True) -> Iterator[Page]:
    """A page that says nothing to the console."""
    with browser.new_context(
        viewport=size, java_script_enabled=scripts, reduced_motion="reduce", locale="fr-FR"
    ) as context:
        context.route("**/donnees/formulaires/*", lambda route: route.fulfill(json={}))  # the site is elsewhere
        context.route(f"{SITE}/**", lambda route: route.abort())
        page = context.new_page()
        said: list[str] = []
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("console", lambda line: said.append(line.text) if "Content Security" in line.text else None)
        yield page
        assert said == []


def write(page: Page, address: str, **changes: str) -> None:
    page.goto(address)
    for name, text in {"title": "Atelier vélo", "summary": EVENT["summary"], **changes}.items():
        page.locator(f'.form [name="{name}"]').fill(text)


def frame(page: Page) -> FrameLocator:
    return page.frame_locator("dialog.preview iframe")


@pytest.mark.slow
@pytest.mark.parametrize("size", [PHONE, DESK], ids=["phone", "desk"])
def test_without_scripts_the_page_opens_in_a_tab_and_the_form_stays(
    browser: Browser, served: Live, size: ViewportSize
) -> None:
    with opened(browser, size, scripts=False) as page:
        write(page, f"{served.service.settings.public_url}/contribuer/evenement/")
        with page.context.expect_page() as found:
            page.get_by_role("button", name="Voir l’aperçu").click()
        tab = found.value
        tab.get_by_role("heading", name="Atelier vélo").wait_for()
        assert tab.get_by_text("rien n’est encore envoyé").is_visible()
        assert tab.evaluate("document.documentElement.scrollWidth") <= size["width"]
        assert page.locator("[name=title]").input_value() == "Atelier vélo"


@pytest.mark.slow
def test_on_a_desk_it_follows_what_is_written_beside_the_form(browser: Browser, served: Live) -> None:
    with opened(browser, DESK) as page:
        asked_for: list[str] = []
        page.on("request", lambda one: asked_for.append(one.url) if one.url.endswith("/apercu/") else None)
        write(page, f"{served.service.settings.public_url}/contribuer/evenement/")
        page.wait_for_timeout(1200)
        assert asked_for == []  # nobody has opened it
        page.get_by_role("button", name="Voir l’aperçu").first.click()
        frame(page).get_by_role("heading", name="Atelier vélo").wait_for()
        title = page.locator("[name=title]")
        title.click()
        title.press_sequentially(" et tricot", delay=60)
        frame(page).get_by_role("heading", name="Atelier vélo et tricot").wait_for()
        assert len(asked_for) == 2  # a pause is waited for
        assert page.evaluate("document.activeElement.name") == "title"
        panel, form = page.locator("dialog.preview").bounding_box(), page.locator(".form").bounding_box()
        assert panel is not None
        assert form is not None
        assert panel["x"] >= form["x"] + form["width"]
        page.evaluate(axe())
        assert not (wrong := findings(page, "open panel")), "\n".join(wrong)
        title.press("Escape")
        assert not page.locator("dialog.preview").is_visible()
        assert page.evaluate("document.activeElement.name") == "title"
        title.press_sequentially(" !")
        page.wait_for_timeout(1200)
        assert len(asked_for) == 2  # it is closed


@pytest.mark.slow
def test_it_stays_where_one_has_scrolled_and_links_leave_the_form_alone(browser: Browser, served: Live) -> None:
    body = (
        "\n\n".join(["## Une partie", "Un paragraphe assez long."] * 30) + "\n\nVers [ailleurs](https://exemple.org/)."
    )
    with opened(browser, DESK) as page:
        page.context.route("https://exemple.org/**", lambda route: route.fulfill(body="<h1>Ailleurs</h1>"))
        write(page, f"{served.service.settings.public_url}/contribuer/article/", body=body)
        page.get_by_role("button", name="Voir l’aperçu").first.click()
        frame(page).get_by_role("heading", name="Atelier vélo").wait_for()
        inside = "document.querySelector('dialog iframe').contentWindow"
        page.evaluate(f"{inside}.scrollTo(0, 700)")
        page.locator("[name=title]").fill("Un autre titre")
        frame(page).get_by_role("heading", name="Un autre titre").wait_for()
        assert page.evaluate(f"{inside}.scrollY") == 700
        with page.context.expect_page() as found:
            frame(page).get_by_role("link", name="ailleurs").click()
        found.value.get_by_role("heading", name="Ailleurs").wait_for()
        assert page.locator("[name=title]").input_value() == "Un autre titre"


@pytest.mark.slow
def test_on_a_phone_it_lies_over_the_form_until_it_is_closed(browser: Browser, served: Live) -> None:
    with opened(browser, PHONE) as page:
        write(page, f"{served.service.settings.public_url}/contribuer/evenement/")
        button = page.get_by_role("button", name="Voir l’aperçu").last
        button.click()
        frame(page).get_by_role("heading", name="Atelier vélo").wait_for()
        assert page.get_by_role("status").filter(has_text="Aperçu à jour.").is_visible()
        box = page.locator("dialog.preview").bounding_box()
        assert box == {"x": 0, "y": 0, "width": PHONE["width"], "height": PHONE["height"]}
        page.evaluate(axe())
        assert not (wrong := findings(page, "open panel")), "\n".join(wrong)
        page.keyboard.press("Escape")
        assert not page.locator("dialog.preview").is_visible()
        assert button.evaluate("element => element === document.activeElement")
        page.keyboard.press("Enter")
        page.get_by_role("button", name="Fermer l’aperçu").click()
        assert not page.locator("dialog.preview").is_visible()


@pytest.mark.slow
def test_a_picture_goes_small_and_a_service_that_is_gone_is_told(browser: Browser, served: Live) -> None:
    sizes: list[int] = []
    with opened(browser, DESK) as page:
        write(page, f"{served.service.settings.public_url}/contribuer/evenement/")
        page.on(
            "response",
            lambda one: sizes.append(one.request.sizes()["requestBodySize"]) if "apercu" in one.url else None,
        )
        page.locator("details.fold:has([type=file]) > summary").click()
        noise = io.BytesIO()
        Image.effect_noise((1900, 1000), 80).convert("RGB").save(noise, "JPEG", quality=90)
        page.locator("[type=file]").set_input_files(
            {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": noise.getvalue()}
        )
        page.locator("[name='image.alt']").fill("Du bruit")
        page.get_by_role("button", name="Voir l’aperçu").first.click()
        shown_picture = frame(page).get_by_alt_text("Du bruit")
        shown_picture.wait_for()
        assert shown_picture.evaluate("image => image.naturalWidth") == 600
        assert [0 < size < len(noise.getvalue()) / 4 for size in sizes] == [True]
        page.context.route("**/apercu/", lambda route: route.abort())
        page.locator("[name=title]").fill("Plus personne")
        page.get_by_role("status").filter(has_text="pas disponible").wait_for()
        assert frame(page).get_by_role("heading", name="Atelier vélo").is_visible()


@pytest.mark.slow
@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "plain"])
def test_the_service_may_stand_elsewhere_than_the_site(browser: Browser, tmp_path: Path, scripts: bool) -> None:
    with (
        form_host(ROOT, tmp_path / "site") as site,
        live(tmp_path, Given({**MUCH, "CIRCULAR_SITE_URL": site.address})) as running,
    ):
        print_forms(ROOT, site.output, site.address, running.service.settings.public_url)
        with opened(browser, DESK, scripts=scripts) as page:
            write(page, f"{site.address}/contribuer/evenement/")
            button = page.get_by_role("button", name="Voir l’aperçu").first
            if scripts:
                button.click()
                frame(page).get_by_role("heading", name="Atelier vélo").wait_for()
                fonts = "document.querySelector('dialog iframe').contentDocument.fonts.check('700 20px Bricolage')"
                assert page.evaluate(fonts)
            else:
                with page.context.expect_page() as found:
                    button.click()
                found.value.get_by_role("heading", name="Atelier vélo").wait_for()

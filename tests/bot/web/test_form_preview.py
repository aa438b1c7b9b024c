"""The preview of a form: early, harmless, and of what everybody may know."""

from __future__ import annotations

import base64
import io
import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PIL import Image

from plugins.model.addresses import form_address
from scripts.bot.web import form_preview
from scripts.bot.web.openapi import forms
from tests.bot.web.live import SITE, Given, live
from tests.bot.web.test_intake import EVENT, MUCH, picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.web.live import Answer, Live

FORMS = ("evenement", "article", "initiative", "ressource", "offre", "appel", "labo", "membre")
OWN = {"sec_fetch_site": "same-origin"}
HOSTILE = "<script>alert(1)</script> [x](javascript:alert(1)) <img src=x onerror=alert(1)>"


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("previews"), Given(MUCH)) as running:
        yield running


def asked(running: Live, form: str = "evenement", **changes: str | None) -> Answer:
    pairs = {**EVENT, **{name.replace("__", "."): text for name, text in changes.items()}}
    return running.post(
        f"/contribuer/{form}/apercu/", [(name, text) for name, text in pairs.items() if text is not None], **OWN
    )


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
        assert service.post("/contribuer/evenement/apercu/", pairs, **OWN).status == 200
    assert service.post("/contribuer/evenement/", pairs).status == 202


@pytest.mark.parametrize("form", [form for form in FORMS if form != "offre"])
def test_an_empty_form_already_has_a_page_and_is_told_what_is_missing(service: Live, form: str) -> None:
    page = shown(service.post(f"/contribuer/{form}/apercu/", [], **OWN))
    assert "Il manque encore" in page
    assert "Votre adresse électronique" in page
    assert "<h1>Titre de votre " in page or "<h1>Votre nom</h1>" in page


def test_what_has_been_written_is_shown_although_it_is_too_short(service: Live) -> None:
    page = shown(service.post("/contribuer/article/apercu/", [("title", "Ate"), ("summary", "Bref.")], **OWN))
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
    answer = service.post("/contribuer/evenement/apercu/", [*EVENT.items(), ("image.alt", "Des vélos")], files, **OWN)
    found = re.search(
        r'<img src="data:image/jpeg;base64,([^"]+)" width="600" height="300" alt="Des vélos"', answer.text
    )
    assert found is not None
    with Image.open(io.BytesIO(base64.b64decode(found[1]))) as opened:
        assert opened.size == (600, 300)


def test_a_file_that_is_no_picture_costs_the_page_nothing_else(service: Live) -> None:
    files = {"image.file": ("x.svg", b"<svg onload='alert(1)'/>")}
    page = shown(
        service.post("/contribuer/evenement/apercu/", [*EVENT.items(), ("image.alt", "Des vélos")], files, **OWN)
    )
    assert "<h1>Atelier de réparation de vélos</h1>" in page
    assert "n’est pas une image" in page.split("<article")[0]
    assert "onload" not in page

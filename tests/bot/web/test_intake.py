from __future__ import annotations

import base64
import concurrent.futures
import datetime as dt
import html
import io
import re
from typing import TYPE_CHECKING

import altcha
import pytest
from PIL import Image

from scripts.bot.french import web as french
from scripts.bot.submission import State, Submission
from scripts.bot.web.posting.captcha import FEWEST, Captcha
from tests.bot.web.live import Given, Live, live

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.bot.web.live import Answer

FORM = "/contribuer/evenement/"
MUCH = {
    "CIRCULAR_TRIES_PER_HOUR": "10000",
    "CIRCULAR_PLAIN_POSTS_PER_HOUR": "10000",
    "CIRCULAR_POSTS_PER_HOUR": "10000",
}
EVENT = {
    "title": "Atelier de réparation de vélos",
    "summary": "Une soirée pour apprendre à réparer son vélo avec les bénévoles du quartier.",
    "start": "2026-12-14T18:30",
    "end": "14/12/2026 20h30",
    "place.name": "La Maison",
    "place.commune": "98001",
    "pillars": "partager",
    "body": "Apportez votre vélo.\n\nNous apportons les outils.",
    "contact.name": "Camille Exemple",
    "contact.email": "camille@example.org",
}


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A service that lets one network send much."""
    with live(tmp_path_factory.mktemp("busy"), Given(MUCH)) as running:
        yield running


def event(**changes: str | None) -> list[tuple[str, str]]:
    given = {**EVENT, **{name.replace("__", "."): text for name, text in changes.items()}}
    return [(name, text) for name, text in given.items() if text is not None]


def key(running: Live) -> str:
    return base64.b32encode(running.service.random(20)).decode().lower()


def proof(running: Live, *, ago: dt.timedelta = dt.timedelta(minutes=5)) -> str:
    """A solved proof of work that was given out some time ago; its counter is known, so the test does not have to look for it."""
    captcha = Captcha(running.service.key("captcha"), lambda: running.clock() - ago, bytes)
    challenge = altcha.Challenge.from_dict(captcha.challenge())
    solution = altcha.solve_challenge(challenge, counter_start=FEWEST)
    assert solution is not None
    return altcha.Payload(challenge, solution).to_base64()


def picture(size: tuple[int, int] = (300, 200)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, (20, 120, 60)).save(target, "JPEG", comment=b"secret place")
    return target.getvalue()


def accepted(running: Live, answer: Answer) -> Submission:
    """The submission of a receipt, which the status address names in the header and in the page."""
    assert answer.status == 202, answer.text
    link = re.fullmatch(r'<(\S+)>; rel="status"', answer.headers["link"])
    assert link is not None
    assert f'rel="status" href="{link[1]}"' in answer.text
    found = re.fullmatch(
        rf"{re.escape(running.service.settings.public_url)}/proposition/([a-z2-7]+)/([a-z2-7]+)/", link[1]
    )
    assert found is not None
    submission = running.service.store.by_id(found[1])
    assert submission is not None
    assert running.get(link[1].removeprefix(running.service.settings.public_url)).status == 200
    return submission


def inputs(answer: Answer, name: str) -> list[str]:
    """The values of the inputs of a name in a page, as a browser would send them."""
    own = re.escape(name)
    found = re.findall(rf'<input[^>]*name="{own}"[^>]*?(?:value="([^"]*)"[^>]*)?>', answer.text)
    found += [
        text.removeprefix("\n")
        for text in re.findall(rf'<textarea[^>]*name="{own}"[^>]*>([^<]*)</textarea>', answer.text)
    ]
    return [html.unescape(text) for text in found]


def count(running: Live) -> int:
    return sum(running.service.store.counts().values())


def test_a_good_proposal_is_accepted_with_a_receipt(busy: Live) -> None:
    submission = accepted(busy, busy.post(FORM, [*event(), ("key", key(busy)), ("captcha", proof(busy))]))
    assert submission.state is State.QUEUED
    assert submission.posted.data["end"] == "2026-12-14T20:30"
    assert submission.posted.contact_email == "camille@example.org"
    assert submission.posted.body == "Apportez votre vélo.\n\nNous apportons les outils."


def test_a_form_sent_as_urlencoded_text_says_the_same(busy: Live) -> None:
    answer = busy.press(FORM, dict(event(title="Un atelier urlencodé")), sec_fetch_site="cross-site")
    assert accepted(busy, answer).posted.data["title"] == "Un atelier urlencodé"


def test_the_same_key_twice_is_one_proposal_and_the_same_receipt(busy: Live) -> None:
    pairs = [*event(title="Une seule fois"), ("key", key(busy)), ("captcha", proof(busy))]
    first, second = busy.post(FORM, pairs), busy.post(FORM, pairs)
    assert accepted(busy, first) == accepted(busy, second)
    assert first.headers["link"] == second.headers["link"]


def test_a_double_click_is_one_proposal(busy: Live) -> None:
    pairs = [*event(title="Un double clic"), ("key", key(busy)), ("captcha", proof(busy))]
    before = count(busy)
    with concurrent.futures.ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: busy.post(FORM, pairs), range(8)))
    assert {answer.status for answer in answers} == {202}
    assert len({answer.headers["link"] for answer in answers}) == 1
    assert count(busy) == before + 1


def test_without_a_key_the_same_content_within_an_hour_is_one_proposal(busy: Live) -> None:
    pairs = event(title="Sans JavaScript")
    busy.clock.moment = dt.datetime(2026, 11, 24, 9, 50, tzinfo=dt.UTC)
    try:
        first = accepted(busy, busy.post(FORM, pairs))
        busy.clock.moment += dt.timedelta(minutes=30)
        assert accepted(busy, busy.post(FORM, pairs)) == first
        assert accepted(busy, busy.post(FORM, event(title="Sans JavaScript, autre"))) != first
        busy.clock.moment += dt.timedelta(minutes=90)
        assert accepted(busy, busy.post(FORM, pairs)) != first
    finally:
        busy.clock.moment = None


def test_another_proposal_with_a_used_key_is_neither_lost_nor_taken_for_the_first(busy: Live) -> None:
    used = key(busy)
    first = busy.post(FORM, [*event(title="La première"), ("key", used)])
    second = busy.post(FORM, [*event(title="La seconde"), ("key", used)])
    assert second.status == 409
    assert (
        french.SENT_BEFORE[:60] in html.unescape(second.text).replace("\u202f", " ") or "déjà été envoyé" in second.text
    )
    assert accepted(busy, first).id in second.text
    (fresh,) = inputs(second, "key")
    assert fresh != used
    assert inputs(second, "title") == ["La seconde"]
    assert accepted(busy, busy.post(FORM, [*event(title="La seconde"), ("key", fresh)])) != accepted(busy, first)


def test_an_invalid_form_comes_back_with_everything_and_its_faults(busy: Live) -> None:
    given = key(busy)
    answer = busy.post(FORM, [*event(title="x", place__commune="Nulle-Part", body="Mes lignes\n<b>"), ("key", given)])
    assert answer.status == 422
    assert inputs(answer, "title") == ["x"]
    assert inputs(answer, "place.commune") == ["Nulle-Part"]
    assert inputs(answer, "body") == ["Mes lignes\n<b>"]
    assert inputs(answer, "contact.email") == ["camille@example.org"]
    assert inputs(answer, "key") == [given]
    assert answer.text.count("<script>") == 0
    summary = re.search(r'<div class="notice wrong".*?</div>', answer.text, re.DOTALL)
    assert summary is not None
    assert {"#page-title", "#page-place-commune"} <= set(re.findall(r'href="(#[^"]+)"', summary[0]))
    assert 'aria-invalid="true"' in answer.text


def test_who_gives_no_name_is_told_so_once(busy: Live) -> None:
    text = busy.post(FORM, event(contact__name="")).text
    assert len(re.findall(r'<li><a href="#page-contact-name">', text)) == 1
    assert "0. Dites-en" not in text


def test_a_picture_is_cleaned_and_stored(busy: Live) -> None:
    pairs = event(title="Avec une image", image__alt="Des vélos dans un atelier")
    submission = accepted(busy, busy.post(FORM, pairs, {"image.file": ("../../x.php", picture())}))
    (stored,) = busy.service.store.pictures(submission.id)
    assert (stored.name, stored.media_type) == ("image.jpg", "image/jpeg")
    assert b"secret place" not in stored.content
    assert submission.posted.data["image"] == {"file": "image.jpg", "alt": "Des vélos dans un atelier"}


def test_the_picture_of_a_form_that_comes_back_is_kept(busy: Live) -> None:
    pairs = event(title="Image gardée", summary="Trop court", image__alt="Des vélos dans un atelier")
    back = busy.post(FORM, pairs, {"image.file": ("x.jpg", picture())})
    assert back.status == 422
    assert french.PICTURE_KEPT in back.text
    assert '<img class="thumbnail" src="data:image/jpeg;base64,' in back.text
    (reference,) = inputs(back, "kept.image.file")
    again = event(title="Image gardée", image__alt="Des vélos dans un atelier")
    submission = accepted(busy, busy.post(FORM, [*again, ("kept.image.file", reference)], {"image.file": ("", b"")}))
    assert [stored.name for stored in busy.service.store.pictures(submission.id)] == ["image.jpg"]


def test_a_kept_picture_that_is_gone_is_asked_for_again(busy: Live) -> None:
    for reference in ("a" * 32, "../../etc/passwd"):
        answer = busy.post(FORM, [*event(image__alt="Des vélos"), ("kept.image.file", reference)])
        assert answer.status == 422
        assert french.PICTURE_LOST[:40] in html.unescape(answer.text)


@pytest.mark.parametrize(
    ("content", "status", "sentence"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", 422, "Ce fichier n’est pas une image"),
        (b"x" * 10_000_001, 413, "Cette image est trop lourde"),
    ],
)
def test_what_is_no_picture_is_refused_and_the_texts_stay(
    busy: Live, content: bytes, status: int, sentence: str
) -> None:
    answer = busy.post(FORM, event(image__alt="Des vélos dans un atelier"), {"image.file": ("x.svg", content)})
    assert answer.status == status
    assert sentence in html.unescape(answer.text)
    assert inputs(answer, "title") == [EVENT["title"]]


def test_a_body_without_end_is_refused(busy: Live) -> None:
    answer = busy.post(FORM, event(), {"image.file": ("x", b"x" * 25_000_000)})
    assert answer.status == 413


def test_a_proof_of_work_counts_once(busy: Live) -> None:
    solution = proof(busy)
    accepted(busy, busy.post(FORM, [*event(title="Preuve une"), ("key", key(busy)), ("captcha", solution)]))
    replayed = busy.post(FORM, [*event(title="Preuve deux"), ("key", key(busy)), ("captcha", solution)])
    assert replayed.status == 422
    assert inputs(replayed, "title") == ["Preuve deux"]
    assert inputs(replayed, "captcha") in ([""], [])
    for wrong in ("x", solution[:-8], proof(busy, ago=dt.timedelta(hours=3))):
        answer = busy.post(FORM, [*event(title="Preuve trois"), ("captcha", wrong)])
        assert (answer.status, inputs(answer, "title")) == (422, ["Preuve trois"])


def test_the_challenge_may_be_asked_for_from_the_site(busy: Live) -> None:
    answer = busy.get("/contribuer/epreuve/")
    assert answer.status == 200
    assert answer.headers["access-control-allow-origin"] == "*"
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize(
    "more",
    [
        [("website", "https://spam.example")],
        [("message", "[url=https://spam.example]x[/url]")],
        [("body", "https://spam.example/ " * 9)],
        [("captcha", "quick")],
    ],
)
def test_what_is_suspected_waits_in_quarantine(busy: Live, more: list[tuple[str, str]]) -> None:
    more = [(name, proof(busy, ago=dt.timedelta(seconds=1)) if text == "quick" else text) for name, text in more]
    named = dict(more)
    pairs = [(name, text) for name, text in event(title=f"Suspect {key(busy)}") if name not in named]
    answer = busy.post(FORM, [*pairs, *more])
    submission = accepted(busy, answer)
    assert submission.state is State.QUARANTINE
    assert "Une personne vérifie l’envoi" in answer.text
    told = [moment.text for moment in busy.service.store.timeline(submission.id) if moment.kind == "trouble"]
    assert len(told) == 1  # for editors; the status page does not show it
    assert told[0].startswith("Signes d’un envoi automatique")


def test_who_corrects_one_word_is_not_suspected_of_haste(busy: Live) -> None:
    back = busy.post(FORM, [*event(title="x"), ("captcha", proof(busy))])
    (started,) = inputs(back, "form-opened")
    pairs = [
        *event(title="Vite corrigé"),
        ("form-opened", started),
        ("captcha", proof(busy, ago=dt.timedelta(seconds=1))),
    ]
    assert accepted(busy, busy.post(FORM, pairs)).state is State.QUEUED


def test_a_form_that_is_served_knows_when(busy: Live) -> None:
    (started,) = inputs(busy.get(FORM), "form-opened")
    assert (
        accepted(busy, busy.post(FORM, [*event(title="Trop vite"), ("form-opened", started)])).state is State.QUARANTINE
    )
    forged = [*event(title="Heure inventée"), ("form-opened", "1." + "0" * 32)]
    assert accepted(busy, busy.post(FORM, forged)).state is State.QUEUED


def test_the_year_in_which_an_initiative_started_is_no_stamp_of_the_form(busy: Live) -> None:
    """The form of the service holds both: whatever comes back, the year stays, and a form without one can be sent."""
    form = "/contribuer/initiative/"
    (opened,) = inputs(busy.get(form), "form-opened")
    said = [*event(title="Un jardin partagé"), ("stage", "idee"), ("form-opened", opened), ("commune", "98001")]
    back = busy.post(form, [*said, ("started", "2021"), ("summary", "court")])
    assert (back.status, inputs(back, "started"), inputs(back, "form-opened")) == (422, ["2021"], [opened])
    assert "started" not in accepted(busy, busy.post(form, said)).posted.data


def test_without_javascript_fewer_are_taken_and_the_form_is_kept(tmp_path: Path) -> None:
    limits = {"CIRCULAR_PLAIN_POSTS_PER_HOUR": "2", "CIRCULAR_POSTS_PER_HOUR": "3", "CIRCULAR_TRIES_PER_HOUR": "8"}
    with live(tmp_path, Given(limits)) as running:
        running.clock.moment = running.clock().replace(minute=20, second=0, microsecond=0)

        def send(number: int, *more: tuple[str, str]) -> Answer:
            return running.post(FORM, [*event(title=f"Atelier numéro {number}"), *more])

        assert [send(number).status for number in range(3)] == [202, 202, 429]
        proven = [send(number, ("captcha", proof(running))).status for number in range(3, 7)]
        assert proven == [202, 202, 202, 429]
        late = send(9, ("captcha", proof(running)))
        assert late.status == 429
        assert late.headers["retry-after"] == "2400"
        assert inputs(late, "title") == ["Atelier numéro 9"]
        assert running.post(FORM, [("title", "x")]).status == 429  # ninth try: even looking is too much
        assert '<form class="form"' in running.post(FORM, [("title", "x")]).text
        flood = [running.post(FORM, [("title", "x")]) for _ in range(32)]
        assert flood[-1].status == 429
        assert '<form class="form"' not in flood[-1].text


def test_addresses_are_confirmed_where_there_is_mail(tmp_path: Path) -> None:
    mail = {"CIRCULAR_SMTP": "smtp://mail.example", "CIRCULAR_MAIL_FROM": "participer@example.org"}
    with live(tmp_path, Given(mail)) as running:
        answer = running.post(FORM, event())
        submission = accepted(running, answer)
        assert submission.state is State.UNCONFIRMED
        assert submission.must_confirm
        assert "c…e@example.org" in answer.text
        assert "camille@example.org" not in answer.text
        suspected = accepted(running, running.post(FORM, event(title="Suspect", website="x")))
        assert (suspected.state, suspected.must_confirm) == (State.QUARANTINE, True)


def test_an_administrator_may_do_without_confirmation(tmp_path: Path) -> None:
    mail = {
        "CIRCULAR_SMTP": "smtp://mail.example",
        "CIRCULAR_MAIL_FROM": "p@example.org",
        "CIRCULAR_CONFIRM_EMAIL": "non",
    }
    with live(tmp_path, Given(mail)) as running:
        assert accepted(running, running.post(FORM, event())).state is State.QUEUED


def test_an_address_known_for_the_member_who_signs_is_told_from_another(busy: Live) -> None:
    busy.service.store.remember_member_email("ines-falaise", "ines@example.org")
    for mailbox, known in (("INES@example.org", True), ("mallory@example.org", False)):
        pairs = event(title=f"Signé par Inès {known}", authors="Inès Falaise", contact__email=mailbox)
        assert accepted(busy, busy.post(FORM, pairs)).email_known is known
    assert accepted(busy, busy.post(FORM, event(title="Signé par une nouvelle"))).email_known is None


def test_there_is_no_form_elsewhere(busy: Live) -> None:
    for path in ("/contribuer/", "/contribuer/danse/", "/contribuer/evenement", "/nulle/part/"):
        assert busy.get(path).status in {404, 405}
        assert busy.post(path, event()).status in {404, 405}
    assert busy.post("/consultations/2026/nulle/", event()).status == 404

"""The page of one proposal: what it shows, and what can be decided there."""

from __future__ import annotations

import datetime as dt
import io
import re
from typing import TYPE_CHECKING

import html5lib
import pytest
from PIL import Image

from scripts.bot.french import review as french
from scripts.bot.submission import Picture, State, Step
from scripts.bot.web.review.access import Gate
from scripts.bot.web.review.session import Session
from tests.bot.samples import NOW, sample_id

if TYPE_CHECKING:
    from httpx import Response

    from scripts.bot.submission import Submission
    from tests.bot.review.conftest import Desk

HOUR = dt.timedelta(hours=1)
HOSTILE = '"><script>alert(1)</script>{{ 987654*2 }}'


def page(desk: Desk, one: Submission) -> str:
    answer = desk.browser.get(f"/relecture/{one.id}/")
    assert answer.status_code == 200
    return answer.text


def words(text: str) -> str:
    return " ".join(" ".join(html5lib.parse(text, namespaceHTMLElements=False).itertext()).split())


def png(width: int, height: int) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "grey").save(out, "PNG")
    return out.getvalue()


def offered(text: str) -> set[str]:
    return set(re.findall(r'name="action" value="(\w+)"', text))


def act(desk: Desk, one: Submission, action: str, text: str = "", seen: str | None = None) -> Response:
    """Send a decision, whether the page offers it or not."""
    gate = Gate(desk.service, open=True)
    token = gate.token(Session(french.ON_THIS_MACHINE, "", NOW))
    fields = {"jeton": token, "action": action, "texte": text, "vu": one.commit if seen is None else seen}
    return desk.browser.post(f"/relecture/{one.id}/", data=fields)


def decided(desk: Desk, one: Submission) -> list[tuple[str, str]]:
    return [(decision.kind, decision.text) for decision in desk.service.store.pending(one.id)]


def test_a_new_entry_is_shown_with_its_fields_its_file_and_what_the_check_says(desk: Desk) -> None:
    one = desk.waiting(posted={"message": "Merci\nd’avance \u202e"})
    text = words(page(desk, one))
    assert "Un atelier de réparation ouvre au bourg" in text
    assert "La vérification ne trouve rien à redire." in text
    assert "Genre Actualité" in text
    assert re.search(r"content/articles/2026/un-atelier-de-reparation-ouvre-au-bourg\.md", text)
    assert "title: Un atelier de réparation ouvre au bourg" in text
    assert "Merci d’avance ⟨U+202E⟩" in text
    assert "adresse non confirmée" in text
    assert "camille@example.org" not in page(desk, one)


def test_the_preview_is_the_page_as_the_site_would_show_it_and_can_do_nothing(desk: Desk) -> None:
    one = desk.waiting()
    assert f'src="/relecture/{one.id}/apercu/"' in page(desk, one)
    answer = desk.browser.get(f"/relecture/{one.id}/apercu/")
    assert answer.status_code == 200
    assert "<h1>Un atelier de réparation ouvre au bourg</h1>" in answer.text
    assert "repartez avec un objet réparé" in answer.text
    policy = answer.headers["content-security-policy"]
    assert policy.startswith("sandbox allow-same-origin; default-src 'none';")
    assert "script-src" not in policy
    assert "frame-ancestors 'self'" in policy
    assert answer.headers["x-frame-options"] == "SAMEORIGIN"
    assert "frame-src 'self'" in desk.browser.get(f"/relecture/{one.id}/").headers["content-security-policy"]


def test_the_pictures_of_a_proposal_are_shown_in_the_page_and_beside_it(desk: Desk) -> None:
    content = png(1000, 600)
    image = {"file": "image.png", "alt": "Un établi"}
    pictures = (Picture("image.png", "image/png", content),)
    one = desk.waiting(data={"image": image}, pictures=pictures)
    text = page(desk, one)
    assert "Décrite ainsi" in text
    assert f'<img src="/relecture/{one.id}/fichier/image.png" alt="Un établi">' in text
    preview = desk.browser.get(f"/relecture/{one.id}/apercu/").text
    found = set(re.findall(rf"/relecture/{one.id}/fichier/[\w.-]+", preview))
    assert any(path.endswith(".480.png") for path in found)
    for path in found:
        answer = desk.browser.get(path)
        assert (answer.status_code, answer.headers["content-type"]) == (200, "image/png"), path
        assert "sandbox" in answer.headers["content-security-policy"]
    for name in ("absent.png", "..%2f..%2f..%2fdata%2fsite.yaml", "%2e%2e%2fsite.yaml"):
        assert desk.browser.get(f"/relecture/{one.id}/fichier/{name}").status_code == 404


def test_an_edit_is_shown_beside_the_page_as_it_is(desk: Desk) -> None:
    site = desk.service.root.edition().site
    entry = next(one for one in site.entries.values() if one.type.name == "article")
    source = (desk.service.root.path / entry.path).read_text(encoding="utf-8")
    body = source.split("---\n", 2)[2].strip()
    data = {**entry.fields, "title": f"{entry.title} (suite)"}
    one = desk.waiting(posted={"action": "edit", "target": entry.id, "data": data, "body": body})
    text = page(desk, one)
    assert "Ce qui change" in text
    assert re.search(r'<span aria-hidden="true">−</span><span class="hidden">enlevé</span>', text)
    assert re.search(r'<span aria-hidden="true">\+</span><span class="hidden">ajouté</span>', text)
    assert "(suite)</ins>" in text
    assert text.count("<del>") == 0
    assert f"Maintenant Proposé Titre {entry.title} {entry.title} (suite)" in words(text)
    assert entry.address in text


def test_a_removal_shows_what_goes_and_no_preview(desk: Desk) -> None:
    site = desk.service.root.edition().site
    entry = next(one for one in site.entries.values() if one.type.name == "event")
    one = desk.waiting(posted={"type_name": "event", "action": "remove", "target": entry.id, "data": {}, "body": ""})
    text = page(desk, one)
    assert "fichier supprimé" in text
    assert "apercu" not in text
    assert desk.browser.get(f"/relecture/{one.id}/apercu/").status_code == 404


def test_faults_are_said_instead_of_a_preview(desk: Desk) -> None:
    one = desk.waiting(data={"title": "x", "authors": ["personne-du-tout"]})
    text = page(desk, one)
    assert "erreur" in words(text)
    assert "<iframe" not in text
    assert desk.browser.get(f"/relecture/{one.id}/apercu/").status_code == 404
    assert "accept" not in offered(text)
    assert "ne peut pas être acceptée telle quelle" in words(text)
    assert act(desk, one, "accept").status_code == 409
    assert decided(desk, one) == []


def test_what_others_cite_is_not_removed_before_they_are_changed(desk: Desk) -> None:
    site = desk.service.root.edition().site
    member = next(one for one in site.members.values() if one.mentions)
    one = desk.waiting(posted={"type_name": "member", "action": "remove", "target": member.id, "data": {}, "body": ""})
    text = page(desk, one)
    assert "il restera à changer" in words(text)
    assert "accept" not in offered(text)
    assert act(desk, one, "accept").status_code == 409
    assert decided(desk, one) == []


def test_what_it_may_repeat_is_named(desk: Desk) -> None:
    entry = next(one for one in desk.service.root.edition().site.entries.values() if one.type.name == "article")
    other = desk.waiting(2, data={"title": f"{entry.title} !"})
    one = desk.waiting(1, data={"title": entry.title})
    text = page(desk, one)
    assert f'<a href="{desk.service.root.edition().context.href(entry.address)}">' in text
    assert f"/relecture/{other.id}/" in text
    assert "autre proposition en cours" in text
    assert "Comparez avec" not in page(desk, desk.waiting(3, data={"title": "Tout autre chose, vraiment"}))


def test_whatever_a_stranger_writes_stays_text(desk: Desk) -> None:
    data = {
        "title": HOSTILE,
        "summary": HOSTILE * 3,
        "tags": [HOSTILE],
        HOSTILE: {HOSTILE: [HOSTILE, None, 3]},
        "place": HOSTILE,
    }
    about = {"contact_name": HOSTILE, "message": HOSTILE, "body": HOSTILE, "profile": {"name": HOSTILE}}
    one = desk.waiting(data=data, posted=about)
    text = page(desk, one)
    assert "<script>alert" not in text
    assert "1975308" not in text
    assert act(desk, one, "refuse", HOSTILE).status_code == 303
    assert "<script>alert" not in page(desk, one)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        (State.QUARANTINE, {"release", "discard"}),
        (State.WAITING, {"accept", "question", "refuse"}),
        (State.QUESTION, {"accept", "question", "refuse"}),
        (State.MERGED, set()),
        (State.PUBLISHED, set()),
        (State.REFUSED, set()),
    ],
)
def test_only_what_is_possible_is_offered(state: State, expected: set[str], desk: Desk) -> None:
    one = (
        desk.add(state=State.QUARANTINE)
        if state is State.QUARANTINE
        else desk.moved(desk.add(), state=state, commit="c" * 40)
    )
    assert offered(page(desk, one)) == expected
    refused = {"accept", "question", "refuse", "release", "discard"} - expected
    done = {State.MERGED: {"accept"}, State.PUBLISHED: {"accept"}, State.REFUSED: {"refuse", "discard"}}.get(
        state, set()
    )
    done |= {"release"} if state is State.WAITING else set()
    for action in refused - done:
        assert act(desk, one, action, "une raison").status_code == 409, action
    assert decided(desk, one) == []


def test_what_was_decided_is_said_until_it_is_done(desk: Desk) -> None:
    one = desk.waiting()
    act(desk, one, "accept")
    text = page(desk, one)
    assert offered(text) == set()
    assert "elle entre dans le site" in words(text)


def test_a_long_file_says_how_much_is_not_shown(desk: Desk) -> None:
    one = desk.waiting(posted={"body": "\n\n".join(f"Paragraphe {number}." for number in range(2000))})
    assert re.search(r"1\D?0\d\d lignes de plus, à lire dans le dépôt", words(page(desk, one)))


def test_to_accept_twice_is_to_accept_once(desk: Desk) -> None:
    one = desk.waiting()
    for _ in range(3):
        answer = act(desk, one, "accept")
        assert (answer.status_code, answer.headers["location"]) == (303, f"/relecture/{one.id}/?fait=accept")
    assert decided(desk, one) == [("accept", "")]
    assert "Vous avez accepté" in desk.browser.get(f"/relecture/{one.id}/?fait=accept").text


def test_a_refusal_or_a_question_needs_its_words_and_keeps_what_was_written(desk: Desk) -> None:
    one = desk.waiting()
    for action in ("refuse", "question"):
        answer = act(desk, one, action, "  \n ")
        assert answer.status_code == 422
        assert 'aria-invalid="true"' in answer.text
        assert f'href="#page-{action}"' in answer.text
        long = act(desk, one, action, "é" * 2001)
        assert long.status_code == 422
        assert "é" * 2001 in long.text
    assert decided(desk, one) == []
    assert act(desk, one, "question", "Quelle heure\u202f?\r\nEt où\u202f?").status_code == 303
    assert decided(desk, one) == [("question", "Quelle heure\u202f?\nEt où\u202f?")]


def test_what_changed_since_it_was_read_is_not_accepted(desk: Desk) -> None:
    one = desk.waiting()
    answer = act(desk, one, "accept", seen="d" * 40)
    assert answer.status_code == 409
    assert "a changé depuis" in answer.text
    desk.service.store.decide(one.id, "correct", posted=one.posted, by="", at=NOW)
    assert act(desk, one, "accept").status_code == 409
    assert [kind for kind, _ in decided(desk, one)] == ["correct"]


def test_what_is_released_goes_on_and_what_is_discarded_ends(desk: Desk) -> None:
    one, two = desk.add(1, state=State.QUARANTINE), desk.add(2, state=State.QUARANTINE)
    assert act(desk, one, "release").status_code == 303
    assert act(desk, two, "discard").status_code == 303
    states = [found.state for found in map(desk.service.store.by_id, (one.id, two.id)) if found]
    assert states == [State.QUEUED, State.REFUSED]
    assert act(desk, one, "release").status_code == 303


def test_what_has_stopped_can_be_tried_again(desk: Desk) -> None:
    one = desk.moved(desk.add(), state=State.QUEUED, step=Step.PUSH, trouble="Le dépôt est plein.", next_try=NOW + HOUR)
    assert "Le dépôt est plein." in page(desk, one)
    assert desk.service.store.lease("test", NOW, NOW - NOW) is None
    assert act(desk, one, "retry").status_code == 303
    lease = desk.service.store.lease("test", NOW, NOW - NOW)
    assert lease is not None
    assert lease.submission.id == one.id


def test_what_is_not_there_is_said_to_be_gone(desk: Desk) -> None:
    for path in (sample_id(9), "x", "quarantaine2", "AAAAAAAAAAAAAAAA"):
        answer = desk.browser.get(f"/relecture/{path}/")
        assert answer.status_code == 404
        assert "n’existe pas" in answer.text


def test_an_unknown_act_and_a_form_of_another_kind_are_refused(desk: Desk) -> None:
    one = desk.waiting()
    assert act(desk, one, "publier").status_code == 400
    assert desk.browser.post(f"/relecture/{one.id}/", json={"action": "accept"}).status_code in {400, 403, 415}
    assert desk.browser.post(f"/relecture/{one.id}/", content=b"a=" + b"x" * 200_000).status_code in {400, 413, 415}
    assert decided(desk, one) == []

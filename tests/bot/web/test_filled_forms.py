from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scripts.bot.french import web as french
from scripts.bot.submission import State
from scripts.bot.web.posting.filling import blob_id
from tests.bot.web.live import Given, live
from tests.bot.web.test_intake import EVENT, FORM, MUCH, accepted, event, inputs, key, picture, proof

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.web.live import Answer, Live

ENTRY = "events/2026/pret-d-outils"


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("busy"), Given(MUCH)) as running:
        yield running


def everything(answer: Answer) -> list[tuple[str, str]]:
    """What a browser sends when the form is sent as it came: texts, hidden inputs, boxes and choices that are marked."""
    form = re.search(r'<form class="form".*?</form>', answer.text, re.DOTALL)
    assert form is not None
    names = dict.fromkeys(re.findall(r'name="([^"]+)"', form[0]))
    sent: list[tuple[str, str]] = []
    for name in names:
        own = re.escape(name)
        boxes = re.findall(rf'<input[^>]*type="(?:checkbox|radio)"[^>]*name="{own}"[^>]*>', form[0])
        if boxes:
            sent += [
                (name, found[1]) for box in boxes if " checked" in box and (found := re.search(r'value="([^"]*)"', box))
            ]
        elif chosen := re.search(rf'<select[^>]*name="{own}".*?</select>', form[0], re.DOTALL):
            sent += [(name, value) for value in re.findall(r'<option value="([^"]*)" selected', chosen[0])]
        elif not re.search(rf'<(?:button|input[^>]*type="file")[^>]*name="{own}"', form[0]):
            sent += [(name, text) for text in inputs(answer, name)]
    return sent


def test_the_form_of_a_new_entry_is_empty_and_has_a_key_of_its_own(busy: Live) -> None:
    first, second = busy.get(FORM), busy.get(FORM)
    assert first.status == 200
    assert first.headers["cache-control"] == "no-store"
    assert inputs(first, "title") == [""]
    assert inputs(first, "key") != inputs(second, "key")
    assert 'data-captcha="/contribuer/epreuve/"' in first.text


def test_an_entry_is_changed_by_its_own_form(busy: Live) -> None:
    shown = busy.get(f"{FORM}?modifier={ENTRY}")
    assert shown.status == 200
    assert "Prêt d’outils sur la place" in shown.text
    (base,) = inputs(shown, "base")
    assert base == blob_id((busy.root / f"content/{ENTRY}.md").read_bytes())
    unchanged = [*everything(shown), ("contact.name", "Camille Exemple"), ("contact.email", "camille@example.org")]
    same = busy.post(FORM, unchanged)
    assert same.status == 422
    assert 'name="target"' in same.text
    changed = [(name, text.replace("perceuse", "scie") if name == "summary" else text) for name, text in unchanged]
    submission = accepted(busy, busy.post(FORM, [*changed, ("captcha", proof(busy))]))
    posted = submission.posted
    assert (posted.action, posted.target, posted.base) == ("edit", ENTRY, base)
    assert posted.seen
    assert "scie" in str(posted.data["summary"])


def test_a_similar_entry_begins_as_another_without_its_dates(busy: Live) -> None:
    shown = busy.get(f"{FORM}?semblable={ENTRY}")
    assert shown.status == 200
    assert inputs(shown, "title") == ["Prêt d’outils sur la place"]
    assert inputs(shown, "start") == [""]
    assert 'name="target"' not in shown.text


def test_of_a_member_only_what_is_public_is_shown(busy: Live) -> None:
    assert "Secrète archiviste" in (busy.root / "data/members/ines-falaise.yaml").read_text(encoding="utf-8")
    shown = busy.get("/contribuer/membre/?modifier=ines-falaise")
    assert shown.status == 200
    assert inputs(shown, "name") == ["Inès Falaise"]
    assert "affûtage" in shown.text
    assert "archiviste" not in shown.text
    sent = [(name, "couture" if name == "skills" else text) for name, text in everything(shown)]
    sent = [pair for pair in sent if pair[0] not in {"contact.name", "contact.email"}]
    sender = [("contact.name", "Inès Falaise"), ("contact.email", "ines@example.org")]
    posted = accepted(busy, busy.post("/contribuer/membre/", [*sent, *sender])).posted
    proposal = busy.service.root.edition().proposer.propose(
        posted, {}, today=busy.service.root.edition().site.today, source=busy.service.root.source
    )
    (content,) = proposal.files.values()
    assert content is not None
    assert "Secrète archiviste" in content.decode()
    assert "couture" in content.decode()


@pytest.mark.parametrize(
    "query",
    [
        "modifier=events/2026/nulle-part",
        "modifier=../../etc/passwd",
        "modifier=pages/a-propos",
        "modifier=articles/2025/une-echelle-pour-dix",
        "modifier=ines-falaise",
        "semblable=%00",
        "semblable=events/2026/pret-d-outils%2f..",
    ],
)
def test_what_is_no_such_entry_has_no_form(busy: Live, query: str) -> None:
    assert busy.get(f"{FORM}?{query}").status == 404


def test_a_proposal_is_corrected_at_its_secret_address(busy: Live) -> None:
    pairs = event(title="À corriger", image__alt="Des vélos dans un atelier", website="x")
    answer = busy.post(FORM, [*pairs, ("key", key(busy))], {"image.file": ("x.jpg", picture())})
    submission = accepted(busy, answer)
    assert submission.state is State.QUARANTINE  # there, a correction takes effect at once
    status = f"/proposition/{submission.id}/{busy.service.store.status_token(submission.id)}/"
    assert f'href="{status}corriger/"' in busy.get(status).text
    shown = busy.get(f"{status}corriger/")
    assert shown.status == 200
    assert f'action="{status}corriger/"' in shown.text
    assert inputs(shown, "title") == ["À corriger"]
    assert inputs(shown, "place.name") == [EVENT["place.name"]]
    assert inputs(shown, "contact.email") == [EVENT["contact.email"]]
    sent = [(name, "Bien corrigé" if name == "title" else text) for name, text in everything(shown)]
    wrong = busy.post(
        f"{status}corriger/", [(n, "x" if n == "title" else t) for n, t in sent], sec_fetch_site="same-origin"
    )
    assert (wrong.status, inputs(wrong, "title")) == (422, ["x"])
    assert f'action="{status}corriger/"' in wrong.text
    for page in (shown, wrong):  # the picture is still there, and looks as it was sent
        assert french.PICTURE_SENT in page.text
        assert '<img class="thumbnail" src="data:image/jpeg;base64,' in page.text
    done = busy.post(f"{status}corriger/", sent, sec_fetch_site="same-origin")
    assert (done.status, done.headers["location"]) == (303, status)
    corrected = busy.service.store.by_id(submission.id)
    assert corrected is not None
    assert corrected.posted.data["title"] == "Bien corrigé"
    assert corrected.posted.data["image"] == {"file": "image.jpg", "alt": "Des vélos dans un atelier"}
    assert len(busy.service.store.pictures(submission.id)) == 1
    without = [*sent, ("image.remove", "oui")]
    assert busy.post(f"{status}corriger/", without, sec_fetch_site="same-origin").status == 303
    corrected = busy.service.store.by_id(submission.id)
    assert corrected is not None
    assert "image" not in corrected.posted.data or corrected.posted.data["image"] is None
    assert busy.press(status, {"action": "withdraw"}).status == 303
    assert busy.get(f"{status}corriger/").status == 409
    assert busy.post(f"{status}corriger/", sent, sec_fetch_site="same-origin").status == 409


def test_nobody_else_corrects_it(busy: Live) -> None:
    submission = accepted(busy, busy.post(FORM, event(title="À moi seul")))
    token = busy.service.store.status_token(submission.id)
    other = f"/proposition/{submission.id}/{'a' * 32}/corriger/"
    assert busy.get(other).status == busy.post(other, event(), sec_fetch_site="same-origin").status == 404
    foreign = busy.post(f"/proposition/{submission.id}/{token}/corriger/", event(), sec_fetch_site="cross-site")
    assert foreign.status == 403
    assert busy.service.store.by_id(submission.id) == submission

"""An editor corrects a proposal with the form that contributors use."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from tests.bot.samples import NOW
from tests.serve.form_inputs import Form, form_in

if TYPE_CHECKING:
    from httpx import Response

    from scripts.bot.submission import Submission
    from tests.bot.review.conftest import Desk


def opened(desk: Desk, one: Submission) -> Form:
    answer = desk.browser.get(f"/relecture/{one.id}/corriger/")
    assert answer.status_code == 200
    return form_in(answer.text, "article")


def sent(desk: Desk, form: Form, **changes: str | list[str]) -> Response:
    return desk.browser.post(form.action, data=form.filled(changes), files={"image.file": ("", b"")})


def test_the_form_is_filled_with_what_was_sent_but_for_the_address(desk: Desk) -> None:
    one = desk.waiting()
    form = opened(desk, one)
    values = dict(form.pairs)
    assert values["title"] == "Un atelier de réparation ouvre au bourg"
    assert values["body"].strip() == "Venez avec un objet en panne, repartez avec un objet réparé."
    assert values["contact.name"] == "Camille Exemple"
    assert values["contact.email"] == "adresse-gardee@exemple.invalid"
    assert "camille@example.org" not in desk.browser.get(f"/relecture/{one.id}/corriger/").text
    assert f'href="/relecture/{one.id}/corriger/"' in desk.browser.get(f"/relecture/{one.id}/").text


def test_what_is_corrected_is_written_down_for_the_worker(desk: Desk) -> None:
    one = desk.waiting()
    answer = sent(desk, opened(desk, one), title="Un atelier de réparation au bourg")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/relecture/{one.id}/?fait=correct")
    (decision,) = desk.service.store.pending(one.id)
    assert decision.kind == "correct"
    assert decision.by
    assert decision.posted is not None
    assert decision.posted.data["title"] == "Un atelier de réparation au bourg"
    member = desk.service.root.edition().site.members[one.posted.data["authors"][0]]  # type: ignore[index]
    assert decision.posted.data["authors"] == [member.name]
    assert decision.posted.type_name == "article"
    assert "@" not in decision.posted.to_json(), "the store keeps the address where it was"


def test_a_mistake_brings_the_form_back_with_all_that_was_written(desk: Desk) -> None:
    one = desk.waiting()
    answer = sent(desk, opened(desk, one), title="x", body="Un texte tout neuf.")
    assert answer.status_code == 422
    again = form_in(answer.text, "article")
    assert dict(again.pairs)["body"].strip() == "Un texte tout neuf."
    assert desk.service.store.pending(one.id) == ()
    assert sent(desk, again, title="Un titre assez long").status_code == 303


def test_a_correction_that_comes_from_elsewhere_is_none(desk: Desk) -> None:
    one = desk.waiting()
    form = opened(desk, one)
    assert "jeton=" in form.action
    assert sent(desk, replace(form, action=re.sub(r"jeton=[^&]+", "jeton=faux", form.action))).status_code == 403
    answer = desk.browser.post(form.action, data=form.filled({}), headers={"Sec-Fetch-Site": "cross-site"})
    assert answer.status_code == 403
    assert desk.service.store.pending(one.id) == ()


def test_it_is_too_late_once_it_is_accepted(desk: Desk) -> None:
    one = desk.waiting()
    form = opened(desk, one)
    desk.service.store.decide(one.id, "refuse", text="non", by="Ada", at=NOW)
    lease = desk.service.store.lease("test", NOW, NOW - NOW)
    assert lease is not None
    desk.service.store.finish(lease, desk.ended(lease.submission), carried_out=lease.decisions, now=NOW)
    assert desk.browser.get(f"/relecture/{one.id}/corriger/").status_code == 409
    assert sent(desk, form).status_code == 409
    assert "Il est trop tard" in html.unescape(sent(desk, form).text)


def test_strangers_get_the_form_to_sign_in(guarded: Desk) -> None:
    one = guarded.waiting()
    assert guarded.browser.get(f"/relecture/{one.id}/corriger/").status_code == 401
    assert guarded.browser.post(f"/relecture/{one.id}/corriger/?jeton=", data={"title": "a"}).status_code == 401

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from scripts.bot.french import web as french
from scripts.bot.submission import Moment, State, Submission, make_id
from tests.bot.samples import new, posted

if TYPE_CHECKING:
    from dataclasses import Field

    from tests.bot.web.live import Answer, Live

HOSTILE = "<script>alert(1)</script>{{ 7 * 7 }}{% raw %}"


def added(live: Live, *, state: State = State.QUEUED, title: str = "Un atelier") -> Submission:
    identifier = make_id(live.service.random(10))
    data = {**posted().data, "title": title}
    given = new(id=identifier, key=identifier, state=state, created=live.clock(), posted=posted(data=data))
    return live.service.store.add(given)[0]


def path(live: Live, submission: Submission) -> str:
    return f"/proposition/{submission.id}/{live.service.store.status_token(submission.id)}/"


def is_private(answer: Answer) -> bool:
    """Kept by no cache, listed by no search engine, its address told to nobody, shown in no frame."""
    head = answer.headers
    return (
        head["cache-control"] == "no-store"
        and head["referrer-policy"] == "no-referrer"
        and head["x-robots-tag"] == "noindex"
        and "frame-ancestors 'none'" in head["content-security-policy"]
        and '<meta name="robots" content="noindex">' in answer.text
    )


def test_the_status_page_says_where_a_proposal_stands_and_stays_private(shared: Live) -> None:
    submission = added(shared)
    answer = shared.get(path(shared, submission))
    assert answer.status == 200
    assert is_private(answer)
    assert "Un atelier" in answer.text
    assert french.STATES["queued"][0] in answer.text
    assert french.MOMENTS["received"] in answer.text
    assert shared.service.store.status_token(submission.id) in answer.text


@pytest.mark.parametrize(
    "state", [state for state in State if state in {State.QUARANTINE, State.UNCONFIRMED, State.QUEUED}]
)
def test_each_state_has_its_words(shared: Live, state: State) -> None:
    assert french.STATES[state.value][0] in shared.get(path(shared, added(shared, state=state))).text


def test_every_state_and_every_moment_has_words() -> None:
    fields: dict[str, Field[object]] = Moment.__dataclass_fields__
    assert set(french.STATES) == {state.value for state in State}
    assert "kind" in fields
    assert set(french.MOMENTS) == {
        "received", "confirmed", "opened", "question", "answer", "merged", "published", "refused", "withdrawn", "trouble",
    }  # fmt: skip


def test_another_token_or_id_shows_nothing(shared: Live) -> None:
    first, second = added(shared), added(shared)
    token = shared.service.store.status_token(first.id)
    for wrong in (
        f"/proposition/{second.id}/{token}/",
        f"/proposition/{first.id}/{token[:-1]}/",
        f"/proposition/{first.id}/{token[:-1]}%C3%A9/",
        f"/proposition/{first.id}/{shared.service.store.confirm_token(first.id)}/",
        f"/proposition/{'a' * 16}/{shared.service.store.status_token('a' * 16)}/",
        f"/proposition/..%2f..%2fetc/{token}/",
    ):
        for answer in (shared.get(wrong), shared.press(wrong, {"action": "withdraw"})):
            assert answer.status == 404
            assert is_private(answer)
    assert shared.service.store.by_id(first.id) == first


def test_what_strangers_wrote_is_text(shared: Live) -> None:
    submission = added(shared, title=HOSTILE)
    shared.service.store.say(submission.id, "question", HOSTILE, shared.clock())
    text = shared.get(path(shared, submission)).text
    assert "<script>alert" not in text
    assert text.count("&lt;script&gt;alert(1)&lt;/script&gt;{{ 7 * 7 }}{% raw %}") >= 2


def test_it_can_be_withdrawn_once(shared: Live) -> None:
    submission = added(shared, state=State.QUARANTINE)
    where = path(shared, submission)
    done = shared.press(where, {"action": "withdraw"})
    assert (done.status, done.headers["location"]) == (303, where)
    text = shared.get(where).text
    assert french.STATES["withdrawn"][0] in text
    assert "<button" not in re.sub(
        r'<button class="menu".*?</button>|<form class="find.*?</form>', "", text, flags=re.DOTALL
    )
    assert shared.press(where, {"action": "withdraw"}).status == 409


def test_what_the_worker_has_still_to_do_is_said(shared: Live) -> None:
    where = path(shared, added(shared))
    assert shared.press(where, {"action": "withdraw"}).status == 303
    text = shared.get(where).text
    assert french.DECISIONS["withdraw"] in text
    assert "Corriger la proposition" not in text


def test_an_answer_needs_a_question_and_words(shared: Live) -> None:
    where = path(shared, added(shared))
    assert shared.press(where, {"action": "answer", "text": "Oui"}).status == 409
    assert shared.press(where, {"action": "answer", "text": "  "}).status == 422
    assert shared.press(where, {"action": "answer", "text": "x" * 5_001}).status == 422
    assert shared.press(where, {"action": "dance"}).status == 400
    assert shared.press(where).status == 400


@pytest.mark.parametrize(
    ("site", "origin", "status"),
    [
        ("cross-site", None, 403),
        ("same-site", None, 403),
        ("same-origin", None, 303),
        ("none", None, 303),
        (None, "https://evil.example", 403),
        (None, "null", 303),
        (None, None, 303),
    ],
)
def test_only_pages_of_the_service_may_act(shared: Live, site: str | None, origin: str | None, status: int) -> None:
    where = path(shared, added(shared, state=State.QUARANTINE))
    head = {"content-type": "application/x-www-form-urlencoded"}
    head |= {name: text for name, text in (("sec-fetch-site", site), ("origin", origin)) if text is not None}
    assert shared.ask("POST", where, b"action=withdraw", head).status == status


def test_other_bodies_are_refused_in_words(shared: Live) -> None:
    where = path(shared, added(shared))
    for kind, body, status in (
        ("application/json", b"{}", 415),
        ("application/x-www-form-urlencoded", b"text=" + b"x" * 200_000, 413),
        ("application/x-www-form-urlencoded", b"text=%FF", 400),
    ):
        answer = shared.ask("POST", where, body, {"content-type": kind, "sec-fetch-site": "same-origin"})
        assert answer.status == status
        assert is_private(answer)


def test_an_address_is_confirmed_by_pressing_the_button_not_by_opening_the_link(shared: Live) -> None:
    submission = added(shared, state=State.UNCONFIRMED)
    link = f"/confirmer/{shared.service.store.confirm_token(submission.id)}/"
    opened = shared.get(link)
    assert (opened.status, is_private(opened)) == (200, True)
    assert shared.ask("HEAD", link).status == 200
    waiting = shared.service.store.by_id(submission.id)
    assert waiting is not None
    assert waiting.state is State.UNCONFIRMED
    assert shared.press(link, sec_fetch_site="cross-site").status == 403
    pressed = shared.press(link)
    assert pressed.status == 200
    assert path(shared, submission) in pressed.text
    confirmed = shared.service.store.by_id(submission.id)
    assert confirmed is not None
    assert (confirmed.state, confirmed.email_state) == (State.QUEUED, "confirmed")
    assert shared.press(link).status == 200


def test_a_wrong_confirmation_confirms_nothing(shared: Live) -> None:
    submission = added(shared, state=State.UNCONFIRMED)
    answer = shared.press(f"/confirmer/{shared.service.store.status_token(submission.id)}/")
    assert (answer.status, is_private(answer)) == (404, True)

"""Who gets in, and which posts are taken for an editor's."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

import pytest

from scripts.bot.submission import State
from scripts.bot.web.app import create_app
from scripts.bot.web.review.review import review_routes
from scripts.bot.web.run import application
from tests.bot.review.conftest import PASSWORD, PUBLIC, browser_at
from tests.bot.samples import sample_id

if TYPE_CHECKING:
    from pathlib import Path

    from httpx import Response

    from tests.bot.review.conftest import Desk

PAGES = ("/relecture/", "/relecture/quarantaine/", f"/relecture/{sample_id(1)}/", f"/relecture/{sample_id(1)}/apercu/")
LOGIN = "/relecture/connexion/"


def enter(
    desk: Desk, password: str = PASSWORD, name: str = "Ada", then: str = "/relecture/", **headers: str
) -> Response:
    return desk.browser.post(LOGIN, data={"nom": name, "mot": password, "suite": then}, headers=headers)


def token(page: str) -> str:
    found = re.search(r'name="jeton" value="([^"]+)"', page)
    assert found is not None
    return found[1]


@pytest.mark.parametrize("path", PAGES)
def test_a_stranger_gets_the_form_to_sign_in_and_nothing_else(path: str, guarded: Desk) -> None:
    guarded.waiting()
    answer = guarded.browser.get(path)
    assert answer.status_code == 401
    assert "Mot de passe de l’équipe" in answer.text
    assert "atelier" not in answer.text
    assert guarded.browser.post(path, data={"action": "accept"}).status_code in {401, 405}


def test_who_knows_the_password_comes_in_where_he_wanted_to_go(guarded: Desk) -> None:
    one = guarded.waiting()
    answer = enter(guarded, then=f"/relecture/{one.id}/")
    assert (answer.status_code, answer.headers["location"]) == (303, f"/relecture/{one.id}/")
    assert "atelier" in guarded.browser.get(f"/relecture/{one.id}/").text


def test_the_cookie_is_for_this_host_alone_and_for_no_script(guarded: Desk) -> None:
    cookie = enter(guarded).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert "Max-Age=43200" in cookie
    assert "Path=/;" in cookie
    assert "Domain" not in cookie
    assert PASSWORD not in cookie


@pytest.mark.parametrize(
    "then", ["https://evil.example/", "//evil.example/", "/relecture/../admin", "/relecture/\\..", "/", "x"]
)
def test_signing_in_leads_nowhere_else(then: str, guarded: Desk) -> None:
    assert enter(guarded, then=then).headers["location"] == "/relecture/"


def test_a_wrong_password_or_no_name_lets_nobody_in(guarded: Desk) -> None:
    answer = enter(guarded, "un autre mot de passe")
    assert answer.status_code == 401
    assert "set-cookie" not in answer.headers
    assert 'value="Ada"' in answer.text
    assert enter(guarded, name=" ").status_code == 422


def test_after_ten_tries_the_right_password_is_refused_too_for_a_quarter_of_an_hour(guarded: Desk) -> None:
    for _ in range(10):
        assert enter(guarded, "faux").status_code == 401
    answer = enter(guarded)
    assert answer.status_code == 429
    assert 0 < int(answer.headers["retry-after"]) <= 900
    guarded.clock.now += dt.timedelta(minutes=16)
    assert enter(guarded).status_code == 303


def test_a_session_ends_after_twelve_hours_and_when_one_leaves(guarded: Desk) -> None:
    enter(guarded)
    page = guarded.browser.get("/relecture/")
    assert page.status_code == 200
    guarded.clock.now += dt.timedelta(hours=12)
    assert guarded.browser.get("/relecture/").status_code == 401
    guarded.clock.now -= dt.timedelta(hours=12)
    assert guarded.browser.post("/relecture/deconnexion/", data={"jeton": token(page.text)}).status_code == 303
    assert guarded.browser.get("/relecture/").status_code == 401


def test_a_post_without_the_token_of_the_page_decides_nothing(guarded: Desk) -> None:
    one = guarded.waiting()
    enter(guarded)
    for given in ("", "faux"):
        answer = guarded.browser.post(
            f"/relecture/{one.id}/", data={"action": "accept", "vu": one.commit, "jeton": given}
        )
        assert answer.status_code == 403
    assert guarded.service.store.pending(one.id) == ()


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"}, {"Origin": "null"}, {"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "none"}, {"Origin": "http://127.0.0.1:9999"},
    ],
)  # fmt: skip
def test_a_post_from_another_page_decides_nothing_even_with_the_token(headers: dict[str, str], guarded: Desk) -> None:
    one = guarded.waiting()
    enter(guarded)
    given = token(guarded.browser.get(f"/relecture/{one.id}/").text)
    fields = {"action": "accept", "vu": one.commit, "jeton": given}
    assert guarded.browser.post(f"/relecture/{one.id}/", data=fields, headers=headers).status_code == 403
    assert guarded.service.store.pending(one.id) == ()
    assert enter(guarded, **headers).status_code == 403


def test_an_editor_decides_under_the_name_given_and_another_session_has_another_token(guarded: Desk) -> None:
    one = guarded.waiting()
    enter(guarded)
    first = token(guarded.browser.get(f"/relecture/{one.id}/").text)
    enter(guarded, name="  Grace   Hopper ")
    second = token(guarded.browser.get(f"/relecture/{one.id}/").text)
    assert first != second
    fields = {"action": "accept", "vu": one.commit}
    assert guarded.browser.post(f"/relecture/{one.id}/", data={**fields, "jeton": first}).status_code == 403
    headers = {"Origin": PUBLIC, "Sec-Fetch-Site": "same-origin"}
    done = guarded.browser.post(f"/relecture/{one.id}/", data={**fields, "jeton": second}, headers=headers)
    assert (done.status_code, done.headers["location"]) == (303, f"/relecture/{one.id}/?fait=accept")
    assert [(decision.kind, decision.by) for decision in guarded.service.store.pending(one.id)] == [
        ("accept", "Grace Hopper")
    ]


def test_without_a_password_the_review_is_closed_but_on_ones_own_machine(desk: Desk) -> None:
    with browser_at(create_app(desk.service, review_routes(desk.service))) as browser:
        answer = browser.get("/relecture/")
        assert answer.status_code == 503
        assert "bot password" in answer.text
        assert browser.post(LOGIN, data={"nom": "Ada", "mot": ""}).status_code == 503
    assert desk.browser.get("/relecture/").status_code == 200


def test_the_process_for_real_has_the_review_behind_its_password(
    root: Path, tmp_path: Path, stored_password: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"ROOT": root, "STATE": tmp_path / "state", "PUBLIC_URL": PUBLIC, "SECRET": "s" * 40}
    for name, value in {**given, "REVIEW_PASSWORD": stored_password}.items():
        monkeypatch.setenv(f"CIRCULAR_{name}", str(value))
    with browser_at(application()) as browser:
        assert browser.get("/relecture/").status_code == 401
        assert browser.post(LOGIN, data={"nom": "Ada", "mot": PASSWORD}).status_code == 303
        assert browser.get("/relecture/").status_code == 200


def test_pages_are_kept_by_nobody_and_tell_browsers_to_say_where_posts_come_from(desk: Desk) -> None:
    one = desk.add(state=State.QUARANTINE)
    for path in ("/relecture/", "/relecture/quarantaine/", f"/relecture/{one.id}/"):
        headers = desk.browser.get(path).headers
        assert headers["cache-control"] == "no-store"
        assert headers["referrer-policy"] == "same-origin"
        assert headers["x-robots-tag"] == "noindex"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]

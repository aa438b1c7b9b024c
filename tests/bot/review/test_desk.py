"""The editors' desk in the service, and « toujours exact ? » from the button to the answer."""

from __future__ import annotations

import datetime as dt
import json
import re
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

import html5lib
import pytest

from plugins.views.reference import fields
from scripts.__main__ import main
from scripts.bot.mail.compose import Composed, Sender
from scripts.bot.mail.postman import Postman
from scripts.bot.store.exactness import LIFETIME
from scripts.bot.submission import State, Step
from scripts.bot.web.app import create_app
from scripts.bot.web.exact import TRIES_PER_HOUR, ExactView
from scripts.bot.web.review.access import Gate
from scripts.bot.web.review.review import review_routes
from scripts.bot.web.review.session import Session, form_token
from tests.bot.review.conftest import PASSWORD, PUBLIC, Desk, Moving, browser_at, make_desk
from tests.bot.samples import NOW
from tests.desk.rooting import entry
from tests.site.test_view_names import names_in

if TYPE_CHECKING:
    from collections.abc import Iterator
    from email.message import EmailMessage
    from pathlib import Path
    from xml.etree.ElementTree import Element

    import httpx

DESK = "/relecture/bureau/"
STALE = "initiatives/2020/vieille"
DAY = dt.timedelta(days=1)
OURS = {"sec-fetch-site": "same-origin", "content-type": "application/x-www-form-urlencoded"}
FOREIGN = {**OURS, "sec-fetch-site": "cross-site"}
SENDER = Sender("Boucles", "propositions@boucles.example", (), PUBLIC)


@dataclass
class Mailbox:
    """A mail server that keeps what it is given."""

    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[tuple[str, ...]] = field(default_factory=list)

    def send(self, composed: Composed, _sender: str) -> None:
        self.messages.append(composed.message)
        self.recipients.append(composed.recipients)


@contextmanager
def opened(root: Path, state: Path, **settings: str) -> Iterator[Desk]:
    facts = {"stage": "deployee", "holder": "ines-falaise", "commune": "98001", "pillars": ["rendre-a-la-terre"]}
    text = entry(**facts, date="2020-01-01", authors=["ines-falaise"], title="Une vieille initiative")
    file = root / "content" / f"{STALE}.md"
    file.parent.mkdir(parents=True)
    file.write_text(text, encoding="utf-8")
    clock = Moving()
    service = replace(make_desk(root, state, **settings), clock=clock)
    open_to_all = "CIRCULAR_REVIEW_PASSWORD" not in settings
    with browser_at(create_app(service, review_routes(service, open_to_all=open_to_all))) as browser:
        yield Desk(service, browser, clock)
    service.store.close()


MAIL = {"CIRCULAR_SMTP": "smtp://127.0.0.1:1", "CIRCULAR_MAIL_FROM": "propositions@boucles.example"}


@pytest.fixture
def mailing(root: Path, tmp_path: Path) -> Iterator[Desk]:
    """The desk of a service that sends mail."""
    with opened(root, tmp_path / "state", **MAIL) as desk:
        yield desk


@pytest.fixture
def silent(root: Path, tmp_path: Path) -> Iterator[Desk]:
    """The desk of a service that sends none, as under ``serve``."""
    with opened(root, tmp_path / "state") as desk:
        yield desk


def published(desk: Desk, number: int = 1, target: str = STALE) -> None:
    one = desk.add(number, created=NOW - 2 * DAY)
    desk.moved(one, state=State.PUBLISHED, step=Step.ANNOUNCE, entry_id=target)


def deliver(desk: Desk) -> Mailbox:
    box = Mailbox()
    postman = Postman("p", desk.service.store, SENDER, box, chance=lambda: 0.5)
    postman.start()
    while postman.run_once(desk.clock.now):
        pass
    return box


def row(page: str, title: str = "Une vieille initiative") -> str | None:
    """What the desk says of a page."""
    tree = html5lib.parse(page, namespaceHTMLElements=False)
    found: list[Element] = tree.findall(".//section[@id='page-sans-nouvelles']//li")
    texts = [" ".join("".join(one.itertext()).split()) for one in found]
    return next((text for text in texts if title in text), None)


def press(desk: Desk, target: str = STALE, **headers: str) -> httpx.Response:
    gate = Gate(desk.service, open=True)
    token = form_token(
        Session("", "", dt.datetime.max.replace(tzinfo=dt.UTC)), gate.key
    )  # also where no button shows it
    return desk.browser.post(DESK, data={"fiche": target, "jeton": token}, headers={**OURS, **headers})


def _token(desk: Desk) -> str:
    found = re.search(r'name="jeton" value="([^"]*)"', desk.browser.get(DESK).text)
    return found[1] if found else ""


def link_in(box: Mailbox) -> str:
    (text,) = [message.get_content() for message in box.messages if message["Subject"].startswith("Toujours exact")]
    found = re.search(r"http\S+(/exact/\S+)", text)
    assert found
    return found[1]


def test_the_whole_circle(mailing: Desk) -> None:
    published(mailing)
    before = row(mailing.browser.get(DESK).text)
    assert before is not None
    assert "Demander si c’est toujours exact" in before

    answer = press(mailing)
    assert (answer.status_code, answer.headers["location"]) == (303, f"{DESK}?fait=demande")
    asked = row(mailing.browser.get(answer.headers["location"]).text)
    assert asked is not None
    assert "Demandé le 4 mars 2026" in asked.replace("\u00a0", " ")
    assert "Demander si" not in asked

    box = deliver(mailing)
    link = link_in(box)
    assert ("camille@example.org",) in box.recipients
    mail = next(message for message in box.messages if "exact" in message["Subject"])
    assert "Une vieille initiative" in mail["Subject"]
    assert "/proposition/" not in mail.get_content(), "there is nothing to follow any more"

    page = mailing.browser.get(link)
    assert page.status_code == 200
    assert "Une vieille initiative" in page.text
    assert row(mailing.browser.get(DESK).text) is not None, "opening a link says nothing"
    edit = re.search(r'href="([^"]+modifier=[^"#]+)"', page.text)
    remove = re.search(r'href="([^"]+modifier=[^"]+)#page-retrait"', page.text)
    assert edit
    assert remove
    form = mailing.browser.get(edit[1]).text
    assert "Une vieille initiative" in form
    assert 'id="page-retrait"' in form
    assert 'value="remove"' in form

    mailing.clock.now += DAY
    thanks = mailing.browser.post(link, headers=OURS)
    assert thanks.status_code == 200
    assert "Merci" in thanks.text
    assert row(mailing.browser.get(DESK).text) is None, "it counts as fresh"
    assert mailing.service.store.exactness.confirmed() == {STALE: NOW + DAY}


def test_nobody_is_asked_twice_and_nobody_false(mailing: Desk) -> None:
    shown = row(mailing.browser.get(DESK).text)
    assert shown is not None
    assert "Aucune adresse connue" in shown
    assert "Demander si" not in shown
    assert press(mailing).headers["location"] == f"{DESK}?fait=deja", "nobody is known"
    published(mailing)
    assert press(mailing).headers["location"] == f"{DESK}?fait=demande"
    assert press(mailing).headers["location"] == f"{DESK}?fait=deja"
    assert len([one for one in deliver(mailing).messages if "exact" in one["Subject"]]) == 1
    assert press(mailing, "initiatives/2020/inconnue").status_code == 400


def test_without_mail_nothing_is_offered(silent: Desk) -> None:
    published(silent)
    shown = row(silent.browser.get(DESK).text)
    assert shown is not None
    assert "n’envoie pas de courrier" in shown
    assert press(silent).status_code == 400
    assert silent.service.store.exactness.latest() == {}


def test_what_waits_and_what_took_how_long(silent: Desk) -> None:
    silent.waiting(1, data={"title": "Une qui <i>attend</i>"}, created=NOW - 9 * DAY)
    silent.add(2, state=State.QUARANTINE)
    page = silent.browser.get(DESK).text
    assert "Une qui &lt;i&gt;attend" in page
    assert "en retard" in page
    assert silent.browser.get(DESK + "chiffres.csv").content.startswith(b"\xef\xbb\xbf")
    assert 'href="/relecture/bureau/"' in silent.browser.get("/relecture/").text


def test_links_are_read_where_the_command_writes_them(silent: Desk) -> None:
    assert "n’ont pas encore été vérifiés" in silent.browser.get(DESK).text
    cache = silent.service.settings.state / "liens.json"
    cache.write_text('{"version": 1, "links": []}', encoding="utf-8")
    assert "n’ont pas encore été vérifiés" not in silent.browser.get(DESK).text
    cache.write_text("{", encoding="utf-8")
    assert "n’ont pas encore été vérifiés" in silent.browser.get(DESK).text


def test_strangers_and_foreign_pages(root: Path, tmp_path: Path, stored_password: str) -> None:
    with opened(root, tmp_path / "state", CIRCULAR_REVIEW_PASSWORD=stored_password, **MAIL) as desk:
        published(desk)
        for path in (DESK, DESK + "chiffres.csv"):
            assert "Une vieille initiative" not in desk.browser.get(path).text
            assert "annee;" not in desk.browser.get(path).text
        assert desk.browser.post(DESK, data={"fiche": STALE}, headers=OURS).status_code in {401, 403}
        desk.browser.post("/relecture/connexion/", data={"nom": "Ana", "mot": PASSWORD}, headers=OURS)
        assert "Une vieille initiative" in desk.browser.get(DESK).text
        token = _token(desk)
        assert token
        wrong = desk.browser.post(DESK, data={"fiche": STALE, "jeton": "x"}, headers=OURS)
        foreign = desk.browser.post(DESK, data={"fiche": STALE, "jeton": token}, headers=FOREIGN)
        assert (wrong.status_code, foreign.status_code) == (403, 403)
        assert desk.service.store.exactness.latest() == {}


@pytest.fixture
def asked(mailing: Desk) -> tuple[Desk, str]:
    """A question under way: the desk and the link."""
    published(mailing)
    press(mailing)
    return mailing, link_in(deliver(mailing))


def test_hostile_links(asked: tuple[Desk, str]) -> None:
    desk, link = asked
    token = link.split("/")[2]
    for wrong in (
        token[:-1],
        token + "a",
        token.upper(),
        "%00",
        "%C3%A9",
        "..%2f..",
        "x" * 5000,
        desk.service.store.status_token("a" * 16),
    ):
        for method in ("GET", "POST"):
            assert desk.browser.request(method, f"/exact/{wrong}/", headers=OURS).status_code in {404, 405}
    assert desk.browser.post(link, headers=FOREIGN).status_code == 403
    assert desk.browser.put(link).status_code == 405
    assert desk.service.store.exactness.confirmed() == {}
    answer = desk.browser.get(link)
    assert answer.headers["referrer-policy"] == "no-referrer"
    assert answer.headers["cache-control"] == "no-store"
    assert token not in answer.text.replace(f'action="{link}"', ""), "the secret stands in the form and nowhere else"
    desk.clock.now += LIFETIME
    assert desk.browser.get(link).status_code == 404


def test_guessing_is_stopped(asked: tuple[Desk, str]) -> None:
    desk, link = asked
    codes = [desk.browser.get(f"/exact/{number}/").status_code for number in range(TRIES_PER_HOUR)]
    assert set(codes) == {404}
    stopped = desk.browser.post(link, headers=OURS)
    assert stopped.status_code == 429
    assert int(stopped.headers["retry-after"]) > 0
    assert desk.service.store.exactness.confirmed() == {}


def test_a_page_that_is_gone_needs_no_answer(asked: tuple[Desk, str]) -> None:
    desk, link = asked
    (desk.service.settings.root / "content" / f"{STALE}.md").unlink()
    desk.service.root.refresh()
    assert desk.browser.get(link).status_code == 410


def test_the_command_writes_what_the_static_desk_reads(
    asked: tuple[Desk, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk, link = asked
    desk.waiting(2, data={"title": "Une qui attend"})
    desk.browser.post(link, headers=OURS)
    settings = desk.service.settings
    for name, value in {
        "CIRCULAR_ROOT": str(settings.root),
        "CIRCULAR_STATE": str(settings.state),
        "CIRCULAR_PUBLIC_URL": PUBLIC,
        "CIRCULAR_SECRET": "s" * 40,
    }.items():
        monkeypatch.setenv(name, value)
    waiting, said, out = tmp_path / "waiting.json", tmp_path / "said.json", tmp_path / "out"
    assert main(["bot", "desk"]) == 2
    assert main(["bot", "desk", "--waiting", str(waiting), "--confirmations", str(said)]) == 0
    assert json.loads(said.read_text("utf-8")) == {STALE: "2026-03-04"}
    assert "example.org" not in waiting.read_text("utf-8"), "no address of a person"
    files = ("--waiting", str(waiting), "--confirmations", str(said))
    assert main(["desk", "--root", str(settings.root), "--output", str(out), "--today", "2026-03-05", *files]) == 0
    page = (out / "index.html").read_text("utf-8")
    assert "Une qui attend" in page
    assert row(page) is None


def test_the_template_of_the_link_uses_exactly_what_its_view_lists() -> None:
    assert names_in("service/exact.html") == set(fields(ExactView))

"""What strangers may try against the intake, and what comes of it: a clear refusal, or text that does nothing."""

from __future__ import annotations

import json
import logging
import re
import socket
import time
from typing import TYPE_CHECKING

import pytest

from plugins.model.front_matter import read_entry
from scripts.bot.logs import JsonFormatter
from scripts.bot.submission import State
from tests.bot.web.live import Given, Live, live
from tests.bot.web.test_intake import EVENT, FORM, MUCH, accepted, event, inputs
from tests.bot.web.test_status import added, is_private, path

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

INJECTIONS = [
    "{{ 7 * 7 }} {% import 'os' %} ${7*7} <%= 7 %>",
    "<script>alert(1)</script><img src=x onerror=alert(1)>",
    "titre: x\n---\nsave_as: index.html\nstatus: published",
    "!!python/object/apply:os.system ['id'] &a *a",
    "[clic](javascript:alert(1)) ![x](data:text/html;base64,PHNjcmlwdD4=)",
    "Titre\r\nBcc: victime@example.org\r\nX-Injected: oui",
]


@pytest.fixture(scope="module")
def busy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    with live(tmp_path_factory.mktemp("busy"), Given(MUCH)) as running:
        yield running


@pytest.mark.parametrize("text", INJECTIONS)
def test_what_is_written_stays_text(busy: Live, text: str) -> None:
    """In the title (one line), in the text, in the name: inert in every page, in every header and in the file."""
    line = " ".join(text.split())[:100]
    pairs = event(title=f"Atelier {line}", body=f"Bonjour.\n\n{text}", place__name=line)
    answer = busy.post(FORM, pairs)
    assert answer.status in {202, 422}
    shown = answer.text.partition("<main")[2].partition("</main>")[0]
    assert "<script>" not in shown.replace('<script type="module"', "")
    assert "<img src=x" not in shown
    assert "Bcc" not in str(answer.headers)
    assert "49 " not in re.sub(r"<[^>]+>", "", shown)
    if answer.status == 422:
        assert inputs(answer, "place.name") == [line]
        return
    submission = accepted(busy, answer)
    status = busy.get(path(busy, submission))
    assert "<script>alert" not in status.text
    edition = busy.service.root.edition()
    proposal = edition.proposer.propose(
        submission.posted, {}, today=edition.site.today, source=busy.service.root.source
    )
    assert proposal.faults == []
    for name, content in proposal.files.items():
        assert re.fullmatch(r"content/events/2026/[a-z0-9-]+\.md|data/members/[a-z0-9-]+\.yaml", name)
        assert content is not None
        if name.endswith(".md"):
            entry = read_entry(content)
            assert entry.faults == []
            assert set(entry.data) <= {*(key.partition(".")[0] for key in EVENT), "date", "authors"}
            assert entry.data["title"] == f"Atelier {line}"


@pytest.mark.parametrize(
    "name",
    [
        "save_as",
        "template",
        "slug",
        "url",
        "demo",
        "date",
        "__class__",
        "constructor",
        "authors.0.x",
    ],
)
def test_inputs_that_the_form_does_not_have_change_nothing(busy: Live, name: str) -> None:
    posted = accepted(busy, busy.post(FORM, [*event(title=f"Un champ en trop {name}"), (name, "index.html")])).posted
    assert "index.html" not in json.dumps(posted.data)


def test_nothing_outside_the_theme_is_given_out(busy: Live) -> None:
    for name in (
        "../../data/site.yaml",
        "%2e%2e/%2e%2e/data/site.yaml",
        "theme/../../etc/passwd",
        "theme//etc/passwd",
        "",
        "%00",
    ):
        assert busy.get(f"/service/{name}").status == 404


def test_the_name_by_which_it_is_called_appears_nowhere(busy: Live) -> None:
    evil = {"host": "evil.example", "x-forwarded-host": "evil.example", "forwarded": "host=evil.example"}
    submission = added(busy, state=State.UNCONFIRMED)
    token = busy.service.store.confirm_token(submission.id)
    own = {"content-type": "application/x-www-form-urlencoded", "sec-fetch-site": "same-origin"}
    for answer in (
        busy.ask("GET", FORM, headers=evil),
        busy.ask("GET", "/contribuer/evenement", headers=evil),
        busy.ask("GET", path(busy, submission), headers=evil),
        busy.ask("POST", f"/confirmer/{token}/", b"", {**own, **evil}),
        busy.ask("POST", path(busy, submission), b"action=withdraw", {**own, **evil}),
    ):
        assert "evil.example" not in answer.text + str(answer.headers)


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "PROPFIND"])
def test_other_methods_do_nothing(busy: Live, method: str) -> None:
    submission = added(busy)
    for where in (FORM, path(busy, submission), "/sante", "/crochets/github/"):
        assert busy.ask(method, where).status == 405
    assert busy.service.store.by_id(submission.id) == submission


def test_every_answer_carries_what_browsers_need_to_be_careful(busy: Live) -> None:
    for answer in (busy.get(FORM), busy.get("/nulle-part"), busy.get("/sante"), busy.post(FORM, [("title", "x")])):
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "strict-transport-security" not in answer.headers  # visitors come by http here
    for answer in (busy.get(FORM), busy.post(FORM, [("title", "x")]), busy.post(FORM, event())):
        assert is_private(answer)
        assert "script-src 'self'" in answer.headers["content-security-policy"]
        assert "unsafe" not in answer.headers["content-security-policy"]
        assert not re.search(r"<script(?![^>]*\bsrc=)(?![^>]*ld\+json)|\son[a-z]+=|javascript:", answer.text)


def test_where_visitors_come_by_https_browsers_are_told_to_stay(tmp_path: Path) -> None:
    with live(tmp_path, Given({"CIRCULAR_PUBLIC_URL": "https://formulaires.example"})) as running:
        answer = running.get("/sante")
        assert answer.headers["strict-transport-security"] == "max-age=31536000"


def test_a_visitor_who_leaves_in_the_middle_is_no_fault(busy: Live, caplog: pytest.LogCaptureFixture) -> None:
    before = busy.service.store.counts()
    with socket.create_connection(("127.0.0.1", busy.port)) as connection:
        connection.sendall(
            b"POST /contribuer/evenement/ HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
            b"Content-Length: 5000\r\n\r\n--x\r\nContent-Disposition: form-data; name=title\r\n\r\nUn at"
        )
    time.sleep(0.3)
    assert busy.get("/sante").status == 200
    assert busy.service.store.counts() == before
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


def test_logs_name_nobody_and_hold_no_secret(busy: Live, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG, "scripts"):
        submission = accepted(busy, busy.post(FORM, event(title="Journal discret"), x_forwarded_for="198.51.100.77"))
        token = busy.service.store.status_token(submission.id)
        busy.get(path(busy, submission))
        busy.get(f"{FORM}?modifier=secret-de-l-adresse")
        busy.get("/nulle-part/camille@example.org/")
        busy.post(FORM, event(title="x"))
    lines = [JsonFormatter().format(record) for record in caplog.records if record.name.startswith("scripts")]
    assert sum('"message": "request"' in line for line in lines) >= 5
    told = "\n".join(lines)
    for secret in (
        token,
        submission.id,
        "camille",
        "Camille",
        "Journal discret",
        "198.51.100",
        "127.0.0.1",
        "secret-de-l-adresse",
    ):
        assert secret not in told
    assert '"route": "/proposition/{id}/{token}/"' in told


def test_a_fault_of_ours_is_logged_without_what_was_written() -> None:
    def fails(text: str) -> None:
        raise ValueError(f"cannot read {text}")

    try:
        fails("camille@example.org")
    except ValueError as error:
        record = logging.LogRecord(
            "x", logging.ERROR, __file__, 1, "fault", (), (type(error), error, error.__traceback__)
        )
    line = json.loads(JsonFormatter().format(record))
    assert line["error"] == ["ValueError"]
    assert line["trace"][-1].startswith("tests/bot/web/test_security.py:")
    assert "camille" not in json.dumps(line)


def test_figures_hold_no_personal_data(busy: Live) -> None:
    accepted(busy, busy.post(FORM, event(title="Chiffres discrets")))
    text = busy.get("/metrics").text
    assert re.search(r'^circular_submissions\{state="queued"\} [1-9]', text, re.MULTILINE)
    assert re.search(r'^circular_oldest_seconds\{state="queued"\} \d+$', text, re.MULTILINE)
    assert all(re.fullmatch(r'# (HELP|TYPE) .+|[a-z_]+(\{state="[a-z]+"\})? \d+', line) for line in text.splitlines())
    assert json.loads(busy.get("/sante").text) == {"status": "ok", "database": True, "site": True}

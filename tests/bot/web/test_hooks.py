from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.bot.forges.issues import project_of
from scripts.bot.submission import State
from tests.bot.samples import new, sample_id
from tests.bot.web.live import Given, Live, live

if TYPE_CHECKING:
    from collections.abc import Iterator

SECRET = "w" * 40
LATER = dt.timedelta(hours=3)


@pytest.fixture(scope="module")
def github(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    settings = {
        "CIRCULAR_FORGE": "github",
        "CIRCULAR_FORGE_REPOSITORY": "reseau/site",
        "CIRCULAR_WEBHOOK_SECRET": SECRET,
    }
    with live(tmp_path_factory.mktemp("github"), Given(settings)) as running:
        yield running


def waiting(running: Live, number: int) -> None:
    """A submission that nobody looks at before some hours have passed."""
    store, now = running.service.store, running.clock()
    store.add(new(number, created=now))
    while lease := store.lease("test", now, LATER):
        asleep = replace(lease.submission, state=State.WAITING, next_try=now + LATER)
        store.finish(lease, asleep, now=now)


def delivery(running: Live, branch: str, number: int, secret: str = SECRET, **headers: str) -> int:
    body = json.dumps(
        {"action": "closed", "pull_request": {"number": number, "head": {"ref": branch}}, "number": number}
    ).encode()
    signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    head = {
        "content-type": "application/json",
        "x-github-event": "pull_request",
        "x-github-delivery": "0b989ba4",
        "x-hub-signature-256": f"sha256={signature}",
        **{name.replace("_", "-"): text for name, text in headers.items()},
    }
    return running.ask("POST", "/crochets/github/", body, head).status


def next_try(running: Live, number: int) -> dt.datetime:
    found = running.service.store.by_id(sample_id(number))
    assert found is not None
    assert found.next_try is not None
    return found.next_try


def test_a_genuine_webhook_wakes_the_proposal_however_often_it_comes(github: Live) -> None:
    waiting(github, 1)
    for _ in range(3):
        assert delivery(github, f"proposition/{sample_id(1)}", 1) == 202
    assert next_try(github, 1) <= github.clock()


def test_a_genuine_webhook_about_something_else_changes_nothing(github: Live) -> None:
    assert delivery(github, "main", 99_999) == 202
    assert delivery(github, "proposition/nobody", 99_999) == 202
    assert delivery(github, f"proposition/{sample_id(77)}", 99_999) == 202


def test_a_forged_webhook_is_refused(github: Live) -> None:
    waiting(github, 2)
    branch = f"proposition/{sample_id(2)}"
    assert delivery(github, branch, 2, secret="x" * 40) == 401
    assert delivery(github, branch, 2, x_hub_signature_256="sha256=") == 401
    assert delivery(github, branch, 2, x_hub_signature_256="é") == 401
    assert next_try(github, 2) > github.clock()


def test_an_issue_is_woken_for_the_worker_and_a_forged_one_is_not(github: Live) -> None:
    body = json.dumps({"action": "opened", "issue": {"number": 77}}).encode()
    store, now = github.service.store, github.clock()
    for secret, status in (("x" * 40, 401), (SECRET, 202), (SECRET, 202)):
        signature = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
        head = {"x-github-event": "issues", "x-github-delivery": "d", "x-hub-signature-256": f"sha256={signature}"}
        assert github.ask("POST", "/crochets/github/", body, head).status == status
    held = store.issues.lease(project_of("github", "reseau/site"), "w", now + LATER, LATER)
    assert held is not None
    assert held.issue.number == 77
    assert store.issues.lease(project_of("github", "reseau/site"), "w", now + LATER, LATER) is None


def test_a_huge_body_is_not_read(github: Live) -> None:
    assert github.ask("POST", "/crochets/github/", b"x" * 3_000_000, {"content-type": "application/json"}).status == 413


def test_other_forges_have_no_address(github: Live, shared: Live) -> None:
    assert github.ask("POST", "/crochets/gitlab/", b"{}").status == 404
    assert github.ask("GET", "/crochets/github/").status == 405
    assert shared.ask("POST", "/crochets/local/", b"{}").status == 404
    assert shared.ask("POST", "/crochets/github/", b"{}").status == 404

"""Webhooks: the published vectors and examples, and everything that is forged, old, odd or too large."""

from __future__ import annotations

import functools
import hashlib
import hmac
import json
from datetime import UTC, datetime, timedelta
from typing import Any, cast
from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from scripts.bot.forges import webhooks
from scripts.bot.forges.forge import Notice, Refusal
from tests.bot.forges.doubles import DOUBLES, MemoryRepository
from tests.bot.forges.doubles.contract import CONTRACTS
from tests.bot.forges.table import BRANCH, laid

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
SECRET = "It's a Secret to Everybody"  # noqa: S105 - GitHub's published vector
HELLO = b"Hello, World!"
HELLO_HEX = "757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17"
SIGNED = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"  # Standard Webhooks' published vector
SIGNED_HEADERS = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
}
SIGNED_BODY, SIGNED_AT = b'{"test": 2432232314}', datetime.fromtimestamp(1614265330, UTC)
EVENTS = ("opened", "updated", "closed", "merged", "reviewed", "commented")
PULL_EVENT = {"pull_request": {"number": 12, "head": {"ref": BRANCH, "label": BRANCH}}}


def signed(body: bytes, secret: str = SECRET, *, event: str = "pull_request", forge: str = "github") -> dict[str, str]:
    digest = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    if forge == "github":
        return {"X-GitHub-Event": event, "X-GitHub-Delivery": "d1", "X-Hub-Signature-256": f"sha256={digest}"}
    if forge == "forgejo":
        return {"X-Forgejo-Event": event, "X-Forgejo-Delivery": "d1", "X-Forgejo-Signature": digest}
    return {"X-Gitlab-Event": event, "Idempotency-Key": "d1", "X-Gitlab-Token": secret}


# --- proofs -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "headers",
    [
        {"X-Hub-Signature-256": f"sha256={HELLO_HEX}"},
        {"x-hub-signature-256": f"sha256={HELLO_HEX}", "x-hub-signature": "sha1=0"},
    ],
)
def test_the_published_vector_of_github(headers: dict[str, str]) -> None:
    assert webhooks.read("github", headers, HELLO, SECRET, NOW) is Refusal.MALFORMED  # proved, and no JSON


@pytest.mark.parametrize("name", ["X-Forgejo-Signature", "X-Gitea-Signature"])
def test_the_published_vector_of_forgejo(name: str) -> None:
    assert webhooks.read("forgejo", {name: HELLO_HEX}, HELLO, SECRET, NOW) is Refusal.MALFORMED


def test_the_published_vector_of_gitlab_s_signed_form() -> None:
    assert webhooks.read("gitlab", SIGNED_HEADERS, SIGNED_BODY, SIGNED, SIGNED_AT) is None


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-hub-signature-256": ""},
        {"x-hub-signature-256": "sha256="},
        {"x-hub-signature-256": HELLO_HEX},
        {"x-hub-signature-256": f"sha1={HELLO_HEX}"},
        {"x-hub-signature-256": f"sha256={HELLO_HEX.upper()}"},
        {"x-hub-signature-256": f"sha256={HELLO_HEX[:-1]}0"},
        {"x-hub-signature-256": f"sha256={HELLO_HEX}é"},
        {"x-hub-signature": "sha1=" + hmac.new(SECRET.encode(), HELLO, hashlib.sha1).hexdigest()},
        {"x-gitea-signature": HELLO_HEX},
    ],
)
def test_github_signatures_that_prove_nothing(headers: dict[str, str]) -> None:
    assert webhooks.read("github", headers, HELLO, SECRET, NOW) is Refusal.SIGNATURE


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"x-forgejo-signature": "", "x-gitea-signature": ""},  # as Forgejo sends them without a secret
        {"x-forgejo-signature": "0" * 64, "x-gitea-signature": HELLO_HEX},
        {"x-hub-signature-256": f"sha256={HELLO_HEX}"},
        {"x-forgejo-signature": f"sha256={HELLO_HEX}"},
    ],
)
def test_forgejo_signatures_that_prove_nothing(headers: dict[str, str]) -> None:
    assert webhooks.read("forgejo", headers, HELLO, SECRET, NOW) is Refusal.SIGNATURE


@pytest.mark.parametrize("given_token", [None, "", "It's a Secret", f"{SECRET} ", "é", "\udcff"])
def test_gitlab_tokens_that_prove_nothing(given_token: str | None) -> None:
    headers = {} if given_token is None else {"x-gitlab-token": given_token}
    assert webhooks.read("gitlab", headers, b"{}", SECRET, NOW) is Refusal.SIGNATURE


@pytest.mark.parametrize(
    "change",
    [
        {"webhook-id": "msg_other"},
        {"webhook-id": ""},
        {"webhook-timestamp": "1614265331"},
        {"webhook-timestamp": "1614265330.0"},
        {"webhook-timestamp": ""},
        {"webhook-signature": ""},
        {"webhook-signature": SIGNED_HEADERS["webhook-signature"].replace("v1,", "v2,")},
        {"webhook-signature": "v1,é"},
        {"webhook-signature": SIGNED_HEADERS["webhook-signature"][:-2]},
        {"webhook-signature": "", "x-gitlab-token": SIGNED},  # the key in clear is no signature
    ],
)
def test_signed_webhooks_of_gitlab_that_prove_nothing(change: dict[str, str]) -> None:
    assert webhooks.read("gitlab", SIGNED_HEADERS | change, SIGNED_BODY, SIGNED, SIGNED_AT) is Refusal.SIGNATURE


def test_one_good_signature_among_several_is_enough() -> None:
    headers = SIGNED_HEADERS | {"webhook-signature": f"v1,AAAA {SIGNED_HEADERS['webhook-signature']} v1a,x"}
    assert webhooks.read("gitlab", headers, SIGNED_BODY, SIGNED, SIGNED_AT) is None


@pytest.mark.parametrize("seconds", [-301, 301, 86_400])
def test_an_old_or_future_delivery_is_stale(seconds: int) -> None:
    later = SIGNED_AT + timedelta(seconds=seconds)
    assert webhooks.read("gitlab", SIGNED_HEADERS, SIGNED_BODY, SIGNED, later) is Refusal.STALE


@pytest.mark.parametrize("kind", sorted(DOUBLES))
@pytest.mark.parametrize("secret", ["", "whsec_", "whsec_é", "whsec_!!!"])
def test_without_a_usable_secret_nothing_is_believed(kind: str, secret: str) -> None:
    body = json.dumps(PULL_EVENT).encode()
    headers = signed(body, secret, forge=kind) | SIGNED_HEADERS
    if not secret or kind == "gitlab":
        assert webhooks.read(kind, headers, body, secret, NOW) is Refusal.SIGNATURE  # type: ignore[arg-type]  # a forge


@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_a_body_of_any_size_is_not_looked_at(kind: str) -> None:
    body = b" " * (webhooks.LARGEST + 1)
    assert webhooks.read(kind, signed(body, forge=kind), body, SECRET, NOW) is Refusal.TOO_LARGE  # type: ignore[arg-type]  # a forge


# --- notices ------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("kind", sorted(DOUBLES))
@pytest.mark.parametrize("event", EVENTS)
def test_what_the_doubles_send_asks_to_look_again(kind: str, event: str) -> None:
    with laid(kind) as table:
        pull = table.double.add_pull(BRANCH)
        headers, body = table.double.webhook_for(event, pull.number)
        found = table.forge.webhook(headers, body, table.double.secret)
        assert isinstance(found, Notice)
        assert (found.number, found.branch in {BRANCH, ""}, len(found.delivery) > 30) == (pull.number, True, True)
        assert table.forge.webhook(headers, body + b" ", "another secret") is Refusal.SIGNATURE


def test_gitlab_signs_where_it_was_given_a_signing_token() -> None:
    with laid("gitlab") as table:
        table.double.secret = SIGNED
        headers, body = table.double.webhook_for("merged", table.double.add_pull(BRANCH).number)
        assert isinstance(table.forge.webhook(headers, body, SIGNED), Notice)
        assert table.forge.webhook(headers, body + b" ", SIGNED) is Refusal.SIGNATURE


@pytest.mark.parametrize(
    ("kind", "event", "payload"),
    [
        ("github", "ping", {"zen": "Keep it logically awesome."}),
        ("github", "push", {"ref": "refs/heads/main"}),
        ("github", "issue_comment", {"issue": {"number": 3}}),  # on an issue
        ("github", "", PULL_EVENT),
        ("forgejo", "push", {"ref": "refs/heads/main"}),
        ("forgejo", "issue_comment", {"issue": {"number": 3}, "is_pull": False}),
        ("gitlab", "Push Hook", {"object_kind": "push"}),
        ("gitlab", "Note Hook", {"object_attributes": {"id": 1}, "issue": {"iid": 3}}),
        ("gitlab", "Pipeline Hook", {"object_attributes": {"id": 1}}),
    ],
)
def test_what_does_not_matter_is_none(kind: str, event: str, payload: Any) -> None:
    body = json.dumps(payload).encode()
    assert webhooks.read(kind, signed(body, event=event, forge=kind), body, SECRET, NOW) is None  # type: ignore[arg-type]  # a forge


@pytest.mark.parametrize(
    "body", [b"", b"{", b"\xff", b"[]", b"null", b'{"pull_request": {"number": "12"}}', b"[" * 99_999]
)
@pytest.mark.parametrize("kind", ["github", "forgejo"])
def test_a_proved_body_that_makes_no_sense_is_refused(kind: str, body: bytes) -> None:
    assert webhooks.read(kind, signed(body, forge=kind), body, SECRET, NOW) is Refusal.MALFORMED  # type: ignore[arg-type]  # a forge


@pytest.mark.parametrize(
    "media_type", ["application/x-www-form-urlencoded", "Application/X-WWW-Form-Urlencoded; charset=utf-8"]
)
def test_github_s_usual_form_is_read_as_well(media_type: str) -> None:
    """Its page for a new webhook proposes a form, not JSON; what is signed is the body as it comes."""
    body = urlencode({"payload": json.dumps(PULL_EVENT | {"said": "é & = +"})}).encode()
    headers = {**signed(body), "Content-Type": media_type}
    assert webhooks.read("github", headers, body, SECRET, NOW) == Notice(12, BRANCH, "d1")
    assert webhooks.read("github", {**headers, **signed(body + b"x")}, body, SECRET, NOW) is Refusal.SIGNATURE


@pytest.mark.parametrize(
    "body", [b"", b"payload", b"payload=", b"other=1", b"payload=1&payload=2", b"payload=%7B", b"\xff"]
)
def test_a_form_that_holds_no_payload_is_refused(body: bytes) -> None:
    headers = {**signed(body), "Content-Type": webhooks.FORM}
    assert webhooks.read("github", headers, body, SECRET, NOW) is Refusal.MALFORMED


def test_gitea_alone_is_understood_and_its_github_headers_do_not_count() -> None:
    body = json.dumps(PULL_EVENT).encode()
    digest = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    headers = {
        "x-gitea-event": "pull_request",
        "x-gitea-delivery": "g1",
        "x-gitea-signature": digest,
        "x-github-event": "x",
    }
    assert webhooks.read("forgejo", headers, body, SECRET, NOW) == Notice(12, BRANCH, "g1")


@functools.cache
def _published(kind: str) -> tuple[dict[str, Any], dict[str, Any]]:
    schemas, examples = (
        json.loads((CONTRACTS / "webhooks" / name).read_text(encoding="utf-8"))
        for name in (f"{kind}.json", f"{kind}-examples.json")
    )
    return schemas, examples


@pytest.mark.parametrize("kind", sorted(DOUBLES))
def test_the_doubles_webhooks_are_as_published(kind: str) -> None:
    """Against the published OpenAPI 3.1 description: header parameters and bodies of each event."""
    with DOUBLES[kind](MemoryRepository("main", BRANCH)) as double:
        number = double.add_pull(BRANCH).number
        for event in EVENTS:
            headers, body = double.webhook_for(event, number)
            operation = _operation(kind, event)
            payload = json.loads(body)
            schema = operation["requestBody"]["content"]["application/json"]["schema"]
            description, _ = _published(kind)
            whole = {**schema, "components": description["components"]}
            assert [error.message for error in Draft202012Validator(whole).iter_errors(payload)] == []
            named = {name.lower() for name in headers}
            ours = (
                "x-github-delivery",
                "x-hub-signature-256",
                "x-forgejo-delivery",
                "x-gitlab-event",
                "idempotency-key",
            )
            declared = {one["name"].lower() for one in operation["parameters"]}
            assert {name for name in ours if name in declared} <= named | {"x-hub-signature"}


@pytest.mark.parametrize(("kind", "event"), [("github", "issues-opened"), ("gitlab", "issue"), ("forgejo", "issues")])
def test_the_doubles_tell_of_issues_as_published(kind: str, event: str) -> None:
    with DOUBLES[kind](MemoryRepository("main")) as double:
        _, body = double.issue_webhook_for(double.write_issue("Proposer un article", "### Titre").number)
    description, _ = _published(kind)
    schema = description["webhooks"][event]["post"]["requestBody"]["content"]["application/json"]["schema"]
    whole = {**schema, "components": description["components"]}
    assert [error.message for error in Draft202012Validator(whole).iter_errors(json.loads(body))] == []


def _operation(kind: str, event: str) -> dict[str, Any]:
    names = {
        "github": {
            "opened": "pull-request-opened",
            "updated": "pull-request-synchronize",
            "closed": "pull-request-closed",
        }
        | {
            "merged": "pull-request-closed",
            "reviewed": "pull-request-review-submitted",
            "commented": "issue-comment-created",
        },
        "gitlab": dict.fromkeys(EVENTS, "merge-request") | {"commented": "note"},
        "forgejo": dict.fromkeys(EVENTS, "pull-request")
        | {
            "updated": "pull-request-synchronized",
            "reviewed": "pull-request-rejected",
            "commented": "pull-request-comment",
        },
    }
    return cast("dict[str, Any]", _published(kind)[0]["webhooks"][names[kind][event]]["post"])


# --- any input ----------------------------------------------------------------------------------------------
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMED = st.fixed_dictionaries(
    {},
    optional={
        name: JSON
        | st.fixed_dictionaries({}, optional={"number": JSON, "iid": JSON, "head": JSON, "source_branch": JSON})
        for name in ("pull_request", "issue", "object_attributes", "merge_request", "is_pull")
    },
)


@settings(deadline=None)
@given(
    kind=st.sampled_from(sorted(DOUBLES)),
    payload=NAMED,
    event=st.sampled_from(
        ["pull_request", "issue_comment", "issues", "Merge Request Hook", "Note Hook", "Issue Hook", "x"]
    ),
)
def test_any_proved_payload_gives_a_notice_a_refusal_or_nothing(kind: Any, payload: Any, event: str) -> None:
    body = json.dumps(payload).encode()
    found = webhooks.read(kind, signed(body, event=event, forge=kind), body, SECRET, NOW)
    assert found is None or isinstance(found, Notice | Refusal)


@settings(deadline=None)
@given(
    kind=st.sampled_from(sorted(DOUBLES)),
    headers=st.dictionaries(
        st.sampled_from(
            [*SIGNED_HEADERS, "x-hub-signature-256", "x-forgejo-signature", "x-gitlab-token", "x-github-event"]
        ),
        st.text(),
    ),
    body=st.binary(),
    secret=st.sampled_from([SECRET, SIGNED]),
)
def test_no_forged_webhook_passes(kind: Any, headers: dict[str, str], body: bytes, secret: str) -> None:
    assert webhooks.read(kind, headers, body, secret, NOW) is Refusal.SIGNATURE

"""Webhooks: proved by their signature over the bytes received, before anything is parsed; then read as a hint only.

What a webhook says is never believed beyond « look at this pull request, or this issue, again »: the worker asks the forge.
Sources: the forges' own pages on validating deliveries; for GitLab's signed form, Standard Webhooks (standardwebhooks.com).
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import re
from typing import TYPE_CHECKING, Final, Literal
from urllib.parse import parse_qsl

from scripts.bot.forges import reading
from scripts.bot.forges.forge import Answer, ForgeError, Json, Notice, Refusal

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

Kind = Literal["github", "gitlab", "forgejo"]
LARGEST: Final = 2 * 1024 * 1024
"""Bytes. A pull request's event is some 30 KiB; GitHub sends at most 25 MB, for pushes."""
TOLERANCE: Final = 300.0
"""Seconds by which a signed delivery may be old, or our clock slow (Standard Webhooks)."""
FORM: Final = "application/x-www-form-urlencoded"
SIGNING_PREFIX: Final = "whsec_"
_HEX: Final = re.compile(r"[0-9a-f]{64}")
_TIME: Final = re.compile(r"[0-9]{1,12}")


def read(kind: Kind, headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Notice | Refusal | None:
    """What a webhook of this forge asks to look at; None for what does not matter; never raises.

    ``secret``: what was given to the forge; for GitLab's signing token, with its prefix ``whsec_``. An empty one proves
    nothing, so every webhook is refused.
    """
    given = {name.lower(): value for name, value in headers.items()}
    if len(body) > LARGEST:
        return Refusal.TOO_LARGE
    if not secret:
        return Refusal.SIGNATURE
    proof = _PROOFS[kind](given, body, secret, now)
    if proof is not None:
        return proof
    try:
        return _NOTICES[kind](given, reading.decode(Answer(200, {}, _payload(given, body))))
    except ForgeError:
        return Refusal.MALFORMED


def _payload(headers: Mapping[str, str], body: bytes) -> bytes:
    """The JSON: the body, or the field « payload » of a form, which GitHub sends unless it is told otherwise."""
    if headers.get("content-type", "").partition(";")[0].strip().lower() != FORM:
        return body
    try:
        fields = parse_qsl(body.decode("ascii"), max_num_fields=1, strict_parsing=True)
    except ValueError:
        return b""
    return dict(fields).get("payload", "").encode("utf-8", "replace")


# --- proofs -------------------------------------------------------------------------------------------------
def _github_proof(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Refusal | None:  # noqa: ARG001
    algorithm, _, given = headers.get("x-hub-signature-256", "").partition("=")
    return _proof_of_hex(given if algorithm == "sha256" else "", body, secret)


def _forgejo_proof(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Refusal | None:  # noqa: ARG001
    return _proof_of_hex(headers.get("x-forgejo-signature") or headers.get("x-gitea-signature", ""), body, secret)


def _proof_of_hex(given: str, body: bytes, secret: str) -> Refusal | None:
    wanted = hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()
    fine = _HEX.fullmatch(given) is not None and hmac.compare_digest(given, wanted)
    return None if fine else Refusal.SIGNATURE


def _gitlab_proof(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Refusal | None:
    """A signing token (« whsec_… ») asks for a signature; any other secret comes in clear as ``X-Gitlab-Token``."""
    if secret.startswith(SIGNING_PREFIX):
        return _signed_proof(headers, body, secret, now)
    given = headers.get("x-gitlab-token", "")
    return None if hmac.compare_digest(_bytes(given), secret.encode()) else Refusal.SIGNATURE


def _signed_proof(headers: Mapping[str, str], body: bytes, secret: str, now: datetime) -> Refusal | None:
    try:
        key = base64.b64decode(secret.removeprefix(SIGNING_PREFIX), validate=True)
    except (binascii.Error, ValueError):
        return Refusal.SIGNATURE
    time = headers.get("webhook-timestamp", "")
    if not key or _TIME.fullmatch(time) is None:
        return Refusal.SIGNATURE
    signed = b".".join((_bytes(headers.get("webhook-id", "")), time.encode(), body))
    wanted = b"v1," + base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest())
    if not any(hmac.compare_digest(_bytes(one), wanted) for one in headers.get("webhook-signature", "").split()):
        return Refusal.SIGNATURE
    return Refusal.STALE if abs(now.timestamp() - float(time)) > TOLERANCE else None


def _bytes(value: str) -> bytes:
    return value.encode("utf-8", "replace")


# --- notices ------------------------------------------------------------------------------------------------
def _github_notice(headers: Mapping[str, str], payload: Json) -> Notice | None:
    """``pull_request…`` events carry the pull request; a comment on one is ``issue_comment`` with ``issue.pull_request``."""
    event, delivery = headers.get("x-github-event", ""), headers.get("x-github-delivery", "")
    if event in {"pull_request", "pull_request_review", "pull_request_review_comment"}:
        return _of_pull(payload, "ref", delivery)
    if event == "issue_comment" and reading.at(payload, "issue", "pull_request") is not None:
        return Notice(reading.whole(payload, "issue", "number"), "", delivery)
    return _of_issue(payload, delivery) if event == "issues" else None


def _forgejo_notice(headers: Mapping[str, str], payload: Json) -> Notice | None:
    """The body tells apart what the names do not: ``pull_request_comment`` is a review as a header, a comment as a type."""
    event = headers.get("x-forgejo-event") or headers.get("x-gitea-event", "")
    delivery = headers.get("x-forgejo-delivery") or headers.get("x-gitea-delivery", "")
    if event.startswith("pull_request"):
        return _of_pull(payload, "label", delivery)
    if event == "issue_comment" and reading.truth(payload, "is_pull", default=False):
        return Notice(reading.whole(payload, "issue", "number"), "", delivery)
    return _of_issue(payload, delivery) if event == "issues" else None


def _of_issue(payload: Json, delivery: str) -> Notice | None:
    """Somebody wrote or changed an issue, or its labels; what was said in comments does not matter."""
    if reading.at(payload, "issue", "pull_request") is not None:
        return None
    return Notice(None, "", delivery, issue=reading.whole(payload, "issue", "number"))


def _of_pull(payload: Json, branch: str, delivery: str) -> Notice:
    """``branch``: the member of ``head`` that names it. At Forgejo ``ref`` is no branch any more once it is deleted."""
    number = reading.whole(payload, "pull_request", "number")
    return Notice(number, reading.text(payload, "pull_request", "head", branch), delivery)


def _gitlab_notice(headers: Mapping[str, str], payload: Json) -> Notice | None:
    """``Merge Request Hook``, ``Note Hook`` with a merge request, ``Issue Hook`` (one that is not confidential); the same
    delivery keeps its ``Idempotency-Key``.
    """
    delivery = next(
        (headers[name] for name in ("idempotency-key", "webhook-id", "x-gitlab-event-uuid") if headers.get(name)), ""
    )
    if headers.get("x-gitlab-event", "") == "Issue Hook":
        return Notice(None, "", delivery, issue=reading.whole(payload, "object_attributes", "iid"))
    path = {"Merge Request Hook": "object_attributes", "Note Hook": "merge_request"}.get(
        headers.get("x-gitlab-event", "")
    )
    if path is None or reading.at(payload, path) is None:
        return None
    return Notice(reading.whole(payload, path, "iid"), reading.text(payload, path, "source_branch"), delivery)


_PROOFS: Final[Mapping[Kind, Callable[[Mapping[str, str], bytes, str, datetime], Refusal | None]]] = {
    "github": _github_proof,
    "gitlab": _gitlab_proof,
    "forgejo": _forgejo_proof,
}
_NOTICES: Final[Mapping[Kind, Callable[[Mapping[str, str], Json], Notice | None]]] = {
    "github": _github_notice,
    "gitlab": _gitlab_notice,
    "forgejo": _forgejo_notice,
}

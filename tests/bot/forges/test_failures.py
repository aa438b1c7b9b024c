"""errors.md of the shared material, line by line: what each failing answer means to the worker."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from scripts.bot.forges.failures import failure, pause, said
from scripts.bot.forges.forge import Answer

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
EPOCH = int(NOW.timestamp())
UNICORN = b"<!DOCTYPE html><html><head><title>Unicorn! &middot; GitHub</title></head></html>"
SECONDARY = "You have exceeded a secondary rate limit and have been temporarily blocked from content creation."
EXISTS = {"resource": "PullRequest", "code": "custom", "message": "A pull request already exists for o:b."}
DESCRIBED = {"error": "insufficient_scope", "error_description": "The request requires higher privileges"}


def told(status: int, body: Any, **headers: str) -> Answer:
    """An answer; a text as body is a JSON message, header names have « _ » for « - »."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if isinstance(body, bytes):
        return Answer(status, named, body)
    return Answer(status, named, json.dumps({"message": body} if isinstance(body, str) else body).encode())


def spent(status: int, body: Any, family: str, seconds: int, left: str = "0") -> Answer:
    """An answer with the headers of a rate limit that is reset in so many seconds."""
    return told(status, body, **{f"{family}_remaining": left, f"{family}_reset": str(EPOCH + seconds)})


LINES: dict[str, tuple[Answer, str, float | None]] = {
    "github: wrong token": (told(401, "Bad credentials"), "credentials", None),
    "github: claim too long": (told(401, "'Expiration time' claim ('exp') is too far"), "credentials", None),
    "github: primary limit": (spent(403, "API rate limit exceeded for x.", "x_ratelimit", 90), "busy", 91),
    "github: primary limit as 429": (spent(429, {}, "x_ratelimit", 9), "busy", 10),
    "github: secondary limit": (spent(403, SECONDARY, "x_ratelimit", 900, "4000"), "busy", 60),
    "github: secondary limit with its time": (told(403, SECONDARY, retry_after="30"), "busy", 30),
    "github: secondary limit as 429": (told(429, SECONDARY), "busy", 60),
    "github: no permission": (
        spent(403, "Resource not accessible by integration", "x_ratelimit", 9, "9"),
        "rights",
        None,
    ),
    "github: hidden": (told(404, "Not Found"), "gone", None),
    "github: moved": (told(301, "Moved Permanently", location="https://elsewhere.example/"), "gone", None),
    "github: not mergeable": (told(405, "Base branch was modified. Review and try the merge again."), "conflict", None),
    "github: head moved": (told(409, "Head branch was modified."), "conflict", None),
    "github: issues off": (told(410, "Issues are disabled for this repo"), "gone", None),
    "github: exists": (told(422, {"message": "Validation Failed", "errors": [EXISTS]}), "invalid", None),
    "github: sha unknown": (told(422, "Object does not exist"), "invalid", None),
    "github: overload": (told(502, UNICORN), "busy", None),
    "github: overload in words": (told(503, "Server Error"), "busy", None),
    "gitlab: no token": (told(401, "401 Unauthorized"), "credentials", None),
    "gitlab: expired": (told(401, {"error": "invalid_token"}), "credentials", None),
    "gitlab: small scope": (told(403, DESCRIBED), "rights", None),
    "gitlab: low role": (told(403, "403 Forbidden"), "rights", None),
    "gitlab: hidden": (told(404, "404 Project Not Found"), "gone", None),
    "gitlab: missing parameter": (told(400, {"error": "title is missing, source_branch is empty"}), "invalid", None),
    "gitlab: validation": (told(400, {"message": {"title": ["is too long"]}}), "invalid", None),
    "gitlab: exists": (told(409, {"message": ["Another open merge request already exists: !38"]}), "conflict", None),
    "gitlab: cannot be merged": (told(405, "405 Method Not Allowed"), "conflict", None),
    "gitlab: cannot be merged, old": (told(406, "Branch cannot be merged"), "conflict", None),
    "gitlab: merge failed": (told(422, "Branch cannot be merged"), "invalid", None),
    "gitlab: limit": (told(429, b"Retry later", retry_after="17"), "busy", 17),
    "gitlab: limit without a time": (told(429, b"Retry later"), "busy", 60),
    "gitlab: limit by its own headers": (spent(429, b"Retry later", "ratelimit", 5), "busy", 6),
    "gitlab: a limit that is not spent": (spent(502, UNICORN, "ratelimit", 5, "12"), "busy", None),
    "gitlab: failed": (told(500, "500 Internal Server Error"), "busy", None),
    "forgejo: no token": (told(401, "user does not exist [uid: 0, name: ]"), "credentials", None),
    "forgejo: small scope": (told(403, "token does not have at least one of required scope(s)"), "rights", None),
    "forgejo: hidden": (told(404, {"errors": None, "message": "The target couldn't be found."}), "gone", None),
    "forgejo: exists": (told(409, "pull request already exists for these targets [id: 281]"), "conflict", None),
    "forgejo: not yet mergeable": (told(405, b""), "conflict", None),
    "forgejo: quota": (told(413, b"", message="quota exceeded"), "rights", None),
    "forgejo: validation": (told(422, "Empty title"), "invalid", None),
    "forgejo: archived": (told(423, "repo is archived"), "rights", None),
    "a proxy's pause": (told(503, UNICORN, retry_after="Wed, 04 Mar 2026 09:05:00 GMT"), "busy", 300),
    "a status nobody knows": (told(299, b""), "unclear", None),
    "teapot": (told(418, b""), "unclear", None),
}


@pytest.mark.parametrize("name", LINES)
def test_each_line(name: str) -> None:
    answer, kind, wait = LINES[name]
    error = failure(answer, NOW)
    assert (error.kind, error.wait) == (kind, wait)
    assert str(answer.status) in error.message


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({"retry-after": "0"}, 0),
        ({"retry-after": " 12 "}, 12),
        ({"retry-after": "999999999"}, 86_400),
        ({"retry-after": "Wed, 04 Mar 2026 08:00:00 GMT"}, 0),
        # The forge's clock counts, where it tells it.
        ({"retry-after": "Wed, 04 Mar 2026 08:00:30 GMT", "date": "Wed, 04 Mar 2026 08:00:00 GMT"}, 30),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "1", "date": "garbage"}, 0),
        ({"x-ratelimit-remaining": "3", "x-ratelimit-reset": "9999999999"}, None),
        ({"x-ratelimit-remaining": "0", "x-ratelimit-reset": "٣٤"}, None),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-1"}, None),
        ({}, None),
    ],
)
def test_how_long_to_wait(headers: dict[str, str], seconds: float | None) -> None:
    assert pause(Answer(429, headers, b""), NOW) == seconds


@pytest.mark.parametrize(
    ("body", "words"),
    [
        (b'{"message": {"title": ["is too long", "is odd"]}}', "title is too long · title is odd"),
        (b'{"message": ["one", "two"], "errors": null}', "one · two"),
        (
            b'{"error": "invalid_token", "error_description": "Token was revoked."}',
            "invalid_token · Token was revoked.",
        ),
        (b'{"message": "no\\u0000 line\\nbreaks\\u001b[31m"}', "no line breaks [31m"),
        (b'{"message": "user camille@example.org is blocked"}', "user … is blocked"),
        (b"[1, 2]", ""),
        (b"<html>", ""),
        (b"", ""),
    ],
)
def test_the_forge_s_own_words_in_one_line(body: bytes, words: str) -> None:
    assert said(Answer(400, {}, body)) == words


def test_long_words_are_cut() -> None:
    assert len(said(Answer(400, {}, json.dumps({"message": "é" * 5000}).encode()))) == 301

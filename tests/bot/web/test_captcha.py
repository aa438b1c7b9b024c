from __future__ import annotations

import base64
import datetime as dt
import json
import os
from typing import Any

import altcha
import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.bot.clock import utc_now
from scripts.bot.web.posting.captcha import FEWEST, LIFETIME, MOST, Captcha

KEY = b"k" * 32


def captcha(*, key: bytes = KEY, late: dt.timedelta = dt.timedelta()) -> Captcha:
    return Captcha(key, lambda: utc_now() - late, os.urandom)


def solved(challenge: dict[str, Any]) -> dict[str, Any]:
    made = altcha.Challenge.from_dict(challenge)
    solution = altcha.solve_challenge(made)
    assert solution is not None
    return altcha.Payload(made, solution).to_dict()


def encoded(payload: Any) -> str:
    return base64.b64encode(json.dumps(payload).encode()).decode()


BEFORE = utc_now().replace(microsecond=0)  # the challenge says whole seconds
CHALLENGE = captcha().challenge()
AFTER = utc_now()
SOLVED = solved(CHALLENGE)


def test_work_done_is_recognised_with_its_times() -> None:
    found = captcha().judge(encoded(SOLVED))
    assert found.state == "solved"
    assert FEWEST <= SOLVED["solution"]["counter"] < MOST
    assert BEFORE <= found.issued <= AFTER
    assert found.expires - found.issued == LIFETIME


def test_one_challenge_has_one_digest_and_another_another() -> None:
    more = encoded({**SOLVED, "solution": {**SOLVED["solution"], "time": 12.5}, "extra": 1})
    assert captcha().judge(more).digest == captcha().judge(encoded(SOLVED)).digest
    other = captcha().judge(encoded(solved(captcha().challenge())))
    assert other.digest != captcha().judge(encoded(SOLVED)).digest


def test_no_work_is_no_solution() -> None:
    assert captcha().judge("").state == "none"


def test_an_old_challenge_is_expired() -> None:
    old = solved(captcha(late=LIFETIME + dt.timedelta(minutes=1)).challenge())
    assert captcha().judge(encoded(old)).state == "expired"
    ahead = Captcha(KEY, lambda: utc_now() + LIFETIME, os.urandom)
    assert ahead.judge(encoded(SOLVED)).state == "expired"


def changed(*path: str, value: Any) -> dict[str, Any]:
    copy = json.loads(json.dumps(SOLVED))
    place = copy
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    return copy  # type: ignore[no-any-return]  # JSON


@pytest.mark.parametrize(
    "payload",
    [
        changed("challenge", "signature", value="00" * 32),
        changed("challenge", "signature", value=None),
        changed("challenge", "parameters", "cost", value=1),
        changed("challenge", "parameters", "keyPrefix", value="00"),
        changed("challenge", "parameters", "keySignature", value="00"),
        changed("challenge", "parameters", "expiresAt", value=4_000_000_000),
        changed("challenge", "parameters", "data", value={"issued": 0}),
        changed("challenge", "parameters", "algorithm", value="SCRYPT"),
        changed("solution", "derivedKey", value="00" * 32),
        changed("solution", "derivedKey", value=12),
        {},
        [],
        None,
        "text",
        {"challenge": {}, "solution": {}},
        {"challenge": "x", "solution": "y"},
    ],
)
def test_forged_solutions_count_for_nothing(payload: Any) -> None:
    assert captcha().judge(encoded(payload)).state == "wrong"


def test_a_solution_for_another_key_counts_for_nothing() -> None:
    assert captcha(key=b"x" * 32).judge(encoded(SOLVED)).state == "wrong"


@given(
    st.recursive(st.none() | st.booleans() | st.floats() | st.text(), lambda below: st.dictionaries(st.text(), below))
)
def test_any_json_is_judged(payload: Any) -> None:
    assert captcha().judge(encoded(payload)).state in {"wrong", "expired"}
    for part in ("challenge", "solution"):
        assert captcha().judge(encoded({**SOLVED, part: payload})).state in {"wrong", "expired"}
    assert captcha().judge(encoded(changed("challenge", "parameters", value=payload))).state in {"wrong", "expired"}


@given(st.text(min_size=1))
def test_any_text_is_judged(text: str) -> None:
    assert captcha().judge(text).state == "wrong"


def test_a_deep_or_long_payload_is_not_even_parsed() -> None:
    assert captcha().judge(base64.b64encode(b"[" * 100_000).decode()).state == "wrong"

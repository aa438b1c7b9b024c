from __future__ import annotations

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from scripts.bot.web.review.session import LIFETIME, Session, form_token, new_session, seal, token_matches, unseal

NOW = dt.datetime(2026, 3, 14, 9, 30, 12, 345, tzinfo=dt.UTC)
KEY = b"k" * 32
IN_COOKIES = set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")


def test_a_session_is_read_back_until_it_ends() -> None:
    session = new_session("Camille « Cam » Élan", bytes(16), NOW)
    value = seal(session, KEY)
    assert set(value) <= IN_COOKIES
    assert unseal(value, KEY, NOW) == session
    assert unseal(value, KEY, NOW + LIFETIME - dt.timedelta(seconds=2)) == session
    assert unseal(value, KEY, NOW + LIFETIME) is None


def test_a_changed_or_foreign_cookie_is_none() -> None:
    value = seal(new_session("a", bytes(16), NOW), KEY)
    payload, _, signature = value.partition(".")
    other = seal(Session("b", "00", NOW + LIFETIME), b"x" * 32)
    mixed = f"{other.partition('.')[0]}.{signature}"
    for wrong in ("", ".", "a.b", payload, f"{payload}.", f"x{value}", f"{payload}.{signature[:-1]}", other, mixed):
        assert unseal(wrong, KEY, NOW) is None
    assert unseal(value, b"x" * 32, NOW) is None


@given(st.text(st.characters()))
def test_any_cookie_is_read_without_an_error(value: str) -> None:
    assert unseal(value, KEY, NOW) is None


def test_the_token_of_a_form_belongs_to_its_session() -> None:
    one, other = new_session("a", bytes(16), NOW), new_session("a", b"x" * 16, NOW)
    assert token_matches(form_token(one, KEY), one, KEY)
    for wrong, session in ((form_token(one, KEY), other), ("", one), ("é", one), ("\ud800", one)):
        assert not token_matches(wrong, session, KEY)
    assert form_token(one, KEY) not in seal(one, KEY)

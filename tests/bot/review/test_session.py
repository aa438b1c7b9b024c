from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts.bot.web.session import (
    LIFETIME,
    LONGEST_PASSWORD,
    Session,
    form_token,
    hash_password,
    is_password_hash,
    new_session,
    password_matches,
    seal,
    session_key,
    token_matches,
    unseal,
)

NOW = dt.datetime(2026, 3, 14, 9, 30, 12, 345, tzinfo=dt.UTC)
KEY = b"k" * 32
SALT = bytes(range(16))


@pytest.fixture(scope="module")
def stored() -> str:
    return hash_password("mot de passe très long", SALT)


def test_the_hash_says_how_it_was_made_and_holds_no_password(stored: str) -> None:
    assert stored.startswith("scrypt$ln=15,r=8,p=3$AAECAwQFBgcICQoLDA0ODw$")
    assert "passe" not in stored
    assert is_password_hash(stored)


def test_only_the_password_matches(stored: str) -> None:
    assert password_matches("mot de passe très long", stored)
    assert not password_matches("mot de passe tres long", stored)
    assert not password_matches("", stored)


def test_an_accent_made_of_two_characters_is_the_same_password(stored: str) -> None:
    assert password_matches("mot de passe tre\u0300s long", stored)


def test_lone_surrogates_and_endless_passwords_are_wrong_and_no_error(stored: str) -> None:
    assert not password_matches("\ud800", stored)
    assert not password_matches("a" * 10_000_000, stored)
    longest = hash_password("a" * LONGEST_PASSWORD, SALT)
    assert not password_matches("a" * (LONGEST_PASSWORD + 1), longest)


def test_the_same_password_with_another_salt_is_another_hash(stored: str) -> None:
    assert hash_password("mot de passe très long", bytes(16)) != stored


@pytest.mark.parametrize(
    "text",
    ["", "secret", "scrypt$ln=15,r=8,p=3$$", "scrypt$ln=30,r=8,p=3$AAAA$AAAA", "scrypt$ln=15,r=99,p=9$AAAA$AAAA"],
)
def test_what_is_no_hash_is_refused(text: str) -> None:
    assert not is_password_hash(text)
    with pytest.raises(ValueError, match="hash"):
        password_matches("a", text)


def test_a_session_is_read_back_until_it_ends() -> None:
    session = new_session("Camille « Cam » Élan", bytes(16), NOW)
    value = seal(session, KEY)
    assert value.isascii()
    assert set(value) <= set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.")
    assert unseal(value, KEY, NOW) == session
    assert unseal(value, KEY, NOW + LIFETIME - dt.timedelta(seconds=2)) == session
    assert unseal(value, KEY, NOW + LIFETIME) is None


def test_a_changed_or_foreign_cookie_is_none() -> None:
    value = seal(new_session("a", bytes(16), NOW), KEY)
    payload, _, signature = value.partition(".")
    other = seal(Session("b", "00", NOW + LIFETIME), b"x" * 32)
    for wrong in (
        "",
        ".",
        "a.b",
        payload,
        f"{payload}.",
        f"x{value}",
        f"{payload}.{signature[:-1]}",
        other,
        f"{other.partition('.')[0]}.{signature}",
    ):
        assert unseal(wrong, KEY, NOW) is None


@given(st.text())
def test_any_cookie_is_read_without_an_error(value: str) -> None:
    assert unseal(value, KEY, NOW) is None


def test_a_new_password_ends_all_sessions(stored: str) -> None:
    value = seal(new_session("a", bytes(16), NOW), session_key(stored))
    assert unseal(value, session_key(stored), NOW)
    assert unseal(value, session_key(hash_password("un autre mot de passe", SALT)), NOW) is None


def test_the_token_of_a_form_belongs_to_its_session() -> None:
    one, other = new_session("a", bytes(16), NOW), new_session("a", b"x" * 16, NOW)
    assert token_matches(form_token(one, KEY), one, KEY)
    assert not token_matches(form_token(one, KEY), other, KEY)
    assert not token_matches("", one, KEY)
    assert not token_matches("é", one, KEY)
    assert form_token(one, KEY) not in seal(one, KEY)

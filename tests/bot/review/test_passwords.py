from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

import pytest

from scripts.bot.passwords import LONGEST, hash_password, is_password_hash, password_matches
from scripts.bot.settings import SettingsError, load_settings
from tests.scripts.commands import run

if TYPE_CHECKING:
    from pathlib import Path

SALT = bytes(range(16))
KEY = "A" * 43


@pytest.fixture(scope="module")
def stored() -> str:
    return hash_password("mot de passe très long", SALT)


def test_the_hash_says_how_it_was_made_and_holds_no_password(stored: str) -> None:
    assert re.fullmatch(r"scrypt:15:8:3:AAECAwQFBgcICQoLDA0ODw:[\w-]{43}", stored)
    assert is_password_hash(stored)
    assert "passe" not in stored
    assert shlex.quote(stored) == stored, "a shell would read it otherwise"


def test_only_the_password_matches(stored: str) -> None:
    assert password_matches("mot de passe très long", stored)
    assert not password_matches("mot de passe tres long", stored)
    assert not password_matches("", stored)


def test_an_accent_made_of_two_characters_is_the_same_password(stored: str) -> None:
    assert password_matches("mot de passe tre\u0300s long", stored)


def test_lone_surrogates_and_endless_passwords_are_wrong_and_no_error(stored: str) -> None:
    assert not password_matches("\ud800", stored)
    assert not password_matches("a" * 10_000_000, stored)
    assert not password_matches("a" * (LONGEST + 1), hash_password("a" * LONGEST, SALT))


def test_the_same_password_with_another_salt_is_another_hash(stored: str) -> None:
    assert hash_password("mot de passe très long", bytes(16)) != stored


@pytest.mark.parametrize(
    "text",
    [
        "", "secret", "scrypt:15:8:3::", f"scrypt:15:8:3:AAAA:{KEY[1:]}", f"scrypt:15:8:3:AAAA:{KEY}AA",
        f"scrypt:30:8:3:AAAA:{KEY}", f"scrypt:15:99:3:AAAA:{KEY}", f"scrypt:15:8:9:AAAA:{KEY}", f"scrypt:0:8:3:AAAA:{KEY}",
    ],
)  # fmt: skip
def test_what_is_no_hash_or_costs_too_much_is_refused(text: str) -> None:
    assert not is_password_hash(text)
    with pytest.raises(ValueError, match="hash"):
        password_matches("a", text)


def test_the_command_writes_a_line_of_settings_that_the_settings_take(tmp_path: Path) -> None:
    done = run("bot", "password", answers="quatre mots sans rapport\n")
    assert done.returncode == 0, done.stderr
    assert "quatre" not in done.stdout + done.stderr
    name, _, stored = done.stdout.strip().partition("=")
    assert name == "CIRCULAR_REVIEW_PASSWORD"
    assert password_matches("quatre mots sans rapport", stored)
    (tmp_path / "settings").write_text(
        f"{done.stdout}CIRCULAR_PUBLIC_URL=https://example.org\nCIRCULAR_SECRET={'s' * 40}\nCIRCULAR_STATE={tmp_path}\n",
        encoding="utf-8",
    )
    settings = load_settings({"CIRCULAR_SETTINGS": str(tmp_path / "settings")}, credentials=False)
    assert settings.review_password == stored


def test_a_short_password_is_wrong_usage_and_the_password_itself_is_no_setting(tmp_path: Path) -> None:
    done = run("bot", "password", answers="court\n")
    assert (done.returncode, done.stdout) == (2, "")
    with pytest.raises(SettingsError, match="bot password"):
        load_settings(
            {"CIRCULAR_REVIEW_PASSWORD": "quatre mots sans rapport", "CIRCULAR_STATE": str(tmp_path)}, credentials=False
        )

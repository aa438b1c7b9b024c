from __future__ import annotations

import re
from dataclasses import fields
from typing import TYPE_CHECKING

import pytest
from cryptography.fernet import Fernet

from scripts.bot.french import settings as french
from scripts.bot.setting_values import Smtp
from scripts.bot.settings import VARIABLES, Settings, SettingsError, field_name, load_settings

if TYPE_CHECKING:
    from pathlib import Path

SECRET = "s" * 40


@pytest.fixture
def least(tmp_path: Path) -> dict[str, str]:
    """The least that has to be said."""
    (tmp_path / "data").mkdir()
    return {
        "CIRCULAR_ROOT": str(tmp_path),
        "CIRCULAR_STATE": str(tmp_path / "state"),
        "CIRCULAR_PUBLIC_URL": "https://formulaires.example/",
        "CIRCULAR_SECRET": SECRET,
    }


def problems(environment: dict[str, str], *, credentials: bool = True) -> list[str]:
    with pytest.raises(SettingsError) as raised:
        load_settings(environment, credentials=credentials)
    return raised.value.problems


def test_four_lines_are_enough_and_the_rest_is_careful(least: dict[str, str], tmp_path: Path) -> None:
    settings = load_settings(least, credentials=True)
    assert settings.host == "127.0.0.1"
    assert settings.forge == "local"
    assert settings.trusted_proxies == ()
    assert settings.confirm_email
    assert settings.smtp is None
    assert settings.public_url == "https://formulaires.example"
    assert settings.database == f"sqlite:///{tmp_path}/state/propositions.sqlite"


def test_every_setting_has_a_field_and_a_sentence() -> None:
    assert {field_name(name) for name in VARIABLES} == {field.name for field in fields(Settings)}
    assert set(french.HELP) == set(VARIABLES)


def test_everything_that_is_wrong_is_told_at_once(least: dict[str, str]) -> None:
    wrong = least | {
        "CIRCULAR_PUBLIC_URL": "formulaires.example",
        "CIRCULAR_SECRET": "court",
        "CIRCULAR_PORT": "99999",
        "CIRCULAR_HOST": "nulle part",
        "CIRCULAR_TRUSTED_PROXIES": "10.0.0.0/99",
        "CIRCULAR_SMTP": "smtp://user:secret@mail.example",
        "CIRCULAR_MAIL_FROM": "x@y\r\nBcc: z@example.org",
        "CIRCULAR_FORGE": "sourceforge",
        "CIRCULAR_ENCRYPTION_KEY": "pas une clé",
        "CIRCULAR_CONFIRM_EMAIL": "peut-être",
        "CIRCULAR_DATABASE": "mysql://x",
        "CIRCULAR_ROOT": "/nulle/part",
        "CIRCULAR_FORGE_REPOSITORY": "site",
        "CIRCULAR_REVIEW_PASSWORD": "court",
        "CIRCULAR_PUBLIC_ULR": "https://x.example",
    }
    found = problems(wrong)
    assert len(found) == 15
    assert any("vouliez-vous dire CIRCULAR_PUBLIC_URL" in one for one in found)
    assert not [one for one in found if "secret" in one and "user" in one]


def test_what_is_missing_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    named = {one.partition("\u202f")[0] for one in problems({"CIRCULAR_ROOT": str(tmp_path)})}
    assert named == {"CIRCULAR_PUBLIC_URL", "CIRCULAR_SECRET"}


def test_settings_that_do_not_go_together_are_told(least: dict[str, str]) -> None:
    found = problems(least | {"CIRCULAR_FORGE": "gitlab", "CIRCULAR_SMTP": "smtp://mail.example"})
    assert [one.partition("\u202f")[0] for one in found] == [
        "CIRCULAR_MAIL_FROM",
        "CIRCULAR_FORGE_REPOSITORY",
        "CIRCULAR_FORGE_TOKEN",
    ]


def test_the_intake_never_holds_what_only_the_worker_needs(least: dict[str, str]) -> None:
    given = least | {
        "CIRCULAR_FORGE": "github",
        "CIRCULAR_FORGE_REPOSITORY": "reseau/site",
        "CIRCULAR_FORGE_TOKEN": "ghp_token",
        "CIRCULAR_SMTP": "smtps://robot@mail.example",
        "CIRCULAR_SMTP_PASSWORD": "mot-de-passe",
        "CIRCULAR_MAIL_FROM": "participer@example.org",
    }
    intake, worker = load_settings(given, credentials=False), load_settings(given, credentials=True)
    assert (intake.forge_token, intake.smtp_password) == ("", "")
    assert (worker.forge_token, worker.smtp_password) == ("ghp_token", "mot-de-passe")
    assert intake.smtp == Smtp("mail.example", 465, "robot", implicit_tls=True)


def test_representations_show_no_secret(least: dict[str, str]) -> None:
    key = Fernet.generate_key().decode()
    given = least | {
        "CIRCULAR_ENCRYPTION_KEY": key,
        "CIRCULAR_FORGE_TOKEN": "ghp_token",
        "CIRCULAR_DATABASE": "postgresql://bot:geheim@db.example/bot",
        "CIRCULAR_WEBHOOK_SECRET": "w" * 40,
    }
    settings = load_settings(given, credentials=True)
    shown = repr(settings)
    assert settings.database == "postgresql+psycopg://bot:geheim@db.example/bot"
    for secret in (key, "ghp_token", "geheim", "w" * 40, SECRET):
        assert secret not in shown


def test_a_file_may_say_it_and_the_environment_goes_before(least: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "service.env"
    file.write_text(
        "# le service\n\nCIRCULAR_PORT=9000\nCIRCULAR_HOST = ::1\nCIRCULAR_FORGE_BRANCH='trunk'\n", encoding="utf-8"
    )
    settings = load_settings(least | {"CIRCULAR_SETTINGS": str(file), "CIRCULAR_PORT": "9001"}, credentials=True)
    assert (settings.port, settings.host, settings.forge_branch) == (9001, "::1", "trunk")


def test_a_wrong_line_of_the_file_is_named(least: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "service.env"
    file.write_text("CIRCULAR_PORT\nCIRCULAR_HOST=::1\nCIRCULAR_HOST=::1\nPORT=1\n", encoding="utf-8")
    found = problems(least | {"CIRCULAR_SETTINGS": str(file)})
    assert [re.sub(r".*service\.env", "", one) for one in found[:2]] == [
        ", ligne 1\u202f: attendu NOM=valeur",
        ", ligne 3\u202f: CIRCULAR_HOST est donné deux fois",
    ]
    assert found[2].startswith("PORT\u202f:")
    assert problems(least | {"CIRCULAR_SETTINGS": str(tmp_path / "missing")})[0].startswith("le fichier")


def test_a_secret_may_lie_in_a_file_of_its_own(least: dict[str, str], tmp_path: Path) -> None:
    file = tmp_path / "secret"
    file.write_text("t" * 50 + "\n", encoding="utf-8")
    del least["CIRCULAR_SECRET"]
    assert load_settings(least | {"CIRCULAR_SECRET_FILE": str(file)}, credentials=True).secret == "t" * 50
    assert "tous les deux" in problems(least | {"CIRCULAR_SECRET": SECRET, "CIRCULAR_SECRET_FILE": str(file)})[0]
    assert "ne peut pas être lu" in problems(least | {"CIRCULAR_SECRET_FILE": str(tmp_path / "missing")})[0]
    assert "n’existe pas" in problems(least | {"CIRCULAR_SECRET": SECRET, "CIRCULAR_PORT_FILE": "x"})[0]

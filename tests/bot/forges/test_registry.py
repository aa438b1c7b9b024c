"""A forge from what an administrator writes, or one French sentence on what is wrong."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest
from cryptography.hazmat.primitives.asymmetric import ec, rsa
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption, Encoding, NoEncryption, PrivateFormat

from scripts.bot.forges.registry import FORGES, ForgeSettings, ForgeSettingsError, connect

if TYPE_CHECKING:
    from scripts.bot.forges.forge import Forge

NOW = datetime(2026, 3, 4, tzinfo=UTC)
KEY = "tok_0123"


def made(kind: str, address: str, **more: str) -> Forge:
    settings = ForgeSettings(kind, address, "reseau/site", token=KEY)
    return connect(replace(settings, **more), lambda: NOW)


@pytest.mark.parametrize(
    ("kind", "address", "api", "git"),
    [
        ("github", "https://github.com", "https://api.github.com", "https://github.com/reseau/site.git"),
        ("github", "https://api.github.com/", "https://api.github.com", "https://github.com/reseau/site.git"),
        ("github", "https://code.example", "https://code.example/api/v3", "https://code.example/reseau/site.git"),
        (
            "github",
            "https://code.example/api/v3",
            "https://code.example/api/v3",
            "https://code.example/reseau/site.git",
        ),
        ("gitlab", "https://gitlab.com", "https://gitlab.com/api/v4", "https://gitlab.com/reseau/site.git"),
        ("gitlab", "https://x.example/gl/", "https://x.example/gl/api/v4", "https://x.example/gl/reseau/site.git"),
        ("forgejo", "http://localhost:3000", "http://localhost:3000/api/v1", "http://localhost:3000/reseau/site.git"),
        ("forgejo", "http://[::1]:3000/api/v1", "http://[::1]:3000/api/v1", "http://[::1]:3000/reseau/site.git"),
    ],
)
def test_addresses(kind: str, address: str, api: str, git: str) -> None:
    forge = made(kind, address)
    assert (forge.api, forge.git_url) == (api, git)


@pytest.mark.parametrize("kind", sorted(FORGES))
@pytest.mark.parametrize(
    "address",
    [
        "",
        "forge.example",
        "http://forge.example",
        "http://192.168.1.7",
        "ftp://127.0.0.1",
        "https://",
        "https://user:pass@forge.example",
        "https://forge.example/?a=b",
        "https://forge.example/#a",
        "https://forge.example:0",
        "https://forge.example:99999",
        "https://forge.example/a b",
        "https://forge.exämple",
        "https://[::1",
    ],
)
def test_addresses_to_which_credentials_do_not_go(kind: str, address: str) -> None:
    with pytest.raises(ForgeSettingsError, match="adresse"):
        made(kind, address)


@pytest.mark.parametrize("name", ["", "site", "/site", "reseau/", "reseau/../site", "a/b?c", "a/b c", "../site", "a/é"])
@pytest.mark.parametrize("kind", sorted(FORGES))
def test_names_that_are_no_repository(kind: str, name: str) -> None:
    with pytest.raises(ForgeSettingsError, match="dépôt"):
        made(kind, "https://forge.example", repository=name)


def test_only_gitlab_has_groups_in_groups() -> None:
    assert made("gitlab", "https://gitlab.com", repository="a/b/c").git_url == "https://gitlab.com/a/b/c.git"
    with pytest.raises(ForgeSettingsError):
        made("github", "https://github.com", repository="a/b/c")


def test_an_unknown_forge() -> None:
    with pytest.raises(ForgeSettingsError, match=r"bitbucket.*forgejo, github, gitlab"):
        made("bitbucket", "https://forge.example")


@pytest.mark.parametrize("kind", sorted(FORGES))
@pytest.mark.parametrize("token", ["", "with space", "with\nline", "é"])
def test_unfit_tokens_are_not_repeated(kind: str, token: str) -> None:
    with pytest.raises(ForgeSettingsError) as caught:
        made(kind, "https://forge.example", token=token)
    assert not token or token not in str(caught.value)


def _pem(key: rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey, password: bytes = b"") -> str:
    cipher = BestAvailableEncryption(password) if password else NoEncryption()
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, cipher).decode()


@pytest.mark.parametrize(
    "pem",
    [
        "",
        "-----BEGIN PRIVATE KEY-----\nnonsense\n-----END PRIVATE KEY-----",
        _pem(ec.generate_private_key(ec.SECP256R1())),
        _pem(rsa.generate_private_key(65537, 2048), b"passphrase"),
        "é",
    ],
)
def test_unfit_keys_of_apps(pem: str) -> None:
    with pytest.raises(ForgeSettingsError, match="clé") as caught:
        made("github", "https://github.com", token="", app="12", app_key=pem)
    assert "nonsense" not in str(caught.value)
    assert caught.value.__cause__ is None


def test_settings_show_no_credentials() -> None:
    settings = ForgeSettings("github", "https://github.com", "a/b", token=KEY, app_key="-----BEGIN")
    assert KEY not in repr(settings)
    assert "BEGIN" not in repr(settings)
    assert KEY not in repr(vars(connect(settings, lambda: NOW)))

"""The files of deploy/ are read by the programs that they are for, where this machine has those."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from scripts.bot.settings import VARIABLES, load_settings

PROJECT = Path(__file__).parents[2]
DEPLOY = PROJECT / "deploy"
UNITS = sorted([*DEPLOY.glob("systemd/*.service"), *DEPLOY.glob("systemd/*.timer"), *DEPLOY.glob("systemd/*.path")])
SECRETS = {name for name, variable in VARIABLES.items() if variable.secret}
WORKERS_OWN = {name for name in SECRETS if VARIABLES[name].worker_only}


def run(*command: str) -> subprocess.CompletedProcess[str]:
    if shutil.which(command[0]) is None:
        pytest.skip(f"{command[0]} is not installed")
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.slow
def test_systemd_reads_the_units(tmp_path: Path) -> None:
    """With the program where this one is; every line that systemd does not know would be told."""
    for unit in UNITS:
        text = unit.read_text("utf-8").replace("/opt/circular", str(PROJECT))
        (tmp_path / unit.name).write_text(text, "utf-8")
    done = run("systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS))
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.slow
@pytest.mark.skipif(os.geteuid() != 0, reason="only root gives files away")
def test_users_and_folders_are_made(tmp_path: Path) -> None:
    (tmp_path / "etc").mkdir()
    users = run("systemd-sysusers", f"--root={tmp_path}", str(DEPLOY / "systemd/circular.sysusers.conf"))
    assert users.returncode == 0, users.stderr
    folders = run("systemd-tmpfiles", f"--root={tmp_path}", "--create", str(DEPLOY / "systemd/circular.tmpfiles.conf"))
    assert folders.returncode == 0, folders.stderr
    assert (tmp_path / "var/lib/circular/propositions.sqlite").stat().st_mode & 0o7777 == 0o660
    assert (tmp_path / "var/lib/circular").stat().st_mode & 0o7777 == 0o2770
    secrets = tmp_path / "etc/circular/secrets"
    assert {path.name for path in secrets.iterdir()} == SECRETS
    assert {path.stat().st_mode & 0o777 for path in secrets.iterdir()} == {0o600}


def given(unit: str) -> set[str]:
    """The credentials that a unit is given, each of which its program is told of."""
    text = (DEPLOY / "systemd" / unit).read_text("utf-8")
    loaded = set(re.findall(r"^LoadCredential=(\w+):/etc/circular/secrets/\1$", text, re.MULTILINE))
    assert loaded == set(re.findall(r"^Environment=(\w+)_FILE=%d/\1$", text, re.MULTILINE))
    return loaded


def test_only_the_worker_is_given_what_only_it_may_know() -> None:
    assert given("circular-intake.service") == SECRETS - WORKERS_OWN
    assert given("circular-worker.service") >= WORKERS_OWN
    assert given("circular-backup.service") == {"CIRCULAR_SECRET"}
    assert given("circular-site.service") == {"CIRCULAR_SECRET", "CIRCULAR_ENCRYPTION_KEY"}


def test_the_example_s_settings_can_be_read(tmp_path: Path) -> None:
    """As they are, and with all that is commented out."""
    (tmp_path / "data").mkdir()
    text = (DEPLOY / "systemd/service.env").read_text("utf-8").replace("/srv/circular/site", str(tmp_path))
    for number, lines in enumerate((text, re.sub(r"^#(?=CIRCULAR_)", "", text, flags=re.MULTILINE))):
        file = tmp_path / f"{number}.env"
        file.write_text(lines, "utf-8")
        secret, token = "s" * 40, "t" * 40
        given = {"CIRCULAR_SETTINGS": str(file), "CIRCULAR_SECRET": secret, "CIRCULAR_FORGE_TOKEN": token}
        assert load_settings(given, credentials=True).forge == ("local", "forgejo")[number]


@pytest.mark.slow
def test_nginx_reads_its_file(tmp_path: Path) -> None:
    made = run(
        *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=x", "-days", "1"),
        *("-keyout", str(tmp_path / "key.pem"), "-out", str(tmp_path / "cert.pem")),
    )
    assert made.returncode == 0, made.stderr
    whole = tmp_path / "nginx.conf"
    certificate = f"ssl_certificate {tmp_path}/cert.pem; ssl_certificate_key {tmp_path}/key.pem;"
    whole.write_text(
        f"pid {tmp_path}/pid; error_log stderr; events {{}}\n"
        f"http {{ access_log off; {certificate} include {DEPLOY / 'nginx.conf'}; }}\n",
        "utf-8",
    )
    done = run("nginx", "-t", "-c", str(whole))
    assert done.returncode == 0, done.stderr


@pytest.mark.slow
def test_caddy_reads_its_file() -> None:
    done = run("caddy", "validate", "--adapter", "caddyfile", "--config", str(DEPLOY / "Caddyfile"))
    assert done.returncode == 0, done.stderr


@pytest.mark.parametrize("script", ["refresh-site", "backup", "circular"])
def test_scripts_are_programs(script: str) -> None:
    assert (DEPLOY / script).stat().st_mode & 0o111
    done = run("sh", "-n", str(DEPLOY / script))
    assert (done.returncode, done.stderr) == (0, "")

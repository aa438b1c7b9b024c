"""The mail server, a real one on loopback."""

from __future__ import annotations

import socket
import ssl
import subprocess
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.handlers import Message
from aiosmtpd.smtp import AuthResult, LoginPassword

from scripts.bot.french import doctor as french

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from email.message import Message as Mail
    from pathlib import Path

    from scripts.bot.doctor.finding import Finding
    from tests.bot.doctor.conftest import Patient

GOOD, BAD = "mot-de-passe-du-courrier", "un-autre-mot-de-passe"


class Letters(Message):
    """What was delivered."""

    def __init__(self) -> None:
        super().__init__()
        self.mails: list[Mail] = []

    def handle_message(self, message: Mail) -> None:
        self.mails.append(message)


def known(_server: Any, _session: Any, _envelope: Any, _mechanism: str, given: Any) -> AuthResult:
    fine = isinstance(given, LoginPassword) and given == LoginPassword(b"robot", GOOD.encode())
    return AuthResult(success=fine, handled=False)


@pytest.fixture
def start(patient: Patient) -> Iterator[Callable[..., Letters]]:
    """Starts a mail server and makes it the patient's."""
    running: list[Controller] = []

    def started(user: str = "", **options: Any) -> Letters:
        letters = Letters()
        with socket.create_server(("127.0.0.1", 0)) as free:
            port = free.getsockname()[1]
        server = Controller(letters, hostname="127.0.0.1", port=port, **options)
        server.start()
        running.append(server)
        patient.set(SMTP=f"smtp://{user}127.0.0.1:{port}", MAIL_FROM="participer@example.org")
        return letters

    yield started
    for server in running:
        server.stop()


@pytest.fixture
def certificate(tmp_path: Path) -> ssl.SSLContext:
    """One that nobody vouches for."""
    key, made = tmp_path / "key.pem", tmp_path / "cert.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=localhost", "-days", "1"]
    subprocess.run([*command, "-keyout", str(key), "-out", str(made)], check=True, capture_output=True)
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(made, key)
    return context


def mail(patient: Patient, **options: str) -> Finding:
    (finding,) = patient.examine(**options)[french.MAIL]
    return finding


def test_without_a_server(patient: Patient) -> None:
    assert mail(patient).health == "untold"


def test_looking_sends_nothing(patient: Patient, start: Callable[..., Letters]) -> None:
    letters = start()
    assert mail(patient).health == "fine"
    assert letters.mails == []


def test_one_is_sent_where_it_is_asked_for(patient: Patient, start: Callable[..., Letters]) -> None:
    letters = start()
    assert "admin@example.org" in mail(patient, send_to="admin@example.org").said
    (received,) = letters.mails
    assert (received["From"], received["To"]) == ("participer@example.org", "admin@example.org")
    assert received["Auto-Submitted"] == "auto-generated"
    assert received["Date"]
    assert received["Message-ID"].endswith("@example.org>")


def test_the_password_is_tried(patient: Patient, start: Callable[..., Letters]) -> None:
    start("robot@", authenticator=known, auth_require_tls=False)
    patient.set(SMTP_PASSWORD=GOOD)
    assert mail(patient).health == "fine"
    patient.set(SMTP_PASSWORD=BAD)
    finding = mail(patient)
    assert finding.health == "wrong"
    assert "535" in finding.said
    assert BAD not in str(patient.said)


def test_a_password_beyond_ascii_is_told_and_is_no_fault_of_ours(
    patient: Patient, start: Callable[..., Letters]
) -> None:
    start("robot@", authenticator=known, auth_require_tls=False)
    patient.set(SMTP_PASSWORD="Été à la région")  # noqa: S106  # a test's
    finding = mail(patient)
    assert finding.health == "wrong"
    assert "accent" in finding.advice


def test_a_certificate_that_nobody_vouches_for(
    patient: Patient, start: Callable[..., Letters], certificate: ssl.SSLContext, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The mail server of this very machine often has one, and nobody stands in between; elsewhere it is no server of ours."""
    start(tls_context=certificate)
    assert mail(patient).health == "fine"
    monkeypatch.setattr("scripts.bot.mail.smtp.is_here", lambda _: False)
    finding = mail(patient)
    assert finding.health == "wrong"
    assert "chiffrée" in finding.said


def test_a_password_is_never_sent_in_the_open(
    patient: Patient, start: Callable[..., Letters], monkeypatch: pytest.MonkeyPatch
) -> None:
    """On loopback nobody reads along; anywhere else it would be."""
    letters = start("robot@", authenticator=known, auth_require_tls=False)
    patient.set(SMTP_PASSWORD=GOOD)
    monkeypatch.setattr("scripts.bot.mail.smtp.is_here", lambda _: False)
    finding = mail(patient, send_to="admin@example.org")
    assert finding.health == "wrong"
    assert "chiffrement" in finding.said
    assert letters.mails == []


@pytest.mark.parametrize("address", ["smtp://127.0.0.1:9", "smtps://127.0.0.1:9", "smtp://host.invalid"])
def test_a_server_that_does_not_answer(patient: Patient, address: str) -> None:
    patient.set(SMTP=address, MAIL_FROM="participer@example.org")
    assert mail(patient).health == "wrong"


def test_nobody_gets_the_digest(patient: Patient, start: Callable[..., Letters]) -> None:
    start()
    assert patient.examine()[french.DIGEST][0].health == "untold"
    patient.set(MAIL_EDITORS="redaction@example.org")
    assert french.DIGEST not in patient.examine()

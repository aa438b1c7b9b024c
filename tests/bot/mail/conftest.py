"""A store with submissions, and a real mail server on loopback."""

from __future__ import annotations

import contextlib
import email
import email.policy
import socket
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import pytest
from aiosmtpd.controller import Controller

from scripts.bot.mail.compose import Sender
from scripts.bot.mail.postman import Postman
from scripts.bot.mail.smtp import SmtpServer
from scripts.bot.store import Store
from tests.bot.samples import NOW

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator
    from email.message import EmailMessage
    from pathlib import Path

    from aiosmtpd.smtp import SMTP, Envelope, Session

SENDER = Sender(
    "Boucles d’Outre-Brume",
    "propositions@boucles.example",
    ("alix@boucles.example", "noa@boucles.example"),
    "https://propositions.example",
)


@dataclass
class Inbox:
    """What the server took; ``answers`` are what it says to the next messages instead of taking them."""

    messages: list[EmailMessage] = field(default_factory=list)
    recipients: list[list[str]] = field(default_factory=list)
    raw: list[bytes] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    refused: dict[str, str] = field(default_factory=dict)

    async def handle_RCPT(  # noqa: N802  # the library's name and signature
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        envelope.rcpt_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802  # the library's name
        if self.answers:
            return self.answers.pop(0)
        assert isinstance(envelope.content, bytes)
        self.raw.append(envelope.content)
        self.messages.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        self.recipients.append(list(envelope.rcpt_tos))
        return "250 taken"


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@contextlib.contextmanager
def running(inbox: Inbox, **options: Any) -> Iterator[int]:
    """A mail server on loopback; its port."""
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port: int = asked.getsockname()[1]
    controller = Controller(inbox, hostname="127.0.0.1", port=port, **options)
    controller.start()
    try:
        yield port
    finally:
        controller.stop()


@pytest.fixture
def server(inbox: Inbox) -> Iterator[SmtpServer]:
    with running(inbox) as port:
        yield SmtpServer("127.0.0.1", port)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store.open(f"sqlite:///{tmp_path}/bot.db", key=None)
    yield opened
    opened.close()


@pytest.fixture
def deliver(store: Store, server: SmtpServer) -> Callable[..., int]:
    """Let the postman see off all that is due; how many mails he took."""

    def all_of_them(now: dt.datetime = NOW, **more: Any) -> int:
        postman = Postman("m", store, SENDER, more.pop("server", server), chance=lambda: 0.5, **more)
        postman.start()
        count = 0
        while postman.run_once(now):
            count += 1
        return count

    return all_of_them

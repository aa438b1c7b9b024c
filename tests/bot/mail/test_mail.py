"""What people get by mail, through a real server: once, whatever fails, and never more than they should."""

from __future__ import annotations

import datetime as dt
import ipaddress
import multiprocessing
import os
import signal
import ssl
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from scripts.bot.mail.postman import TOO_OLD, Postman
from scripts.bot.mail.smtp import MailError, SmtpServer
from scripts.bot.store import Store
from scripts.bot.submission import Mail, State
from tests.bot.mail.conftest import SENDER, Inbox, running
from tests.bot.samples import MINUTE, NOW, new, posted, sample_id

if TYPE_CHECKING:
    from collections.abc import Callable
    from email.message import EmailMessage
    from pathlib import Path

    from plugins.model.yaml.reader import Json

    Deliver = Callable[..., int]

ONE = sample_id(1)


def text_of(message: EmailMessage) -> str:
    return str(message.get_content())


def ask_for(store: Store, *mails: Mail, **changes: Any) -> None:
    """A submission about which these mails are to be written."""
    store.add(new(mails=(), **changes))
    held = store.lease("w", NOW, MINUTE)
    assert held is not None
    store.finish(held, replace(held.submission, next_try=None), mails=mails, now=NOW)


def test_whoever_has_to_confirm_gets_the_link_and_nothing_of_what_was_written(
    store: Store, inbox: Inbox, deliver: Deliver
) -> None:
    """The address may be anybody's: nobody is to send his words to others through us."""
    spam = posted(
        data={"title": "Achetez sur http://spam.example"}, body="Achetez.", contact_name="http://spam.example"
    )
    store.add(new(state=State.UNCONFIRMED, must_confirm=True, posted=spam))
    assert deliver() == 1
    (message,) = inbox.messages
    text = text_of(message)
    assert message["To"] == "camille@example.org"
    assert message["Subject"] == "Confirmez votre proposition"
    assert f"https://propositions.example/confirmer/{store.confirm_token(ONE)}/" in text
    assert f"https://propositions.example/proposition/{ONE}/{store.status_token(ONE)}/" in text
    assert "spam" not in text
    assert message["Auto-Submitted"] == "auto-generated"
    assert (message["From"].addresses[0].display_name, message["From"].addresses[0].addr_spec) == (
        "Boucles d’Outre-Brume",
        "propositions@boucles.example",
    )


def test_confirmed_it_is_told_that_editors_go_on(store: Store, inbox: Inbox, deliver: Deliver) -> None:
    store.add(new(state=State.UNCONFIRMED, must_confirm=True))
    deliver()
    store.confirm_email(store.confirm_token(ONE), NOW)
    deliver()
    assert inbox.messages[1]["Subject"] == "Votre adresse est confirmée"
    assert text_of(inbox.messages[1]).startswith("Bonjour Camille Exemple,")
    assert "«\u00a0Un atelier de réparation ouvre à Caen\u00a0»" in text_of(inbox.messages[1])


@pytest.mark.parametrize(
    ("mail", "subject", "said"),
    [
        (Mail("question", "1", {"text": "Quel jour\u202f?"}), "Une question sur votre proposition", "Quel jour\u202f?"),
        (
            Mail("published", facts={"address": "https://x.example/p/", "action": "create"}),
            "En ligne",
            "https://x.example/p/",
        ),
        (Mail("published", facts={"address": "", "action": "remove"}), "En ligne", "a été retirée du site"),
        (Mail("refused", facts={"text": "Déjà paru."}), "n’est pas retenue", "Déjà paru."),
        (Mail("withdrawn"), "est retirée", "Elle ne sera pas publiée."),
        (Mail("broken-page", "a", {"text": "ligne 4"}), "Une erreur dans la page «\u00a0Un atelier", "ligne 4"),
    ],
    ids=["question", "published", "removed", "refused", "withdrawn", "broken"],
)
def test_what_is_said_at_each_stage(  # noqa: PLR0917  # fixtures
    store: Store, inbox: Inbox, deliver: Deliver, mail: Mail, subject: str, said: str
) -> None:
    ask_for(store, mail)
    deliver()
    assert subject in inbox.messages[0]["Subject"]
    assert said in text_of(inbox.messages[0])
    assert inbox.raw[0].isascii()


def test_a_mail_is_sent_once_and_has_the_name_of_its_cause(store: Store, inbox: Inbox, deliver: Deliver) -> None:
    ask_for(store, Mail("question", "1", {"text": "?"}), Mail("question", "1", {"text": "?"}), Mail("question", "2"))
    assert deliver() == 2
    assert deliver(NOW + MINUTE) == 0
    names = [message["Message-ID"] for message in inbox.messages]
    assert len(set(names)) == 2
    assert all(name.startswith(f"<{ONE}.question.") and name.endswith("@boucles.example>") for name in names)


@pytest.mark.parametrize(
    "hostile",
    [
        "Titre\r\nBcc: tout-le-monde@example.org",
        "Titre\nX-Header: 1\n\nAutre corps",
        "\u2028Bcc: x@example.org",
        "a" * 5000,
        "=?utf-8?q?=0ABcc:_x@example.org?=",
    ],
)
def test_no_words_of_strangers_become_headers(store: Store, inbox: Inbox, deliver: Deliver, hostile: str) -> None:
    ask_for(store, Mail("withdrawn"), posted=posted(data={"title": hostile}, contact_name=hostile))
    assert deliver() == 1
    (message,) = inbox.messages
    assert set(message.keys()) == {
        "From",
        "To",
        "Subject",
        "Date",
        "Message-ID",
        "Auto-Submitted",
        "Content-Type",
        "Content-Transfer-Encoding",
        "MIME-Version",
        *(name for name in message.keys() if name.startswith(("X-Peer", "X-MailFrom", "X-RcptTo"))),  # noqa: SIM118  # a message is no dict
    }
    assert inbox.recipients == [["camille@example.org"]]
    assert max(map(len, inbox.raw[0].splitlines())) < 998


@pytest.mark.parametrize(
    "address", ["a@example.org\nBcc: b@example.org", "a@example.org, b@example.org", "pas une adresse"]
)
def test_an_address_that_is_none_gets_nothing_and_stops_nobody(
    store: Store, inbox: Inbox, deliver: Deliver, address: str
) -> None:
    store.add(new(1, posted=posted(contact_email=address)))
    store.add(new(2))
    deliver()
    assert inbox.recipients == [["camille@example.org"]]
    assert store.mails_waiting() == 0


def test_whoever_was_erased_gets_no_more_mail(store: Store, inbox: Inbox, deliver: Deliver) -> None:
    ask_for(store, Mail("question", "1", {"text": "?"}))
    store.privacy.erase("camille@example.org", NOW)
    deliver()
    assert inbox.messages == []


def test_a_server_that_is_away_or_busy_is_tried_again_later_and_later(
    store: Store, inbox: Inbox, deliver: Deliver
) -> None:
    ask_for(store, Mail("withdrawn"))
    closed = SmtpServer("127.0.0.1", 1)
    assert deliver(server=closed) == 1
    assert deliver(NOW, server=closed) == 0
    inbox.answers = ["451 later", "421 too busy"]
    now, waits = NOW, []
    while not inbox.messages:
        now += dt.timedelta(seconds=10)
        if deliver(now):
            waits.append(now)
    assert len(waits) == 3
    assert waits[2] - waits[1] > waits[1] - waits[0]
    assert [message["Date"].datetime for message in inbox.messages] == [NOW]


def test_a_refused_recipient_is_given_up_and_a_refused_service_is_told(
    store: Store, inbox: Inbox, deliver: Deliver
) -> None:
    store.add(new(1))
    store.add(new(2, posted=posted(contact_email="gone@example.org")))
    inbox.refused = {"gone@example.org": "550 no such user"}
    inbox.answers = ["554 we do not like you"]
    deliver()
    assert [(one.name) for one in store.notices()] == ["mail"]
    assert store.mails_waiting() == 1
    deliver(NOW + dt.timedelta(hours=1))
    assert inbox.recipients == [["camille@example.org"]]
    assert store.notices() == []
    assert store.mails_waiting() == 0


def test_what_could_not_be_sent_for_days_is_given_up(store: Store, inbox: Inbox, deliver: Deliver) -> None:
    ask_for(store, Mail("withdrawn"))
    deliver(NOW + TOO_OLD + MINUTE)
    assert (inbox.messages, store.mails_waiting()) == ([], 0)


def test_without_a_server_everything_goes_on_and_nothing_piles_up(store: Store, deliver: Deliver) -> None:
    store.add(new())
    assert deliver(server=None) == 1
    assert store.mails_waiting() == 0
    stored = store.by_id(ONE)
    assert stored is not None
    assert (stored.state, stored.email_state) == (State.QUEUED, "unconfirmed")


def test_editors_get_their_digest_without_reading_each_others_addresses(
    store: Store, inbox: Inbox, deliver: Deliver
) -> None:
    facts: Json = {"subject": "deux propositions à relire", "text": "– Un atelier\n– Une bourse"}
    for _ in range(2):
        store.queue_mail(Mail("digest", "2026-W11", facts), NOW)
    assert deliver() == 1
    assert inbox.messages[0]["Subject"] == "Boucles d’Outre-Brume – deux propositions à relire"
    assert "– Une bourse" in text_of(inbox.messages[0])
    assert inbox.recipients == [["alix@boucles.example", "noa@boucles.example"]]
    assert "alix" not in inbox.raw[0].decode()


def test_one_editor_who_is_refused_keeps_the_digest_from_nobody_and_is_logged_without_a_name(
    store: Store, inbox: Inbox, deliver: Deliver, caplog: pytest.LogCaptureFixture
) -> None:
    inbox.refused["noa@boucles.example"] = "550 no such user"
    store.queue_mail(Mail("digest", "2026-W10", {"subject": "1 proposition", "text": "Une."}), NOW)
    deliver()
    assert inbox.recipients == [["alix@boucles.example"]]
    (line,) = [record for record in caplog.records if "refused" in record.message]
    assert vars(line)["answers"] == [550]
    assert "noa" not in str(vars(line))


def test_administrators_are_told_what_is_wrong(store: Store, inbox: Inbox, deliver: Deliver) -> None:
    store.queue_mail(Mail("alert", "forge-credentials-2026-03-04", {"text": "Le jeton est périmé."}), NOW)
    deliver()
    assert "Le jeton est périmé." in text_of(inbox.messages[0])


def test_a_password_does_not_go_over_a_bare_line_to_another_machine(server: SmtpServer) -> None:
    elsewhere = replace(server, host="localhost.localdomain", user="bot", password="secret")  # noqa: S106  # a test's
    assert "secret" not in repr(elsewhere)
    with pytest.raises(MailError) as told:
        elsewhere._introduce(_Bare(), ssl.create_default_context())  # type: ignore[arg-type]  # as much of a server as is asked
    assert told.value.kind == "settings"


class _Bare:
    """A server that offers nothing, and fails the test if somebody signs in."""

    def ehlo_or_helo_if_needed(self) -> None:
        pass

    def has_extn(self, _name: str) -> bool:
        return False

    def login(self, *_: str) -> None:
        raise AssertionError("signed in over a bare line")


def test_a_password_beyond_ascii_stops_no_postman(store: Store, inbox: Inbox, deliver: Deliver) -> None:
    """The library knows no other letters; what it would raise is no error of mail."""
    ask_for(store, Mail("withdrawn"))
    with running(inbox) as port:
        deliver(server=SmtpServer("127.0.0.1", port, user="bot", password="Été à la région"))  # noqa: S106  # a test's
    assert inbox.messages == []
    assert [notice.name for notice in store.notices()] == ["mail"]
    assert store.mails_waiting() == 1


def test_a_line_is_made_safe_where_the_server_can(
    tmp_path: Path, inbox: Inbox, store: Store, deliver: Deliver, monkeypatch: pytest.MonkeyPatch
) -> None:
    """STARTTLS with a certificate that only this test trusts; without that trust nothing is sent to another machine."""
    monkeypatch.setattr("scripts.bot.mail.smtp.is_here", lambda _: False)
    certificate, key = _certificate(tmp_path)
    there = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    there.load_cert_chain(certificate, key)
    trusting = ssl.create_default_context(cafile=str(certificate))
    ask_for(store, Mail("withdrawn"))
    with running(inbox, tls_context=there, require_starttls=True) as port:
        deliver(server=SmtpServer("127.0.0.1", port))
        assert inbox.messages == []
        deliver(NOW + dt.timedelta(hours=1), server=SmtpServer("127.0.0.1", port, context=trusting))
    assert len(inbox.messages) == 1


def test_the_mail_server_of_this_machine_may_have_made_its_certificate_itself(
    tmp_path: Path, inbox: Inbox, store: Store, deliver: Deliver
) -> None:
    """As Debian's has; a line that leaves nowhere needs nobody who vouches for its end."""
    certificate, key = _certificate(tmp_path)
    there = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    there.load_cert_chain(certificate, key)
    ask_for(store, Mail("withdrawn"))
    with running(inbox, tls_context=there, require_starttls=True) as port:
        deliver(server=SmtpServer("127.0.0.1", port))
    assert len(inbox.messages) == 1


def _certificate(directory: Path) -> tuple[Path, Path]:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .sign(key, hashes.SHA256())
    )
    certificate, private = directory / "cert.pem", directory / "key.pem"
    certificate.write_bytes(built.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
    )
    return certificate, private


def _send_and_die(directory: str, port: int, kill_at: str) -> None:
    def checkpoint(name: str) -> None:
        if name == kill_at:
            os.kill(os.getpid(), signal.SIGKILL)

    store = Store.open(f"sqlite:///{directory}/bot.db", key=None)
    server = SmtpServer("127.0.0.1", port)
    postman = Postman("m", store, SENDER, server, chance=lambda: 0.5, checkpoint=checkpoint)
    postman.start()
    while postman.run_once(NOW):
        pass
    store.close()


@pytest.mark.slow
@pytest.mark.parametrize(("kill_at", "copies"), [("before mail", 1), ("after mail", 2), ("written mail", 1)])
def test_killed_while_sending_no_mail_is_lost_and_a_second_copy_is_known_as_such(  # noqa: PLR0917  # fixtures
    tmp_path: Path, store: Store, inbox: Inbox, server: SmtpServer, kill_at: str, copies: int
) -> None:
    """Between « the server has it » and « it is marked » a copy cannot be avoided (postman.py says why)."""
    ask_for(store, Mail("withdrawn"))
    context = multiprocessing.get_context("forkserver")
    for end, exitcode in ((kill_at, -signal.SIGKILL), ("", 0)):
        process = context.Process(target=_send_and_die, args=(str(tmp_path), server.port, end))
        process.start()
        process.join(60)
        assert process.exitcode == exitcode
    assert len(inbox.raw) == copies
    assert len({message["Message-ID"] for message in inbox.messages}) == 1
    assert len(set(inbox.raw)) == 1
    assert store.mails_waiting() == 0

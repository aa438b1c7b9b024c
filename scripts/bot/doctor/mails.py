"""The mail server: greeting, encryption and login, without sending; or one mail to try it."""

from __future__ import annotations

import contextlib
import smtplib
import ssl
from email.message import EmailMessage
from email.utils import format_datetime, make_msgid
from typing import TYPE_CHECKING, Final

from scripts.bot.doctor.finding import Finding, fine, untold, wrong
from scripts.bot.french import doctor as french
from scripts.bot.mail import smtp

if TYPE_CHECKING:
    from collections.abc import Iterator

    from scripts.bot.doctor.instruments import Instruments
    from scripts.bot.setting_values import Smtp
    from scripts.bot.settings import Settings

PATIENCE: Final = 15.0  # seconds for one answer


class _UnencryptedError(Exception):
    """A password would be sent where everybody on the way can read it."""


def check_mail(settings: Settings, instruments: Instruments, *, send_to: str = "") -> Iterator[Finding]:
    """Greet, encrypt, log in; ``send_to``: and send one mail there."""
    if settings.smtp is None:
        yield untold(french.MAIL, french.NO_MAIL, french.SET_MAIL)
        return
    server = settings.smtp
    try:
        with _connected(server) as connection:
            encrypted = _log_in(connection, server, settings.smtp_password)
            if send_to:
                connection.send_message(_mail(settings, send_to, instruments))
    except _UnencryptedError:
        yield wrong(french.MAIL, french.plain_mail(server.host), french.ENCRYPT_MAIL)
    except smtplib.SMTPAuthenticationError as error:
        yield wrong(french.MAIL, french.mail_login(server.host, error.smtp_code), french.SEE_MAIL_LOGIN)
    except smtplib.SMTPNotSupportedError:
        yield wrong(french.MAIL, french.mail_beyond_ascii(server.host), french.ASCII_MAIL_LOGIN)
    except ssl.SSLError as error:
        yield wrong(french.MAIL, french.mail_tls(server.host, error.reason or ""), french.SEE_MAIL_TLS)
    except (OSError, smtplib.SMTPException) as error:
        yield wrong(french.MAIL, french.mail_failed(server.host, server.port, _said(error)), french.SEE_MAIL)
    else:
        yield fine(french.MAIL, french.mail_fine(server.host, encrypted=encrypted, sent_to=send_to))
    if not settings.mail_editors:
        yield untold(french.DIGEST, french.NO_EDITORS, french.SET_EDITORS)


@contextlib.contextmanager
def _connected(server: Smtp) -> Iterator[smtplib.SMTP]:
    """A greeted server; TLS from the first byte where the settings say so (RFC 8314)."""
    made = (
        smtplib.SMTP_SSL(server.host, server.port, timeout=PATIENCE, context=smtp.tls_to(server.host))
        if server.implicit_tls
        else smtplib.SMTP(server.host, server.port, timeout=PATIENCE)
    )
    with made as connection:
        connection.ehlo_or_helo_if_needed()
        yield connection


def _log_in(connection: smtplib.SMTP, server: Smtp, password: str) -> bool:
    """STARTTLS (RFC 3207) where it is offered, then the login; says whether all of it is encrypted."""
    encrypted = server.implicit_tls
    if not encrypted and connection.has_extn("starttls"):
        connection.starttls(context=smtp.tls_to(server.host))
        connection.ehlo()
        encrypted = True
    if server.user and password:
        if not encrypted and not smtp.is_here(server.host):
            raise _UnencryptedError
        smtp.log_in(connection, server.user, password)
    return encrypted


def _mail(settings: Settings, address: str, instruments: Instruments) -> EmailMessage:
    message = EmailMessage()
    message["From"] = settings.mail_from
    message["To"] = address
    message["Subject"] = french.TRIAL_SUBJECT
    message["Date"] = format_datetime(instruments.clock())
    message["Message-ID"] = make_msgid(domain=settings.mail_from.rpartition("@")[2])
    message["Auto-Submitted"] = "auto-generated"  # RFC 3834
    message.set_content(french.trial_text(settings.public_url))
    return message


def _said(error: Exception) -> str:
    """A code of the server or an error of the system: not the server's words, which may hold anything."""
    code = getattr(error, "smtp_code", None)
    return str(code) if code else getattr(error, "strerror", None) or type(error).__name__

"""Hands messages to a mail server (RFC 5321)."""

from __future__ import annotations

import logging
import smtplib
import ssl
from dataclasses import dataclass, field
from ipaddress import ip_address
from typing import TYPE_CHECKING, Final, Literal

if TYPE_CHECKING:
    from scripts.bot.mail.compose import Composed

logger = logging.getLogger(__name__)
SECONDS: Final = 30.0  # for each answer of the server
_LATER: Final = range(400, 500)  # answers that may be another one later


class MailError(Exception):
    """The server did not take a message.

    kind:
        ``later``       no answer, or not now
        ``settings``    it does not let us in, or does not take our sender: a person has to look
        ``recipient``   it takes the message for nobody it is meant for: it never will
    ``detail`` is for logs and names no address.
    """

    def __init__(self, kind: Literal["later", "settings", "recipient"], detail: str) -> None:
        super().__init__(f"{kind}: {detail}")
        self.kind = kind
        self.detail = detail


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """``implicit_tls``: TLS from the first byte (RFC 8314); otherwise STARTTLS. A password never goes over a bare line, except
    on this machine. ``context`` is for tests with a certificate of their own; see :func:`tls_to`.
    """

    host: str
    port: int
    user: str = ""
    password: str = field(default="", repr=False)
    implicit_tls: bool = False
    context: ssl.SSLContext | None = None

    def send(self, composed: Composed, sender: str) -> None:
        """Hand a message over; when this returns, the server has it.

        Raises:
            MailError: it has not, or (``later``) may not have.
        """
        try:
            with self._connected() as server:
                refused = server.send_message(composed.message, from_addr=sender, to_addrs=list(composed.recipients))
            if refused:  # the others have it, and it does not go out again for these
                codes = sorted(code for code, _ in refused.values())
                logger.warning(
                    "some recipients refused",
                    extra={"answers": codes, "taken_for": len(composed.recipients) - len(codes)},
                )
        except smtplib.SMTPRecipientsRefused as error:
            codes = [code for code, _ in error.recipients.values()]
            kind: Literal["later", "recipient"] = "later" if any(code in _LATER for code in codes) else "recipient"
            raise MailError(kind, f"recipients refused {codes}") from None
        except smtplib.SMTPResponseException as error:
            raise MailError("later" if error.smtp_code in _LATER else "settings", f"answer {error.smtp_code}") from None
        except smtplib.SMTPNotSupportedError:
            raise MailError("settings", "the server lacks what we need") from None
        except (OSError, smtplib.SMTPException) as error:
            raise MailError("later", type(error).__name__) from None

    def _connected(self) -> smtplib.SMTP:
        context = self.context or tls_to(self.host)
        if self.implicit_tls:
            server: smtplib.SMTP = smtplib.SMTP_SSL(self.host, self.port, timeout=SECONDS, context=context)
        else:
            server = smtplib.SMTP(self.host, self.port, timeout=SECONDS)
        try:
            self._introduce(server, context)
        except BaseException:
            server.close()
            raise
        return server

    def _introduce(self, server: smtplib.SMTP, context: ssl.SSLContext) -> None:
        server.ehlo_or_helo_if_needed()
        if not self.implicit_tls and server.has_extn("starttls"):
            server.starttls(context=context)
            server.ehlo()
        elif not self.implicit_tls and self.user and not is_here(self.host):
            raise MailError("settings", "the server offers no TLS, and the password does not go without")
        if self.user:
            log_in(server, self.user, self.password)


def log_in(server: smtplib.SMTP, user: str, password: str) -> None:
    """Log in. Raises SMTPNotSupportedError where the library cannot say the name or the password, which it takes in ASCII only."""
    if not (user + password).isascii():
        raise smtplib.SMTPNotSupportedError("a name or password beyond ASCII")
    server.login(user, password)


def tls_to(host: str) -> ssl.SSLContext:
    """How a server is met over TLS: it has to prove its name, except on this machine, where nobody stands in between and mail
    servers have a certificate that they made themselves (Debian's, for instance).
    """
    context = ssl.create_default_context()
    if is_here(host):
        context.check_hostname = False
        context.verify_mode = ssl.CERT_NONE
    return context


def is_here(host: str) -> bool:
    """Whether a name or address is this machine's own."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"

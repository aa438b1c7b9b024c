"""Takes mails from the outbox, one at a time, and sees them off.

A mail is marked as sent when the server has taken it. Killed in between, it is sent again with the same Message-ID: at least
once for the server, once for the reader. (The other order would lose mails, and nobody could tell which.)
"""

from __future__ import annotations

import datetime as dt
import logging
from typing import TYPE_CHECKING, Final, Protocol

from scripts.bot.french import worker as french
from scripts.bot.mail.compose import compose
from scripts.bot.mail.smtp import MailError
from scripts.bot.store import LeaseLostError

if TYPE_CHECKING:
    from collections.abc import Callable

    from scripts.bot.mail.compose import Composed, Sender
    from scripts.bot.store import Letter, Store

logger = logging.getLogger(__name__)
LEASE: Final = dt.timedelta(minutes=10)
FIRST_RETRY: Final = dt.timedelta(seconds=30)
LAST_RETRY: Final = dt.timedelta(hours=4)
TOO_OLD: Final = dt.timedelta(days=5)
"""As long as mail servers usually try (RFC 5321, section 4.5.4.1); later the message would only confuse."""
NOTICE: Final = "mail"
MANY: Final = 4


class Server(Protocol):
    """A mail server (`scripts.bot.mail.smtp.SmtpServer`)."""

    def send(self, composed: Composed, sender: str) -> None:
        """Hand a message over. May raise MailError."""


class Postman:
    """As `scripts.bot.worker.loop.Work`. ``server`` is None where no mail is sent: what is in the outbox is then dropped, so that
    nobody gets old messages on the day on which a server is set.

    ``checkpoint`` is told before and after a message is handed over; tests end the process there.
    """

    def __init__(
        self,
        name: str,
        store: Store,
        sender: Sender,
        server: Server | None,
        *,
        chance: Callable[[], float],
        checkpoint: Callable[[str], None] = lambda _: None,
    ) -> None:
        self._name, self._store, self._sender, self._server = name, store, sender, server
        self._chance, self._checkpoint = chance, checkpoint
        self._noticed = False

    def start(self) -> None:
        """Take over what a postman of this name left."""
        self._store.give_back(self._name)
        self._noticed = any(notice.name == NOTICE for notice in self._store.notices())

    def stop(self) -> None:
        """Nothing stays in hand between two mails."""

    def run_once(self, now: dt.datetime) -> bool:
        """See one mail off; False where there is none. May raise StoreError."""
        letter = self._store.take_mail(self._name, now, LEASE)
        if letter is None:
            return False
        try:
            self._see_off(letter, now)
        except LeaseLostError:
            logger.warning("mail lease lost", extra={"mail": letter.number})
        return True

    def _see_off(self, letter: Letter, now: dt.datetime) -> None:
        composed = self._composed(letter) if self._server is not None else None
        if composed is None or self._server is None or now - letter.created > TOO_OLD:
            self._store.settle_mail(letter, sent=None)
            return
        try:
            self._checkpoint("before mail")
            self._server.send(composed, self._sender.address)
            self._checkpoint("after mail")
        except MailError as error:
            self._put_off(letter, error, now)
            return
        self._store.settle_mail(letter, sent=now)
        self._checkpoint("written mail")
        logger.info("mail sent", extra={"mail": letter.number, "kind": letter.kind})
        if self._noticed:
            self._store.clear_notice(NOTICE)
            self._noticed = False

    def _composed(self, letter: Letter) -> Composed | None:
        """The message; None where it cannot be written, which has to be looked at but must not stop the others."""
        try:
            return compose(self._store, self._sender, letter)
        except (ValueError, LookupError) as error:
            where = {"mail": letter.number, "kind": letter.kind, "error": type(error).__name__}
            logger.error("mail cannot be written", extra=where)  # noqa: TRY400  # its text may hold an address
            return None

    def _put_off(self, letter: Letter, error: MailError, now: dt.datetime) -> None:
        where = {"mail": letter.number, "kind": letter.kind, "trouble": error.detail, "attempts": letter.attempts + 1}
        logger.warning("mail not sent", extra=where)
        if error.kind == "recipient":
            self._store.settle_mail(letter, sent=None, trouble=error.detail)
            return
        pause = min(FIRST_RETRY * 2 ** min(letter.attempts, 20), LAST_RETRY) * (0.75 + self._chance() / 2)
        self._store.settle_mail(letter, sent=None, next_try=now + pause, trouble=error.detail)
        if error.kind == "settings" or letter.attempts + 1 >= MANY:
            self._store.raise_notice(NOTICE, french.MAIL[error.kind], now)
            self._noticed = True

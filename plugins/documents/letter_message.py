"""The letter as a message to be opened or imported: text and HTML in one file, to nobody yet (RFC 5322, RFC 2046)."""

from __future__ import annotations

import datetime as dt
import hashlib
from email.message import EmailMessage
from email.policy import SMTP
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from plugins.documents.texts import one_line
from plugins.model.occurrences import DEFAULT_TIMEZONE

if TYPE_CHECKING:
    from email.headerregistry import Address


def letter_message(subject: str, sender: Address, day: dt.date, text: str, html: str) -> bytes:
    """The message from ``sender``, dated nine o’clock of ``day`` in Paris; the same letter gives the same bytes.

    ``X-Unsent`` lets programs that know it open the file as a draft.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = one_line(subject)
    message["From"] = sender
    message["Date"] = dt.datetime.combine(day, dt.time(9), tzinfo=ZoneInfo(DEFAULT_TIMEZONE))
    message["X-Unsent"] = "1"
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary("lettre-" + hashlib.sha256(html.encode()).hexdigest()[:32])
    return message.as_bytes()

"""The letter of a month as the files that a mailing tool takes. No output of the site: nobody but its editors sees them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.documents.letter_message import letter_message
from plugins.documents.letter_text import letter_text
from plugins.model.letters import Letters
from plugins.press import Printer
from plugins.publication.theme import THEME
from plugins.views.letters.letter_mail import Scope, mail_view, scope_of

if TYPE_CHECKING:
    import datetime as dt
    from email.headerregistry import Address

    from plugins.model.months import Month
    from plugins.publication.context import Context

__all__ = ["Mail", "Scope", "mail", "scope_of"]
TEMPLATE = "mail/letter.html"


@dataclass(frozen=True, slots=True)
class Mail:
    """A letter: its subject, its HTML, its text, and the day for which it is written."""

    subject: str
    html: str
    text: str
    day: dt.date

    def message(self, sender: Address) -> bytes:
        """Both in one message (RFC 5322) from ``sender`` to nobody."""
        return letter_message(self.subject, sender, self.day, self.text, self.html)


def mail(
    ctx: Context, month: Month, scope: Scope, *, intro: str = "", unsubscribe: str = "", demo: bool = False
) -> Mail | None:
    """The letter of a month, None where there is nothing to tell; see :func:`plugins.views.letters.letter_mail.mail_view`."""
    view = mail_view(ctx, month, scope, intro=intro, unsubscribe=unsubscribe, demo=demo)
    if view is None:
        return None
    html = Printer(str(THEME), "", {}).environment().get_template(TEMPLATE).render(view)
    return Mail(view["subject"], html.strip() + "\n", letter_text(view), Letters(ctx.site, ()).of(month).issued)

"""The receipt: what was accepted, what happens next, how long that takes, and the secret address that tells more."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.views.page.frame import Frame  # noqa: TC001  # the theme's reference reads these types
from scripts.bot.french import web as french
from scripts.bot.web.addresses import status_url
from scripts.bot.web.answers import page

if TYPE_CHECKING:
    from starlette.responses import Response

    from scripts.bot.submission import Submission
    from scripts.bot.web.edition import Edition
    from scripts.bot.web.service import Service


class ReceiptView(TypedDict):
    """What a contributor reads once a proposal is on the disk (``service/receipt.html``)."""

    page: Frame
    style: Annotated[str, "The style sheet of these pages."]
    title: Annotated[str, "The proposal's title."]
    status: Annotated[str, "The full, secret address of the status page."]
    state: Annotated[str, "quarantine, unconfirmed or queued; later ones where a post is sent again."]
    mailbox: Annotated[str, "Where mail was sent, half hidden; empty where none is."]
    days: Annotated[int, "Within how many days somebody usually reads it."]
    confirm_days: Annotated[int, "Within how many days an address has to be confirmed."]


def receipt(service: Service, edition: Edition, submission: Submission) -> Response:
    """The answer to a post that was accepted: 202, with the status address as a link (RFC 8288) and in the page."""
    status = status_url(service, submission.id)
    email = submission.posted.contact_email
    view: ReceiptView = {
        "page": edition.frame("/", french.RECEIPT_TITLE),
        "style": edition.context.asset("service.css"),
        "title": typography(submission.title) or french.UNTITLED,
        "status": status,
        "state": submission.state.value,
        "mailbox": half_hidden(email) if email and service.settings.smtp else "",
        "days": service.settings.age_budget_days,
        "confirm_days": service.settings.unconfirmed_days,
    }
    return page(edition, "service/receipt.html", view, 202, {"Link": f'<{status}>; rel="status"'})


def half_hidden(email: str) -> str:
    """Enough of an address to know it again: « c…e@example.org »."""
    name, _, host = email.rpartition("@")
    return f"{name[:1]}…{name[-1:] if len(name) > 1 else ''}@{host}"

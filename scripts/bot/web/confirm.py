"""The link in the mail that confirms an address. Opening it does nothing yet: mail scanners open links, people press buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from plugins.views.page.frame import Frame  # noqa: TC001  # the theme's reference reads these types
from scripts.bot.french import web as french
from scripts.bot.web.addresses import CONFIRM, comes_from_a_page_of_ours, status_url
from scripts.bot.web.answers import page, refusal
from scripts.bot.web.posting.small_forms import read_small_form

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from scripts.bot.web.service import Service


class ConfirmView(TypedDict):
    """A button that confirms an address, then what came of it (``service/confirm.html``)."""

    page: Frame
    action: Annotated[str, "Where the button leads; empty once the address is confirmed."]
    status: Annotated[str, "The status page, once the address is confirmed."]
    days: Annotated[int, "Within how many days somebody usually reads a proposal."]


def confirm_routes(service: Service) -> list[Route]:
    """The page with the button, and the button."""

    def ask(request: Request) -> Response:
        return _page(service, action=service.root.edition().context.service_base + request.url.path)

    async def confirm(request: Request) -> Response:
        if not comes_from_a_page_of_ours(service, request):
            return refusal(service, 403, *french.FOREIGN_POST)
        await read_small_form(request)
        return await run_in_threadpool(_confirm, service, request.path_params["token"])

    return [
        Route(CONFIRM, ask, methods=["GET"], name="confirm"),
        Route(CONFIRM, confirm, methods=["POST"], name="confirm-action"),
    ]


def _confirm(service: Service, token: str) -> Response:
    submission = service.store.confirm_email(token, service.clock())
    if submission is None:
        return refusal(service, 404, *french.NO_SUCH_CONFIRMATION)
    return _page(service, status=status_url(service, submission.id))


def _page(service: Service, *, action: str = "", status: str = "") -> Response:
    edition = service.root.edition()
    view: ConfirmView = {
        "page": edition.frame("/", french.CONFIRMED_TITLE if status else french.CONFIRM_TITLE),
        "action": action,
        "status": status,
        "days": service.settings.age_budget_days,
    }
    return page(edition, "service/confirm.html", view)

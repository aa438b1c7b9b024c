"""The link of the mail « toujours exact ? ». Opening it does nothing: mail scanners open links, people press buttons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypedDict
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from plugins.markup import typography
from plugins.model.addresses import MEMBER_FORM, form_address
from plugins.views.page.frame import Frame  # noqa: TC001  # the theme's reference reads these types
from scripts.bot.french import desk as french
from scripts.bot.french import web as web_french
from scripts.bot.web.addresses import EXACT, comes_from_a_page_of_ours
from scripts.bot.web.answers import page, refusal
from scripts.bot.web.posting import rates
from scripts.bot.web.posting.reading_posts import network_of
from scripts.bot.web.posting.small_forms import read_small_form

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from scripts.bot.store.exactness import Asked
    from scripts.bot.web.edition import Edition
    from scripts.bot.web.service import Service

TRIES_PER_HOUR: Final = 60  # of one network: enough for people, too few for guessing 160 bits
REMOVAL: Final = "page-retrait"  # the part of the form that asks for removal


class ExactView(TypedDict):
    """Whether a page is still exact, and what to do if not (``service/exact.html``)."""

    page: Frame
    title: Annotated[str, "The title of the page that is asked about."]
    href: Annotated[str, "Where it stands."]
    action: Annotated[str, "Where the button leads; empty once it was pressed."]
    edit: Annotated[str, "The form filled with it; empty where no form does that."]
    remove: Annotated[str, "Where to ask for its removal; empty where no form does that."]


def exact_routes(service: Service) -> list[Route]:
    """The page with the buttons, and the one that says yes."""
    answers = _Answers(service)
    return [
        Route(EXACT, answers.show, methods=["GET"], name="exact"),
        Route(EXACT, answers.confirm, methods=["POST"], name="exact-confirm"),
    ]


def edit_form(edition: Edition, target: str) -> str:
    """The service's form filled with an entry or member; empty where its type has none."""
    site = edition.site
    entry = site.entries.get(target)
    form = entry.type.form if entry else MEMBER_FORM if target in site.members else ""
    return f"{edition.context.service_base}{form_address(form)}?modifier={quote(target)}" if form else ""


class _Answers:
    def __init__(self, service: Service) -> None:
        self._service = service
        self._tries = rates.Tries(service.key("exact"))

    def show(self, request: Request) -> Response:
        now = self._service.clock()
        if self._too_many(request):
            return self._wait()
        asked = self._service.store.exactness.by_token(request.path_params["token"], now)
        here = self._service.root.edition().context.service_base + request.url.path
        return self._page(asked, here)

    async def confirm(self, request: Request) -> Response:
        if not comes_from_a_page_of_ours(self._service, request):
            return await run_in_threadpool(refusal, self._service, 403, *web_french.FOREIGN_POST)
        if self._too_many(request):
            return await run_in_threadpool(self._wait)
        await read_small_form(request)
        return await run_in_threadpool(self._confirm, request.path_params["token"])

    def _confirm(self, token: str) -> Response:
        return self._page(self._service.store.exactness.confirm(token, self._service.clock()), "")

    def _page(self, asked: Asked | None, action: str) -> Response:
        if asked is None:
            return refusal(self._service, 404, *french.NO_SUCH_LINK)
        edition = self._service.root.edition()
        entry, member = edition.site.entries.get(asked.target), edition.site.members.get(asked.target)
        named = entry or member
        if named is None:
            return refusal(self._service, 410, *french.PAGE_GONE)
        edit = edit_form(edition, asked.target)
        view: ExactView = {
            "page": edition.frame("/", french.TITLE),
            "title": typography(entry.title if entry else member.name if member else ""),
            "href": edition.context.href(named.address),
            "action": action,
            "edit": edit,
            "remove": f"{edit}#{REMOVAL}" if edit else "",
        }
        return page(edition, "service/exact.html", view)

    def _too_many(self, request: Request) -> bool:
        network = network_of(self._service, request)
        return self._tries.count(network, self._service.clock()) > TRIES_PER_HOUR

    def _wait(self) -> Response:
        headers = {"Retry-After": str(rates.wait(self._service.clock()))}
        return refusal(self._service, 429, *french.TOO_MANY, headers=headers)

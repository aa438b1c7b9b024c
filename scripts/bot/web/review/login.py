"""Signing in to the review, and out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from plugins.views.page.frame import Frame  # noqa: TC001  # the theme's reference reads these types
from scripts.bot.french import review as french
from scripts.bot.web.answers import page, refusal, see_other
from scripts.bot.web.posting.rates import wait
from scripts.bot.web.posting.small_forms import read_small_form
from scripts.bot.web.review.access import LONGEST_NAME, TOKEN, WINDOW
from scripts.bot.web.review.queue import PATH

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.review.access import Gate

LOGIN: Final = f"{PATH}connexion/"
LOGOUT: Final = f"{PATH}deconnexion/"
_OWN_PAGES: Final = {"Referrer-Policy": "same-origin"}


class LoginView(TypedDict):
    """Signing in (``service/login.html``)."""

    page: Frame
    style: str
    title: str
    problem: Annotated[str, "Why nobody was let in; empty at first."]
    name: Annotated[str, "The name that was typed."]
    then: Annotated[str, "The page that was asked for."]
    action: str


def login_routes(gate: Gate) -> list[Route]:
    """``/relecture/connexion/`` and ``/relecture/deconnexion/``."""

    def show(_request: Request) -> Response:
        return login_page(gate, then=PATH)

    async def enter(request: Request) -> Response:
        if not gate.comes_from_here(request):
            return await run_in_threadpool(refusal, gate.service, 403, *french.STALE_PAGE)
        return await run_in_threadpool(_enter, gate, request, await read_small_form(request))

    async def leave(request: Request) -> Response:
        session, fields = gate.session(request), await read_small_form(request)
        answer = see_other(_base(gate) + LOGIN)
        if session and gate.is_own(request, fields.get(TOKEN), session):
            gate.let_out(answer)
        return answer

    return [
        Route(LOGIN, show, methods=["GET"], name="review-login"),
        Route(LOGIN, enter, methods=["POST"], name="review-enter"),
        Route(LOGOUT, leave, methods=["POST"], name="review-leave"),
    ]


def login_page(gate: Gate, *, then: str, problem: str = "", name: str = "", status: int = 401) -> Response:
    """The form to sign in; where nobody has chosen a password, a page that says so."""
    service = gate.service
    if not service.settings.review_password:
        return refusal(service, 503, *french.NO_PASSWORD)
    edition = service.root.edition()
    view: LoginView = {
        "page": edition.frame(LOGIN, french.LOGIN),
        "style": edition.context.asset("review.css"),
        "title": french.LOGIN,
        "problem": problem,
        "name": name,
        "then": then,
        "action": edition.context.service_base + LOGIN,
    }
    return page(edition, "service/login.html", view, status, _OWN_PAGES)


def _enter(gate: Gate, request: Request, fields: PostedForm) -> Response:
    name, then = " ".join(fields.get("nom").split())[:LONGEST_NAME], fields.get("suite")
    if not gate.service.settings.review_password:
        return login_page(gate, then=then)
    if not name:
        return login_page(gate, then=then, problem=french.NAME_REQUIRED, status=422)
    if not gate.may_try(request):
        answer = login_page(gate, then=then, problem=french.TOO_MANY_TRIES, name=name, status=429)
        answer.headers["Retry-After"] = str(wait(gate.service.clock(), WINDOW))
        return answer
    if not gate.is_password(fields.get("mot")):
        return login_page(gate, then=then, problem=french.NOT_THE_PASSWORD, name=name)
    answer = see_other(_base(gate) + (then if _is_ours(then) else PATH))
    gate.let_in(answer, name)
    return answer


def _is_ours(path: str) -> bool:
    """Whether a path leads to a page of the review and nowhere else."""
    return path.startswith(PATH) and all(part not in {".", ".."} for part in path.split("/")) and "\\" not in path


def _base(gate: Gate) -> str:
    return gate.service.root.edition().context.service_base

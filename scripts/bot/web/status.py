"""The status page: where a proposal stands, what was said, and what its sender can do. Its secret address is the key to it."""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Annotated, Final, Literal, TypedDict
from zoneinfo import ZoneInfo

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from plugins.markup import typography
from plugins.views.page.frame import Frame, Link  # noqa: TC001  # the theme's reference reads these types
from plugins.views.words.french import Stamp, clock, day_words
from scripts.bot.french import web as french
from scripts.bot.store import DecisionError
from scripts.bot.store.deciding import POSSIBLE
from scripts.bot.web.addresses import CORRECT, STATUS, comes_from_a_page_of_ours
from scripts.bot.web.answers import page, refusal, see_other
from scripts.bot.web.posting.small_forms import read_small_form

if TYPE_CHECKING:
    import datetime as dt

    from starlette.requests import Request
    from starlette.responses import Response

    from scripts.bot.submission import Moment, Submission
    from scripts.bot.web.service import Service

PARIS: Final = ZoneInfo("Europe/Paris")
LONGEST_ANSWER: Final = 5_000  # characters
MANY_TRIES: Final = 3  # of a step, before it is called an incident
Action = Literal["withdraw", "answer"]


class StatusLine(TypedDict):
    """Something that happened."""

    at: Stamp
    label: str
    text: Annotated[str, "What was said; may be empty, may have several lines."]


class StatusView(TypedDict):
    """What a contributor sees of a proposal (``service/status.html``)."""

    page: Frame
    style: Annotated[str, "The style sheet of these pages."]
    title: Annotated[str, "The proposal's title."]
    state: Annotated[str, "The state, for style sheets and programs."]
    standing: Annotated[str, "Where it stands, in a few words."]
    meaning: Annotated[str, "What that means."]
    delayed: Annotated[str, "That something is in the way; empty if nothing is."]
    pending: Annotated[list[str], "What its sender asked for and is still to be done."]
    address: Annotated[str, "Its page, once it is online."]
    timeline: Annotated[list[StatusLine], "What happened, latest first."]
    answer: Annotated[str, "Where to send an answer; empty where nothing was asked."]
    correct: Annotated[str, "Where to correct it; empty where that is no longer possible."]
    withdraw: Annotated[str, "Where to withdraw it; empty where that is no longer possible."]
    longest_answer: Annotated[int, "Characters."]


def status_routes(service: Service) -> list[Route]:
    """The status page, and what can be done on it."""

    def show(request: Request) -> Response:
        submission = find(service, request)
        return _page(service, submission) if submission else _unknown(service)

    async def act(request: Request) -> Response:
        if not comes_from_a_page_of_ours(service, request):
            return refusal(service, 403, *french.FOREIGN_POST)
        fields = await read_small_form(request)
        return await run_in_threadpool(_act, service, request, fields.get("action"), fields.get("text"))

    return [
        Route(STATUS, show, methods=["GET"], name="status"),
        Route(STATUS, act, methods=["POST"], name="status-action"),
    ]


def find(service: Service, request: Request) -> Submission | None:
    """The submission of a status address, if its token is right. The comparison takes the same time whatever was sent."""
    identifier, token = request.path_params["id"], request.path_params["token"]
    right = service.store.status_token(identifier)
    if not hmac.compare_digest(right.encode(), token.encode("utf-8", "replace")):
        return None
    return service.store.by_id(identifier)


def _unknown(service: Service) -> Response:
    return refusal(service, 404, *french.NO_SUCH_STATUS)


def _act(service: Service, request: Request, action: str, text: str) -> Response:
    submission = find(service, request)
    if submission is None:
        return _unknown(service)
    here = service.root.edition().context.service_base + request.url.path
    back: list[Link] = [{"name": french.BACK_TO_STATUS, "href": here}]
    if action not in {"withdraw", "answer"}:
        return refusal(service, 400, *french.REFUSALS[400], links=back)
    if action == "answer" and not text.strip():
        return refusal(service, 422, *french.ANSWER_MISSING, links=back)
    if len(text) > LONGEST_ANSWER:
        return refusal(service, 422, *french.ANSWER_TOO_LONG, links=back)
    kind: Action = "withdraw" if action == "withdraw" else "answer"
    try:
        service.store.decide(submission.id, kind, text=text.strip(), by="", at=service.clock())
    except DecisionError:
        return refusal(service, 409, *french.NO_LONGER, links=back)
    return see_other(here)


def _page(service: Service, submission: Submission) -> Response:
    edition = service.root.edition()
    own = {"id": submission.id, "token": service.store.status_token(submission.id)}
    here = edition.context.service_base + STATUS.format(**own)
    standing, meaning = french.STATES[submission.state.value]
    pending = [decision.kind for decision in service.store.pending(submission.id) if not decision.by]

    def possible(kind: Literal["answer", "correct", "withdraw"]) -> bool:
        return submission.state in POSSIBLE[kind] and "withdraw" not in pending

    view: StatusView = {
        "page": edition.frame("/", french.STATUS_TITLE),
        "style": edition.context.asset("service.css"),
        "title": typography(submission.title) or french.UNTITLED,
        "state": submission.state.value,
        "standing": standing,
        "meaning": meaning.format(days=service.settings.age_budget_days),
        "delayed": french.DELAYED if submission.trouble and submission.attempts >= MANY_TRIES else "",
        "pending": [french.DECISIONS[kind] for kind in pending if kind in french.DECISIONS],
        "address": submission.address,
        "timeline": [_line(moment) for moment in reversed(service.store.timeline(submission.id)) if _is_shown(moment)],
        "answer": here if possible("answer") else "",
        "correct": edition.context.service_base + CORRECT.format(**own) if possible("correct") else "",
        "withdraw": here if possible("withdraw") else "",
        "longest_answer": LONGEST_ANSWER,
    }
    return page(edition, "service/status.html", view)


def _is_shown(moment: Moment) -> bool:
    """Incidents are for administrators; the page says by itself when one delays things."""
    return moment.kind != "trouble"


def _line(moment: Moment) -> StatusLine:
    return {"at": moment_stamp(moment.at), "label": french.MOMENTS[moment.kind], "text": typography(moment.text)}


def moment_stamp(at: dt.datetime) -> Stamp:
    """A moment in French and in the time of France: « 4 mars 2026, 10 h 30 »."""
    local = at.astimezone(PARIS)
    return {"iso": at.isoformat(timespec="seconds"), "words": f"{day_words(local.date())}, {clock(local)}"}

"""The forms: where they are shown filled, where they are sent, and the proof of work that goes with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse
from starlette.routing import Route

from plugins.forms.answering import CONSULTATION
from plugins.model.load import schema_directories
from plugins.model.schema.schemas import load_schemas
from scripts.bot.french import web as french
from scripts.bot.web.addresses import CHALLENGE, FORM
from scripts.bot.web.answers import refusal
from scripts.bot.web.form_kinds import consultation_form, form_of
from scripts.bot.web.form_preview import preview_routes
from scripts.bot.web.posting import rates
from scripts.bot.web.posting.filling import Filled, to_change, to_resemble
from scripts.bot.web.posting.reading_posts import network_of, read_post_body
from scripts.bot.web.posting.taking import Accepted, Refused
from scripts.bot.web.receipt import receipt

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from scripts.bot.web.form_kinds import FormKind
    from scripts.bot.web.form_pages import FormPages
    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.posting.taking import Taking
    from scripts.bot.web.service import Service

CHALLENGES_PER_HOUR: Final = 300
OPEN: Final = {
    "Access-Control-Allow-Origin": "*",
    "Cache-Control": "no-store",
}  # forms stand on the site, which may be elsewhere


def intake_routes(service: Service, taking: Taking, pages: FormPages) -> list[Route]:
    """The challenge, the forms below /contribuer/, posts to the pages of consultations, which are the site's, and previews."""
    intake = Intake(service, taking, pages)
    schemas = load_schemas(schema_directories(service.settings.root))
    consultations = schemas.content_type(CONSULTATION).address
    return [
        Route(CHALLENGE, intake.challenge, methods=["GET"], name="challenge"),
        Route(FORM, intake.show, methods=["GET"], name="form"),
        Route(FORM, intake.post, methods=["POST"], name="propose"),
        *preview_routes(service, taking.kept, consultations),
        Route(f"/{consultations}/{{rest:path}}", intake.answer, methods=["POST"], name="answer"),
    ]


class Intake:
    """Answers for the forms."""

    def __init__(self, service: Service, taking: Taking, pages: FormPages) -> None:
        self.service = service
        self.taking = taking
        self.pages = pages
        self.challenges = rates.Tries(service.key("challenges"))

    def challenge(self, request: Request) -> Response:
        """A proof of work to be done, for any page that holds a form."""
        now = self.service.clock()
        if self.challenges.count(network_of(self.service, request), now) > CHALLENGES_PER_HOUR:
            return JSONResponse({}, 429, {**OPEN, "Retry-After": str(rates.wait(now))})
        return JSONResponse(self.taking.captcha.challenge(), headers=OPEN)

    def show(self, request: Request) -> Response:
        """The form, filled with an entry where the address names one."""
        kind, filled = self._kind(request), Filled()
        edition, source = self.service.root.edition(), self.service.root.source
        for name, fill in (("modifier", to_change), ("semblable", to_resemble)):
            if target := request.query_params.get(name):
                found = fill(edition, source, kind.type_name, target)
                if found is None:
                    raise HTTPException(404)
                filled = found
        return self.pages.fresh(kind, filled)

    async def post(self, request: Request) -> Response:
        """A proposal."""
        return await self._post(request, self._kind(request))

    async def answer(self, request: Request) -> Response:
        """An answer to a consultation."""
        return await self._post(request, self._consultation(request))

    async def _post(self, request: Request, kind: FormKind) -> Response:
        form = await read_post_body(request)
        try:
            return await run_in_threadpool(self._take, form, kind, network_of(self.service, request))
        finally:
            form.close()

    def _take(self, form: PostedForm, kind: FormKind, network: str) -> Response:
        outcome = self.taking.take(form, kind, network)
        if isinstance(outcome, Accepted):
            return receipt(self.service, self.service.root.edition(), outcome.submission)
        if isinstance(outcome, Refused):
            headers = {"Retry-After": str(outcome.wait)}
            return refusal(self.service, 429, *french.REFUSALS[429], headers=headers)
        return self.pages.returned(kind, form, outcome)

    def _kind(self, request: Request) -> FormKind:
        kind = form_of(self.service.root.ready().site, request.path_params["form"])
        if kind is None:
            raise HTTPException(404)
        return kind

    def _consultation(self, request: Request) -> FormKind:
        edition = self.service.root.ready()
        kind = consultation_form(edition.site, request.url.path)
        if kind is None:
            raise HTTPException(404)
        return kind

"""An editor puts a proposal right: the form that contributors use, filled with what was sent."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from scripts.bot.french import review as french
from scripts.bot.store import DecisionError
from scripts.bot.submission import ID
from scripts.bot.web.answers import refusal, see_other
from scripts.bot.web.form_kinds import form_of_post
from scripts.bot.web.form_pages import FormPages
from scripts.bot.web.posting.filling import to_correct
from scripts.bot.web.posting.reading_posts import network_of, read_post_body
from scripts.bot.web.posting.taking import Returned, Taking
from scripts.bot.web.review.access import TOKEN
from scripts.bot.web.review.login import login_page
from scripts.bot.web.review.queue import PATH
from scripts.bot.web.review.view import possible

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from scripts.bot.submission import Submission
    from scripts.bot.web.form_kinds import FormKind
    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.review.access import Gate
    from scripts.bot.web.review.session import Session

CORRECT: Final = PATH + "{id}/corriger/"
EMAIL: Final = "contact.email"
KEPT_ADDRESS: Final = "adresse-gardee@exemple.invalid"  # in place of the contributor's own, which editors need not know


def correct_routes(gate: Gate) -> list[Route]:
    """``/relecture/<id>/corriger/``."""
    taking = Taking(gate.service)
    correct = Correct(gate, taking, FormPages(gate.service, taking))
    return [
        Route(CORRECT, correct.show, methods=["GET"], name="review-correct"),
        Route(CORRECT, correct.post, methods=["POST"], name="review-corrected"),
    ]


@dataclass(frozen=True, slots=True)
class Correct:
    """Answers for it. The form is not ours, so the token of the session stands in the address to which it is sent."""

    gate: Gate
    taking: Taking
    pages: FormPages

    def show(self, request: Request) -> Response:
        """The form."""
        session = self.gate.session(request)
        if session is None:
            return login_page(self.gate, then=request.url.path)
        found = self._find(request)
        if found is None:
            return self._refused(request, 404, french.GONE)
        one, kind = found
        if not possible(one, here=self._here)["correct"]:
            return self._refused(request, 409, french.TOO_LATE)
        pictures = self.gate.service.store.pictures(one.id)
        shown = replace(one.posted, contact_email=KEPT_ADDRESS)
        filled = to_correct(self.gate.service.root.edition(), shown, french.PICTURE_SENT if pictures else "")
        return self.pages.fresh(kind, filled, self._action(one, session))

    async def post(self, request: Request) -> Response:
        """The form as it was corrected."""
        session = self.gate.session(request)
        if session is None:
            return await run_in_threadpool(login_page, self.gate, then=request.url.path)
        if not self.gate.is_own(request, request.query_params.get(TOKEN, ""), session):
            return await run_in_threadpool(refusal, self.gate.service, 403, *french.STALE_PAGE)
        form = await read_post_body(request)
        try:
            return await run_in_threadpool(self._take, request, form, session)
        finally:
            form.close()

    def _take(self, request: Request, form: PostedForm, session: Session) -> Response:
        service, found = self.gate.service, self._find(request)
        if found is None:
            return self._refused(request, 404, french.GONE)
        one, kind = found
        complete = replace(form, pairs=_with_address(form, one.posted.contact_email))
        read = self.taking.correct(complete, kind, network_of(service, request), service.store.pictures(one.id))
        if isinstance(read, Returned):
            return self.pages.returned(kind, form, read, self._action(one, session))
        pictures = tuple(read.pictures.pictures.values())
        try:
            if not possible(one, here=self._here)["correct"]:
                return self._refused(request, 409, french.TOO_LATE)
            service.store.decide(
                one.id, "correct", posted=read.posted, pictures=pictures, by=session.editor, at=service.clock()
            )
        except DecisionError:
            return self._refused(request, 409, french.TOO_LATE)
        return see_other(f"{self._base}{PATH}{one.id}/?fait=correct")

    def _find(self, request: Request) -> tuple[Submission, FormKind] | None:
        identifier, service = request.path_params["id"], self.gate.service
        one = service.store.by_id(identifier) if ID.fullmatch(identifier) else None
        kind = form_of_post(service.root.edition().site, one.posted) if one else None
        return (one, kind) if one and kind else None

    def _refused(self, request: Request, status: int, words: tuple[str, str]) -> Response:
        href = f"{self._base}{PATH}{request.path_params['id']}/" if status != 404 else self._base + PATH  # noqa: PLR2004
        return refusal(self.gate.service, status, *words, links=[{"name": french.BACK, "href": href}])

    def _action(self, one: Submission, session: Session) -> str:
        return f"{self._base}{PATH}{one.id}/corriger/?{urlencode({TOKEN: self.gate.token(session)})}"

    @property
    def _here(self) -> bool:
        return self.gate.service.settings.forge == "local"

    @property
    def _base(self) -> str:
        return self.gate.service.root.edition().context.service_base


def _with_address(form: PostedForm, email: str) -> list[tuple[str, str]]:
    """What was posted, with the contributor's own address."""
    return [*(pair for pair in form.pairs if pair[0] != EMAIL), (EMAIL, email)]

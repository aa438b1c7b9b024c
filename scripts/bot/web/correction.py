"""Putting right what was sent: the form again, filled, at the secret address of its status page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.routing import Route

from scripts.bot.french import web as french
from scripts.bot.store import DecisionError
from scripts.bot.store.deciding import POSSIBLE
from scripts.bot.web.addresses import CORRECT, STATUS, comes_from_a_page_of_ours
from scripts.bot.web.answers import refusal, see_other
from scripts.bot.web.form_kinds import form_of_post
from scripts.bot.web.posting.filling import to_correct
from scripts.bot.web.posting.reading_posts import network_of, read_post_body
from scripts.bot.web.posting.small_pictures import thumbnail
from scripts.bot.web.posting.taking import Returned
from scripts.bot.web.status import find

if TYPE_CHECKING:
    from starlette.requests import Request
    from starlette.responses import Response

    from plugins.views.page.frame import Link
    from scripts.bot.submission import Submission
    from scripts.bot.web.form_kinds import FormKind
    from scripts.bot.web.form_pages import FormPages
    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.posting.taking import Taking
    from scripts.bot.web.service import Service


def correction_routes(service: Service, taking: Taking, pages: FormPages) -> list[Route]:
    """The form that corrects a proposal."""
    correction = Correction(service, taking, pages)
    return [
        Route(CORRECT, correction.show, methods=["GET"], name="correction"),
        Route(CORRECT, correction.post, methods=["POST"], name="correct"),
    ]


class Correction:
    """Answers for it. The token of the address is proof enough: no captcha, and nothing here is suspected."""

    def __init__(self, service: Service, taking: Taking, pages: FormPages) -> None:
        self.service = service
        self.taking = taking
        self.pages = pages

    def show(self, request: Request) -> Response:
        """The form, filled with what was sent."""
        submission = find(self.service, request)
        kind = self._kind(submission) if submission else None
        if submission is None or kind is None:
            return refusal(self.service, 404, *french.NO_SUCH_STATUS)
        if submission.state not in POSSIBLE["correct"]:
            return self._too_late(submission)
        pictures = self.service.store.pictures(submission.id)
        picture = (french.PICTURE_SENT, thumbnail(pictures[0])) if pictures else ("", "")
        filled = to_correct(self.service.root.edition(), submission.posted, *picture)
        return self.pages.fresh(kind, filled, self._path(CORRECT, submission))

    async def post(self, request: Request) -> Response:
        """The corrected form."""
        if not comes_from_a_page_of_ours(self.service, request):
            return refusal(self.service, 403, *french.FOREIGN_POST)
        submission = await run_in_threadpool(find, self.service, request)
        kind = await run_in_threadpool(self._kind, submission) if submission else None
        if submission is None or kind is None:
            return refusal(self.service, 404, *french.NO_SUCH_STATUS)
        form = await read_post_body(request)
        try:
            return await run_in_threadpool(self._take, submission, kind, form, network_of(self.service, request))
        finally:
            form.close()

    def _take(self, submission: Submission, kind: FormKind, form: PostedForm, network: str) -> Response:
        earlier = self.service.store.pictures(submission.id)
        read = self.taking.correct(form, kind, network, earlier)
        if isinstance(read, Returned):
            return self.pages.returned(kind, form, read, self._path(CORRECT, submission), earlier)
        try:
            self.service.store.decide(
                submission.id,
                "correct",
                posted=read.posted,
                pictures=tuple(read.pictures.pictures.values()),
                by="",
                at=self.service.clock(),
            )
        except DecisionError:
            return self._too_late(submission)
        return see_other(self._path(STATUS, submission))

    def _too_late(self, submission: Submission) -> Response:
        link: Link = {"name": french.BACK_TO_STATUS, "href": self._path(STATUS, submission)}
        return refusal(self.service, 409, *french.NO_LONGER, links=[link])

    def _kind(self, submission: Submission) -> FormKind | None:
        return form_of_post(self.service.root.edition().site, submission.posted)

    def _path(self, address: str, submission: Submission) -> str:
        base = self.service.root.edition().context.service_base
        return base + address.format(id=submission.id, token=self.service.store.status_token(submission.id))

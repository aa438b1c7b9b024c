"""The pages on which editors read proposals and decide: the lists, and one page for each proposal.

What is decided here is written down (`Store.decide`); the worker carries it out.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from plugins.publication.security import NO_FRAMES
from scripts.bot.french import broken as broken_french
from scripts.bot.french import review as french
from scripts.bot.submission import ID, OPEN, State
from scripts.bot.web.answers import page, refusal, see_other
from scripts.bot.web.desk import DESK, desk_routes
from scripts.bot.web.edition import media_type
from scripts.bot.web.queue import (
    LISTS,
    MOST_READ,
    MOST_SHOWN,
    PATH,
    Asked,
    QueueView,
    listed,
    lists,
    narrowed,
    queue_filters,
    queue_rows,
)
from scripts.bot.web.review_access import OWN_PAGES, TOKEN, Gate
from scripts.bot.web.review_correct import correct_routes
from scripts.bot.web.review_decide import ACTS, Act, DecisionRefusedError, decide
from scripts.bot.web.review_files import ReviewFiles
from scripts.bot.web.review_login import LOGOUT, login_page, login_routes
from scripts.bot.web.review_preview import POLICY, file_beside, preview
from scripts.bot.web.review_view import Case, Said, blocked_by, framing_policy, review_view
from scripts.bot.web.small_forms import read_small_form

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request

    from scripts.bot.submission import Submission
    from scripts.bot.web.posted_form import PostedForm
    from scripts.bot.web.service import Service
    from scripts.bot.web.session import Session

ONE = PATH + "{id}/"


def review_routes(service: Service, *, open_to_all: bool = False) -> list[Route]:
    """The routes below ``/relecture/``. ``open_to_all``: no password is asked for, which is right on one's own loopback only."""
    review = Review(service, Gate(service, open_to_all), ReviewFiles(service))
    return [
        *login_routes(review.gate),
        *correct_routes(review.gate),
        *desk_routes(review),
        *(Route(path, review.guarded(review.queue), methods=["GET"], name=path.strip("/")) for path in LISTS),
        Route(ONE, review.guarded(review.show), methods=["GET"], name="review-one"),
        Route(ONE, review.deciding(review.decide), methods=["POST"], name="review-decide"),
        Route(ONE + "apercu/", review.guarded(review.preview), methods=["GET"], name="review-preview"),
        Route(ONE + "fichier/{name}", review.guarded(review.file), methods=["GET"], name="review-file"),
    ]


@dataclass(frozen=True, slots=True)
class Review:
    """The pages; each is given a request and the session of who asks."""

    service: Service
    gate: Gate
    files: ReviewFiles

    def guarded(self, show: Callable[[Request, Session], Response]) -> Callable[[Request], Response]:
        """A page for editors; strangers get the form to sign in."""

        def answer(request: Request) -> Response:
            session = self.gate.session(request)
            return show(request, session) if session else login_page(self.gate, then=request.url.path)

        return answer

    def deciding(self, act: Callable[[Request, Session, PostedForm], Response]) -> Callable[[Request], Any]:
        """A post of editors, which has to come from one of these pages."""

        async def answer(request: Request) -> Response:
            session = self.gate.session(request)
            if session is None:
                return await run_in_threadpool(login_page, self.gate, then=request.url.path)
            fields = await read_small_form(request)
            if not self.gate.is_own(request, fields.get(TOKEN), session):
                return await run_in_threadpool(refusal, self.service, 403, *french.STALE_PAGE)
            return await run_in_threadpool(act, request, session, fields)

        return answer

    # --- lists ---

    def queue(self, request: Request, session: Session) -> Response:
        """What waits, what is suspected, what is dealt with: the list whose path was asked for."""
        path = max((path for path in LISTS if request.url.path.endswith(path)), key=len)
        asked, edition, store = Asked.of(request.query_params), self.service.root.edition(), self.service.store
        found = listed(store, path)
        shown = narrowed(edition, found, asked)
        base = edition.context.service_base
        view: QueueView = {
            "page": edition.frame(path, french.LISTS[path]),
            "style": edition.context.asset("review.css"),
            "title": french.LISTS[path],
            "introduction": french.INTRODUCTIONS[path],
            "empty": french.EMPTY[path] if not found else french.NONE_FOUND,
            "lists": lists(store, base, path),
            "desk": base + DESK,
            "notices": [notice.text for notice in store.notices()],
            "broken": broken_french.notices(store.broken.listed()),
            "rows": queue_rows(edition, shown, self.service.clock(), self.budget),
            "tally": french.tally(len(shown), len(found)),
            "more": french.more_waiting(MOST_SHOWN) if len(shown) > MOST_SHOWN else "",
            "filters": queue_filters(edition, found, asked),
            "words": asked.words,
            "action": base + path,
            "leave": self.leave,
            "token": self.gate.token(session),
        }
        return page(edition, "service/queue.html", view, headers=OWN_PAGES)

    # --- one proposal ---

    def show(self, request: Request, session: Session) -> Response:
        """The page of a proposal."""
        one = self._find(request)
        done = french.DONE.get(request.query_params.get("fait", ""), "")
        return self._page(one, session, Said(done)) if one else self._gone()

    def decide(self, request: Request, session: Session, fields: PostedForm) -> Response:
        """Take a decision, then show the page again; where it cannot be taken, the page says why and keeps what was written."""
        one = self._find(request)
        if one is None:
            return self._gone()
        act, text = fields.get("action"), fields.get("texte")
        if act not in ACTS:
            raise HTTPException(400)
        blocked = blocked_by(self.files.of(self.service.root.edition(), one)) if act == "accept" else ""
        try:
            decide(
                self.service.store,
                one,
                cast("Act", act),
                text=text,
                seen=fields.get("vu"),
                blocked=blocked,
                by=session.editor,
                here=self._here,
                now=self.service.clock(),
            )
        except DecisionRefusedError as no:
            return self._page(one, session, Said("", no.message, no.wrong, {act: text}), no.status)
        return see_other(f"{self.service.root.edition().context.service_base}{PATH}{one.id}/?fait={act}")

    def preview(self, request: Request, _session: Session) -> Response:
        """The page as the site would show it, for the frame of the review page."""
        one = self._find(request)
        if one is None:
            raise HTTPException(404)
        edition = self.service.root.edition()
        files = self.files.of(edition, one)
        files_at = f"{edition.context.service_base}{PATH}{one.id}/fichier/"
        html = None if files.has_errors else preview(edition, files.changed, files.below, files_at=files_at)
        if html is None:
            raise HTTPException(404)
        headers = {"Content-Security-Policy": POLICY, "X-Frame-Options": "SAMEORIGIN", "Cache-Control": "no-store"}
        return HTMLResponse(html, headers=headers)

    def file(self, request: Request, _session: Session) -> Response:
        """A picture of the proposal, or another file beside the page that it changes."""
        one, name = self._find(request), request.path_params["name"]
        if one is None:
            raise HTTPException(404)
        own = next((picture for picture in self.service.store.pictures(one.id) if picture.name == name), None)
        files = self.files.of(self.service.root.edition(), one)
        content = file_beside(files.changed, files.below, name) or (own.content if own else None)
        if content is None:
            raise HTTPException(404)
        headers = {"Cache-Control": "no-store", "Content-Security-Policy": "sandbox; default-src 'none'"}
        return Response(content, headers={**headers, "Content-Type": media_type(name)})

    def _page(self, one: Submission, session: Session, said: Said, status: int = 200) -> Response:
        edition, store = self.service.root.edition(), self.service.store
        case = Case(
            submission=one,
            files=self.files.of(edition, one),
            pictures=store.pictures(one.id),
            timeline=store.timeline(one.id),
            others=store.listed([*OPEN, State.QUEUED], limit=MOST_READ),
            pending=store.pending(one.id),
            here=self._here,
            now=self.service.clock(),
            budget=self.budget,
        )
        view = review_view(edition, case, said, token=self.gate.token(session), leave=self.leave)
        policy = f"{framing_policy(edition)}; {NO_FRAMES}"
        return page(edition, "service/review.html", view, status, {**OWN_PAGES, "Content-Security-Policy": policy})

    def _find(self, request: Request) -> Submission | None:
        identifier = request.path_params["id"]
        return self.service.store.by_id(identifier) if ID.fullmatch(identifier) else None

    def _gone(self) -> Response:
        base = self.service.root.edition().context.service_base
        return refusal(self.service, 404, *french.GONE, links=[{"name": french.BACK, "href": base + PATH}])

    @property
    def _here(self) -> bool:
        return self.service.settings.forge == "local"

    @property
    def budget(self) -> dt.timedelta:
        """How long editors mean to let something wait."""
        return dt.timedelta(days=self.service.settings.age_budget_days)

    @property
    def leave(self) -> str:
        """Where to sign out; empty where nobody signs in."""
        return "" if self.gate.open else self.service.root.edition().context.service_base + LOGOUT

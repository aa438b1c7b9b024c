"""The pages on which editors read proposals and decide: the lists, and one page for each proposal.

What is decided here is written down (`Store.decide`); the worker carries it out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse, Response
from starlette.routing import Route

from plugins.publication.security import NO_FRAMES
from scripts.bot.french import broken as broken_french
from scripts.bot.french import review as french
from scripts.bot.submission import ID, OPEN, State
from scripts.bot.web.answers import page, refusal, see_other
from scripts.bot.web.edition import media_type
from scripts.bot.web.review.access import OWN_PAGES, Gate
from scripts.bot.web.review.correct import correct_routes
from scripts.bot.web.review.decide import ACTS, Act, DecisionRefusedError, decide
from scripts.bot.web.review.desk import DESK, desk_routes
from scripts.bot.web.review.editor_pages import EditorPages
from scripts.bot.web.review.files import ReviewFiles
from scripts.bot.web.review.login import login_routes
from scripts.bot.web.review.preview import POLICY, file_beside, preview
from scripts.bot.web.review.queue import (
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
from scripts.bot.web.review.view import Case, Said, blocked_by, framing_policy, review_view

if TYPE_CHECKING:
    from starlette.requests import Request

    from scripts.bot.submission import Submission
    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.review.session import Session
    from scripts.bot.web.service import Service

ONE = PATH + "{id}/"


def review_routes(service: Service, *, open_to_all: bool = False) -> list[Route]:
    """The routes below ``/relecture/``. ``open_to_all``: no password is asked for, which is right on one's own loopback only."""
    pages = EditorPages(service, Gate(service, open_to_all))
    review = Review(pages, ReviewFiles(service))
    return [
        *login_routes(pages.gate),
        *correct_routes(pages.gate),
        *desk_routes(pages),
        *(Route(path, pages.guarded(review.queue), methods=["GET"], name=path.strip("/")) for path in LISTS),
        Route(ONE, pages.guarded(review.show), methods=["GET"], name="review-one"),
        Route(ONE, pages.deciding(review.decide), methods=["POST"], name="review-decide"),
        Route(ONE + "apercu/", pages.guarded(review.preview), methods=["GET"], name="review-preview"),
        Route(ONE + "fichier/{name}", pages.guarded(review.file), methods=["GET"], name="review-file"),
    ]


@dataclass(frozen=True, slots=True)
class Review:
    """The pages; each is given a request and the session of who asks."""

    pages: EditorPages
    files: ReviewFiles

    @property
    def service(self) -> Service:
        """What the pages stand on."""
        return self.pages.service

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
            "rows": queue_rows(edition, shown, self.service.clock(), self.pages.budget),
            "tally": french.tally(len(shown), len(found)),
            "more": french.more_waiting(MOST_SHOWN) if len(shown) > MOST_SHOWN else "",
            "filters": queue_filters(edition, found, asked),
            "words": asked.words,
            "action": base + path,
            "leave": self.pages.leave,
            "token": self.pages.gate.token(session),
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
            budget=self.pages.budget,
        )
        view = review_view(edition, case, said, token=self.pages.gate.token(session), leave=self.pages.leave)
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

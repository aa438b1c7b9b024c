"""What every page for editors shares: strangers sign in first, posts come from these pages, and one knows how to leave."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from starlette.concurrency import run_in_threadpool

from scripts.bot.french import review as french
from scripts.bot.web.answers import refusal
from scripts.bot.web.posting.small_forms import read_small_form
from scripts.bot.web.review.access import TOKEN
from scripts.bot.web.review.login import LOGOUT, login_page

if TYPE_CHECKING:
    from collections.abc import Callable

    from starlette.requests import Request
    from starlette.responses import Response

    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.review.access import Gate
    from scripts.bot.web.review.session import Session
    from scripts.bot.web.service import Service


@dataclass(frozen=True, slots=True)
class EditorPages:
    """The way into the pages; each is given a request and the session of who asks."""

    service: Service
    gate: Gate

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

    @property
    def budget(self) -> dt.timedelta:
        """How long editors mean to let something wait."""
        return dt.timedelta(days=self.service.settings.age_budget_days)

    @property
    def leave(self) -> str:
        """Where to sign out; empty where nobody signs in."""
        return "" if self.gate.open else self.service.root.edition().context.service_base + LOGOUT

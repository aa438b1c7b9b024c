"""The editors' desk behind their password: the same page as ``python -m scripts desk`` writes, with what waits read from the store,
and a button that asks an author whether a page is still exact.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Route

from plugins.views.words.french import day_words
from scripts.bot.french import broken as broken_french
from scripts.bot.french import desk as french
from scripts.bot.french import review as review_french
from scripts.bot.store.exactness import PERIOD
from scripts.bot.web.answers import page, see_other
from scripts.bot.web.exact import edit_form
from scripts.bot.web.review.access import OWN_PAGES
from scripts.bot.web.review.desk_inbox import day_of, inbox
from scripts.bot.web.review.queue import PATH
from scripts.editing_desk.desk import editing_desk
from scripts.editing_desk.known import Known
from scripts.editing_desk.reading import inbox_of, read_consents
from scripts.editing_desk.table import NAME, figures_csv
from scripts.editing_desk.view import TITLE, Surroundings, desk_view
from scripts.outside_links.cache import CacheError, read_cache

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping

    from starlette.requests import Request

    from plugins.views.page.frame import Link
    from scripts.bot.store.exactness import Asked
    from scripts.bot.web.edition import Edition
    from scripts.bot.web.posting.posted_form import PostedForm
    from scripts.bot.web.review.editor_pages import EditorPages
    from scripts.bot.web.review.session import Session
    from scripts.bot.web.service import Service
    from scripts.editing_desk.desk import EditingDesk
    from scripts.outside_links.cache import Seen

logger = logging.getLogger(__name__)

DESK: Final = f"{PATH}bureau/"
LINKS: Final = "liens.json"
"""Below the service's own folder: where ``python -m scripts links --cache`` is to write for the desk to see."""


def desk_routes(pages: EditorPages) -> list[Route]:
    """``/relecture/bureau/``; before the pages of proposals, whose ids never look like this."""
    desk = Desk(pages)
    return [
        Route(DESK, pages.guarded(desk.show), methods=["GET"], name="desk"),
        Route(DESK, pages.deciding(desk.ask), methods=["POST"], name="desk-ask"),
        Route(DESK + NAME, pages.guarded(desk.csv), methods=["GET"], name="desk-figures"),
    ]


@dataclass(slots=True)
class Desk:
    """The pages; each is given a request and the session of who asks."""

    pages: EditorPages
    consents: tuple[Edition, Mapping[str, dt.date]] | None = field(default=None, init=False)  # of the last edition seen

    @property
    def service(self) -> Service:
        """What the pages stand on."""
        return self.pages.service

    def show(self, request: Request, session: Session) -> Response:
        """The desk."""
        edition = self.service.root.edition()
        desk, base = self._desk(edition), edition.context.service_base
        links: list[Link] = [{"name": name, "href": base + path} for path, name in review_french.LISTS.items()]
        here: Link = {"name": TITLE, "href": ""}
        around = Surroundings(
            frame=edition.frame(DESK, TITLE),
            styles=[edition.context.asset(name) for name in ("review.css", "desk.css")],
            csv=base + DESK + NAME,
            edit=lambda _path, target: edit_form(edition, target),
            lists=[*links, here],
            done=french.DONE.get(request.query_params.get("fait", ""), ""),
            action=base + DESK,
            token=self.pages.gate.token(session),
            leave=self.pages.leave,
            asked=self._asked(desk),
            broken=broken_french.notices(self.service.store.broken.listed()),
        )
        return page(edition, "service/desk.html", desk_view(edition.context, desk, around), headers=OWN_PAGES)

    def csv(self, _request: Request, _session: Session) -> Response:
        """The figures."""
        edition = self.service.root.edition()
        headers = {"Cache-Control": "no-store", "Content-Disposition": f'attachment; filename="{NAME}"'}
        content = figures_csv(edition.site, self._desk(edition).years)
        return Response(content, headers=headers, media_type="text/csv; charset=utf-8")

    def ask(self, _request: Request, _session: Session, fields: PostedForm) -> Response:
        """Ask the author of a page, if somebody is known and mail is sent at all."""
        edition, target = self.service.root.edition(), fields.get("fiche")
        site = edition.site
        entry, member = site.entries.get(target), site.members.get(target)
        named = (entry.title, entry.address) if entry else (member.name, member.address) if member else None
        if named is None or self.service.settings.smtp is None:
            raise HTTPException(400)
        title, address = named[0], edition.context.absolute(named[1])
        is_new = self.service.store.exactness.ask(target, title, address, self.service.clock())
        return see_other(f"{edition.context.service_base}{DESK}?fait={'demande' if is_new else 'deja'}")

    def _desk(self, edition: Edition) -> EditingDesk:
        store, now = self.service.store, self.service.clock()
        told = inbox(store, edition.site, base=edition.context.service_base, now=now, budget=self.pages.budget)
        confirmed = {target: day_of(at) for target, at in store.exactness.confirmed().items()}
        known = Known(inbox_of(told), self._links(), confirmed, self._consents(edition))
        return editing_desk(edition.site, known)

    def _links(self) -> Mapping[str, Seen] | None:
        path = self.service.settings.state / LINKS
        try:
            return read_cache(path) if path.is_file() else None
        except CacheError as error:
            logger.warning(
                "links cannot be read", extra={"reason": str(error)}
            )  # the desk says that they are not checked
            return None

    def _consents(self, edition: Edition) -> Mapping[str, dt.date]:
        if self.consents is None or self.consents[0] is not edition:
            self.consents = edition, read_consents(self.service.root.path, edition.site)
        return self.consents[1]

    def _asked(self, desk: EditingDesk) -> dict[str, tuple[bool, str]]:
        """What can be asked of each page of the desk, and what was."""
        exactness = self.service.store.exactness
        latest, known = exactness.latest(), exactness.addressees()
        targets = {item.target for section in desk.sections for item in section.items if item.asks}
        return {target: self._may_ask(latest.get(target), is_known=target in known) for target in targets}

    def _may_ask(self, last: Asked | None, *, is_known: bool) -> tuple[bool, str]:
        told = _told(last) if last else ""
        if last is not None and last.asked > self.service.clock() - PERIOD:
            return False, told
        if self.service.settings.smtp is None:
            return False, told or french.NO_MAIL
        return (True, told) if is_known else (False, told or french.NO_ADDRESS)


def _told(last: Asked) -> str:
    if last.answered is not None:
        return french.said_exact(day_words(day_of(last.answered)))
    return french.waits_for_answer(day_words(day_of(last.asked)))

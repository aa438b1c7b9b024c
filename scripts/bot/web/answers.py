"""Answers as browsers get them: a page with its policy, a refusal in words, a way on; nothing that a proxy may keep."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from plugins.publication.security import NO_FRAMES
from plugins.views.page.frame import Frame, Link  # noqa: TC001  # the theme's reference reads these types
from scripts.bot.french import web as french
from scripts.bot.web.root import RootError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from scripts.bot.web.edition import Edition
    from scripts.bot.web.service import Service


class RefusalView(TypedDict):
    """Something that cannot be done, and where to go instead (``service/refusal.html``)."""

    page: Frame
    title: str
    message: Annotated[str, "Why, and what to do; one or two sentences."]
    links: Annotated[list[Link], "Where to go instead."]


def page(
    edition: Edition,
    template: str,
    view: Mapping[str, Any],
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page of the service: never kept by caches, never listed by search engines, its address told to nobody."""
    return HTMLResponse(
        edition.render(template, view),
        status,
        {
            "Content-Security-Policy": f"{edition.policy}; {NO_FRAMES}",
            "Cache-Control": "no-store",
            "Referrer-Policy": "no-referrer",
            "X-Robots-Tag": "noindex",
            **(headers or {}),
        },
    )


def refusal(
    service: Service,
    status: int,
    title: str,
    message: str,
    *,
    links: list[Link] | None = None,
    headers: Mapping[str, str] | None = None,
) -> Response:
    """A page that says what cannot be done; plain text while there is no site to make a page with."""
    try:
        edition = service.root.edition()
    except RootError:
        return PlainTextResponse(f"{title}\n\n{message}\n", status, {"Cache-Control": "no-store", **(headers or {})})
    home: Link = {"name": french.BACK_TO_SITE, "href": edition.context.base + "/"}
    view: RefusalView = {
        "page": edition.frame("/", title),
        "title": title,
        "message": message,
        "links": [*(links or []), home],
    }
    return page(edition, "service/refusal.html", view, status, headers)


def see_other(path: str) -> Response:
    """After a post that did something: the browser gets a page that may be loaded again (RFC 9110, section 15.4.4)."""
    return RedirectResponse(path, 303, {"Cache-Control": "no-store", "Referrer-Policy": "no-referrer"})

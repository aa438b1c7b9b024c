"""What visitors see when nothing stands at an address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.model.addresses import NOT_FOUND
from plugins.publication.page import Page
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.page.shell import menu

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context


class NotFoundView(TypedDict):
    """The page for what is not there (``not_found.html``)."""

    page: Frame
    lists: Annotated[list[Link], "Where to go instead."]


def not_found_pages(ctx: Context) -> Iterator[Page]:
    """The one page, which hosts show for every address that has none."""
    view: NotFoundView = {
        "page": frame(ctx, NOT_FOUND, "404", str(ctx.site.settings["name"]), listed=False),
        "lists": [{"name": item["name"], "href": item["href"]} for item in menu(ctx)],
    }
    yield Page(NOT_FOUND, "not_found.html", view)

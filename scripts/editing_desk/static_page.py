"""The desk as files that open from a disk: the page, the site's own theme beside it, the figures. Links lead to the public site."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Final

from plugins.press import Printer
from plugins.publication.assets import FOLDER, asset_documents
from plugins.publication.context import Context
from plugins.publication.page import Document
from plugins.publication.security import origin, policy
from plugins.publication.theme import STATIC, THEME
from plugins.views.drawing.colours import colours_document
from plugins.views.drawing.favicon import favicon_document
from plugins.views.page.changing import edit_of
from plugins.views.page.frame import frame
from plugins.views.page.shell import shell
from scripts.editing_desk.table import NAME, figures_csv
from scripts.editing_desk.view import Surroundings, desk_view
from scripts.french import desk as french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.views.page.shell import Shell
    from scripts.editing_desk.desk import EditingDesk

PAGE: Final = "index.html"
_UNUSED: Final = (f"{FOLDER}js/", f"{FOLDER}feed.")  # scripts and the feed's style: the page runs nothing


@dataclass(frozen=True)
class DeskContext(Context):
    """The site as seen from elsewhere: pages are at its full address, the theme's files beside this page."""

    @cached_property
    def base(self) -> str:
        """What stands before a site-relative address."""
        return self.site_url

    def asset(self, name: str) -> str:
        """The address of a file of the theme, from this page."""
        return super().asset(name).removeprefix(f"{self.base}/")


def desk_documents(ctx: DeskContext, desk: EditingDesk) -> Iterator[Document]:
    """The files: the page first."""
    printer = Printer(str(THEME), "", _shell(ctx))
    html = printer.environment().get_template("service/desk.html").render(desk_view(ctx, desk, _surroundings(ctx)))
    yield Document(PAGE, html.encode("utf-8"))
    yield Document(NAME, figures_csv(ctx.site, desk.years))
    yield from (document for document in asset_documents(STATIC) if not document.path.startswith(_UNUSED))
    yield colours_document(ctx)
    yield favicon_document(ctx)


def _surroundings(ctx: DeskContext) -> Surroundings:
    framed = frame(ctx, "/", french.TITLE, french.TITLE, listed=False)
    framed["policy"] = policy(wasm=False, form_hosts=[origin(ctx.site_url)])
    framed["image"] = None

    def edit(path: str, _target: str) -> str:
        found = edit_of(ctx, path)
        return found["href"] if found and found["direct"] else ""

    return Surroundings(framed, [ctx.asset("review.css"), ctx.asset("desk.css")], NAME, edit)


def _shell(ctx: DeskContext) -> Shell:
    made = shell(ctx)
    made["styles"] = [colours_document(ctx).path, ctx.asset("style.css")]
    made["icon"] = favicon_document(ctx).path
    made["suggest"], made["preview"] = "", None
    return made

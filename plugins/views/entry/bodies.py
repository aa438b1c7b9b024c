"""The texts of entries with their final addresses: links to pages, files beside them, pictures with their sizes."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import unquote

from plugins.markup import finish, kind_of
from plugins.model.links import FILENAME, LinkResolver
from plugins.views.page.pictures import picture_in_text

if TYPE_CHECKING:
    from plugins.markup import Picture
    from plugins.model.objects import Entry
    from plugins.publication.context import Context


class Bodies:
    """Finishes the parsed texts of a site."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.resolver = LinkResolver(ctx.site)
        self.host = ctx.site_url.partition("://")[2].partition("/")[0]

    def html(self, entry: Entry) -> str:
        """The text of an entry as safe HTML."""

        def link(target: str) -> str:
            return self.link(entry, target)

        def image(target: str) -> Picture | None:
            return picture_in_text(self.ctx, entry, target)

        return finish(entry.body.html, link, image, site_host=self.host)

    def link(self, entry: Entry, target: str) -> str:
        """Where a link written in ``entry`` leads. The check has seen to it that it leads somewhere."""
        if target.startswith(FILENAME):
            return self.ctx.base + self.resolver.address(entry.path, target)
        if kind_of(target) == "file":
            name, mark, place = target.partition("#")
            return self.ctx.attachment(entry, unquote(name)) + mark + place
        return self.ctx.base + target

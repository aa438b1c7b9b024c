"""The site as the form service shows it at one moment: its context, its templates, the files that its pages need.

The service may stand on another host than the site. Links then lead to the site in full; style sheets, fonts and scripts are the
service's own, below ``/service/``, so that they are always those of its templates, whatever the site has published last.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from plugins.forms.desk import Desk
from plugins.forms.posted import MEMBER, read_post
from plugins.forms.proposal import Proposer
from plugins.press import Printer
from plugins.publication.assets import asset_documents
from plugins.publication.context import Context
from plugins.publication.security import origin, policy
from plugins.publication.theme import STATIC, THEME
from plugins.views.drawing.colours import colours_document
from plugins.views.drawing.favicon import favicon_document
from plugins.views.page.frame import Frame, frame
from plugins.views.page.shell import Shell, shell

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jinja2 import Environment

    from plugins.model.objects import Site
    from plugins.publication.page import Document

ASSETS: Final = "/service/"


@dataclass(frozen=True)
class ServiceContext(Context):
    """The context of the service's pages: links lead to the site wherever it is, the theme's files are the service's own."""

    service_url: str = ""

    @cached_property
    def same_host(self) -> bool:
        """Whether site and service share scheme, host and port."""
        return origin(self.service_url) == origin(self.site_url)

    @cached_property
    def base(self) -> str:
        """What stands before a site-relative address: the path of the site, or all of its address where it is elsewhere."""
        return urlsplit(self.site_url).path if self.same_host else self.site_url

    @cached_property
    def service_base(self) -> str:
        """The path below which the service lies, without a final slash."""
        return urlsplit(self.service_url).path

    def asset(self, name: str) -> str:
        """The address of a file of the theme, as the service gives it."""
        own = f"{self.base}/"
        return f"{self.service_base}{ASSETS}{super().asset(name).removeprefix(own)}"


@dataclass(frozen=True)
class Edition:
    """The site at one moment, with what is needed to print pages of it."""

    context: ServiceContext
    environment: Environment
    files: Mapping[str, tuple[str, bytes]]  # name below /service/ → media type, content

    @property
    def site(self) -> Site:
        """The loaded site."""
        return self.context.site

    @cached_property
    def desk(self) -> Desk:
        """The names of things, as forms show and read them."""
        return Desk(self.site)

    @cached_property
    def proposer(self) -> Proposer:
        """Makes proposals for this edition."""
        return Proposer(self.site)

    @cached_property
    def policy(self) -> str:
        """The content security policy of the service's pages (https://www.w3.org/TR/CSP3/)."""
        site = [] if self.context.same_host else [origin(self.context.site_url)]
        tiles = (self.site.settings.get("map") or {}).get("tiles")
        pictures = [*site, *([origin(str(tiles))] if tiles else [])]  # a preview shows those of the site
        return policy(wasm=False, form_hosts=site, tile_hosts=pictures)

    def frame(self, address: str, title: str, description: str = "") -> Frame:
        """The frame of a page of the service. ``address`` is shown in the page: it holds no secret."""
        framed = frame(self.context, address, title, description or title, listed=False)
        framed["policy"] = self.policy
        return framed

    def render(self, template: str, view: Mapping[str, Any]) -> str:
        """Print a page of ``theme/templates``."""
        return self.environment.get_template(template).render(view)


def make_edition(context: ServiceContext) -> Edition:
    """An edition, warmed up: takes a second for a large site, and what comes after takes milliseconds."""
    environment = Printer(str(THEME), "", _shell(context)).environment()
    files = {document.path: (media_type(document.path), document.content) for document in _documents(context)}
    edition = Edition(context, environment, files)
    _warm(edition)
    return edition


def _warm(edition: Edition) -> None:
    """Gather and compile what the first proposals and pages would have to wait for, some of them at the same time."""
    for template in edition.environment.list_templates(filter_func=lambda name: name.startswith("service/")):
        edition.environment.get_template(template)
    schemas = edition.site.schemas
    names = [kind.name for kind in schemas.content_types if kind.form]
    for name in [*names, *(kind.name for kind in schemas.data_types if kind.form)]:
        posted, _ = read_post(
            schemas.flattened(name),
            [("title", name), ("name", name), ("contact.name", name)],
            {},
            today=edition.site.today,
            member=schemas.flattened(MEMBER),
        )
        edition.proposer.propose(posted, {}, today=edition.site.today, source=lambda _: None)


def _documents(ctx: ServiceContext) -> Iterator[Document]:
    yield from asset_documents(STATIC)
    yield colours_document(ctx)
    yield favicon_document(ctx)


def _shell(ctx: ServiceContext) -> Shell:
    """The site's shell with the service's own files; suggestions of titles only where the browser may fetch them."""
    made = shell(ctx)
    own = ctx.service_base + ASSETS
    made["styles"] = [own + colours_document(ctx).path, ctx.asset("style.css")]
    made["icon"] = own + favicon_document(ctx).path
    if not ctx.same_host:
        made["suggest"] = ""
    return made


def media_type(name: str) -> str:
    """The media type of a file of the theme, with its charset."""
    kind = {".js": "text/javascript", ".woff2": "font/woff2"}.get(Path(name).suffix) or guess_type(name)[0]
    kind = kind or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind

"""The site as the form service sees it: loaded from the root, loaded again when a file changes, the last good one kept.

The service may stand on another host than the site. Links then lead to the site in full; style sheets, fonts and scripts are the
service's own, below ``/service/``, so that they are always those of its templates, whatever the site has published last.
"""

from __future__ import annotations

import logging
import os
import threading
from dataclasses import dataclass
from functools import cached_property
from mimetypes import guess_type
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeAlias
from urllib.parse import urlsplit

from plugins.forms.desk import Desk
from plugins.forms.proposal import Proposer
from plugins.model.load import load_site
from plugins.model.problems import has_errors
from plugins.press import Printer
from plugins.publication.assets import asset_documents
from plugins.publication.context import Context
from plugins.publication.security import origin, policy
from plugins.publication.theme import STATIC, THEME
from plugins.views.colours import colours_document
from plugins.views.favicon import favicon_document
from plugins.views.frame import Frame, frame
from plugins.views.shell import Shell, shell
from scripts.bot.french import web as french

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Mapping

    from jinja2 import Environment

    from plugins.model.objects import Site
    from plugins.publication.page import Document

logger = logging.getLogger(__name__)

ASSETS: Final = "/service/"
Stamp: TypeAlias = tuple[tuple[str, int, int], ...]  # path, time of its last change (ns), size


class RootError(Exception):
    """The root has errors and there is no earlier good state; the message is a French sentence."""


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
        return policy(wasm=False, form_hosts=site, tile_hosts=[origin(str(tiles))] if tiles else [])

    def frame(self, address: str, title: str, description: str = "") -> Frame:
        """The frame of a page of the service. ``address`` is shown in the page: it holds no secret."""
        framed = frame(self.context, address, title, description or title, listed=False)
        framed["policy"] = self.policy
        return framed

    def render(self, template: str, view: Mapping[str, Any]) -> str:
        """Print a page of ``theme/templates``."""
        return self.environment.get_template(template).render(view)


class ServiceRoot:
    """Gives the present edition of the site at ``path``. Safe to be asked from several threads.

    ``outputs`` names the plugins in use, before the region's own choice; ``today`` is asked when an edition is made.
    """

    def __init__(
        self,
        path: Path,
        *,
        service_url: str,
        site_url: str,
        outputs: frozenset[str],
        today: Callable[[], dt.date],
    ) -> None:
        self.path = path
        self._service_url = service_url
        self._site_url = site_url
        self._outputs = outputs
        self._today = today
        self._lock = threading.Lock()
        self._seen: tuple[Stamp, dt.date] | None = None
        self._edition: Edition | None = None

    def edition(self) -> Edition:
        """The last good edition; the first call loads it.

        Raises:
            RootError: there has never been one.
        """
        if self._edition is None:
            self.refresh()
        return self.ready()

    def ready(self) -> Edition:
        """The last good edition, without ever loading one: for the event loop.

        Raises:
            RootError: there is none yet.
        """
        if self._edition is None:
            raise RootError(french.NO_SITE)
        return self._edition

    def refresh(self) -> bool:
        """Load the site again if a file below it or the day has changed; False where nothing has, or where it has errors now.

        Takes some milliseconds where nothing has changed, else seconds: not for the event loop.
        """
        with self._lock:
            seen = (stamp(self.path), self._today())
            if seen == self._seen:
                return False
            self._seen = seen
            edition = self._load(seen[1])
            self._edition = edition or self._edition
            return edition is not None

    def source(self, path: str) -> bytes | None:
        """The present content of a file of the root, named relative to it; None if there is none, or it lies elsewhere."""
        file = self.path / path
        if not file.is_file() or not file.resolve().is_relative_to(self.path.resolve()):
            return None
        return file.read_bytes()

    def _load(self, today: dt.date) -> Edition | None:
        loaded = load_site(self.path, today=today)
        if loaded.site is None or has_errors(loaded.problems):
            wrong = sum(found.severity == "error" for found in loaded.problems)
            logger.error("root has errors, the last good site is kept", extra={"errors": wrong})
            return None
        features = loaded.site.settings.get("features", {})
        outputs = frozenset(name for name in self._outputs if features.get(name, True))
        site_url = (self._site_url or str(loaded.site.settings["url"])).rstrip("/")
        context = ServiceContext(loaded.site, site_url, outputs, str(self.path), service_url=self._service_url)
        environment = Printer(str(THEME), "", _shell(context)).environment()
        files = {document.path: (media_type(document.path), document.content) for document in _documents(context)}
        return Edition(context, environment, files)


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


def stamp(root: Path) -> Stamp:
    """What can be known of the files below ``content/`` and ``data/`` without reading them."""
    return tuple(sorted(found for name in ("content", "data") for found in _stamps(root / name)))


def _stamps(folder: Path) -> Iterator[tuple[str, int, int]]:
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _stamps(Path(entry.path))
            else:
                status = entry.stat(follow_symlinks=False)
                yield entry.path, status.st_mtime_ns, status.st_size

"""The site's files as the form service follows them: loaded, loaded again when one changes, the last good state kept."""

from __future__ import annotations

import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from plugins.model.load import load_site
from plugins.model.problems import has_errors
from scripts.bot.french import web as french
from scripts.bot.web.edition import ServiceContext, make_edition

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator

    from scripts.bot.web.edition import Edition

logger = logging.getLogger(__name__)

Stamp: TypeAlias = tuple[tuple[str, int, int], ...]  # path, time of its last change (ns), size


class RootError(Exception):
    """The root has errors and there is no earlier good state; the message is a French sentence."""


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
        return make_edition(
            ServiceContext(loaded.site, site_url, outputs, str(self.path), service_url=self._service_url)
        )


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

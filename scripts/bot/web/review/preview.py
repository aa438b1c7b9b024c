"""The page of a proposal as the site would show it, made with the site's own views and templates."""

from __future__ import annotations

import re
import tempfile
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Final
from urllib.parse import quote

from plugins.model.assemble import entry_beside, member_beside
from plugins.model.discovery import EntryFile
from plugins.model.reading import Reader
from plugins.model.root_files import ProposedFiles
from plugins.views.entry.bodies import Bodies
from plugins.views.entry.entries import entry_page
from plugins.views.groups.members import member_page
from scripts.bot.web.edition import ServiceContext

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.model.objects import Entry, Site
    from plugins.model.reading import Raw
    from plugins.model.root_files import RootFiles
    from plugins.publication.page import Page
    from scripts.bot.web.edition import Edition

ENTRIES, MEMBERS = "content/", "data/members/"
# A frame of the review page and nothing else may show it; nothing runs, nothing is sent, nothing comes from elsewhere.
POLICY: Final = (
    "sandbox allow-same-origin; default-src 'none'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "form-action 'none'; base-uri 'none'; frame-ancestors 'self'"
)
_COPY: Final = re.compile(r"\.\d+(?=\.[a-z]+$)")


def _of_the_site(_name: str) -> str:
    """No file is the proposal's own."""
    return ""


@dataclass(frozen=True)
class PreviewContext(ServiceContext):
    """The context of one page that is looked at: the files beside its entry are the proposal's."""

    previewed: str = ""  # id of the entry
    own_file: Callable[[str], str] = (
        _of_the_site  # the address of a file of the proposal by its name; empty for one of the site
    )

    def attachment(self, entry: Entry, name: str) -> str:
        """See :class:`plugins.publication.context.Context`."""
        own = self.own_file(name) if entry.id == self.previewed else ""
        return own or super().attachment(entry, name)


def preview(
    edition: Edition,
    changed: Mapping[str, bytes | None],
    below: Callable[[str], bytes | None],
    *,
    files_at: str,
) -> str | None:
    """The HTML of the page that a proposal makes or changes; None where there is none.

    ``files_at`` is where all files beside it can be had. For the rest see :func:`previewed_page`.
    """
    page = previewed_page(edition, changed, below, own_file=lambda name: f"{files_at}{quote(name)}")
    return edition.render(page.template, page.view) if page else None


def previewed_page(
    edition: Edition,
    changed: Mapping[str, bytes | None],
    below: Callable[[str], bytes | None],
    *,
    own_file: Callable[[str], str],
) -> Page | None:
    """The page that ``changed`` (path → content, None where a file goes) makes or changes; None where there is none.

    The files have to pass the check, but for what a page can be made of all the same. ``below`` gives the files of the site as it
    is; ``own_file`` the address of a file beside the page, empty where it is the site's.
    """
    site = edition.site
    reader = Reader(Path(), site.schemas, site.geography, ProposedFiles(changed, below))
    written = [path for path, content in changed.items() if content is not None]
    member = None
    for path in (path for path in written if path.startswith(MEMBERS)):
        site, member = member_beside(site, reader.member(path))
    for path in (path for path in written if path.startswith(ENTRIES) and path.endswith(".md")):
        return _entry_page(edition, site, reader.entry(_entry_file(site, path)), reader.files, own_file)
    if member is None:
        return None
    return member_page(_context(edition, site, "", "", own_file), member)


def file_beside(changed: Mapping[str, bytes | None], below: Callable[[str], bytes | None], name: str) -> bytes | None:
    """The content of a file beside the entry of a proposal; the whole picture for any of its smaller copies."""
    folder = next(
        (path.rpartition("/")[0] for path in changed if path.startswith(ENTRIES) and path.endswith(".md")), ""
    )
    if not folder or "/" in name:
        return None
    for candidate in (name, _COPY.sub("", name)):
        path = f"{folder}/{candidate}"
        content = changed[path] if path in changed else below(path)
        if content is not None:
            return content
    return None


def _entry_page(edition: Edition, site: Site, raw: Raw, files: RootFiles, own_file: Callable[[str], str]) -> Page:
    """Views ask the disk for the size of pictures in a text, so those of the proposal lie on it for a moment."""
    around, entry = entry_beside(site, raw)
    with tempfile.TemporaryDirectory(prefix="apercu-") as directory:
        for path in raw.files:
            target = Path(directory) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with files.open(path) as file:
                target.write_bytes(file.read())
        context = _context(edition, around, directory, entry.id, own_file)
        return entry_page(context, Bodies(context), entry, [])


def _context(edition: Edition, site: Site, root: str, previewed: str, own_file: Callable[[str], str]) -> PreviewContext:
    """The edition's context with another site; what it keeps about its own entries is left behind."""
    given = {field.name: getattr(edition.context, field.name) for field in fields(ServiceContext)}
    return PreviewContext(**(given | {"site": site, "root": root, "cards": {}}), previewed=previewed, own_file=own_file)


def _entry_file(site: Site, path: str) -> EntryFile:
    identifier = path.removeprefix(ENTRIES).removesuffix(".md")
    folder = identifier.partition("/")[0]
    return EntryFile(identifier, path, next(kind.name for kind in site.schemas.content_types if kind.folder == folder))

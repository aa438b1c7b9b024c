"""The two sides of a change: the site before and the site after, and the pages of each that the change concerns."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import TYPE_CHECKING, Final

from plugins.model.of_the_day import hold_back
from plugins.press import Printer
from plugins.publication.context import Context
from plugins.publication.theme import THEME
from plugins.views.entry.entries import pages_of
from plugins.views.groups.clubs import club_pages
from plugins.views.groups.members import member_page
from plugins.views.groups.pillars import pillar_pages
from plugins.views.groups.territories import territory_pages
from plugins.views.home import home_pages
from plugins.views.observatory import observatory_pages
from plugins.views.page.shell import shell

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator, Mapping
    from pathlib import Path

    from jinja2 import Environment

    from plugins.model.objects import Entry, Site
    from plugins.publication.page import Page
    from plugins.views.page.shell import Shell

MEMBERS: Final = "data/members/"
_GROUPS: Final[Mapping[str, Callable[[Context], Iterator[Page]]]] = {
    "data/clubs.yaml": club_pages,
    "data/pillars.yaml": pillar_pages,
    "data/territories.yaml": territory_pages,
    "data/site.yaml": home_pages,
    "data/indicators/": observatory_pages,
}
"""What is seen of a data file that has no page of its own."""


@dataclass(frozen=True, slots=True)
class Made:
    """A page of one side. ``path`` is the file of which it is made; ``alone``: it is of nothing else, as a member's page is."""

    path: str
    page: Page
    alone: bool
    files: frozenset[str] = frozenset()

    @property
    def title(self) -> str:
        """The title of the page."""
        return str(self.page.view["page"]["title"])


@dataclass(frozen=True)
class Side:
    """One side of a change. Its files lie below ``folder`` of the preview (``avant``, ``apres``)."""

    folder: str
    context: Context

    @property
    def site(self) -> Site:
        """The loaded site."""
        return self.context.site

    @cached_property
    def environment(self) -> Environment:
        """The templates, with what stands around every page but for what needs a script or speaks for the page elsewhere."""
        around: Shell = shell(self.context)
        around["suggest"], around["preview"] = "", None
        return Printer(str(THEME), "", around).environment()

    def pages(self, paths: Collection[str]) -> Iterator[Made]:
        """The pages made of the files at ``paths``, and of entries that show one of them."""
        entries = {entry.address: entry for entry in self.site.entries.values() if not _files(entry).isdisjoint(paths)}
        for page in pages_of(self.context, entries.values()):
            entry = entries[page.address]
            yield Made(entry.path, page, alone=True, files=_files(entry))
        for path in sorted(path for path in paths if path.startswith(MEMBERS)):
            member = self.site.members.get(path.removeprefix(MEMBERS).removesuffix(".yaml"))
            if member is not None:
                yield Made(path, member_page(self.context, member), alone=True)
        for start, make in _GROUPS.items():
            touched = sorted(path for path in paths if path.startswith(start))
            if touched:
                yield from (Made(touched[0], page, alone=False) for page in make(self.context))


def side(folder: str, site: Site, root: Path, site_url: str, paths: Collection[str]) -> Side:
    """A side whose files are below ``root``. What is to come is held back as it will be, but for what the change itself touches."""
    hold_back(site, but=paths)
    features = site.settings.get("features", {})
    outputs = frozenset(name for name in import_module("pelicanconf").OUTPUTS if features.get(name, True))
    return Side(folder, Context(site, site_url, outputs, str(root)))


def _files(entry: Entry) -> frozenset[str]:
    return frozenset([entry.path, *entry.files, *([entry.picture.path] if entry.picture else [])])

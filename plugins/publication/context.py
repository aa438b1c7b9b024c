"""What every view may ask: the site, today, the addresses that exist, and how to say them in full."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from plugins.publication.assets import FOLDER, assets
from plugins.publication.links import output_of
from plugins.publication.theme import STATIC

if TYPE_CHECKING:
    import datetime as dt

    from plugins.model.objects import Entry, Site


@dataclass(frozen=True)
class Context:
    """The site as the outputs see it.

    ``outputs`` names the plugins in use (``clubs``, ``feeds``…): what is switched off is not linked.
    ``site_url`` has no final slash (``https://example.org`` or ``https://example.org/below``).
    """

    site: Site
    site_url: str
    outputs: frozenset[str]
    root: str  # directory of the root, to read pictures and files from
    cards: dict[str, Any] = field(default_factory=dict)  # entry id → card, made once
    outlines: dict[str, str] = field(default_factory=dict)  # code of a place → its outline on covers, made once
    towns: dict[int, list[Any]] = field(default_factory=dict)  # width of a map → the towns on it, made once

    @property
    def today(self) -> dt.date:
        """The day for which the site is built; the only clock there is."""
        return self.site.today

    def absolute(self, address: str) -> str:
        """The full address of a site-relative one (canonical links, feeds, calendars)."""
        return self.site_url + address

    @cached_property
    def base(self) -> str:
        """The path below which the site lies, without a final slash; empty at the root of its host."""
        return urlsplit(self.site_url).path

    def href(self, address: str) -> str:
        """What a link to a site-relative address says, or nothing where the output that makes it is switched off."""
        return self.base + address if output_of(self.site, address) in self.outputs else ""

    def attachment(self, entry: Entry, name: str) -> str:
        """The address of a file beside an entry, or nothing where files are not published."""
        return f"{self.base}{entry.address}{quote(name)}" if "attachments" in self.outputs else ""

    def asset(self, name: str) -> str:
        """The address of a file of ``theme/static``, or of ``style.css``. KeyError if there is none."""
        return f"{self.base}/{FOLDER}{self._assets[name]}"

    @cached_property
    def _assets(self) -> dict[str, str]:
        return assets(STATIC)

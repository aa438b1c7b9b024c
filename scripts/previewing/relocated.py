"""A page of the site as a file of the preview: its links lead to files beside it, or else to the published site; nothing runs.

The page itself comes from the site's own templates, and is passed on as it is written but for what stands here. What speaks for the
real page (canonical, alternates, what other sites show of it) is left out with the scripts.
"""

from __future__ import annotations

import posixpath
import re
from dataclasses import dataclass
from html import escape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import unquote, urlsplit

from plugins.publication.security import origin

if TYPE_CHECKING:
    from collections.abc import Callable

_LINKS: Final = frozenset({"href", "src", "poster", "action", "formaction", "data", "xlink:href", "srcset"})
_SHOWN: Final = frozenset({"img", "source", "link", "video", "audio", "track", "image", "use"})
"""Elements that show what they name: without it the page would not be whole."""
_LEFT_OUT: Final = frozenset({"canonical", "alternate", "prev", "next", "preload", "modulepreload"})
_END: Final = re.compile(r"[?#]")
_Attributes: TypeAlias = list[tuple[str, str | None]]


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page is put: its file and the folder of its side, both from the top of the preview, and the site's full address.

    ``has(path, shown)`` says whether the side has the file that the site has at ``path``; what is ``shown`` is fetched.
    """

    file: str
    side: str
    site_url: str
    has: Callable[[str, bool], bool]

    def link(self, value: str, *, shown: bool = False) -> str:
        """Where a link of the page leads from here. Links that are relative already stay."""
        base = urlsplit(self.site_url).path
        if value == self.site_url or value.startswith(f"{self.site_url}/"):
            address = value.removeprefix(self.site_url) or "/"
        elif not value.startswith("/") or value.startswith("//"):
            return value
        elif not value.startswith(f"{base}/"):
            return origin(self.site_url) + value
        else:
            address = value.removeprefix(base)
        path = _END.split(address, maxsplit=1)[0]
        file = f"{path}index.html" if path.endswith("/") else path
        if not self.has(unquote(file).removeprefix("/"), shown):
            return self.site_url + address
        fragment = address.partition("#")[2]
        there = posixpath.relpath(f"{self.side}{file}", posixpath.dirname(self.file) or ".")
        return f"{there}#{fragment}" if fragment else there


def relocated(html: str, place: Place) -> str:
    """The page ``html`` at ``place``."""
    writer = _Writer(place)
    writer.feed(html)
    writer.close()
    return "".join(writer.written)


class _Writer(HTMLParser):
    """Writes what it reads, character by character; only tags that have to change are written anew."""

    def __init__(self, place: Place) -> None:
        super().__init__(convert_charrefs=False)
        self.place = place
        self.written: list[str] = []
        self._in_script = False

    def handle_starttag(self, tag: str, attrs: _Attributes) -> None:
        if tag == "script":
            self._in_script = True
        elif not _speaks_elsewhere(tag, dict(attrs)):
            self.written.append(self._tag(tag, attrs))

    def handle_startendtag(self, tag: str, attrs: _Attributes) -> None:
        if not _speaks_elsewhere(tag, dict(attrs)):
            self.written.append(self._tag(tag, attrs))

    def handle_endtag(self, tag: str) -> None:
        if tag == "script":
            self._in_script = False
        else:
            self.written.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._in_script:
            self.written.append(data)

    def handle_entityref(self, name: str) -> None:
        self.written.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.written.append(f"&#{name};")

    def handle_decl(self, decl: str) -> None:
        self.written.append(f"<!{decl}>")

    def _tag(self, tag: str, attrs: _Attributes) -> str:
        raw = self.get_starttag_text() or ""
        changed = [(name, self._value(tag, name, value)) for name, value in attrs]
        if changed == attrs:
            return raw
        words = [tag, *(name if value is None else f'{name}="{escape(value)}"' for name, value in changed)]
        return f"<{' '.join(words)}{'/>' if raw.endswith('/>') else '>'}"

    def _value(self, tag: str, name: str, value: str | None) -> str | None:
        if not value or name not in _LINKS:
            return value
        shown = tag in _SHOWN
        if name != "srcset":
            return self.place.link(value, shown=shown)
        candidates = [part.split() for part in value.split(",") if part.strip()]
        return ", ".join(" ".join([self.place.link(url, shown=shown), *width]) for url, *width in candidates)


def _speaks_elsewhere(tag: str, attributes: dict[str, str | None]) -> bool:
    if tag == "link":
        return not _LEFT_OUT.isdisjoint((attributes.get("rel") or "").split())
    return tag == "meta" and (attributes.get("property") or "").startswith("og:") and attributes.get("name") is None

"""For search engines: the pages there are and when they changed (https://www.sitemaps.org); robots.txt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from xml.sax.saxutils import escape

from plugins.model.addresses import SEARCH, all_addresses
from plugins.publication.page import Document

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator

    from plugins.publication.context import Context

NAME: Final = "sitemap.xml"
SIZE: Final = 10_000  # addresses of one file; the protocol allows 50,000
NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(ctx: Context) -> Iterator[Document]:
    """``sitemap.xml`` (an index of parts where there are many pages) and ``robots.txt``."""
    pages = [
        (address, place.changed)
        for address, place in all_addresses(ctx.site).items()
        if place.listed and ctx.href(address)
    ]
    parts = [pages[start : start + SIZE] for start in range(0, len(pages), SIZE)]
    if len(parts) == 1:
        yield Document(NAME, _xml(ctx, "urlset", "url", parts[0]))
    else:
        names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
        yield Document(NAME, _xml(ctx, "sitemapindex", "sitemap", [("/" + name, None) for name in names]))
        for name, part in zip(names, parts, strict=True):
            yield Document(name, _xml(ctx, "urlset", "url", part))
    yield robots(ctx)


def robots(ctx: Context) -> Document:
    """Everything may be read; the answers of the search page are no pages of their own (RFC 9309)."""
    lines = ["User-agent: *", f"Disallow: {SEARCH}?q=", "", f"Sitemap: {ctx.absolute('/' + NAME)}", ""]
    return Document("robots.txt", "\n".join(lines).encode())


def _xml(ctx: Context, root: str, item: str, places: Iterable[tuple[str, dt.date | None]]) -> bytes:
    lines = ['<?xml version="1.0" encoding="utf-8"?>', f'<{root} xmlns="{NAMESPACE}">']
    for address, changed in places:
        when = f"<lastmod>{changed.isoformat()}</lastmod>" if changed else ""
        lines.append(f"<{item}><loc>{escape(ctx.absolute(address))}</loc>{when}</{item}>")
    return "\n".join([*lines, f"</{root}>", ""]).encode()

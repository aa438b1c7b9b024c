"""Old addresses: as rules for hosts that know them, and as small pages for those that do not."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote, urlsplit

from plugins.model.addresses import all_addresses
from plugins.publication.page import Document, Page

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.publication.context import Context

GONE: Final = "gone"
KEPT: Final = "/-._~%!$&'()+,=@"  # what a rule may hold as it is; * and : would be patterns, spaces and # end the rule
PAGE: Final = """\
<!doctype html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Page déplacée</title>
<meta name="robots" content="noindex">
<meta http-equiv="refresh" content="0; url={href}">
<link rel="canonical" href="{canonical}">
</head>
<body>
<main>
<h1>Cette page a changé d’adresse</h1>
<p><a href="{href}">Aller à la nouvelle adresse</a></p>
</main>
</body>
</html>
"""


def rules(ctx: Context) -> Iterator[str]:
    """One line for each redirect, as Netlify and Cloudflare read them: from, (query,) to, status."""
    for old, new in ctx.site.redirects.items():
        path, _, query = old.partition("?")
        asked = " ".join(part for part in query.split("&") if part)
        source = quote(ctx.base + path, safe=KEPT) + (f" {asked}" if asked else "")
        if new == GONE:
            yield f"{source} {ctx.base}/404.html 410"
        else:
            yield f"{source} {_target(ctx, new)} 301"


def stubs(ctx: Context) -> Iterator[Document]:
    """A page at each old address that leads on by itself, for hosts without redirects (GitHub Pages and the like).

    Addresses with a question mark cannot be files. What is gone has no page: a 404 is the truth. Where something stands today, it
    stays (the check reports it).
    """
    taken = {Page(address, "", {}).path for address in all_addresses(ctx.site)}
    for old, new in ctx.site.redirects.items():
        path = stub_path(old)
        if new == GONE or path is None or path in taken:
            continue
        taken.add(path)
        canonical = new if urlsplit(new).scheme else ctx.absolute(new)
        text = PAGE.format(href=escape(_target(ctx, new)), canonical=escape(canonical))
        yield Document(path, text.encode())


def stub_path(old: str) -> str | None:
    """Where the page of an old address lies below the output, or None if no file can stand for it."""
    path = unquote(old.partition("?")[0], errors="replace").strip("/")
    parts = path.split("/")
    if "?" in old or not path.isprintable() or "\\" in path or any(part in {"", ".", ".."} for part in parts):
        return None
    if parts[-1].endswith((".html", ".htm")):
        return path
    return None if "." in parts[-1] else f"{path}/index.html"


def _target(ctx: Context, new: str) -> str:
    return new if urlsplit(new).scheme else ctx.base + new

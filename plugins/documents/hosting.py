"""Headers and redirects for static hosts: ``/_headers`` and ``/_redirects`` as Netlify and Cloudflare Pages read them.

Where two rules match, these hosts join the values of a header with a comma, and browsers obey both policies: a looser policy can
therefore not be added for one page. So the rule for everything holds only what is right everywhere, and each part of the site has a
rule of its own with the whole policy.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.documents.redirects import rules, stubs
from plugins.model.addresses import DATA, HOME, TITLES, all_addresses
from plugins.publication.assets import FOLDER
from plugins.publication.page import Document
from plugins.publication.security import HEADERS, NO_FRAMES, WASM_PREFIXES, header_policy
from plugins.search_index.suggestions import FOLDER as TITLES_FOLDER
from plugins.views.finding.map_layers import GROUND

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.publication.context import Context

CSP: Final = "Content-Security-Policy"
EVERYWHERE: Final = f"base-uri 'none'; object-src 'none'; {NO_FRAMES}"
IMMUTABLE: Final = "public, max-age=31536000, immutable"  # names of the theme's files change with their content
OPEN: Final = {"Access-Control-Allow-Origin": "*"}
# What other sites may read: open data; and for a form service on a host of its own, titles and outlines.
OPEN_FOLDERS: Final = (DATA, f"/{TITLES_FOLDER}")
OPEN_FILES: Final = (TITLES, GROUND)


def hosting(ctx: Context) -> Iterator[Document]:
    """``_headers``, ``_redirects``, and a page at each old address for hosts that read neither."""
    yield Document("_headers", _written(dict(header_rules(ctx))).encode())
    yield Document("_redirects", "".join(f"{line}\n" for line in rules(ctx)).encode())
    yield from stubs(ctx)


def header_rules(ctx: Context) -> Iterator[tuple[str, Mapping[str, str]]]:
    """Each pattern of addresses with its headers; but for the first no two that match one address name the same header."""
    yield f"{ctx.base}/*", {**HEADERS, CSP: EVERYWHERE}
    yield f"{ctx.base}/{FOLDER}*", {"Cache-Control": IMMUTABLE}
    for pattern in (*(f"{folder}*" for folder in OPEN_FOLDERS), *OPEN_FILES):
        yield f"{ctx.base}{pattern}", OPEN
    for prefix in sorted({*_parts(ctx), *WASM_PREFIXES}):
        pattern = f"{prefix}*" if prefix.endswith("/") and prefix != HOME else prefix
        yield f"{ctx.base}{pattern}", {CSP: header_policy(ctx, prefix)}


def _parts(ctx: Context) -> set[str]:
    """The first part of every page's address, with its slashes (``/agenda/``); pages at the root as they are."""
    return {_part(address) for address in all_addresses(ctx.site)}


def _part(address: str) -> str:
    first, slash, _ = address.removeprefix("/").partition("/")
    return f"/{first}{slash}"


def _written(table: Mapping[str, Mapping[str, str]]) -> str:
    lines: list[str] = []
    for pattern, headers in table.items():
        lines += [pattern, *(f"  {name}: {value}" for name, value in headers.items())]
    return "\n".join([*lines, ""])

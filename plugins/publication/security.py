"""What browsers may do with our pages: the Content-Security-Policy and its companions, for headers and for the meta tag.

One policy for all pages, and a looser one where the search runs WebAssembly. Nothing inline, nothing from another host, except what
``data/site.yaml`` names: the form service (``intake``) and a tile server (``map.tiles``).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final
from urllib.parse import urlsplit

from plugins.model.addresses import SEARCH

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from plugins.publication.context import Context

SEARCH_BUNDLE: Final = "/pagefind/"  # a worker of the search has the policy of its own file
WASM_PREFIXES: Final = (SEARCH, SEARCH_BUNDLE)
NO_FRAMES: Final = "frame-ancestors 'none'"  # means nothing in a meta tag

# What every answer carries beside its policy.
HEADERS: Final[Mapping[str, str]] = {
    "Strict-Transport-Security": "max-age=31536000",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Permissions-Policy": "camera=(), geolocation=(self), microphone=(), payment=(), usb=()",
    "Cross-Origin-Opener-Policy": "same-origin",
}


def content_security_policy(ctx: Context, address: str) -> str:
    """The policy of the page at a site-relative address, as the meta tag carries it (https://www.w3.org/TR/CSP3/)."""
    settings = ctx.site.settings
    intake, tiles = settings.get("intake"), (settings.get("map") or {}).get("tiles")
    return policy(
        wasm=address.startswith(WASM_PREFIXES),
        form_hosts=[origin(str(intake))] if intake else [],
        tile_hosts=[origin(str(tiles))] if tiles else [],
    )


def header_policy(ctx: Context, address: str) -> str:
    """The same as a header, which also keeps the page out of other people's frames."""
    return f"{content_security_policy(ctx, address)}; {NO_FRAMES}"


def policy(*, wasm: bool, form_hosts: Sequence[str] = (), tile_hosts: Sequence[str] = ()) -> str:
    """The directives in a fixed order. ``wasm`` lets WebAssembly be compiled, and nothing else be evaluated."""
    directives = {
        "default-src": ["'none'"],
        "script-src": ["'self'", *(["'wasm-unsafe-eval'"] if wasm else [])],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:", *tile_hosts],
        "font-src": ["'self'"],
        "connect-src": ["'self'", *tile_hosts, *form_hosts],  # a form asks its service for a challenge
        "form-action": ["'self'", *form_hosts],
        "base-uri": ["'none'"],
    }
    return "; ".join(f"{name} {' '.join(dict.fromkeys(values))}" for name, values in directives.items())


def origin(url: str) -> str:
    """Scheme, host and port of an address. A part in braces, as tile servers number their hosts, becomes the policy's ``*``."""
    parts = urlsplit(url)
    host = parts.netloc.rpartition("@")[2]
    first, dot, rest = host.partition(".")
    return f"{parts.scheme}://{'*' if '{' in first else first}{dot}{rest}"

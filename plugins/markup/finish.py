"""The last step, when the site's addresses are known: final links and pictures in a parsed text."""

from __future__ import annotations

import re
from collections.abc import Callable

from plugins.markup.parsed import Picture
from plugins.markup.tags import escape_value, unescape_value
from plugins.markup.targets import host_of, kind_of

LinkResolver = Callable[[str], str]
"""From a target as written (kinds `site`, `filename` and `file`) to its final address."""
PictureResolver = Callable[[str], Picture | None]

_ADDRESS = re.compile(r'<a href="([^"]*)"|<img src="([^"]*)" alt="([^"]*)">')
_RESOLVED = frozenset({"site", "filename", "file"})


def finish(parsed_html: str, resolve_link: LinkResolver, resolve_image: PictureResolver, *, site_host: str) -> str:
    """`Parsed.html` with its final addresses.

    A picture that `resolve_image` does not know leaves its alternative text. Links to other hosts than `site_host` get
    `rel="noopener external"` and the class `external`; they open where the reader wants, and say so by the theme's CSS.
    Exceptions of the resolvers pass through.
    """

    def final(match: re.Match[str]) -> str:
        if match.group(1) is None:
            return _image(resolve_image(unescape_value(match.group(2))), match.group(3))
        return _link(unescape_value(match.group(1)), resolve_link, site_host.lower())

    return _ADDRESS.sub(final, parsed_html)


def _link(target: str, resolve_link: LinkResolver, site_host: str) -> str:
    kind = kind_of(target)
    if kind in _RESOLVED:
        return f'<a href="{escape_value(resolve_link(target))}"'
    if kind != "external":
        return f'<a href="{escape_value(target)}"'
    address = f"https:{target}" if target.startswith("//") else target
    mark = "" if host_of(address) == site_host else ' class="external" rel="noopener external"'
    return f'<a href="{escape_value(address)}"{mark}'


def _image(picture: Picture | None, alt: str) -> str:
    """`alt` is still escaped."""
    if picture is None:
        return alt.replace("&quot;", '"')
    variants = ""
    if picture.variants:
        srcset = ", ".join(f"{address} {width}w" for address, width in picture.variants)
        variants = f' srcset="{escape_value(srcset)}" sizes="{escape_value(picture.sizes)}"'
    return (
        f'<img src="{escape_value(picture.src)}"{variants} width="{picture.width}" height="{picture.height}"'
        f' alt="{alt}" loading="lazy" decoding="async">'
    )

"""Tags of HTML that a serialiser wrote: well-formed, lower-case, attributes in double quotes, `<` and `>` escaped."""

from __future__ import annotations

import re

SPLIT = re.compile(r"(<[^>]*>)")
"""Splits such HTML into text (even places) and tags (odd places)."""
_ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')


def attributes(tag: str) -> dict[str, str]:
    """The attributes of a start tag, their values still escaped."""
    return dict(_ATTRIBUTE.findall(tag))


def name_of(tag: str) -> str:
    """`p` for `<p class="x">` and for `</p>`."""
    return tag.strip("</>").partition(" ")[0]


def unescape_text(text: str) -> str:
    """Text of such HTML as characters: only these four references occur in it."""
    if "&" not in text:
        return text
    return text.replace("&nbsp;", "\u00a0").replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def unescape_value(value: str) -> str:
    """An attribute value of such HTML as characters."""
    return unescape_text(value.replace("&quot;", '"'))


def escape_text(text: str) -> str:
    """Characters as text of HTML."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_value(value: str) -> str:
    """Characters as an attribute value in double quotes."""
    return escape_text(value).replace('"', "&quot;")

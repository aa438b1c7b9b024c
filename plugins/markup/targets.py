"""What an address in a text is, judged as a browser would read it and not as it looks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from plugins.markup.parsed import LinkKind

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
_INVISIBLE = re.compile(r"[\x00-\x20\x7f-\xa0\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]+")
_EXTERNAL = re.compile(r"(?:https?:)?//[^/\\?#]", re.IGNORECASE)
_BY_SCHEME: dict[str, LinkKind] = {"mailto:": "mail", "tel:": "phone"}


def kind_of(target: str) -> LinkKind:
    r"""The kind of a target.

    Browsers drop tabs, line ends and leading controls from an address, and read `\` as `/` (WHATWG URL Standard,
    basic URL parser), so `java\tscript:` and `/\host` are judged by what they would become.
    """
    seen = _INVISIBLE.sub("", target).replace("\\", "/")
    if not seen or (seen != target and not _harmless(target)):
        return "other"
    if seen[0] == "#":
        return "anchor"
    if seen[0] == "{":
        return "filename" if seen.startswith("{filename}") and len(seen) > len("{filename}") else "other"
    return _kind_by_start(seen)


def _harmless(target: str) -> bool:
    """Only plain spaces inside: a file name or a query that its author forgot to encode."""
    return not _INVISIBLE.search(target.replace(" ", "")) and "\\" not in target and target == target.strip()


def _kind_by_start(seen: str) -> LinkKind:
    if _EXTERNAL.match(seen):
        return "external" if _has_host(seen) else "other"
    if scheme := _SCHEME.match(seen):
        kind = _BY_SCHEME.get(scheme.group().lower(), "other")
        return kind if len(seen) > scheme.end() else "other"
    if seen.startswith("//"):
        return "other"
    return "site" if seen[0] == "/" else "file"


def _has_host(seen: str) -> bool:
    return bool(host_of(seen))


def host_of(target: str) -> str:
    """The host of an external target in lower case, without port; empty where there is none."""
    try:
        return (urlsplit(target).hostname or "").lower()
    except ValueError:
        return ""

"""The little of Markdown that a test of documents has to read: code, prose, links, headings and their anchors."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_FENCED = re.compile(r"^(```+)[^\n]*\n.*?^\1[ ]*$", re.MULTILINE | re.DOTALL)
_SPAN = re.compile(r"(?<!`)(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_LINK = re.compile(r"!?\[(?:[^\[\]]|\[[^\]]*\])*\]\(([^()\s]+)\)")
_HEADING = re.compile(r"^#{1,6} +(.+?) *$", re.MULTILINE)


def code(document: Path) -> str:
    """All code of a document, blocks and spans, a line each."""
    text = document.read_text(encoding="utf-8")
    spans = (found[2] for found in _SPAN.finditer(_FENCED.sub("", text)))
    return "\n".join([*(found[0] for found in _FENCED.finditer(text)), *spans])


def prose(document: Path) -> str:
    """A document without its code and without the addresses of its links."""
    return re.sub(r"\]\([^()\s]+\)", "]", _without_code(document.read_text(encoding="utf-8")))


def links(document: Path) -> list[str]:
    """Where the links and pictures of a document lead."""
    return _LINK.findall(_without_code(document.read_text(encoding="utf-8")))


@cache
def anchors(document: Path) -> frozenset[str]:
    """The anchors that forges give to the headings of a document."""
    seen: Counter[str] = Counter()
    found = set()
    for heading in _HEADING.findall(_FENCED.sub("", document.read_text(encoding="utf-8"))):
        name = _slug(_LINK.sub(lambda link: link[0].partition("](")[0].lstrip("!["), heading))
        found.add(f"{name}-{seen[name]}" if seen[name] else name)
        seen[name] += 1
    return frozenset(found)


def _slug(heading: str) -> str:
    """As GitHub and Forgejo do: lower case, accents stay, signs go, each space becomes a hyphen."""
    return re.sub(r"[^\w\- ]", "", heading.replace("`", "").lower()).replace(" ", "-")


def _without_code(text: str) -> str:
    return _SPAN.sub("", _FENCED.sub("", text))

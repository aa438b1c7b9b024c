"""What a written page says, in blocks: its main part without menus, forms, drawings, and lists of other pages.

A page is read as our own templates write it, so nothing that is shown there is forgotten and nothing that is not shown is
found. Tags are told by one expression, ten times faster than an HTML parser and enough for what we wrote ourselves: every
element is closed, and a text holds no bare « < ».
"""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from typing import Final, NamedTuple

from plugins.search_index.folding import Piece, pieces

# Elements whose text is no part of what the page says.
_SILENT: Final = frozenset({"nav", "form", "svg", "script", "style", "template", "button", "select", "noscript"})
# Lists of other pages, by the theme's class, and attributes that leave an element out.
_OTHER_PAGES: Final = frozenset({"rows", "people", "clubs", "links", "days", "edit", "actions"})
_APART_BY: Final = re.compile(r"\b(?:hidden(?![\w-]|=\"false)|data-pagefind-ignore|data-point)")
_BLOCKS: Final = frozenset(
    """
    address article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main
    ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905  # a list to read
)
_GAPS: Final = frozenset(
    {"br", "span"}
)  # one piece of a line beside the next, with no space between them in the markup
_HEADINGS: Final = {"h2": 3.0, "h3": 2.0, "h4": 2.0, "h5": 1.5, "h6": 1.5}
TITLE: Final = 7.0
STANDFIRST: Final = 2.5  # the paragraph below the title, which sums the page up
FURNITURE: Final = 0.25  # labels and headings that stand on every page of a kind

_TAG: Final = re.compile(r"""<!--.*?-->|<(/?)([a-zA-Z][a-zA-Z0-9]*)((?:"[^"]*"|'[^']*'|[^<>"'])*)>""", re.DOTALL)
_CLASS: Final = re.compile(r'\bclass="([^"]*)"')
_OWN_HEADING: Final = re.compile(r'\bid="(?!page-)')  # the theme's ids begin like that, those of a text never do


class Block(NamedTuple):
    """A stretch of text, how much its words weigh (1 is a word of the body), and its words."""

    weight: float
    text: str
    pieces: tuple[Piece, ...]


def blocks(html: str) -> list[Block]:
    """The blocks of a page's ``main``, in order; nothing where it has none."""
    begin = html.find("<main")
    end = html.find("</main>", begin)
    found: list[Block] = []
    text: list[str] = []
    weight = 1.0
    place = begin
    while begin >= 0 and (tag := _TAG.search(html, place, end)):
        text.append(html[place : tag.start()])
        place = tag.end()
        closes, name, attributes = tag[1], (tag[2] or "").lower(), tag[3] or ""
        if not closes and _is_apart(name, attributes):
            place = _end_of(html, name, place, end)
        elif name in _BLOCKS:
            _finish(found, weight, text)
            weight = 1.0 if closes else _weight(name, attributes)
        elif name in _GAPS:
            text.append(" ")
    _finish(found, weight, text)
    return found


def _finish(found: list[Block], weight: float, text: list[str]) -> None:
    joined = unescape("".join(text)).strip()
    if joined:
        found.append(Block(weight, joined, tuple(pieces(joined))))
    text.clear()


def _is_apart(name: str, attributes: str) -> bool:
    if name in _SILENT:
        return True
    if not attributes:
        return False
    classes = _CLASS.search(attributes)
    return bool(classes and not _OTHER_PAGES.isdisjoint(classes[1].split())) or _APART_BY.search(attributes) is not None


def _end_of(html: str, name: str, start: int, end: int) -> int:
    """Where the element that was opened just before ``start`` ends."""
    depth = 1
    for tag in _tags_of(name).finditer(html, start, end):
        depth += -1 if tag[1] else 1
        if not depth:
            return tag.end()
    return end


@cache
def _tags_of(name: str) -> re.Pattern[str]:
    return re.compile(rf"<(/?){name}\b[^>]*>", re.IGNORECASE)


def _weight(name: str, attributes: str) -> float:
    if name == "h1":
        return TITLE
    if name in _HEADINGS:
        return _HEADINGS[name] if _OWN_HEADING.search(attributes) else FURNITURE
    if name == "dt":
        return FURNITURE
    return STANDFIRST if 'class="standfirst"' in attributes else 1.0

"""What a written page says, in blocks: its main part without menus, forms, drawings, and lists of other pages.

A page is read as our own templates write it, so nothing that is shown there is forgotten and nothing that is not shown is found.
"""

from __future__ import annotations

from html.parser import HTMLParser
from typing import TYPE_CHECKING, Final, NamedTuple

from plugins.search_index.folding import Piece, pieces

if TYPE_CHECKING:
    from collections.abc import Sequence

# Elements whose text is no part of what the page says.
_SILENT: Final = frozenset({"nav", "form", "svg", "script", "style", "template", "button", "select", "noscript"})
# Lists of other pages, by the theme's class; an element with one of the attributes below is left out as well.
_OTHER_PAGES: Final = frozenset({"rows", "people", "clubs", "links", "days", "edit", "actions"})
_BLOCKS: Final = frozenset(
    """
    address article aside blockquote caption dd details div dl dt figcaption figure footer h1 h2 h3 h4 h5 h6 header hr li main
    ol p pre section summary table tbody td tfoot th thead tr ul
    """.split()  # noqa: SIM905  # a list to read
)
_EMPTY: Final = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_APART_BY: Final = frozenset({"hidden", "data-pagefind-ignore", "data-point"})
_APART: Final = frozenset(
    {"br", "span"}
)  # one piece of a line beside the next, with no space between them in the markup
_HEADINGS: Final = {"h2": 3.0, "h3": 2.0, "h4": 2.0, "h5": 1.5, "h6": 1.5}
TITLE: Final = 7.0
STANDFIRST: Final = 2.5  # the paragraph below the title, which sums the page up
FURNITURE: Final = 0.25  # labels and headings that stand on every page of a kind
_OWN_ID: Final = "page-"  # how the theme's own ids begin; those of a text never do


class Block(NamedTuple):
    """A stretch of text, how much its words weigh (1 is a word of the body), and its words."""

    weight: float
    text: str
    pieces: tuple[Piece, ...]


def blocks(html: str) -> list[Block]:
    """The blocks of a page's ``main``, in order; nothing where it has none."""
    reader = _Reader()
    begin = html.find("<main")
    end = html.find("</main>", begin)
    reader.feed(html[begin : end + len("</main>")] if begin >= 0 else "")
    reader.close()
    return reader.blocks


class _Reader(HTMLParser):
    """Collects text. ``_silent`` counts the open elements inside one that is left out."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[Block] = []
        self._text: list[str] = []
        self._weight = 1.0
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        if tag in _APART:
            self._text.append(" ")
        if tag in _EMPTY:
            return
        if self._silent or tag in _SILENT or _is_apart(attrs):
            self._silent += 1
            return
        if tag in _BLOCKS:
            self._finish()
            self._weight = _weight(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _EMPTY:
            return
        if self._silent:
            self._silent -= 1
        elif tag in _BLOCKS:
            self._finish()
        elif tag in _APART:
            self._text.append(" ")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._text.append(data)

    def _finish(self) -> None:
        text = "".join(self._text).strip()
        if text:
            self.blocks.append(Block(self._weight, text, tuple(pieces(text))))
        self._text.clear()
        self._weight = 1.0


def _weight(tag: str, attrs: Sequence[tuple[str, str | None]]) -> float:
    if tag == "h1":
        return TITLE
    if tag in _HEADINGS:
        of_text = any(name == "id" and not (value or "").startswith(_OWN_ID) for name, value in attrs)
        return _HEADINGS[tag] if of_text else FURNITURE
    if tag == "dt":
        return FURNITURE
    return STANDFIRST if ("class", "standfirst") in attrs else 1.0


def _is_apart(attrs: Sequence[tuple[str, str | None]]) -> bool:
    return any(
        name in _APART_BY or (name == "class" and not _OTHER_PAGES.isdisjoint((value or "").split()))
        for name, value in attrs
    )

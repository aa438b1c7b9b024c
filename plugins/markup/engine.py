"""One Markdown instance for a thread, and for each text only the processors that it can need.

An instance takes longer to make than a short entry to render, so it is made once and reset. Of its fifteen inline patterns and
as many block processors most never match in a given text; each names the characters without which it cannot.
"""

from __future__ import annotations

import re
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from markdown import inlinepatterns as library
from markdown.blockprocessors import BlockProcessor, build_block_parser
from markdown.core import Markdown
from markdown.extensions.def_list import DefListIndentProcessor, DefListProcessor
from markdown.extensions.sane_lists import SaneOListProcessor, SaneUListProcessor
from markdown.treeprocessors import InlineProcessor, Treeprocessor
from markdown.util import AtomicString, Registry

from plugins.markup import inline
from plugins.markup.addresses import Addresses, Use
from plugins.markup.attributes import HINT, ClosedAttributes
from plugins.markup.blocks import BoundedTableProcessor, FrenchAdmonitionProcessor, HeadingProcessor
from plugins.markup.limits import MAX_PIECE, MAX_PIECE_MARKS, TooDenseError
from plugins.markup.lists import normalise
from plugins.markup.notes import Footnotes
from plugins.markup.raw_tags import RawTagProcessor

if TYPE_CHECKING:
    from collections.abc import Sequence
    from xml.etree.ElementTree import Element

    from markdown.blockparser import BlockParser
    from markdown.inlinepatterns import Pattern

    from plugins.markup.source import Source
from plugins.markup.tables import set_apart

# In place of the library's registries: each processor with the characters of which one has to be in the text; with
# none, it always runs.
_Hints = dict[str, tuple[str, ...]]
_BLOCK_HINTS: _Hints = {
    "admonition": ("!!!",),
    "empty": (),
    "indent": ("    ",),
    "defindent": ("    ",),
    "code": ("    ",),
    "table": ("|",),
    "hashheader": ("#",),
    "setextheader": ("\n=", "\n-"),
    "hr": ("--", "**", "__", "- -", "* *", "_ _", "-  -", "*  *", "_  _"),
    "olist": (". ",),
    "ulist": ("* ", "- ", "+ "),
    "deflist": (": ",),
    "quote": (">",),
    "footnote": ("[^",),
    "reference": ("]:",),
    "paragraph": (),
}
_INLINE_HINTS: _Hints = {
    "backtick": ("`",),
    "hard_break": ("\\\n",),
    "escape": ("\\",),
    "footnote": ("[^",),
    "reference": ("]:",),
    "link": ("](",),
    "image_link": ("![",),
    "image_reference": ("]:",),
    "short_reference": ("]:",),
    "short_image_ref": ("]:",),
    "autolink": ("://",),
    "automail": ("@",),
    "bare": ("http",),
    "linebreak": ("  \n",),
    "html": ("<",),
    "entity": ("&",),
    "em_strong": ("*", "_"),
}
_EMPTY_LINES = re.compile(r"(?<=\n)[ ]+\n")
T = TypeVar("T")
_ACTIVE = re.compile(r"[*_`\[<&\\]|http|  \n")
_MARKS = re.compile(r"[*_`\[<&\\]|https?:")


@dataclass(frozen=True, slots=True)
class Rendered:
    """The HTML of a text, not yet sanitised, and what was seen on the way."""

    html: str
    uses: tuple[Use, ...]
    removed: tuple[str, ...]


class Engine:
    """A Markdown instance with our processors in place of the library's."""

    def __init__(self) -> None:
        self._removed: list[str] = []
        self._md = Markdown(output_format="html")
        self._md.preprocessors = Registry()
        self._md.parser = _block_parser(self._md)
        Footnotes().extendMarkdown(self._md)
        _register_inline(self._md, self._removed)
        self._attributes = ClosedAttributes(self._md)
        self._addresses = Addresses(self._md)
        self._md.treeprocessors.register(_Guard(self._md), "guard", 25)
        self._md.treeprocessors.register(self._attributes, "attr_list", 8)
        self._md.treeprocessors.register(self._addresses, "addresses", -10)
        self._blocks = _in_order(self._md.parser.blockprocessors, _BLOCK_HINTS)
        self._patterns = _in_order(self._md.inlinePatterns, _INLINE_HINTS)

    def render(self, source: Source) -> Rendered:
        """Render a text within its bounds; raises `TooDenseError` where one only shows on the way."""
        self._md.reset()
        self._removed.clear()
        lines = normalise(set_apart(source.with_placeholders(self._md.htmlStash.store)))
        text = "\n".join(lines) + "\n\n"
        self._choose(text)
        self._addresses.found = []
        html = self._md.convert(_EMPTY_LINES.sub("\n", text))
        return Rendered(html, tuple(self._addresses.found), tuple(self._removed))

    def _choose(self, text: str) -> None:
        """Give the two loops of the library plain lists of what this text can need, in place of its registries."""
        tree = cast("InlineProcessor", self._md.treeprocessors["inline"])
        tree.inlinePatterns = cast("Registry[InlineProcessor]", _needed(self._patterns, text))
        chosen = cast("Registry[BlockProcessor]", _needed(self._blocks, text))
        self._md.parser.blockprocessors = chosen
        self._attributes.active = HINT.search(text) is not None


class _Held(threading.local):
    """A thread's own: the library keeps the state of a text in its objects while it reads it."""

    engine: Engine | None = None


_HELD = _Held()


def engine() -> Engine:
    """The engine of this thread. It keeps nothing of a text once the next one is read."""
    if _HELD.engine is None:
        _HELD.engine = Engine()
    return _HELD.engine


def renew_engine() -> None:
    """Forget this thread's engine, because it stopped half-way through a text."""
    _HELD.engine = None


def _block_parser(md: Markdown) -> BlockParser:
    """The library's block parser with our headings, tables and boxes, sane lists and definition lists."""
    parser = build_block_parser(md)
    ours: tuple[tuple[str, BlockProcessor, int], ...] = (
        ("admonition", FrenchAdmonitionProcessor(parser), 105),
        ("defindent", DefListIndentProcessor(parser), 85),
        ("table", BoundedTableProcessor(parser), 75),
        ("hashheader", HeadingProcessor(parser), 70),
        ("olist", SaneOListProcessor(parser), 40),
        ("ulist", SaneUListProcessor(parser), 30),
        ("deflist", DefListProcessor(parser), 25),
    )
    for name, processor, priority in ours:
        parser.blockprocessors.register(processor, name, priority)
    return parser


def _register_inline(md: Markdown, removed: list[str]) -> None:
    """The library's inline patterns, the costly or too liberal ones replaced under their own names."""
    brackets = inline.Brackets()
    ours: tuple[tuple[str, Pattern, int], ...] = (
        ("hard_break", library.SubstituteTagInlineProcessor(r"\\\n", "br"), 185),
        ("reference", inline.ReferenceProcessor(library.REFERENCE_RE, md, brackets), 170),
        ("link", inline.LinkProcessor(library.LINK_RE, md, brackets), 160),
        ("image_link", inline.ImageProcessor(library.IMAGE_LINK_RE, md, brackets), 150),
        ("image_reference", inline.ImageReferenceProcessor(library.IMAGE_REFERENCE_RE, md, brackets), 140),
        ("short_reference", inline.ShortReferenceProcessor(library.REFERENCE_RE, md, brackets), 130),
        ("short_image_ref", inline.ShortImageReferenceProcessor(library.IMAGE_REFERENCE_RE, md, brackets), 125),
        ("autolink", inline.AutolinkProcessor(library.AUTOLINK_RE, md), 120),
        ("bare", inline.BareAddressProcessor(md), 115),
        ("automail", inline.AutomailProcessor(library.AUTOMAIL_RE, md), 110),
        ("html", RawTagProcessor(library.HTML_RE, md, removed), 90),
    )
    for name, pattern, priority in ours:
        md.inlinePatterns.register(pattern, name, priority)
    if "|" not in md.ESCAPED_CHARS:
        md.ESCAPED_CHARS = [*md.ESCAPED_CHARS, "|"]


class _Guard(Treeprocessor):
    """Before inline markup: bounds for each piece of text, and pieces without markup set aside from all patterns."""

    def run(self, root: Element) -> None:
        for element in root.iter():
            element.text = _guarded(element.text)
            element.tail = _guarded(element.tail)


def _guarded(text: str | None) -> str | None:
    if not text or isinstance(text, AtomicString):
        return text
    if _too_dense(text):
        raise TooDenseError(text[:80])
    return text if _ACTIVE.search(text) else AtomicString(text)


def _too_dense(text: str) -> bool:
    if len(text) <= MAX_PIECE_MARKS:
        return False
    return len(text) > MAX_PIECE or len(_MARKS.findall(text)) > MAX_PIECE_MARKS


def _in_order(registry: Registry[T], hints: _Hints) -> list[tuple[T, tuple[str, ...]]]:
    names = sorted(hints, key=registry.get_index_for_name)
    return [(registry[name], hints[name]) for name in names]


def _needed(items: Sequence[tuple[T, tuple[str, ...]]], text: str) -> list[T]:
    return [item for item, hints in items if not hints or any(hint in text for hint in hints)]

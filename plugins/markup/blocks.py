"""Block processors of Python-Markdown, where the library's own are not what contributors or a hostile text need."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.blockprocessors import BlockProcessor
from markdown.extensions.admonition import AdmonitionProcessor
from markdown.extensions.tables import TableProcessor

from plugins.markup.limits import MAX_CELLS, TooDenseError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from markdown.blockparser import BlockParser

ADMONITIONS = {
    "note": "Note",
    "info": "À noter",
    "conseil": "Conseil",
    "important": "Important",
    "attention": "Attention",
    "danger": "Danger",
    "exemple": "Exemple",
    "definition": "Définition",
}
"""The kinds of boxes (CSS classes) and their titles when the author gives none."""
_ALIASES = {
    "a-noter": "info",
    "noter": "info",
    "tip": "conseil",
    "hint": "conseil",
    "astuce": "conseil",
    "warning": "attention",
    "caution": "attention",
    "avertissement": "attention",
    "error": "danger",
    "example": "exemple",
    "définition": "definition",
}


class HeadingProcessor(BlockProcessor):
    """`## Title`: like CommonMark, a space after the marks, so that a line `#réemploi` stays text."""

    _LINE = re.compile(r"(?:^|\n)(#{1,6})(?:[ ]([^\n]*))?(?=\n|$)")
    _CLOSING = re.compile(r"(?:^|[ ])#+$")

    def test(self, parent: Element, block: str) -> bool:  # noqa: ARG002 - the library's signature
        """Whether a heading stands anywhere in the block."""
        return self._LINE.search(block) is not None

    def run(self, parent: Element, blocks: list[str]) -> bool | None:
        """Append the heading, after what stands before it, and put back what stands after it."""
        block = blocks.pop(0)
        match = self._LINE.search(block)
        if match is None:
            blocks.insert(0, block)
            return False
        if before := block[: match.start()]:
            self.parser.parseBlocks(parent, [before])
        heading = SubElement(parent, f"h{len(match.group(1))}")
        heading.text = self._title(match.group(2) or "")
        if after := block[match.end() :].removeprefix("\n"):
            loose = self.parser.state.isstate("looselist")
            blocks.insert(0, self.looseDetab(after) if loose else after)
        return None

    def _title(self, raw: str) -> str:
        raw = raw.strip()
        bare = raw.rstrip("#")
        return bare.rstrip() if not bare or bare.endswith(" ") else raw


class BoundedTableProcessor(TableProcessor):
    """Tables whose cells are counted first: each row is filled up to the width of the header."""

    def __init__(self, parser: BlockParser) -> None:
        super().__init__(parser, {"use_align_attribute": True})

    def run(self, parent: Element, blocks: list[str]) -> None:
        """Build the table, or stop if it is absurdly large."""
        width: Sequence[str] = self.separator
        if len(width) * (blocks[0].count("\n") + 1) > MAX_CELLS:
            raise TooDenseError(blocks[0][:80])
        super().run(parent, blocks)


class FrenchAdmonitionProcessor(AdmonitionProcessor):
    """Boxes (`!!! attention "Titre"`) of a closed list of kinds, titled in French."""

    def get_class_and_title(self, match: re.Match[str]) -> tuple[str, str | None]:
        """The CSS class and the title; an unknown kind makes a note with its name as title."""
        word, title = match.group(1).lower().split()[0], match.group(2)
        kind = _ALIASES.get(word, word)
        if title is None:
            title = ADMONITIONS.get(kind) or word.replace("-", " ").capitalize()
        return (kind if kind in ADMONITIONS else "note"), title or None

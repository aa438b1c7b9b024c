"""Footnotes, numbered in the order in which the text calls them, with French labels.

The library's extension numbers them by definition, searches a list for each reference and makes ids of whatever the
author wrote as a label; only its block processor is used here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.extensions.footnotes import FootnoteBlockProcessor, FootnoteExtension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor
from markdown.util import AtomicString

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from markdown.core import Markdown

REFERENCE_CLASS, BACK_CLASS, SECTION_CLASS = "footnote-ref", "footnote-backref", "footnotes"
_LABEL = "note"
"""The attribute that carries a label through the tree until `_NumberNotes` takes it away."""


class Footnotes(FootnoteExtension):
    """`texte[^a]` and `[^a]: la note`."""

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the library's name
        """Register the processors: definitions, references, the list before inline markup, the numbers after it."""
        md.registerExtension(self)
        self.parser = md.parser
        self.md = md
        md.parser.blockprocessors.register(FootnoteBlockProcessor(self), "footnote", 17)
        md.inlinePatterns.register(_Reference(self), "footnote", 175)
        md.treeprocessors.register(_ListNotes(self), "footnote", 50)
        md.treeprocessors.register(_NumberNotes(self), "footnote-numbers", 15)


class _Reference(InlineProcessor):
    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, notes: Footnotes) -> None:
        super().__init__(r"\[\^([^\]]*)\]")
        self._notes = notes

    def handleMatch(  # type: ignore[override]  # noqa: N802 - as the library does
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - the library's signature
    ) -> tuple[Element | None, int | None, int | None]:
        if m.group(1) not in self._notes.footnotes:
            return None, None, None
        mark = Element("sup", {_LABEL: m.group(1)})
        SubElement(mark, "a", {"class": REFERENCE_CLASS})
        return mark, m.start(), m.end()


class _ListNotes(Treeprocessor):
    """Before inline markup: the notes as a list at the end, so that their own markup is read like the rest."""

    def __init__(self, notes: Footnotes) -> None:
        self._notes = notes

    def run(self, root: Element) -> None:
        if not self._notes.footnotes:
            return
        section = SubElement(root, "section", {"class": SECTION_CLASS})
        items = SubElement(section, "ol")
        for label, text in self._notes.footnotes.items():
            holder = Element("div")
            self._notes.parser.parseChunk(holder, text)
            item = SubElement(items, "li", {_LABEL: label})
            item.extend(holder)


class _NumberNotes(Treeprocessor):
    """After inline markup: numbers by first call, ids, and the ways back."""

    def __init__(self, notes: Footnotes) -> None:
        self._notes = notes

    def run(self, root: Element) -> None:
        if not self._notes.footnotes:
            return
        calls = _number_calls(root)
        items = root[-1][0]
        ordered = sorted(items, key=lambda item: calls.get(item.get(_LABEL, ""), (len(calls) + 1, 0))[0])
        for number, item in enumerate(ordered, 1):
            _, count = calls.get(item.attrib.pop(_LABEL), (number, 0))
            item.set("id", f"fn-{number}")
            home = _last_paragraph(item)
            for link in _ways_back(number, count):
                home.append(link)
        items[:] = ordered


def _number_calls(root: Element) -> dict[str, tuple[int, int]]:
    """Number each reference in document order; label → (number, how often it is called)."""
    calls: dict[str, tuple[int, int]] = {}
    _drop_calls_in_links(root)
    for mark in root.iter("sup"):
        label = mark.attrib.pop(_LABEL, None)
        if label is None:
            continue
        number, count = calls.get(label, (len(calls) + 1, 0))
        calls[label] = (number, count + 1)
        mark.set("id", _call_id(number, count + 1))
        mark[0].set("href", f"#fn-{number}")
        mark[0].set("title", f"Note {number}")
        mark[0].text = AtomicString(str(number))
    return calls


def _drop_calls_in_links(root: Element) -> None:
    """A link cannot hold another one, so a note cannot be called from the text of a link."""
    for link in root.iter("a"):
        for mark in link.iter("sup"):
            if mark.attrib.pop(_LABEL, None) is not None:
                mark.remove(mark[0])


def _call_id(number: int, count: int) -> str:
    return f"fnref-{number}" if count == 1 else f"fnref-{number}-{count}"


def _ways_back(number: int, count: int) -> Iterator[Element]:
    for call in range(1, count + 1):
        where = f"note {number}" if call == 1 else f"note {number}, appel {call}"
        link = Element("a", {"class": BACK_CLASS, "href": f"#{_call_id(number, call)}"})
        link.set("title", f"Retour au texte ({where})")
        link.text = AtomicString("↩\ufe0e")
        yield link


def _last_paragraph(item: Element) -> Element:
    last = item[-1] if len(item) else None
    home = last if last is not None and last.tag == "p" else SubElement(item, "p")
    if len(home):
        home[-1].tail = f"{home[-1].tail or ''} "
    elif home.text:
        home.text += " "
    return home

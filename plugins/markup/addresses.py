"""The last step in the tree: note every address and picture as written, disarm those that must not become links."""

from __future__ import annotations

import re
from dataclasses import dataclass
from html import unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element, SubElement

from markdown.treeprocessors import Treeprocessor
from markdown.util import AMP_SUBSTITUTE

from plugins.markup.targets import kind_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from markdown.core import Markdown

    from plugins.markup.parsed import LinkKind

_ENTITY = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")
_LOCAL = frozenset({"site", "filename", "file"})


@dataclass(frozen=True, slots=True)
class Use:
    """One address in the text; `alt` is None for a link and a string, maybe empty, for a picture."""

    target: str
    kind: LinkKind
    alt: str | None = None


class Addresses(Treeprocessor):
    """Runs after everything else on the tree; `found` belongs to the text being read."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(md)
        self.found: list[Use] = []

    def run(self, root: Element) -> None:
        """Walk the tree once."""
        self.found = []
        self._inside_link: set[Element] = set()
        for element in root.iter():
            if element.tag == "a":
                self._link(element)
            elif element.tag == "img":
                self._picture(element)
        for parent in _lone_pictures(root):
            _make_figure(parent)

    def _link(self, element: Element) -> None:
        target = _plain(element.get("href", ""))
        kind = kind_of(target)
        if "footnote" not in element.get("class", ""):
            self.found.append(Use(target, kind))
        _set(element, "href", target if kind != "other" else None)
        self._inside_link.update(element.iter("img"))

    def _picture(self, element: Element) -> None:
        target, alt = _plain(element.get("src", "")), _plain(element.get("alt", ""))
        kind = kind_of(target)
        self.found.append(Use(target, kind, alt))
        if kind == "external" and element not in self._inside_link:
            _make_link(element, target, alt)
            return
        _set(element, "src", target if kind in _LOCAL else None)
        element.set("alt", alt.replace("&", "&amp;"))


def _plain(value: str) -> str:
    """An attribute of the tree as the reader's browser would read it: entities undone once."""
    value = value.replace(AMP_SUBSTITUTE, "&")
    return _ENTITY.sub(lambda match: unescape(match.group()), value) if "&" in value else value


def _set(element: Element, name: str, target: str | None) -> None:
    if target is None:
        element.attrib.pop(name, None)
    else:
        element.set(name, target.replace("&", "&amp;"))


def _make_link(picture: Element, target: str, alt: str) -> None:
    """A picture of another site becomes a link to it: its host is not to learn who reads our pages."""
    picture.tag = "a"
    picture.attrib.clear()
    _set(picture, "href", target)
    picture.text = (alt or target).replace("&", "&amp;")


def _lone_pictures(root: Element) -> Iterator[Element]:
    """Paragraphs that hold a titled picture and nothing else."""
    for paragraph in root.iter("p"):
        if len(paragraph) == 1 and not (paragraph.text or "").strip():
            only = paragraph[0]
            if only.tag == "img" and only.get("title", "").strip() and not (only.tail or "").strip():
                yield paragraph


def _make_figure(paragraph: Element) -> None:
    picture = paragraph[0]
    paragraph.tag = "figure"
    caption = SubElement(paragraph, "figcaption")
    caption.text = picture.attrib.pop("title")

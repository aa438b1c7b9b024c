"""Inline processors of Python-Markdown: links that cost what they weigh, and bare addresses."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING
from xml.etree.ElementTree import Element

from markdown.inlinepatterns import (
    AutolinkInlineProcessor,
    AutomailInlineProcessor,
    ImageInlineProcessor,
    ImageReferenceInlineProcessor,
    InlineProcessor,
    LinkInlineProcessor,
    ReferenceInlineProcessor,
    ShortImageReferenceInlineProcessor,
    ShortReferenceInlineProcessor,
)
from markdown.util import AtomicString

if TYPE_CHECKING:
    from markdown.core import Markdown

_Found = tuple[Element | str | None, int | None, int | None]

_BARE = r"(?<![\w/])https?://[^\s<>«»\"`\x00-\x03|]{1,2000}"
_BRACKETS = re.compile(r"[\[\]]")
_LONGEST_LABEL = 999


class Brackets:
    """Where each `[` of a piece of text closes, found once for all the processors that ask.

    Each link that is found makes a new string, in which its place is shorter and all after it is the same; so a string with
    the same end as the one before needs no new search.
    """

    def __init__(self) -> None:
        self._data = ""
        self._ends: dict[int, int] = {}

    def end(self, data: str, opening: int) -> int | None:
        """The index of the bracket that closes the one at `opening`, or None."""
        shift = len(data) - len(self._data)
        known = opening - shift
        if data is not self._data and (known < 0 or not data.endswith(self._data[known:])):
            self._data, self._ends = data, _pair_up(data)
            known, shift = opening, 0
        end = self._ends.get(known)
        return None if end is None else end + shift


def _pair_up(data: str) -> dict[int, int]:
    ends: dict[int, int] = {}
    stack: list[int] = []
    for match in _BRACKETS.finditer(data):
        if match.group() == "[":
            stack.append(match.start())
        elif stack:
            ends[stack.pop()] = match.start()
    return ends


class _Labelled(LinkInlineProcessor):
    """Reads `[label]` in constant time; the library's loop is quadratic in the number of open brackets."""

    followers = "("

    def __init__(self, pattern: str, md: Markdown, brackets: Brackets) -> None:
        super().__init__(pattern, md)
        self._brackets = brackets

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802 - the library's name
        """The label that opens just before `index`, the index after it, and whether it makes a link."""
        end = self._brackets.end(data, index - 1)
        if end is None or not self._follows(data, end + 1):
            return "", index, False
        return data[index:end], end + 1, True

    def _follows(self, data: str, index: int) -> bool:
        return data.startswith("(", index)


class _Referring(_Labelled):
    """The same for labels that name a definition elsewhere; definitions have short labels (CommonMark: 999)."""

    def getText(self, data: str, index: int) -> tuple[str, int, bool]:  # noqa: N802 - the library's name
        """As in `_Labelled`, refusing labels longer than a definition may have."""
        end = self._brackets.end(data, index - 1)
        if end is None or end - index > _LONGEST_LABEL:
            return "", index, False
        return data[index:end], end + 1, True


class LinkProcessor(_Labelled):
    """`[text](address)`."""

    ANCESTOR_EXCLUDES = ("a",)


class ImageProcessor(_Labelled, ImageInlineProcessor):
    """`![text](address)`."""


class ReferenceProcessor(_Referring, ReferenceInlineProcessor):
    """`[text][label]`."""

    ANCESTOR_EXCLUDES = ("a",)


class ShortReferenceProcessor(_Referring, ShortReferenceInlineProcessor):
    """`[label]`."""

    ANCESTOR_EXCLUDES = ("a",)


class ImageReferenceProcessor(_Referring, ImageReferenceInlineProcessor):
    """`![text][label]`."""


class ShortImageReferenceProcessor(_Referring, ShortImageReferenceInlineProcessor):
    """`![label]`."""


class AutolinkProcessor(AutolinkInlineProcessor):
    """`<https://…>`, not inside another link."""

    ANCESTOR_EXCLUDES = ("a",)


class AutomailProcessor(AutomailInlineProcessor):
    """`<name@example.org>`, not inside another link."""

    ANCESTOR_EXCLUDES = ("a",)


class BareAddressProcessor(InlineProcessor):
    """`https://…` in the running text, without the punctuation that ends the sentence."""

    ANCESTOR_EXCLUDES = ("a",)

    def __init__(self, md: Markdown) -> None:
        super().__init__(_BARE, md)

    def handleMatch(self, m: re.Match[str], data: str) -> _Found:  # type: ignore[override]  # noqa: ARG002, N802 - the library's own signature, which its stubs see as another
        """The link, or nothing if no host is left."""
        address = _without_end(m.group())
        if address.endswith("//"):
            return None, None, None
        element = Element("a", href=unescape(address))
        element.text = AtomicString(address)
        return element, m.start(), m.start() + len(address)


def _without_end(address: str) -> str:
    """Drop closing punctuation, and a closing bracket that has no opening one in the address."""
    while address:
        last = address[-1]
        if last in ".,;:!?'’*_…~" or (last in ")]}" and not _balanced(address, last)):
            address = address[:-1]
        else:
            break
    return address


def _balanced(address: str, closing: str) -> bool:
    opening = {")": "(", "]": "[", "}": "{"}[closing]
    return address.count(opening) >= address.count(closing)

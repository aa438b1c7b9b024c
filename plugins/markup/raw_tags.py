"""Raw HTML in a text: a short list of tags, written anew from their known parts; all others disappear."""

from __future__ import annotations

import re
from html import escape, unescape
from typing import TYPE_CHECKING, cast

from markdown.inlinepatterns import HtmlInlineProcessor

if TYPE_CHECKING:
    from markdown.core import Markdown
    from markdown.treeprocessors import InlineProcessor as InlineTreeprocessor

INLINE_TAGS = frozenset({"abbr", "cite", "del", "dfn", "ins", "kbd", "mark", "q", "samp", "sub", "sup", "time", "var"})
VOID_TAGS = frozenset({"br", "wbr"})
BLOCK_TAGS = frozenset({"details", "figcaption", "figure", "summary"})
"""Raw HTML that an author may write; everything else in angle brackets disappears, its content stays."""
_OPEN_ENDED = frozenset({"details", "figure"})
"""Those that may close in a later paragraph; the others close in the one where they open, or do not open."""
_KNOWN_TAGS = INLINE_TAGS | VOID_TAGS | BLOCK_TAGS
_BLOCK_TAG = re.compile(rf"</?(?:{'|'.join(sorted(BLOCK_TAGS))})\b", re.IGNORECASE)

_BLOCK_HOMES = frozenset({"p", "li", "dd", "td"})
_ATTRIBUTE = re.compile(r"([a-z]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))", re.IGNORECASE)
_DATE_TIME = re.compile(
    r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01])(?:[T ][0-2]\d:[0-5]\d(?:Z|[+-]\d{2}:\d{2})?)?)?)?|[0-2]\d:[0-5]\d"
)
"""A year, a month, a day, a day with its time, or a time (HTML standard, the `time` element)."""
_TAG_NAME = re.compile(r"</?([a-z][a-z0-9-]*)", re.IGNORECASE)


class RawTagProcessor(HtmlInlineProcessor):
    """Gives a tag of the short list its place, and leaves any other out and notes it."""

    def __init__(self, pattern: str, md: Markdown, removed: list[str]) -> None:
        super().__init__(pattern, md)
        self._removed = removed

    def handleMatch(self, m: re.Match[str], data: str) -> tuple[str, int, int]:  # type: ignore[override]  # noqa: N802
        """A placeholder for the tag, or the empty string in its place."""
        raw = self.backslash_unescape(self.unescape(m.group(1)))
        named = _TAG_NAME.match(raw)
        name = named.group(1).lower() if named else ""
        tag = self._rewritten(raw, name, data[m.end() :])
        if tag is not None:
            return self.md.htmlStash.store(tag), m.start(), m.end()
        if name and raw[1] != "/" and name not in _KNOWN_TAGS:
            self._removed.append(name)
        return "", m.start(), m.end()

    def _rewritten(self, raw: str, name: str, rest: str) -> str | None:
        closing = raw.startswith("</")
        if name in VOID_TAGS:
            return f"<{name}>"
        if name not in _KNOWN_TAGS or not (closing or name in _OPEN_ENDED or _closes(name, rest)):
            return None
        if name in BLOCK_TAGS:
            return _block_tag(raw, name, closing=closing) if self._in_block() else None
        return f"</{name}>" if closing else _inline_tag(raw, name)

    def _in_block(self) -> bool:
        inline = cast("InlineTreeprocessor", self.md.treeprocessors["inline"])
        return bool(inline.ancestors) and inline.ancestors[-1] in _BLOCK_HOMES


def _closes(name: str, rest: str) -> bool:
    """Whether the tag closes in its own paragraph, with words in between and no blocks."""
    end = rest.find(f"</{name}>")
    return end >= 0 and _BLOCK_TAG.search(rest, 0, end) is None


def _block_tag(raw: str, name: str, *, closing: bool) -> str:
    if closing:
        return f"</{name}>"
    return "<details open>" if name == "details" and re.search(r"\sopen\b", raw) else f"<{name}>"


def _inline_tag(raw: str, name: str) -> str | None:
    known = {key.lower(): unescape(a or b or c) for key, a, b, c in _ATTRIBUTE.findall(raw)}
    if name == "time":
        when = known.get("datetime", "").strip()
        return f'<time datetime="{when}">' if _DATE_TIME.fullmatch(when) else None
    title = known.get("title", "").strip() if name in {"abbr", "dfn"} else ""
    return f'<{name} title="{escape(title)}">' if title else f"<{name}>"

"""From sanitised HTML to the HTML of the page, in one walk over its tags.

On the way: ids and levels of headings, scroll regions around tables, typography, the plain text, the table of contents.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.markup.ids import Ids
from plugins.markup.notes import BACK_CLASS
from plugins.markup.parsed import TocItem
from plugins.markup.pieces import Pieces
from plugins.markup.regions import aligned, table_label, toc_html
from plugins.markup.tags import SPLIT, attributes, escape_value, unescape_value
from plugins.markup.typography import typography

if TYPE_CHECKING:
    from collections.abc import Callable

_VERBATIM = frozenset({"code", "kbd", "pre", "samp"})
_VOID = frozenset({"br", "hr", "img", "wbr"})
_INLINE = frozenset(
    {
        "a", "abbr", "br", "cite", "code", "del", "dfn", "em", "img", "ins", "kbd", "mark", "q", "samp", "strong",
        "sub", "sup", "time", "var", "wbr",
    }
)  # fmt: skip
_TOC_MARK = "[TOC]"
_TOC_LEVELS = (2, 3)
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Title:
    """A heading: the level that its author wrote, the one it got in the page, its id and text."""

    written: int
    level: int
    id: str
    text: str


@dataclass(frozen=True, slots=True)
class Assembled:
    """The page's HTML and what the walk learned."""

    html: str
    text: str
    titles: tuple[Title, ...]
    toc: tuple[TocItem, ...]
    anchors: frozenset[str]


def assemble(html: str, *, base_level: int, french: bool) -> Assembled:
    """Walk the sanitised HTML; all headings move down so far that none stands above `base_level`."""
    walk = _Walk(html, shift=_shift(html, base_level), french=french)
    walk.run()
    return walk.result()


def _shift(html: str, base_level: int) -> int:
    highest = next((level for level in range(1, _DEEPEST + 1) if f"<h{level}" in html), base_level)
    return max(0, base_level - highest)


@dataclass(slots=True)
class _OpenTitle:
    slot: int
    first: int
    written: int
    tag: str


@dataclass(frozen=True, slots=True)
class _ClosedTitle:
    first: int
    last: int
    written: int
    level: int
    id: str


class _Walk:
    """Handlers give what a start tag becomes and what its end tag will become; two empty strings drop the pair."""

    def __init__(self, html: str, *, shift: int, french: bool) -> None:
        self._tokens = SPLIT.split(html)
        self._shift = shift
        self._french = french
        self._out: list[str] = []
        self._pieces = Pieces(self._out)
        self._ids = Ids(html)
        self._stack: list[tuple[str, str]] = []
        self._verbatim = 0
        self._hidden = 0
        self._open_title: _OpenTitle | None = None
        self._closed: list[_ClosedTitle] = []
        self._toc_slots: list[int] = []
        self._captioned: list[bool] = []
        self._handlers: dict[str, Callable[[str, int], tuple[str, str]]] = {
            "a": self._link,
            "details": self._details,
            "div": self._box,
            "figcaption": self._caption,
            "figure": self._figure,
            "p": self._paragraph,
            "pre": self._pre,
            "section": self._notes,
            "summary": self._summary,
            "table": self._table,
            "td": self._cell,
            "th": self._header_cell,
            **{f"h{level}": self._heading for level in range(1, _DEEPEST + 1)},
        }

    def run(self) -> None:
        """Walk from the first tag to the last."""
        tokens = self._tokens
        self._text(tokens[0])
        for at in range(1, len(tokens), 2):
            tag = tokens[at]
            if tag[1] == "/":
                self._end()
            else:
                self._start(tag, at)
            self._text(tokens[at + 1])

    def result(self) -> Assembled:
        """Set the text and put everything together."""
        self._pieces.settle(french=self._french)
        titles = tuple(
            Title(one.written, one.level, one.id, self._pieces.plain(one.first, one.last).replace("\n", " "))
            for one in self._closed
        )
        toc = tuple(TocItem(one.level, one.id, one.text) for one in titles if one.level in _TOC_LEVELS)
        for slot in self._toc_slots:
            self._out[slot] = toc_html(toc)
        return Assembled("".join(self._out).strip(), self._pieces.plain(), titles, toc, self._ids.used)

    def _text(self, text: str) -> None:
        if not text:
            return
        if self._hidden or self._verbatim:
            self._pieces.add_opaque(text, hidden=bool(self._hidden))
        elif self._pieces.at_border() and text.isspace():
            self._out.append("\n")
        else:
            self._pieces.add(text)

    def _start(self, tag: str, at: int) -> None:
        name = tag[1:-1].partition(" ")[0]
        if name not in _INLINE:
            self._pieces.block_border()
        if ' id="' in tag:
            tag = self._ids.keep(tag)
        if name in _VOID:
            self._void(name, tag)
            return
        handler = self._handlers.get(name)
        start, end = handler(tag, at) if handler else (tag, f"</{name}>")
        self._out.append(start)
        self._stack.append((name, end))
        self._verbatim += name in _VERBATIM

    def _end(self) -> None:
        name, end = self._stack.pop()
        if name not in _INLINE:
            self._pieces.block_border()
        if self._open_title and name == f"h{self._open_title.written}" and not self._close_title(self._open_title):
            end = ""
        self._out.append(end)
        self._verbatim -= name in _VERBATIM
        if name == "figure":
            self._captioned.pop()
        self._hidden -= name == "a" and self._hidden > 0

    def _void(self, name: str, tag: str) -> None:
        if name != "img":
            self._out.append(tag)
            return
        known = attributes(tag)
        alt = known.get("alt", "")
        if self._french:
            alt = escape_value(typography(unescape_value(alt)))
        if "src" in known:
            self._out.append(f'<img src="{known["src"]}" alt="{alt}">')
        else:
            self._text(alt.replace("&quot;", '"'))

    def _link(self, tag: str, _at: int) -> tuple[str, str]:
        known = attributes(tag)
        if "href" not in known:
            return "", ""
        rest = ""
        if css := known.get("class"):
            self._hidden += 1
            role = "doc-backlink" if css == BACK_CLASS else "doc-noteref"
            rest = f' class="{css}" role="{role}" aria-label="{known.get("title", "")}"'
        elif "title" in known:
            rest = f' title="{known["title"]}"'
        if "id" in known:
            rest += f' id="{known["id"]}"'
        return f'<a href="{known["href"]}"{rest}>', "</a>"

    def _heading(self, tag: str, _at: int) -> tuple[str, str]:
        written = int(tag[2])
        level = min(written + self._shift, _DEEPEST)
        self._open_title = _OpenTitle(len(self._out), len(self._pieces), written, f"<h{level}{tag[3:]}")
        return "", f"</h{level}>"

    def _close_title(self, title: _OpenTitle) -> bool:
        """Write the start tag, its id made from the text, which is known only now; False for a heading that says nothing."""
        self._open_title = None
        words = self._pieces.raw(title.first)
        if not words.strip() and not any(part.startswith("<img") for part in self._out[title.slot :]):
            return False
        known = attributes(title.tag)
        name = known.get("id") or self._ids.made_from(words)
        self._out[title.slot] = title.tag if "id" in known else f'{title.tag[:3]} id="{name}"{title.tag[3:]}'
        self._closed.append(_ClosedTitle(title.first, len(self._pieces), title.written, int(title.tag[2]), name))
        return True

    def _paragraph(self, tag: str, at: int) -> tuple[str, str]:
        inside, after = self._tokens[at + 1], self._tokens[at + 2]
        if after != "</p>" or (inside and not inside.isspace() and inside != _TOC_MARK):
            return tag, "</p>"
        if inside == _TOC_MARK:
            self._toc_slots.append(len(self._out))
        self._tokens[at + 1] = ""
        return "", ""

    def _pre(self, tag: str, _at: int) -> tuple[str, str]:
        """Wide code scrolls, so the keyboard has to reach it."""
        return f'<pre tabindex="0"{tag[4:]}', "</pre>"

    def _box(self, tag: str, _at: int) -> tuple[str, str]:
        return (f'<div role="note"{tag[4:]}' if "admonition" in tag else tag), "</div>"

    def _notes(self, _tag: str, _at: int) -> tuple[str, str]:
        return '<section class="footnotes" role="doc-endnotes" aria-label="Notes">', "</section>"

    def _details(self, tag: str, at: int) -> tuple[str, str]:
        """Without a summary the browser would show an English word of its own."""
        if self._in_a_line():
            return "", ""
        start = "<details open>" if " open" in tag else "<details>"
        first = next((token for token in self._following(at) if token not in {"<p>", "</p>"}), "")
        return (start if first == "<summary>" else f"{start}<summary>Détails</summary>"), "</details>"

    def _figure(self, tag: str, _at: int) -> tuple[str, str]:
        self._captioned.append(False)
        return ("", "") if self._in_a_line() else (tag, "</figure>")

    def _in_a_line(self) -> bool:
        """Whether only words may stand here (phrasing content, in the words of the HTML standard)."""
        return any(end and (name in _INLINE or name == "summary") for name, end in self._stack)

    def _following(self, at: int) -> list[str]:
        return [token for token in self._tokens[at + 1 : at + 8] if token and not token.isspace()]

    def _summary(self, tag: str, _at: int) -> tuple[str, str]:
        before = next((part for part in reversed(self._out) if part and not part.isspace()), "")
        return (tag, "</summary>") if before in {"<details>", "<details open>"} else ("", "")

    def _caption(self, tag: str, _at: int) -> tuple[str, str]:
        """One for a figure, and nowhere else."""
        if not self._stack or self._stack[-1] != ("figure", "</figure>") or self._captioned[-1]:
            return "", ""
        self._captioned[-1] = True
        return tag, "</figcaption>"

    def _table(self, tag: str, at: int) -> tuple[str, str]:
        label = escape_value(typography(table_label(self._tokens, at)))
        region = f'<div class="table-scroll" role="region" tabindex="0" aria-label="{label}">'
        return f"{region}{tag}", "</table></div>"

    def _cell(self, tag: str, _at: int) -> tuple[str, str]:
        return aligned(tag), "</td>"

    def _header_cell(self, tag: str, at: int) -> tuple[str, str]:
        if self._tokens[at + 2] == "</th>" and not self._tokens[at + 1].strip():
            return aligned(f"<td{tag[3:]}"), "</td>"
        return aligned(f'<th scope="col"{tag[3:]}'), "</th>"

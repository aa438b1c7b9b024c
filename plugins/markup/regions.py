"""Parts of the page's HTML around what authors wrote: table cells, the label of a table, the table of contents."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.markup.tags import attributes, escape_text, unescape_text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.markup.parsed import TocItem

_LONGEST_LABEL = 100


def aligned(tag: str) -> str:
    """The `align` of old as a class, which a strict Content-Security-Policy lets style."""
    known = attributes(tag)
    if "align" not in known:
        return tag
    css = " ".join(filter(None, (known.get("class"), f"align-{known.pop('align')}")))
    rest = "".join(f' {key}="{value}"' for key, value in known.items() if key != "class")
    return f'{tag[:3]} class="{css}"{rest}>'


def table_label(tokens: Sequence[str], at: int) -> str:
    """What a screen reader says of the scroll region around the table at `at`: the names of its columns."""
    names: list[str] = []
    for place in range(at + 1, len(tokens), 2):
        text = tokens[place].strip() if tokens[place - 1] != "</th>" else ""
        if text:
            names.append(unescape_text(text))
        if tokens[place + 1 : place + 2] == ["</thead>"] or sum(map(len, names)) > _LONGEST_LABEL:
            break
    return f"Tableau : {', '.join(names)}" if names else "Tableau"


def toc_html(toc: Sequence[TocItem]) -> str:
    """The table of contents, as links; nothing for a text without headings."""
    if not toc:
        return ""
    items = "".join(
        f'<li class="toc-{item.level}"><a href="#{item.id}">{escape_text(item.text)}</a></li>' for item in toc
    )
    return f'<nav class="toc" aria-label="Sommaire"><ol>{items}</ol></nav>'

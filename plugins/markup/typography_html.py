"""French typography for HTML that is already safe and well-formed, such as a template's own text."""

from __future__ import annotations

from plugins.markup.pieces import Pieces
from plugins.markup.tags import SPLIT, name_of

_VERBATIM = frozenset({"code", "kbd", "pre", "samp", "script", "style", "textarea", "math", "svg"})
_INLINE = frozenset(
    {
        "a", "abbr", "b", "bdi", "br", "cite", "code", "data", "del", "dfn", "em", "i", "img", "ins", "kbd", "label",
        "mark", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "u", "var", "wbr",
    }
)  # fmt: skip


def typography_html(html: str) -> str:
    """The same HTML with its text set; tags, and the content of code, stay as they are."""
    out: list[str] = []
    pieces = Pieces(out)
    inside: list[str] = []
    for number, token in enumerate(SPLIT.split(html)):
        if number % 2:
            _follow(token, inside)
            if name_of(token) not in _INLINE:
                pieces.block_border()
            out.append(token)
        elif token and inside:
            pieces.add_opaque(token, hidden=False)
        elif token:
            pieces.add(token)
    pieces.settle(french=True)
    return "".join(out)


def _follow(tag: str, inside: list[str]) -> None:
    """Keep the list of open elements whose text is not prose."""
    name = name_of(tag)
    if name not in _VERBATIM:
        return
    if not tag.startswith("</"):
        inside.append(name)
    elif inside and inside[-1] == name:
        inside.pop()

"""Tabs in YAML: refused where they indent, a space where they separate, kept inside texts.

The parsers disagree about tabs and stop at the first one; so they are dealt with before the text is parsed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

from plugins.model.source_text import SyntaxFault

if TYPE_CHECKING:
    from collections.abc import Iterable

_INDENTATION = re.compile(r"^[ \t]*(?=[^ \t\n])", re.MULTILINE)
_BLOCK_STYLES = ("|", ">")


class Span(NamedTuple):
    """Where a scalar stands in a text, as indexes, and how it is written: "" plain, or one of ' " | >."""

    start: int
    end: int
    style: str


def settle_tabs(text: str, spans: Iterable[Span], first_line: int) -> tuple[str, list[SyntaxFault]]:
    """Give the text with each tab that is not part of a quoted or block text made a space, and what is
    refused.

    `spans` are the scalars of the same text read with spaces for its tabs.
    Code: `yaml-tab`, once for each line.
    """
    kept = _kept(text, spans)
    faults = []
    for found in _INDENTATION.finditer(text):
        column = found.group().find("\t")
        if column >= 0 and found.start() + column not in kept:
            line = first_line + text.count("\n", 0, found.start())
            faults.append(SyntaxFault("yaml-tab", line, column + 1))
    settled = "".join(" " if c == "\t" and i not in kept else c for i, c in enumerate(text))
    return settled, faults


def _kept(text: str, spans: Iterable[Span]) -> set[int]:
    """Find the tabs that belong to a text: within quotes on a line with more before them, or beyond a
    block's indent.
    """
    kept: set[int] = set()
    for span in spans:
        if not span.style or text.find("\t", span.start, span.end) < 0:
            continue
        indent = _block_indent(text, span) if span.style in _BLOCK_STYLES else None
        kept.update(_tabs_of_text(text, span, indent))
    return kept


def _tabs_of_text(text: str, span: Span, indent: int | None) -> Iterable[int]:
    for found in re.compile("\t").finditer(text, span.start, span.end):
        index = found.start()
        line_start = text.rfind("\n", 0, index) + 1
        before = text[line_start:index]
        if index - line_start >= indent if indent is not None else before.strip():
            yield index


def _block_indent(text: str, span: Span) -> int:
    """Count the blanks before the first line of a block text: its indentation."""
    body_start = text.find("\n", span.start, span.end) + 1
    found = _INDENTATION.search(text, body_start, span.end)
    return len(found.group()) if body_start and found else 0

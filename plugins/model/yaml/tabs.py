"""Tabs in YAML: refused where they indent, a space where they separate, kept inside texts.

The parsers disagree about tabs and stop at the first one; so they are dealt with before the text is parsed.
"""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from plugins.model.source_text import SyntaxFault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_MAX_FAULTS = 20
"""Lines of one file that are reported: where an editor indents with tabs, it does so everywhere."""

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
    Code: `yaml-tab`, once for each line, for the first lines.
    """
    kept = _kept(text, spans)
    faults = list(islice(_indenting_tabs(text, kept, first_line), _MAX_FAULTS))
    settled = "".join(" " if c == "\t" and i not in kept else c for i, c in enumerate(text))
    return settled, faults


def _indenting_tabs(text: str, kept: set[int], first_line: int) -> Iterator[SyntaxFault]:
    start = 0
    for number, line in enumerate(text.split("\n"), first_line):
        column = line.find("\t", 0, _indent(line))
        if column >= 0 and line.strip(" \t") and start + column not in kept:
            yield SyntaxFault("yaml-tab", number, column + 1)
        start += len(line) + 1


def _kept(text: str, spans: Iterable[Span]) -> set[int]:
    """Find the tabs that belong to a text: within quotes, after the indentation of a line; beyond a block's."""
    kept: set[int] = set()
    for span in spans:
        if span.style and text.find("\t", span.start, span.end) >= 0:
            tabs_of = _tabs_of_block if span.style in _BLOCK_STYLES else _tabs_in_quotes
            kept.update(tabs_of(text[span.start : span.end], span.start))
    return kept


def _tabs_in_quotes(scalar: str, start: int) -> Iterator[int]:
    for line in scalar.split("\n"):
        yield from _tabs(line, _indent(line), start)
        start += len(line) + 1


def _tabs_of_block(scalar: str, start: int) -> Iterator[int]:
    header, *lines = scalar.split("\n")
    start += len(header) + 1
    indent = next((_indent(line) for line in lines if line.strip(" \t")), 0)
    for line in lines:
        yield from _tabs(line, indent, start)
        start += len(line) + 1


def _tabs(line: str, begin: int, start: int) -> Iterator[int]:
    return (start + found.start() for found in re.compile("\t").finditer(line, begin))


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))

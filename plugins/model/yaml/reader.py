"""Strict YAML: JSON types only, nothing that changes what an author meant, all faults at once, each with
its place.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import yaml
from yaml.events import ScalarEvent, StreamEndEvent

from plugins.model.source_text import SyntaxFault, settle
from plugins.model.yaml.builder import Builder, GivenUpError, Json
from plugins.model.yaml.events import fast_events, python_events
from plugins.model.yaml.positions import DAMAGED, Path, Positions
from plugins.model.yaml.recovery import broken_pieces, lines_without_key, without
from plugins.model.yaml.syntax import explain, stop_of
from plugins.model.yaml.tabs import Span, settle_tabs

__all__ = ["MAX_NODES", "Json", "Path", "Positions", "SyntaxFault", "YamlDocument", "read_yaml"]

MAX_NODES = 20_000
"""Values of one file, keys included. A large table belongs in a CSV file."""

# A comment stuck to the sign of a block text, which the standard does not allow.
_ONLY_LIBYAML = re.compile(r"[|>][-+0-9]*#")


@dataclass(frozen=True, slots=True)
class YamlDocument:
    """What a YAML text says. `data` is None for an empty text and for one that could not be read at all; then
    `positions.is_damaged(())`. `faults` are in the order of the text.
    """

    data: Json
    positions: Positions
    faults: list[SyntaxFault]


def read_yaml(text: str, first_line: int = 1, *, max_nodes: int = MAX_NODES, fast: bool = True) -> YamlDocument:
    """Read a text that begins at `first_line` of its file.

    The outermost value is a mapping or a list: a file that is one text lacks its colons.
    What is refused is still read where its meaning is plain (of two equal keys the first counts), so that a
    schema finds its errors as well; the rest is None and marked as damaged in `positions`. `fast` wants
    libyaml, which gives the same results.

    Codes, beyond those of `explain` (yaml-syntax): yaml-duplicate-key {key, first_line}, yaml-anchor {name},
    yaml-alias {name}, yaml-merge-key, yaml-tag {tag}, yaml-tab, yaml-many-documents, yaml-not-string-key,
    yaml-too-deep {limit}, yaml-too-many {limit}, control-character {character}.
    """
    text, faults = settle(text, first_line)
    if "\t" in text:
        text, tab_faults = settle_tabs(text, _scalar_spans(text.replace("\t", " ")), first_line)
        faults += tab_faults
    reading = _Reading(text, first_line, max_nodes)
    document = reading.fast() if fast else reading.thorough()
    return _with(faults, document) if faults else document


@dataclass(frozen=True, slots=True)
class _Reading:
    text: str
    first_line: int
    max_nodes: int

    def fast(self) -> YamlDocument:
        """Read with libyaml. As soon as there is something to say, it is left to the Python parser, whose messages
        are the ones that are explained; so is what only libyaml accepts.
        """
        if _ONLY_LIBYAML.search(self.text):
            return self.thorough()
        try:
            document = self._build(Builder(fast_events(self.text), self.first_line, self.max_nodes))
        except yaml.YAMLError:
            return self.thorough()
        return self.thorough() if document.faults else document

    def thorough(self) -> YamlDocument:
        """Read with the Python parser; where it stops, find each broken piece, and read the text without
        these.
        """
        try:
            return self._build(Builder(python_events(self.text), self.first_line, self.max_nodes))
        except yaml.MarkedYAMLError as error:
            pieces = broken_pieces(self.text, self.first_line, self.max_nodes)
            if not pieces:
                return self._unreadable([explain(stop_of(error), self.text, self.first_line)])
        faults = [fault for piece in pieces for fault in piece.faults]
        repaired = without(self.text, pieces)
        damaged = frozenset(self.first_line + piece.start for piece in pieces)
        builder = Builder(python_events(repaired), self.first_line, self.max_nodes, damaged)
        try:
            return self._build(builder, faults)
        except yaml.MarkedYAMLError as error:
            last = explain(stop_of(error), repaired, self.first_line)
            return self._unreadable([*faults, *builder.faults, last])

    def _build(self, builder: Builder, known: list[SyntaxFault] | None = None) -> YamlDocument:
        try:
            data, root = builder.document()
        except GivenUpError:
            return self._unreadable([*(known or []), *builder.faults])
        faults = [*(known or []), *builder.faults]
        if data is not None and not isinstance(data, dict | list):
            return self._unreadable(faults or lines_without_key(self.text, self.first_line))
        return YamlDocument(data, Positions(root), sorted(faults, key=_place) if faults else faults)

    def _unreadable(self, faults: list[SyntaxFault]) -> YamlDocument:
        return YamlDocument(None, Positions((self.first_line, 1, DAMAGED)), sorted(faults, key=_place))


def _with(before: list[SyntaxFault], document: YamlDocument) -> YamlDocument:
    """Add the faults found before parsing. A refused tab explains what indentation looks wrong."""
    tabs = any(fault.code == "yaml-tab" for fault in before)
    after = [f for f in document.faults if not (tabs and f.params.get("reason") == "bad-indentation")]
    return YamlDocument(document.data, document.positions, sorted([*before, *after], key=_place))


def _place(fault: SyntaxFault) -> tuple[int, int]:
    return fault.line, fault.column


def _scalar_spans(text: str) -> list[Span]:
    """Find the scalars of a text, up to where it cannot be parsed."""
    spans: list[Span] = []
    next_event = python_events(text)
    try:
        while type(event := next_event()) is not StreamEndEvent:
            start, end = event.start_mark.index, event.end_mark.index
            if type(event) is ScalarEvent:
                spans.append(Span(start, end, event.style or ""))
    except yaml.YAMLError:
        return spans  # the reading that follows meets the same error, and reports it
    return spans

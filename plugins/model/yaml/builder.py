"""From the events of a YAML parser to JSON types, with all that is refused on the way.

Works on events, before anything is constructed: an alias is refused where it stands and never followed, so
a small file cannot become large data, and no tag is ever looked up.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentEndEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from plugins.model.source_text import SyntaxFault, clean, not_in_xml
from plugins.model.yaml.positions import DAMAGED, Below, Spot
from plugins.model.yaml.scalars import Scalar, resolve

if TYPE_CHECKING:
    from plugins.model.yaml.events import NextEvent

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]
"""What the data of a file consists of: JSON's types (RFC 8259)."""

MAX_DEPTH = 20
"""Levels of lists and mappings. The deepest schema needs five."""

_HOPELESS_DEPTH = 100
"""Levels beyond those at which reading on costs much (parsers remember each open bracket) and tells nothing."""

_MERGE = "<<"


class GivenUpError(Exception):
    """The document holds more values or levels than any file may; the faults of the builder say which."""


class Builder:
    """Reads one document from a parser's events; what it refuses is collected in `faults`, and it goes on.

    `next_event` raises the parser's errors, which stop the reading. `damaged_lines` are lines (from 1) whose
    values a repair took away: they are marked as such.
    """

    def __init__(
        self,
        next_event: NextEvent,
        first_line: int,
        max_nodes: int,
        damaged_lines: frozenset[int] = frozenset(),
    ) -> None:
        self._next = next_event
        self._first_line = first_line
        self._max_nodes = self._nodes_left = max_nodes
        self._damaged_lines = damaged_lines
        self.faults: list[SyntaxFault] = []

    def document(self) -> tuple[Json, Spot]:
        """Read the only document of the stream (None for an empty one), and refuse a second."""
        self._next()  # the start of the stream
        start = self._next()
        value: Json = None
        below: Below = None
        if not isinstance(start, StreamEndEvent):
            value, below = self._node(self._next(), 0)
            self._expect_end()
        return value, (self._first_line, 1, below)

    def _expect_end(self) -> None:
        event = self._next()
        while isinstance(event, DocumentEndEvent):
            event = self._next()
        if not isinstance(event, StreamEndEvent):
            self._refuse("yaml-many-documents", event.start_mark)

    def _node(self, event: Any, depth: int) -> tuple[Json, Below]:
        self._count(event)
        kind = type(event)
        if kind is ScalarEvent:
            return self._scalar(event)
        if kind is AliasEvent:
            self._refuse("yaml-alias", event.start_mark, name=event.anchor)
            return None, DAMAGED
        if depth == MAX_DEPTH:
            return self._skip_collection(event)
        self._refuse_properties(event)
        return self._mapping(depth + 1) if kind is MappingStartEvent else self._sequence(depth + 1)

    def _mapping(self, depth: int) -> tuple[Json, Below]:
        data: dict[str, Json] = {}
        spots: dict[str, Spot] = {}
        while type(event := self._next()) is not MappingEndEvent:
            key = self._key(event, depth)
            value, below = self._node(self._next(), depth)
            if key is None:
                continue
            if key in data:
                self._refuse("yaml-duplicate-key", event.start_mark, key=key, first_line=spots[key][0])
                continue
            data[key] = value
            spots[key] = self._spot(event.start_mark, below)
        return data, spots

    def _sequence(self, depth: int) -> tuple[Json, Below]:
        data: list[Json] = []
        spots: list[Spot] = []
        while type(event := self._next()) is not SequenceEndEvent:
            value, below = self._node(event, depth)
            data.append(value)
            spots.append(self._spot(event.start_mark, below))
        return data, spots

    def _spot(self, mark: Any, below: Below) -> Spot:
        line = self._first_line + mark.line
        if line in self._damaged_lines:
            below = DAMAGED
        return line, mark.column + 1, below

    def _key(self, event: Any, depth: int) -> str | None:
        """Read a key as text: `2024:` and `true:` are what was typed. None if it is none, with the reason
        noted.
        """
        if type(event) is not ScalarEvent:
            self._refuse("yaml-not-string-key", event.start_mark)
            self._node(event, depth)
            return None
        self._count(event)
        value, source = self._scalar(event)
        if value == _MERGE and event.implicit[0]:
            self._refuse("yaml-merge-key", event.start_mark)
            return None
        if value is None:
            self._refuse("yaml-not-string-key", event.start_mark)
            return None
        return value if isinstance(value, str) else str(source)

    def _scalar(self, event: Any) -> tuple[Scalar, str | None]:
        if event.anchor or event.tag:
            self._refuse_properties(event)
        source: str = event.value
        if event.tag or not event.implicit[0]:
            return self._quoted(event) if event.style == '"' else source, None
        value = resolve(source)
        return (value, None) if isinstance(value, str) else (value, source)

    def _quoted(self, event: Any) -> str:
        """Read a double-quoted text: its escapes can say what the file itself may not hold."""
        value: str = event.value
        character = not_in_xml(value)
        if character:
            self._refuse("control-character", event.start_mark, character=character)
        return value if value.isascii() and not character else clean(value)

    def _skip_collection(self, event: Any) -> tuple[Json, Below]:
        self._refuse("yaml-too-deep", event.start_mark, limit=MAX_DEPTH)
        depth = 1
        while depth:
            event = self._next()
            self._count(event)
            depth += isinstance(event, CollectionStartEvent) - isinstance(event, CollectionEndEvent)
            if depth > _HOPELESS_DEPTH:
                raise GivenUpError
        return None, DAMAGED

    def _count(self, event: Any) -> None:
        self._nodes_left -= 1
        if self._nodes_left < 0:
            self._refuse("yaml-too-many", event.start_mark, limit=self._max_nodes)
            raise GivenUpError

    def _refuse_properties(self, event: Any) -> None:
        if event.anchor:
            self._refuse("yaml-anchor", event.start_mark, name=event.anchor)
        if event.tag:
            tag = event.tag.replace("tag:yaml.org,2002:", "!!", 1)
            self._refuse("yaml-tag", event.start_mark, tag=tag)

    def _refuse(self, code: str, mark: Any, **params: str | int) -> None:
        self.faults.append(SyntaxFault(code, self._first_line + mark.line, mark.column + 1, params))

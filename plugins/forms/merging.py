"""Changes some fields of a file and leaves the rest of its bytes alone: comments, order, quotes, line endings."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.forms.entry_text import write_entry
from plugins.forms.yaml_text import write_yaml
from plugins.model.front_matter import read_entry, split
from plugins.model.source_text import clean_body, decode
from plugins.model.yaml.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

_LINE = re.compile(r"[^\r\n]*(?:\r\n|\r|\n)|[^\r\n]+\Z")
_CLOSING = re.compile(r"(?:---|\.\.\.)[ \t]*[\r\n]*")


def merge_entry(content: bytes, wanted: Mapping[str, Any], body: str | None, order: Sequence[str]) -> bytes:
    """The file of an entry with the fields ``wanted``, and with the text ``body`` unless that is None.

    ``content`` is a sound file. Only the lines of fields whose value changes are written anew; new fields come where
    ``order`` puts them. Where a file's form leaves no lines to change (all its fields between braces on one line) its
    fields are written anew.
    """
    before = read_entry(content)
    text = before.body if body is None else clean_body(body)
    lines = _lines(content)
    first, closing = _front_matter(content, lines)
    fields = _merged(lines[first:closing], before.data, wanted, order)
    blank = lines[closing + 1 : before.body_line - 1] if before.body else [_line_end(lines)]
    below = lines[closing:] if text == before.body else _with_body(lines[closing], blank, text, _line_end(lines))
    if fields is not None:
        merged = "".join([*lines[:first], *fields, *below]).encode()
        after = read_entry(merged)
        if not after.faults and _is_same(after.data, wanted) and after.body == text:
            return merged
    return write_entry(wanted, text, order).replace("\n", _line_end(lines)).encode()


def merge_yaml(content: bytes, wanted: Mapping[str, Any], order: Sequence[str]) -> bytes:
    """The same for a file that is fields alone."""
    before = read_yaml(decode(content)[0]).data
    lines = _lines(content)
    fields = _merged(lines, before, wanted, order) if isinstance(before, dict) else None
    if fields is not None:
        merged = "".join(fields).encode()
        after = read_yaml(decode(merged)[0])
        if not after.faults and _is_same(after.data, wanted):
            return merged
    return write_yaml(wanted, order).replace("\n", _line_end(lines)).encode()


@dataclass(frozen=True, slots=True)
class _Span:
    """The lines of one field: from ``start`` up to ``end``, without the comments and blank lines that follow it."""

    key: str
    start: int
    end: int


def _merged(
    lines: list[str], before: Mapping[str, Any], wanted: Mapping[str, Any], order: Sequence[str]
) -> list[str] | None:
    """The lines with the fields ``wanted``; None where fields do not stand on lines of their own."""
    found = _spans(lines, before)
    if found is None:
        return None
    spans, indent = found
    end = _line_end(lines)
    place = {key: number for number, key in enumerate(order)}
    replaced: dict[int, tuple[int, list[str]]] = {}  # start → (end, new lines)
    for span in spans:
        if span.key not in wanted:
            replaced[span.start] = (span.end, [])
        elif not _is_same(wanted[span.key], before[span.key]):
            replaced[span.start] = (span.end, _written(span.key, wanted[span.key], indent, end))
    inserted: dict[int, list[str]] = {}
    for key in sorted(wanted, key=lambda key: (place.get(key, len(place)), key)):
        if key not in before:
            spot = _spot(key, spans, place)
            inserted.setdefault(spot, []).extend(_written(key, wanted[key], indent, end))
    return _put_together(lines, replaced, inserted, end)


def _spans(lines: list[str], data: Mapping[str, Any]) -> tuple[list[_Span], int] | None:
    positions = read_yaml("".join(lines)).positions
    starts = sorted((*positions.of((key,)), key) for key in data)
    indents = {column for _, column, _ in starts}
    if len(indents) != 1 or len({line for line, _, _ in starts}) != len(starts):
        return None
    indent = indents.pop() - 1
    if any(lines[line - 1].removeprefix("\ufeff")[:indent].strip() for line, _, _ in starts):
        return None
    ends = [line - 1 for line, _, _ in starts[1:]] + [len(lines)]
    return [
        _Span(key, line - 1, _trimmed(lines, line - 1, end, indent))
        for (line, _, key), end in zip(starts, ends, strict=True)
    ], indent


def _trimmed(lines: list[str], start: int, end: int, indent: int) -> int:
    """Where a field ends: comments at its own depth, blank lines and marks of the document after it are not its own."""
    while end > start + 1 and _is_between(lines[end - 1], indent):
        end -= 1
    return end


def _is_between(line: str, indent: int) -> bool:
    text = line.lstrip(" \t")
    return (
        not text.strip() or _CLOSING.fullmatch(line) is not None or (text[0] == "#" and len(line) - len(text) <= indent)
    )


def _written(key: str, value: Any, indent: int, line_end: str) -> list[str]:
    lines = write_yaml({key: value}, []).splitlines()
    return [f"{' ' * indent if line else ''}{line}{line_end}" for line in lines]


def _spot(key: str, spans: Sequence[_Span], place: Mapping[str, int]) -> int:
    """The line before which a new field goes: after the last of those that come before it."""
    own = place.get(key, len(place))
    before = [span.end for span in spans if place.get(span.key, len(place)) <= own]
    return max(before) if before else spans[0].start


def _put_together(
    lines: list[str], replaced: Mapping[int, tuple[int, list[str]]], inserted: Mapping[int, list[str]], line_end: str
) -> list[str]:
    result: list[str] = []
    number = 0
    while number <= len(lines):
        if number in inserted and result and not result[-1].endswith(("\n", "\r")):
            result[-1] += line_end
        result += inserted.get(number, [])
        if number in replaced:
            number, new = replaced[number]
            result += new
            continue
        result += lines[number : number + 1]
        number += 1
    return result


def _front_matter(content: bytes, lines: list[str]) -> tuple[int, int]:
    """The first line of the fields, and the line that closes them, from 0."""
    first = split(decode(content)[0]).first_line - 1
    closing = next(number for number in range(first, len(lines)) if _CLOSING.fullmatch(lines[number]))
    return first, closing


def _with_body(closing: str, blank: list[str], text: str, line_end: str) -> list[str]:
    """The closing line and the blank lines before a text, then the new one."""
    close = closing if closing.endswith(("\n", "\r")) else closing + line_end
    return [close, *blank, text.replace("\n", line_end), line_end] if text else [close]


def _is_same(one: Any, other: Any) -> bool:
    """Whether two values are the same in JSON, where true is not 1."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _lines(content: bytes) -> list[str]:
    return _LINE.findall(content.decode("utf-8"))


def _line_end(lines: Sequence[str]) -> str:
    windows = sum(line.endswith("\r\n") for line in lines)
    return "\r\n" if windows * 2 > len(lines) else "\n"

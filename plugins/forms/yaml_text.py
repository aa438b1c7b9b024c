"""From data to YAML that people like to read and that the strict reader reads back exactly."""

from __future__ import annotations

import math
import re
from typing import TYPE_CHECKING

import yaml
from yaml.nodes import MappingNode, ScalarNode

from plugins.model.source_text import clean
from plugins.model.yaml.scalars import resolve

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from yaml.nodes import Node

    from plugins.model.yaml.reader import Json

_TAG = "tag:yaml.org,2002:"
_TAGS = {str: "str", bool: "bool", int: "int", float: "float", type(None): "null"}
_FOREIGN_TEXT = {_TAG + "str", _TAG + "timestamp"}
_LINE_BREAKS_TO_ESCAPE = re.compile("[\x85\u2028\u2029]")
_BETTER_IN_SINGLE_QUOTES = re.compile('["\\\\\U00010000-\U0010ffff]')  # they would be escaped in double ones
_LITERAL = re.compile(r"(?:[^\s](?:.*[^\s])?)(?:\n+[ ]*[^\s](?:.*[^\s])?)+\n?")


def write_yaml(fields: Mapping[str, Json], order: Sequence[str]) -> str:
    """Write a mapping in block style: first the keys of `order`, then the others by alphabet.

    Texts are cleaned (see `source_text.clean`), and stand plain wherever they are read back as the same text,
    in quotes otherwise, as a block when they have lines. Raises ValueError for a number that is none in JSON,
    and for a whole number of more than 18 digits, which the reader takes for a text.
    """
    if not fields:
        return ""
    place = {key: number for number, key in enumerate(order)}
    keys = sorted(fields, key=lambda key: (place.get(key, len(place)), key))
    data = {key: fields[key] for key in keys}
    text: str = yaml.dump(
        data, Dumper=_Dumper, sort_keys=False, default_flow_style=False, allow_unicode=True, width=math.inf
    )
    return text


class _Dumper(yaml.SafeDumper):
    """PyYAML's emitter, which decides about quotes by what our reader would make of a plain text."""

    def ignore_aliases(self, data: object) -> bool:
        """Write the same object twice where it stands twice: the reader refuses anchors."""
        del data
        return True

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Indent lists below their key, as people do by hand."""
        del indentless
        super().increase_indent(flow, indentless=False)

    def resolve(self, kind: type[Node], value: str | None, implicit: tuple[bool, bool] | bool) -> str:
        """Give the tag that a plain scalar has for our reader, or for others where ours sees a text.

        So `no` and `18:30`, which are texts here, are quoted for the sake of YAML 1.1; dates stay plain.
        """
        yaml_1_1: Callable[..., str] = super().resolve
        theirs = yaml_1_1(kind, value, implicit)
        if kind is not ScalarNode or not isinstance(implicit, tuple) or not implicit[0]:
            return theirs
        ours = _TAG + _TAGS[type(resolve(value or ""))]
        return theirs if ours == _TAG + "str" and theirs not in _FOREIGN_TEXT else ours

    def text(self, value: str) -> ScalarNode:
        """Represent a text, in the style that is easiest to read among those that keep it."""
        value = clean(value)
        return self.represent_scalar(_TAG + "str", value, style=self._style(value))

    def mapping(self, value: Mapping[str, Json]) -> MappingNode:
        """Represent a mapping in the order of its keys."""
        return self.represent_mapping(_TAG + "map", value)

    def number(self, value: float) -> ScalarNode:
        """Represent a number as Python writes it, if it is read back as that number."""
        if resolve(repr(value)) != value:
            raise ValueError(f"not a number that can be written: {value!r}")
        return self.represent_scalar(_TAG + _TAGS[type(value)], repr(value))

    def _style(self, value: str) -> str | None:
        if _LINE_BREAKS_TO_ESCAPE.search(value):
            return '"'
        if "\n" in value:
            return "|" if _LITERAL.fullmatch(value) else '"'
        plain = self.analyze_scalar(value).allow_block_plain and self._is_text(value)
        return None if plain or _BETTER_IN_SINGLE_QUOTES.search(value) else '"'

    def _is_text(self, value: str) -> bool:
        return self.resolve(ScalarNode, value, (True, False)) == _TAG + "str"


_Dumper.add_representer(str, _Dumper.text)
_Dumper.add_representer(dict, _Dumper.mapping)
_Dumper.add_representer(int, _Dumper.number)
_Dumper.add_representer(float, _Dumper.number)

"""Front matter as contributors write it: block style, quotes only where a plain word would be read as
something else.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

# Words that YAML 1.1 and 1.2 both read as text; dates are text for our loader.
_PLAIN = re.compile(
    r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ’-]*(?: [A-Za-zÀ-ÿ’-]+)*"
    r"|[a-z0-9]+(?:[-/][a-z0-9]+)*-[a-z][a-z0-9/-]*"
    r"|\d{4}-\d\d-\d\d"
)
_TRAPS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "y", "n"})


def front_matter(fields: Mapping[str, Any]) -> str:
    """The lines of a mapping whose values are JSON types."""
    return "".join(f"{key}:{_value(value, 0)}" for key, value in fields.items())


def items(things: list[dict[str, Any]]) -> str:
    """The lines of a list of mappings, as data files hold them."""
    return "".join(_item(thing, 0) for thing in things) or "[]\n"


def _value(value: Any, depth: int) -> str:
    """What follows the colon, with its line break."""
    if isinstance(value, dict):
        inner = "  " * (depth + 1)
        return "\n" + "".join(f"{inner}{key}:{_value(item, depth + 1)}" for key, item in value.items())
    if isinstance(value, list):
        return "\n" + "".join(_item(item, depth + 1) for item in value)
    return f" {scalar(value)}\n"


def _item(item: Any, depth: int) -> str:
    dash = "  " * depth + "- "
    if not isinstance(item, dict):
        return f"{dash}{scalar(item)}\n"
    inner = "  " * (depth + 1)
    lines = [f"{key}:{_value(value, depth + 1)}" for key, value in item.items()]
    return dash + inner.join(lines)


def scalar(value: Any) -> str:
    """A scalar that reads back as itself."""
    if isinstance(value, str) and _PLAIN.fullmatch(value) and value.lower() not in _TRAPS:
        return value
    return json.dumps(value, ensure_ascii=False)

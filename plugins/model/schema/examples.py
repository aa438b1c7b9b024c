"""The examples that stand in a schema, written out."""

from __future__ import annotations

import copy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class WrongExample:
    """A value that a schema refuses: the ``keyword`` that does, the dotted ``field`` where (empty: the whole).

    ``why`` is a French sentence.
    """

    value: Any
    keyword: str
    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Examples:
    """The examples of one schema. Values are fresh copies."""

    valid: tuple[Any, ...]
    invalid: tuple[WrongExample, ...]


def examples_of(document: Mapping[str, Any]) -> Examples:
    """The examples of a schema file as it is written (merged schemas have none)."""
    written = copy.deepcopy(document.get("x-examples", {"valid": [], "invalid": []}))
    valid = tuple(written["valid"])
    return Examples(valid, tuple(_wrong(item, valid) for item in written["invalid"]))


def merge_patch(target: Any, patch: Any) -> Any:
    """Apply a JSON Merge Patch (RFC 7396) and give the result; neither argument is changed."""
    if not isinstance(patch, dict):
        return copy.deepcopy(patch)
    result = copy.deepcopy(target) if isinstance(target, dict) else {}
    for key, value in patch.items():
        if value is None:
            result.pop(key, None)
        else:
            result[key] = merge_patch(result.get(key), value)
    return result


def _wrong(item: Mapping[str, Any], valid: tuple[Any, ...]) -> WrongExample:
    value = merge_patch(valid[0], item["patch"]) if "patch" in item else item["value"]
    return WrongExample(value, item["keyword"], item.get("field", ""), item["why"])

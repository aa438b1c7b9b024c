"""A value that grows answer by answer: places in it are paths of keys and list positions."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

Place = tuple[str | int, ...]


def value_at(data: Any, place: Place) -> Any:
    """What stands at ``place``, or None."""
    for step in place:
        if isinstance(data, dict):
            data = data.get(step)
        elif isinstance(data, list) and isinstance(step, int) and step < len(data):
            data = data[step]
        else:
            return None
    return data


def put(data: Any, place: Place, value: Any) -> None:
    """Set a value, making the groups and list items on the way; a list grows by its next item only."""
    for step, after in pairwise(place):
        below: Any = [] if isinstance(after, int) else {}
        if isinstance(data, list) and isinstance(step, int):
            if step == len(data):
                data.append(below)
            data = data[step]
        else:
            data = data.setdefault(step, below)
    data[place[-1]] = value


def drop(data: Any, place: Place) -> None:
    """Take a value away, and the groups it leaves empty; with a list item go those after it."""
    parent, last = value_at(data, place[:-1]), place[-1]
    if isinstance(parent, dict):
        parent.pop(last, None)
    elif isinstance(parent, list) and isinstance(last, int):
        del parent[last:]
    if len(place) > 1 and parent is not None and not parent:
        drop(data, place[:-1])

"""Where in a file each value of its data stands."""

from __future__ import annotations

from typing import Final, Literal

Path = tuple[str | int, ...]

DAMAGED: Final = False
"""Stands below a spot whose value could not be read as its author wrote it."""

Below = dict[str, "Spot"] | list["Spot"] | str | Literal[False] | None
"""What is known below a spot: those of a mapping or list; the source text of a plain scalar that did not stay
text; DAMAGED; None for a text."""

Spot = tuple[int, int, Below]
"""Line, column (of the key in a mapping, of the item in a list), and what is below."""


class Positions:
    """Lines and columns of a document's values, from 1, in the file it came from. Cheap to make, read on
    demand.
    """

    __slots__ = ("_root",)

    def __init__(self, root: Spot) -> None:
        self._root = root

    def of(self, path: Path) -> tuple[int, int]:
        """Give line and column of the key (in a mapping) or item (in a list) at a path, or of its nearest
        ancestor.
        """
        spot = self._root
        for step in path:
            child = _step(spot[2], step)
            if child is None:
                break
            spot = child
        return spot[0], spot[1]

    def source_of(self, path: Path) -> str | None:
        """Give what the author typed for a plain scalar that became null, a boolean or a number; else None.

        With it `name: true` and `commune: 14118` can be taken as the texts that the schema wants.
        """
        spot: Spot | None = self._root
        for step in path:
            spot = _step(spot[2], step) if spot else None
        return spot[2] if spot and isinstance(spot[2], str) else None

    def is_damaged(self, path: Path) -> bool:
        """Tell whether a syntax fault touches this value: what a schema says of it is then a mere
        consequence.
        """
        spot = self._root
        for step in path:
            if spot[2] is DAMAGED:
                return True
            child = _step(spot[2], step)
            if child is None:
                return False
            spot = child
        return spot[2] is DAMAGED


def _step(below: Below, step: str | int) -> Spot | None:
    if isinstance(below, dict):
        return below.get(str(step))
    if isinstance(below, list) and isinstance(step, int) and 0 <= step < len(below):
        item: Spot = below[step]
        return item
    return None

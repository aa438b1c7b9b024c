"""What can be wrong with a schema file: faults of the program or of an overlay, never of a contributor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class SchemaFault:
    """One fault: the schema file, the place in it (JSON Pointer, RFC 6901), and a sentence."""

    path: str
    pointer: str
    message: str

    def __str__(self) -> str:
        return f"{self.path}#{self.pointer}: {self.message}"


class SchemaError(Exception):
    """Schema files that cannot be used. ``faults`` are all that were found, sorted."""

    def __init__(self, faults: Iterable[SchemaFault]) -> None:
        self.faults = tuple(sorted(set(faults)))
        super().__init__("\n".join(map(str, self.faults)))

    @property
    def path(self) -> str:
        """The file of the first fault."""
        return self.faults[0].path

    @property
    def pointer(self) -> str:
        """The place of the first fault in its file."""
        return self.faults[0].pointer

    @property
    def message(self) -> str:
        """The sentence of the first fault."""
        return self.faults[0].message

    def __reduce__(self) -> tuple[type[SchemaError], tuple[tuple[SchemaFault, ...]]]:
        return type(self), (self.faults,)


def pointer(*steps: str | int) -> str:
    """The JSON Pointer of a path."""
    return "".join("/" + str(step).replace("~", "~0").replace("/", "~1") for step in steps)

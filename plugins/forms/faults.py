"""What is wrong with what was filled in, at the input where it can be put right."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FieldFault:
    """``field`` is the name of an input (``place.commune``), empty for the whole; ``message`` and ``suggestion`` are French."""

    field: str
    message: str
    suggestion: str = ""

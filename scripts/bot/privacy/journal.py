"""Which addresses were erased and when, as keyed hashes, beside the database: a backup from before must not bring them back."""

from __future__ import annotations

import datetime as dt
import json
import os
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

NAME: Final = "effacements.jsonl"
KEPT: Final = dt.timedelta(days=400)
"""For how long a line is of use: no backup is kept for longer (docs/exploitation.md)."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line: the hash by which the database knows the address, and the moment (UTC)."""

    hashed: str
    at: dt.datetime


def write(folder: Path, erasure: Erasure) -> None:
    """Add a line; it is on the disk when this returns."""
    _append(folder / NAME, [erasure])


def read(folder: Path) -> list[Erasure]:
    """All lines, oldest first.

    Raises:
        ValueError: a line is none of ours.
    """
    file = folder / NAME
    if not file.exists():
        return []
    lines = [json.loads(line) for line in file.read_text("ascii").splitlines()]
    return [Erasure(line["hash"], dt.datetime.fromisoformat(line["at"])) for line in lines]


def forget(folder: Path, now: dt.datetime) -> int:
    """Drop lines that are no longer of use; says how many."""
    lines = read(folder)
    kept = [line for line in lines if now - line.at < KEPT]
    if len(kept) < len(lines):
        fresh = folder / f".{NAME}.new"
        fresh.unlink(missing_ok=True)
        _append(fresh, kept)
        fresh.replace(folder / NAME)
    return len(lines) - len(kept)


def _append(file: Path, erasures: Sequence[Erasure]) -> None:
    text = "".join(json.dumps({"hash": one.hashed, "at": one.at.isoformat()}) + "\n" for one in erasures)
    number = os.open(file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        os.write(number, text.encode("ascii"))
        os.fsync(number)
    finally:
        os.close(number)

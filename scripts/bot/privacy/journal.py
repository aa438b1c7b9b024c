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


class JournalError(Exception):
    """A line that cannot be read."""

    def __init__(self, file: Path, line: int) -> None:
        super().__init__(f"{file}, line {line}")
        self.file = file
        self.line = line


@dataclass(frozen=True, slots=True)
class Erasure:
    """One line: the hash by which the database knows the address, and the moment (UTC)."""

    hashed: str
    at: dt.datetime


def write(folder: Path, erasure: Erasure) -> None:
    """Add a line; it is on the disk when this returns."""
    _append(folder / NAME, [erasure])


def read(folder: Path) -> list[Erasure]:
    """All lines, oldest first. One without an end was torn while it was written, so its erasure had not begun.

    Raises:
        JournalError: a line is none of ours.
    """
    file = folder / NAME
    whole = file.read_bytes().split(b"\n")[:-1] if file.exists() else []
    return [_erasure(file, number, line) for number, line in enumerate(whole, 1)]


def _erasure(file: Path, number: int, line: bytes) -> Erasure:
    try:
        told = json.loads(line.decode("ascii"))
        return Erasure(str(told["hash"]), dt.datetime.fromisoformat(told["at"]))
    except (ValueError, KeyError, TypeError):
        raise JournalError(file, number) from None


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
    number = os.open(file, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    try:
        known = file.read_bytes()
        os.ftruncate(number, known.rfind(b"\n") + 1)  # what was torn is no line
        os.write(number, text.encode("ascii"))
        os.fsync(number)
    finally:
        os.close(number)

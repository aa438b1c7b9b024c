"""What was found about one thing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

Health: TypeAlias = Literal["fine", "wrong", "untold"]


@dataclass(frozen=True, slots=True)
class Finding:
    """``subject`` and ``said`` are French; ``advice`` says what to do, empty if nothing. None of them holds a secret.

    ``untold``: not in use, or not to be known from here; that is no failure.
    """

    subject: str
    health: Health
    said: str
    advice: str = ""


def fine(subject: str, said: str) -> Finding:
    """All is well."""
    return Finding(subject, "fine", said)


def wrong(subject: str, said: str, advice: str) -> Finding:
    """Something is to be put right."""
    return Finding(subject, "wrong", said, advice)


def untold(subject: str, said: str, advice: str = "") -> Finding:
    """Not in use, or not to be known."""
    return Finding(subject, "untold", said, advice)

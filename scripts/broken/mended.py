"""What was done so that a site can be published although some of its files are broken."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import datetime as dt
    from pathlib import Path

    from plugins.model.load import Loaded
    from plugins.model.problems import Problem
    from scripts.broken.past import Reach


class CannotMendError(Exception):
    """Nothing can be published; the message is a French sentence."""


@dataclass(frozen=True, slots=True)
class TakenBack:
    """A file that stays at an earlier version: the one of ``commit``, of the day ``date`` (``moment``: seconds since 1970)."""

    path: str
    commit: str
    date: dt.date
    moment: int


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A file that is not published."""

    path: str


@dataclass(frozen=True, slots=True, order=True)
class Degraded:
    """Something in the file ``path`` that led to ``value``, which is not there: ``kept`` are the words in its place, if any.

    ``field`` is dotted, ``body`` for a link of the text.
    """

    path: str
    field: str
    value: str
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Mended:
    """A site to publish: ``loaded`` has no errors, and its files are those below ``root``.

    ``problems`` are those of the root as it is. ``reach`` says how far back git remembers.
    """

    root: Path
    loaded: Loaded
    problems: list[Problem]
    taken_back: list[TakenBack]
    left_out: list[LeftOut]
    degraded: list[Degraded]
    reach: Reach

    @property
    def is_whole(self) -> bool:
        """Whether nothing had to be mended."""
        return not (self.taken_back or self.left_out or self.degraded)

    def as_dict(self) -> dict[str, Any]:
        """The public shape of the report."""
        return {
            "problems": [problem.as_dict() for problem in self.problems],
            "taken_back": [
                {"path": one.path, "commit": one.commit, "date": one.date.isoformat()} for one in self.taken_back
            ],
            "left_out": [{"path": one.path} for one in self.left_out],
            "degraded": [
                {"path": one.path, "field": one.field, "value": one.value, "kept": one.kept} for one in self.degraded
            ],
            "history": self.reach,
        }

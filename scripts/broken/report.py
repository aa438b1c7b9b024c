"""What was mended, for people on a terminal and for programs."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from scripts.arguments import UsageError
from scripts.french import broken as french

if TYPE_CHECKING:
    from pathlib import Path

    from scripts.broken.mended import Mended

_SHOWN = 30  # lines of each part; the file has them all


def words(mended: Mended) -> str:
    """What was done, in French."""
    if mended.is_whole:
        return f"{french.WHOLE}\n"
    parts = [
        french.section(
            french.TAKEN_BACK,
            _short([french.taken_back(one.path, one.date.isoformat(), one.commit) for one in mended.taken_back]),
        ),
        french.section(french.LEFT_OUT, _short([french.left_out(one.path) for one in mended.left_out])),
        french.section(
            french.DEGRADED, _short([french.degraded(one.path, one.value, one.kept) for one in mended.degraded])
        ),
    ]
    notes = {"shallow": french.SHALLOW, "none": french.NO_GIT}
    note = f"{notes[mended.reach]}\n" if mended.reach in notes and (mended.left_out or mended.degraded) else ""
    return "".join([*parts, note, f"{french.TO_CORRECT}\n"])


def usable(path: Path) -> Path:
    """The same path, where a report can be written.

    Raises:
        UsageError: its folder is not there, or it is a folder itself.
    """
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise UsageError(french.no_place_for_report(str(path)))
    return path


def write(mended: Mended, path: Path) -> None:
    """The report as JSON (split of issue 7: ``problems``, ``taken_back``, ``left_out``, ``degraded``)."""
    path.write_text(json.dumps(mended.as_dict(), ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def note_published(path: Path, version: str) -> None:
    """Add to a report that what it tells of is online, as ``version`` (``published``)."""
    told = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**told, "published": version}, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _short(lines: list[str]) -> list[str]:
    return lines if len(lines) <= _SHOWN else [*lines[:_SHOWN], french.more(len(lines) - _SHOWN)]

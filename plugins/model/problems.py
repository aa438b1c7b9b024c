"""Problems of a root, as data; the French sentences stand in ``problems.yaml``, one entry for each code."""

from __future__ import annotations

import string
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import yaml

if TYPE_CHECKING:
    from collections.abc import Mapping

Severity = Literal["error", "warning"]
_CATALOGUE_FILE = Path(__file__).with_name("problems.yaml")
_LONGEST_VALUE = 80
_SENTENCE = "sentence"  # comes from a schema, not from a file: it is told whole


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong, and where: ``path`` relative to the root with forward slashes, ``line`` and ``column`` from 1,
    ``field`` dotted (``place.commune``, ``results.0.value``) or empty, ``message`` one French sentence, ``suggestion`` what to do.
    """

    path: str
    line: int
    column: int
    field: str
    code: str
    severity: Severity
    message: str
    suggestion: str

    def as_dict(self) -> dict[str, str | int]:
        """The public shape of fields.md, in its order."""
        return asdict(self)

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """The order in which people read problems: file by file, from top to bottom."""
        return (self.path, self.line, self.column, self.code, self.field, self.message)


@dataclass(frozen=True, slots=True)
class Kind:
    """What the catalogue says of a code: ``message`` and ``suggestion`` are templates, ``help`` is the guide's paragraph."""

    code: str
    severity: Severity
    message: str
    suggestion: str
    help: str


@cache
def catalogue() -> Mapping[str, Kind]:
    """Every code with its sentences, in the order of the guide."""
    raw = yaml.safe_load(_CATALOGUE_FILE.read_text(encoding="utf-8"))
    return {
        code: Kind(
            code=code,
            severity=entry["severity"],
            message=entry["message"].strip(),
            suggestion=entry.get("suggestion", "").strip(),
            help=entry["help"].strip(),
        )
        for code, entry in raw.items()
    }


def problem(
    code: str,
    path: str,
    *,
    place: tuple[int, int] = (1, 1),
    field: str = "",
    suggestion: str | None = None,
    **values: object,
) -> Problem:
    """Make the problem ``code`` with its sentence filled with ``values``; ``suggestion`` replaces the catalogue's.

    Raises:
        KeyError: the code is not in the catalogue, or a value its sentence needs is missing (a fault of the program).
    """
    kind = catalogue()[code]
    shown = {name: str(value) if name == _SENTENCE else _shown(value) for name, value in values.items()}
    hint = kind.suggestion if suggestion is None else suggestion
    return Problem(
        path=path,
        line=place[0],
        column=place[1],
        field=field,
        code=code,
        severity=kind.severity,
        message=_fill(kind.message, shown),
        suggestion=_fill(hint, shown) if suggestion is None else hint,
    )


def _fill(template: str, values: Mapping[str, str]) -> str:
    return string.Formatter().vformat(template, (), values)


def _shown(value: object) -> str:
    """A value as it is quoted in a sentence: on one line, without control characters, and short."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)).split())
    return text if len(text) <= _LONGEST_VALUE else text[: _LONGEST_VALUE - 1] + "…"


def has_errors(problems: list[Problem]) -> bool:
    """Whether anything in ``problems`` keeps the site from being built (warnings alone do not)."""
    return any(found.severity == "error" for found in problems)

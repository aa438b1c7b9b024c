"""An entry or data item as it stands in its file, before it becomes an object: what the rules look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.model.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.markup import Parsed
    from plugins.model.geography import Geography
    from plugins.model.root_files import RootFiles
    from plugins.model.yaml.positions import Path as FieldPath
    from plugins.model.yaml.positions import Positions


@dataclass(frozen=True, slots=True)
class Draft:
    """``data`` may be anything its author wrote: a rule passes over what it cannot read, the schema has said it already."""

    files: RootFiles
    path: str
    data: Mapping[str, Any]
    positions: Positions
    labels: Mapping[str, str]
    body: Parsed | None
    body_line: int
    geography: Geography
    prefix: FieldPath = ()  # where ``data`` stands in its file: the number of an item in a list

    @property
    def folder(self) -> str:
        """The directory in which the file lies, where its pictures and documents lie too, relative to the root."""
        return self.path.rpartition("/")[0]

    def get(self, *path: str | int) -> Any:
        """The value at ``path``, or None where there is none."""
        value: Any = self.data
        for step in path:
            if isinstance(value, dict) and isinstance(step, str):
                value = value.get(step)
            elif isinstance(value, list) and isinstance(step, int) and 0 <= step < len(value):
                value = value[step]
            else:
                return None
        return value

    def text(self, *path: str | int) -> str:
        """The text at ``path``, or "" where there is none."""
        value = self.get(*path)
        return value if isinstance(value, str) else ""

    def label(self, path: FieldPath) -> str:
        """What people call the field at ``path``."""
        name = ".".join(step for step in path if isinstance(step, str))
        return self.labels.get(name, f"Champ « {name} »")

    def say(self, code: str, path: FieldPath, *, hint: str | None = None, **values: object) -> Problem:
        """The problem ``code`` of the field at ``path``."""
        values.setdefault("label", self.label(path))
        full = (*self.prefix, *path)
        place = self.positions.of(full)
        return problem(code, self.path, place=place, field=".".join(map(str, full)), suggestion=hint, **values)

    def say_in_text(
        self, code: str, line: int, *, column: int = 1, hint: str | None = None, **values: object
    ) -> Problem:
        """The problem ``code`` at a line of the body (from 1)."""
        place = (self.body_line + line - 1, column)
        return problem(code, self.path, place=place, field="body", suggestion=hint, **values)

"""Validates what a file says: every error gets a French sentence and a place; texts that YAML took for numbers are given back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from plugins.model.problems import Problem, problem
from plugins.model.schema.wording import wording_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from jsonschema.exceptions import ValidationError
    from jsonschema.protocols import Validator

    from plugins.model.yaml.positions import Path, Positions


class SchemaReport:
    """Validates one value and says in French what is wrong. ``labels`` gives the French label of a dotted field without indexes."""

    def __init__(self, path: str, positions: Positions, labels: Mapping[str, str], prefix: Path = ()) -> None:
        self.path = path
        self.positions = positions
        self.labels = labels
        self.prefix = prefix

    def check(self, value: Any, validator: Validator) -> list[Problem]:
        """All problems of ``value``; texts that YAML took for numbers are first given back as the author wrote them, in place."""
        errors = list(validator.iter_errors(value))
        while self._give_back_texts(value, errors):
            errors = list(validator.iter_errors(value))
        return list(dict.fromkeys(found for error in errors for found in self.problems_of(error)))

    def _give_back_texts(self, value: Any, errors: list[ValidationError]) -> bool:
        changed = False
        for error in _leaves(errors):
            if (
                error.validator != "type"
                or "string" not in _listed(error.validator_value)
                or isinstance(error.instance, str)
            ):
                continue
            text = self.positions.source_of((*self.prefix, *error.absolute_path))
            if text and error.absolute_path and error.instance is not None:
                _replace(value, list(error.absolute_path), text)
                changed = True
        return changed

    def problems_of(self, error: ValidationError) -> Iterator[Problem]:
        """The problems that one error of the validator stands for; none where a fault of form has been told already."""
        where = (*self.prefix, *error.absolute_path)
        if self.positions.is_damaged(where):
            return
        if "propertyNames" in error.absolute_schema_path:
            key: Any = error.instance
            yield self.say("bad-key", error, key, key=key)
            return
        yield from wording_of(str(error.validator))(self, error)

    def say(
        self,
        code: str,
        error: ValidationError,
        below: str | int | None = None,
        *,
        hint: str | None = None,
        **values: Any,
    ) -> Problem:
        """The problem ``code`` at the place of ``error``, or at its key ``below``."""
        path = (*self.prefix, *error.absolute_path, *(() if below is None else (below,)))
        values.setdefault("label", self.label(path))
        return problem(
            code,
            self.path,
            place=self.positions.of(path),
            field=".".join(map(str, path)),
            suggestion=hint,
            **values,
        )

    def label(self, path: Path) -> str:
        """What people call the field at ``path``."""
        names = [str(step) for step in path if isinstance(step, str)]
        while names:
            if found := self.labels.get(".".join(names)):
                return found
            if len(names) == 1 or isinstance(path[-1], str):
                break
            names.pop()
        return f"Champ « {names[-1]} »" if names else "Ce fichier"


def _leaves(errors: list[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.context:
            yield from _leaves(list(error.context))
        else:
            yield error


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _replace(value: Any, path: list[str | int], text: str) -> None:
    for step in path[:-1]:
        value = value[step]
    value[path[-1]] = text

"""From the problems of a file to what the person at the form is told, beside the input where it can be put right."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from plugins.forms import french
from plugins.forms.faults import FieldFault
from plugins.forms.open_fields import is_open

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.model.problems import Problem
    from plugins.model.schema.schemas import Field, FlatSchema

_SENDER = {"member.name": "contact.name"}  # a new member is called what the sender is
_KEY_IN_BRACKETS = re.compile(r" \([a-z_]+(?: et [a-z_]+)?\)")
_QUOTED_KEY = re.compile("«[ \u202f\u00a0]([a-z_]+)[ \u202f\u00a0]»")


def faults_of(problems: Iterable[Problem], flat: FlatSchema, prefix: str = "") -> list[FieldFault]:
    """What to say of the problems of one file, errors or warnings as they are given, each thing once.

    ``prefix`` stands before the input names of the fields (``member.`` where they describe a new member).
    """
    return list(dict.fromkeys(_fault(each, flat, prefix) for each in problems))


def _fault(problem: Problem, flat: FlatSchema, prefix: str) -> FieldFault:
    field = flat.by_dotted.get(_without_numbers(problem.field))
    name = _input(problem.field, field)
    message = french.required(field.label) if problem.code == "missing-key" and field else _plain(problem.message, flat)
    suggestion = "" if problem.code == "missing-key" else french.SUGGESTIONS.get(problem.code, problem.suggestion)
    if problem.suggestion.startswith("Vouliez-vous"):
        suggestion = problem.suggestion
    full = f"{prefix}{name}" if name and name != "body" else name
    return FieldFault(_SENDER.get(full, full), message, suggestion)


def _input(dotted: str, field: Field | None) -> str:
    """The input of a place in the data: that of the whole list for an item of a list of plain values."""
    if field is not None and not is_open(field):
        return ""
    if field is not None and field.kind == "list":
        return re.sub(r"\.[0-9]+$", "", dotted)
    if dotted.startswith("answers."):
        return ".".join(dotted.split(".")[:2])
    return dotted


def _without_numbers(dotted: str) -> str:
    return ".".join(step for step in dotted.split(".") if not step.isdigit())


def _plain(message: str, flat: FlatSchema) -> str:
    """A message without the keys of the file, which the form does not show."""
    labels = {field.name: field.label for field in flat.every_field()}
    told = _KEY_IN_BRACKETS.sub("", message)
    return _QUOTED_KEY.sub(lambda found: found[0].replace(found[1], labels.get(found[1], found[1])), told)

"""The conversation: required fields first, then the text, then what else people care to say."""

from __future__ import annotations

import contextlib
from typing import TYPE_CHECKING, Any

from plugins.forms.checking import Checker, errors_at
from plugins.forms.growing import Place, drop, put, value_at
from plugins.forms.known import Choices, choices_of
from plugins.forms.open_fields import alternatives, deciding
from scripts.french import commands as french
from scripts.questions.answers import AnswerError, value_of
from scripts.questions.dialogue import Dialogue, EndOfAnswersError

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from plugins.model.objects import Site
    from plugins.model.problems import Problem
    from plugins.model.schema.schemas import Field, FlatSchema


class Interview:
    """Asks for one entry of a type. ``data`` grows with each valid answer."""

    def __init__(self, site: Site, flat: FlatSchema, today: dt.date, dialogue: Dialogue) -> None:
        self.data: dict[str, Any] = {}
        self.body = ""
        self._flat = flat
        self._today = today
        self._dialogue = dialogue
        self._check = Checker(site)
        self._choices = {found.field: choices_of(found, site) for found in flat.references}

    @property
    def order(self) -> list[str]:
        """The fields in the order of the form, which is that of the file."""
        return [field.name for field in self._flat.fields]

    def hold(self) -> None:
        """Ask everything. Once the required fields are there, the end of the answers is the end of the
        questions.

        Raises:
            EndOfAnswersError: before that.
        """
        self._ask_required()
        with contextlib.suppress(EndOfAnswersError):
            self._ask_body()
            self._ask_optional()

    def _ask_required(self) -> None:
        for field in _required(self._flat):
            if field.name in alternatives(self._flat) and not field.required:
                self._ask_alternative(field)
            else:
                self._ask(field, (field.name,), required=field.required)
        while problems := self._errors(""):
            self._object(problems)
            for field in _to_mend(self._flat, {problem.field.partition(".")[0] for problem in problems}):
                self.data.pop(field.name, None)
                self._ask(field, (field.name,), required=field.required)

    def _ask_alternative(self, field: Field) -> None:
        """One of several fields is wanted: once one is there, the others are optional like any other."""
        others = alternatives(self._flat)
        if any(name in self.data for name in others):
            return
        labels = [found.label for found in self._flat.fields if found.name in others and not is_file(found)]
        self._dialogue.say("\n" + french.one_of(labels))
        self._ask(field, (field.name,), required=False)

    def _ask_body(self) -> None:
        if self._flat.body_label:
            self._dialogue.say(
                f"\n{self._flat.body_label} {french.OPTIONAL}\n  {self._flat.body_help}\n  {french.BODY_LATER}"
            )
            self.body = self._dialogue.ask("> ")

    def _ask_optional(self) -> None:
        self._dialogue.say()
        if not self._dialogue.agree(french.MORE_FIELDS, default=False):
            return
        for section in self._flat.sections:
            fields = [f for f in section.fields if f.name not in self.data and not f.required and is_asked(f)]
            if not fields:
                continue
            labels = ", ".join(field.label.lower() for field in fields)
            self._dialogue.say()
            if self._dialogue.agree(french.fill_section(section.label, labels), default=False):
                for field in fields:
                    self._ask(field, (field.name,), required=False)

    def _ask(self, field: Field, place: Place, *, required: bool) -> None:
        """Ask for one field until its answer is valid or, where it may be, empty."""
        if field.kind == "object":
            self._ask_group(field, place, required=required)
        elif field.kind == "objects":
            self._ask_groups(field, place, required=required)
        elif field.kind == "map":
            self._ask_map(field, place)
        else:
            self._ask_value(field, place, required=required)

    def _ask_value(self, field: Field, place: Place, *, required: bool) -> None:
        default = self._today.isoformat() if field.filled == "today" else ""
        choices = self._choices.get(field.dotted)
        self._dialogue.say("\n" + _question(field, choices, required=required, default=default))
        while True:
            text = self._dialogue.ask("> ") or default
            if not text and not required:
                return
            if not text:
                self._dialogue.say(f"  ✗ {french.ANSWER_REQUIRED}")
            elif self._accept(field, place, text, choices):
                return

    def _errors(self, field: str) -> list[Problem]:
        return errors_at(self._check.fields(self._flat.name, self.data), field)

    def _accept(self, field: Field, place: Place, text: str, choices: Choices | None) -> bool:
        """Keep an answer if it is valid; otherwise say why not."""
        try:
            value = value_of(field, text, choices)
        except AnswerError as error:
            self._dialogue.say(f"  ✗ {error}")
            return False
        if value == field.default:
            return True  # what is meant anyway need not be written
        put(self.data, place, value)
        problems = self._errors(".".join(map(str, place)))
        if not problems:
            return True
        drop(self.data, place)
        self._object(problems)
        if choices is not None and (like := choices.like(text)):
            self._dialogue.say(french.known_like(like))
        return False

    def _object(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong with an answer."""
        for problem in problems:
            self._dialogue.say(f"  ✗ {problem.message} {problem.suggestion}".rstrip())

    def _ask_group(self, field: Field, place: Place, *, required: bool) -> None:
        self._dialogue.say(f"\n{field.label} {'' if required else french.OPTIONAL}".rstrip() + f"\n  {field.help}")
        wanted = field.name in alternatives(self._flat) and len(place) == 1
        if not required and not self._dialogue.agree(french.FILL_GROUP, default=wanted):
            return
        while True:
            for inner in filter(is_asked, field.fields):
                self._ask(inner, (*place, inner.name), required=inner.required)
            problems = self._errors(".".join(map(str, place)))
            if not problems:
                return
            self._object(problems)
            drop(self.data, place)

    def _ask_groups(self, field: Field, place: Place, *, required: bool) -> None:
        self._dialogue.say(f"\n{field.label}\n  {field.help}")
        number = 0
        while (required and not number) or self._dialogue.agree(french.ADD_ITEM, default=False):
            item = (*place, number)
            for inner in filter(is_asked, field.fields):
                self._ask(inner, (*item, inner.name), required=inner.required)
            if problems := self._errors(".".join(map(str, item))):
                self._object(problems)
                drop(self.data, item)
            else:
                number += number < len(value_at(self.data, place) or ())

    def _ask_map(self, field: Field, place: Place) -> None:
        """Keys of the contributor's own (the answers to a consultation's questions): a key, then its value."""
        self._dialogue.say(f"\n{field.label}\n  {field.help}")
        while True:
            key = self._dialogue.ask(french.MAP_KEY)
            if key:
                put(self.data, (*place, key), self._dialogue.ask(french.MAP_VALUE))
            elif value_at(self.data, place) or not field.required:
                return
            if problems := self._errors(".".join(map(str, (*place, key)))):
                self._object(problems)
                drop(self.data, (*place, key))


def is_file(field: Field) -> bool:
    """Whether a field names a file that would have to lie beside the entry, which is not there yet."""
    return field.widget == "file" or any(is_file(inner) and inner.required for inner in field.fields)


def is_asked(field: Field) -> bool:
    """Whether ``new`` asks for a field."""
    return field.widget != "hidden" and not is_file(field)


def _required(flat: FlatSchema) -> list[Field]:
    """What has to be asked, in the order of the form; what decides about other fields (``all_day``) comes
    before them.
    """
    first = deciding(flat)
    wanted = {*first, *alternatives(flat)}
    found = [field for field in flat.fields if (field.required or field.name in wanted) and is_asked(field)]
    sections = [section.id for section in flat.sections]
    return sorted(found, key=lambda field: (sections.index(field.section), field.name not in first))


def _to_mend(flat: FlatSchema, names: set[str]) -> list[Field]:
    """The fields to ask again; where the whole is wrong, all alternatives."""
    wanted = names - {""} or set(alternatives(flat))
    return [field for field in flat.fields if field.name in wanted and is_asked(field)]


def _question(field: Field, choices: Choices | None, *, required: bool, default: str) -> str:
    """What is asked: label, help, example, the choices where they are few."""
    lines = [f"{field.label} {'' if required else french.OPTIONAL}".rstrip(), f"  {field.help}"]
    listed = list(field.labels.values()) or (choices.listed if choices else [])
    lines += [f"  {number}. {label}" for number, label in enumerate(listed, start=1)]
    if field.kind == "list":
        lines.append(f"  {french.SEVERAL}")
    if field.kind == "boolean":
        lines.append(f"  {french.ANSWER_YES_OR_NO}")
    if field.example is not None and not listed:
        shown = ", ".join(map(str, field.example)) if isinstance(field.example, list) else field.example
        lines.append(f"  {french.example(str(shown))}")
    if default:
        lines.append(f"  {french.by_default(default)}")
    return "\n".join(line for line in lines if line.strip())

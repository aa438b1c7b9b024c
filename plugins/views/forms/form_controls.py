"""The inputs of a form, from the fields of a schema, what was filled in, and what is wrong with it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Annotated, Any, Final, TypedDict

from plugins.forms.known import choices_of
from plugins.forms.messages import limits, live_messages, sender_messages
from plugins.forms.open_fields import follows_author
from plugins.markup import typography
from plugins.views.words.labels import capital

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from plugins.forms.faults import FieldFault
    from plugins.forms.pairs import Pairs
    from plugins.model.schema.schemas import Field, FlatSchema
    from plugins.publication.context import Context

_ISO: Final = {
    "date": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}"),
    "datetime-local": re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}(:[0-9]{2})?"),
}
_COMMA: Final = re.compile(r"[,;]\s*")
_MOST_BOXES: Final = 10  # of a longer list one types what one chooses: boxes by the dozen make a page heavy
# What browsers know of the person at the form (WCAG 2.2, 1.3.5).
_AUTO: Final = {"member.organisation": "organization", "member.role": "organization-title"}
_LONG_WORD: Final = 50  # characters; a list of longer words gets a line for each
_COMPLETED: Final = {"member": "members", "club": "clubs", "territory": "territories", "commune": "communes"}


class Option(TypedDict):
    """One answer of a choice."""

    value: str
    name: str
    chosen: Annotated[bool, "Whether it is the answer that was given."]


class Rule(TypedDict):
    """What a script says while one types, in the words of the server."""

    name: Annotated[str, "missing, short, long, low, high, many, number, whole, url or email."]
    message: Annotated[str, "The sentence; {length} and {value} stand for what was typed."]
    limit: Annotated[str, "The bound that goes with it; empty if there is none."]


class Control(TypedDict):
    """One question of a form."""

    kind: Annotated[str, "line, lines, select, radio, checkboxes, yes, file or ranks."]
    name: Annotated[str, "The name of the input, as fields.md says."]
    field: Annotated[str, "The same without numbers."]
    id: str
    label: str
    help: Annotated[str, "What the schema says about it; empty in repeated groups, which say it once."]
    required: bool
    value: Annotated[str, "What was filled in."]
    ranking: Annotated[list[str], "For ranks: the answers in their order, empty ones at the end."]
    options: Annotated[list[Option], "What there is to choose from; for a line, what it may hold."]
    type: Annotated[str, "The type of the input (HTML)."]
    mode: Annotated[str, "The keyboard to show (inputmode); empty for the usual one."]
    auto: Annotated[str, "What the browser may fill in (autocomplete); empty if nothing."]
    complete: Annotated[str, "What a script completes: members, clubs, territories, communes; empty for nothing."]
    unit: str
    marked: Annotated[
        bool, "Whether to tell the service that it was asked, since nothing chosen is an answer of its own."
    ]
    fault: Annotated[str, "What is wrong with what was filled in."]
    hint: Annotated[str, "What to do about it."]
    rules: list[Rule]


class Controls:
    """Makes the questions of one form. ``pairs`` are what was filled in."""

    def __init__(
        self, ctx: Context, flat: FlatSchema, pairs: Pairs, faults: Iterable[FieldFault], *, editing: bool = False
    ) -> None:
        self._ctx = ctx
        self._flat = flat
        self._pairs = pairs
        self._editing = editing
        self._faults = {fault.field: fault for fault in reversed(list(faults))}
        self.shown: dict[str, str] = {}  # name of each input made so far → its id
        self._usual: dict[str, list[str]] = {}  # name → what is chosen where nobody chooses

    def of(self, field: Field, prefix: str = "", *, explained: bool = True) -> Control:
        """The question for a field whose input is called ``prefix`` and its name."""
        name = prefix + field.name
        in_row = prefix.rstrip(".").rpartition(".")[2].isdigit()
        needed = field.required and not in_row and (self._editing or not follows_author(field))
        control = self.plain(
            _kind(field),
            name,
            label=field.label,
            help_=field.help if explained else "",
            required=needed,
            type_=_type(field),
            rules=_rules(field, required=field.required and (self._editing or not follows_author(field))),
            auto=_AUTO.get(name, ""),
        )
        control["options"] = self._options(field, name)
        control["complete"] = _completed(field)
        control["unit"] = typography(field.unit)
        control["mode"] = {"number": "decimal", "integer": "numeric"}.get(field.kind, "")
        control["marked"] = field.widget == "checkboxes" and field.default is not None
        control["value"], control["type"] = self._value(field, name, control["type"])
        if control["kind"] == "checkboxes" and field.vocabulary and len(control["options"]) > _MOST_BOXES:
            control["kind"], control["marked"] = "line", False
            control["options"] = [_as_a_word(option) for option in control["options"]]
            control["value"] = self._in_words(control, name)
        if field.kind == "list" and control["kind"] == "line" and ("\n" in control["value"] or _has_long_words(field)):
            control["kind"] = "lines"
        return control

    def plain(
        self,
        kind: str,
        name: str,
        *,
        label: str = "",
        help_: str = "",
        required: bool = False,
        type_: str = "text",
        auto: str = "",
        rules: Sequence[Rule] = (),
    ) -> Control:
        """A question that no field of the schema asks, or the beginning of one that does."""
        fault = self._faults.get(name)
        self.shown[name] = input_id(name)
        return {
            "kind": kind,
            "name": name,
            "field": ".".join(step for step in name.split(".") if not step.isdigit()),
            "id": input_id(name),
            "label": typography(capital(label)),
            "help": typography(help_),
            "required": required,
            "value": self._pairs.text(name),
            "ranking": [],
            "options": [],
            "type": type_,
            "mode": "",
            "auto": auto,
            "complete": "",
            "unit": "",
            "marked": False,
            "fault": typography(fault.message) if fault else "",
            "hint": typography(fault.suggestion) if fault else "",
            "rules": list(rules),
        }

    def count(self, name: str) -> int:
        """How many groups of a repeated one were filled in."""
        return self._pairs.count(name)

    def says(self, controls: Iterable[Control]) -> bool:
        """Whether something was filled in, or is wrong, in one of them; what is chosen beforehand says nothing."""
        return any(
            one["fault"] or [*self._pairs.texts(one["name"])] not in ([], self._usual.get(one["name"], []))
            for one in controls
        )

    def choice(self, name: str, choices: Iterable[tuple[str, str]], usual: Sequence[str] = ()) -> list[Option]:
        """The options ``choices`` (value, name), with what was chosen; ``usual`` where nothing was asked yet."""
        given = self._pairs.texts(name) if self._pairs.is_asked(name) else usual
        return [{"value": value, "name": typography(label), "chosen": value in given} for value, label in choices]

    def texts(self, name: str) -> Sequence[str]:
        """The answers given to a repeated input."""
        return self._pairs.texts(name)

    def _in_words(self, control: Control, name: str) -> str:
        """What was chosen of a list that is too long for boxes, to be typed: labels in the place of ids."""
        labels = {option["value"]: option["name"] for option in control["options"]}
        return ", ".join(labels.get(text, text) for text in self._pairs.texts(name))

    def _value(self, field: Field, name: str, type_: str) -> tuple[str, str]:
        """What was filled in, and a type of input that can show it: browsers show no half-read date."""
        text = self._pairs.text(name) or ", ".join(self._pairs.texts(name) if field.kind == "list" else ())
        if type_ not in _ISO or not text or _ISO[type_].fullmatch(text):
            return text, type_
        return text, next((other for other, form in _ISO.items() if form.fullmatch(text)), "text")

    def _options(self, field: Field, name: str) -> list[Option]:
        if field.widget not in {"select", "radio", "checkboxes"}:
            return []
        if field.labels:
            choices: Mapping[str, str] = field.labels
        else:
            reference = next(each for each in self._flat.references if each.field == field.dotted)
            choices = choices_of(reference, self._ctx.site).names
        default = field.default if isinstance(field.default, list) else [field.default] if field.default else []
        self._usual[name] = [str(value) for value in default]
        return self.choice(name, choices.items(), self._usual[name])


def sender_rules(name: str) -> list[Rule]:
    """What a script says of the lines of the sender: ``name``, ``email`` or ``message``."""
    return [_rule(key, message, str(limit or "")) for key, (message, limit) in sender_messages(name).items()]


def input_id(name: str) -> str:
    """The anchor of an input: ids of the page around a text begin with ``page-``."""
    return f"page-{re.sub('[^a-z0-9]+', '-', name.lower())}"


def _as_a_word(option: Option) -> Option:
    """An option as it is typed in a line of several: commas stand between them, so a name that holds one is told by its id."""
    name = option["name"]
    return {**option, "name": f"{_COMMA.sub(' ', name)} ({option['value']})"} if _COMMA.search(name) else option


def _kind(field: Field) -> str:
    if field.widget in {"select", "radio", "checkboxes", "file"}:
        return field.widget
    if field.widget == "checkbox":
        return "yes"
    return "lines" if field.widget in {"textarea", "markdown"} else "line"


def _type(field: Field) -> str:
    return {"date": "date", "datetime": "datetime-local", "url": "url"}.get(field.widget, "text")


def _completed(field: Field) -> str:
    """What a field names, where a script has a list of it."""
    named = field.reference.replace("member-club", "member-or-club").split("-or-")
    return " ".join(_COMPLETED[kind] for kind in named if kind in _COMPLETED)


def _has_long_words(field: Field) -> bool:
    is_free = not field.reference or "name" in field.reference
    return is_free and int(field.value_schema.get("maxLength", 0)) > _LONG_WORD


def _rules(field: Field, *, required: bool) -> list[Rule]:
    bounds: Mapping[str, Any] = limits(field)
    messages = live_messages(field, required=required)
    return [_rule(name, message, str(bounds.get(name, ""))) for name, message in messages.items()]


def _rule(name: str, message: str, limit: str = "") -> Rule:
    return {"name": name, "message": typography(message), "limit": limit}

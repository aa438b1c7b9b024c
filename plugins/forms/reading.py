"""From the pairs of a form to the JSON values of fields, with a sentence for each that cannot be read."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from plugins.forms import french
from plugins.forms.answers import day_of, read_boolean, read_choice, read_moment, read_number, split_words
from plugins.forms.faults import FieldFault
from plugins.forms.open_fields import is_open

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.forms.pairs import Pairs
    from plugins.model.schema.schemas import Field

_KEY = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_MOST_KEYS = 100
_MOST_ITEMS = 250  # of a list; schemas allow 200 at most, and what is more is told as too many
_LONGEST = 1000  # characters of a text for which the schema has no bound of its own
LEFT_OUT: Any = object()
"""What was asked and not answered, or answered with what is meant anyway."""


class FieldReader:
    """Reads fields by their input names. ``files`` gives the name of the file that was taken in for a file input."""

    def __init__(self, pairs: Pairs, files: Mapping[str, str]) -> None:
        self._pairs = pairs
        self._files = files
        self.faults: list[FieldFault] = []
        self._kinds = {"object": self._object, "objects": self._objects, "map": self._map, "list": self._list}

    def group(self, fields: Iterable[Field], prefix: str = "") -> dict[str, Any]:
        """The values of ``fields`` below ``prefix`` (``results.0.``); those that say nothing are left out.

        A group that is to be taken away (``image.remove``) is None.
        """
        values = {field.name: self._field(field, prefix + field.name) for field in fields if is_open(field)}
        return {name: value for name, value in values.items() if value is not LEFT_OUT}

    def _field(self, field: Field, name: str) -> Any:
        return self._kinds.get(field.kind, self._one)(field, name)

    def _object(self, field: Field, name: str) -> Any:
        if read_boolean(self._pairs.text(f"{name}.remove")):
            return None
        return self.group(field.fields, f"{name}.") or LEFT_OUT

    def _objects(self, field: Field, name: str) -> Any:
        count = min(self._pairs.count(name), _MOST_ITEMS)
        items = [self.group(field.fields, f"{name}.{number}.") for number in range(count)]
        return items if any(items) else LEFT_OUT

    def _map(self, field: Field, name: str) -> Any:
        del field  # its keys are the contributor's, or those of the questions that were asked
        keys = dict.fromkeys(key.partition(".")[0] for key in self._pairs.keys_below(name))
        values = {key: self._pairs.texts(f"{name}.{key}") for key in keys if _KEY.fullmatch(key)}
        said = [(key, texts) for key, texts in values.items() if texts][:_MOST_KEYS]
        return {key: texts[0] if len(texts) == 1 else list(dict.fromkeys(texts)) for key, texts in said} or LEFT_OUT

    def _one(self, field: Field, name: str) -> Any:
        if field.widget == "file":
            return self._files.get(name, LEFT_OUT)
        text = self._pairs.text(name)
        value = self._scalar(field, name, text) if text else LEFT_OUT
        return LEFT_OUT if value is None or value == field.default else value

    def _list(self, field: Field, name: str) -> Any:
        texts = self._pairs.texts(name)
        # A vocabulary that is too long for boxes is a line in the form; what boxes send are ids, which hold no comma.
        if (field.widget != "checkboxes" or field.vocabulary) and len(texts) == 1:
            texts = split_words(texts[0])
        values = [self._scalar(field, name, text) for text in texts[:_MOST_ITEMS]]
        found = list(dict.fromkeys(value for value in values if value is not None))
        if field.default is not None:
            asked = self._pairs.is_asked(name)  # nothing chosen is then another answer than not asked
            return LEFT_OUT if not asked or set(found) == set(field.default) else found
        return found or LEFT_OUT

    def _scalar(self, field: Field, name: str, text: str) -> Any:
        """The value of one text; None after a fault."""
        longest = int(field.value_schema.get("maxLength", _LONGEST))
        if len(text) > max(longest, _LONGEST):
            return self._read(None, name, french.too_long(field.label, longest, len(text)), "")
        if field.kind == "boolean":
            return self._read(read_boolean(text), name, french.NOT_YES_OR_NO, "")
        if field.kind in {"number", "integer"}:
            number = read_number(text)
            whole = int(number) if number is not None and number == int(number) else number
            if field.kind == "integer" and isinstance(whole, float):
                return self._read(None, name, french.not_whole(field.label, text), french.WHOLE_HINT)
            return self._read(whole, name, french.not_a_number(field.label, text), french.NUMBER_HINT)
        if field.labels:
            hint = french.choices_hint(list(field.labels.values()))
            return self._read(read_choice(text, field.labels), name, french.not_a_choice(field.label, text), hint)
        return read_moment(text) if field.widget in {"date", "datetime"} else text

    def _read(self, value: Any, name: str, message: str, suggestion: str) -> Any:
        if value is None:
            self.faults.append(FieldFault(name, message, suggestion))
        return value


def whole_days(data: dict[str, Any]) -> None:
    """Take the times off an event that lasts whole days: the form's input for a moment cannot do without one."""
    if data.get("all_day") is True:
        for name in ("start", "end"):
            if isinstance(data.get(name), str):
                data[name] = day_of(data[name])

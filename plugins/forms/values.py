"""From an entry to what its form shows: the way back from ``reading``."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Any

from plugins.forms.answers import split_words
from plugins.forms.open_fields import open_fields
from plugins.forms.pairs import BODY, Pair, Pairs, settle
from plugins.forms.reading import FieldReader, whole_days
from plugins.model.source_text import clean_body

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.forms.resolving import Resolver
    from plugins.model.schema.schemas import Field, FlatSchema

_NOT_ALIKE = frozenset(
    {"status", "updated", "start", "end", "opens", "closes", "expires", "image", "outcome", "winners"}
)
"""What another entry of the same kind does not share with the one after which it is made."""


def values_of(data: Mapping[str, Any], flat: FlatSchema, names: Resolver | None = None) -> list[Pair]:
    """The pairs that a form sends back untouched when it shows an entry. With ``names``, ids are shown by their names."""
    return [pair for field in open_fields(flat, editing=True) for pair in _pairs(field, field.name, data, flat, names)]


def alike(data: Mapping[str, Any]) -> dict[str, Any]:
    """What a new entry may take over from one that is like it: neither dates nor state nor picture."""
    kept = {name: value for name, value in data.items() if name not in _NOT_ALIKE}
    if isinstance(kept.get("registration"), dict):
        kept["registration"] = {key: value for key, value in kept["registration"].items() if key != "deadline"}
    return kept


def as_read(data: Mapping[str, Any], flat: FlatSchema) -> dict[str, Any]:
    """What comes back when the form of an entry is sent untouched: its open fields, in the way in which the form says them."""
    pairs = Pairs(settle(values_of(data, flat)))
    found = FieldReader(pairs, _files(data, flat)).group(open_fields(flat, editing=True))
    whole_days(found)
    return found


def in_its_order(field: Field, said: Any, there: Any) -> Any:
    """What was said, in the order in which it stands there: boxes come back in the order of the page, which nobody chose.
    What is new comes last.
    """
    if field.kind == "object" and isinstance(said, dict) and isinstance(there, dict):
        inner = {each.name: each for each in field.fields}
        return {name: in_its_order(inner[name], value, there.get(name)) for name, value in said.items()}
    if field.widget != "checkboxes" or not isinstance(said, list) or not isinstance(there, list):
        return said
    return [*(one for one in there if one in said), *(one for one in said if one not in there)]


def digests(shown: Mapping[str, Any], body: str, flat: FlatSchema) -> dict[str, str]:
    """A short digest of each value of a form and of its text, to see later what was changed in it."""
    told = {name: digest(value, flat.by_dotted[name]) for name, value in shown.items()}
    return {**told, BODY: digest(clean_body(body))}


def digest(value: Any, field: Field | None = None) -> str:
    """Eight hexadecimal digits that say whether two values of a field are the same. The order of boxes is no difference."""
    if field is not None:
        value = _boxes_sorted(field, value)
    text = json.dumps(value, ensure_ascii=True, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()[:8]


def _boxes_sorted(field: Field, value: Any) -> Any:
    if field.kind == "object" and isinstance(value, dict):
        inner = {each.name: each for each in field.fields}
        return {name: _boxes_sorted(inner[name], one) for name, one in value.items()}
    return sorted(value, key=str) if field.widget == "checkboxes" and isinstance(value, list) else value


def _pairs(
    field: Field, name: str, data: Mapping[str, Any], flat: FlatSchema, names: Resolver | None
) -> Iterator[Pair]:
    value = data.get(field.name)
    if field.kind == "object":
        for inner in field.fields if isinstance(value, dict) else ():
            yield from _pairs(inner, f"{name}.{inner.name}", value or {}, flat, names)
    elif field.kind == "objects":
        for number, item in enumerate(value if isinstance(value, list) else ()):
            for inner in field.fields if isinstance(item, dict) else ():
                yield from _pairs(inner, f"{name}.{number}.{inner.name}", item, flat, names)
    elif field.kind == "map":
        for key, answer in value.items() if isinstance(value, dict) else ():
            texts = answer if isinstance(answer, list) else [answer]
            yield from ((f"{name}.{key}", _text(field, text, flat, names)) for text in texts)
    elif field.kind == "list":
        yield from _list(field, name, value, flat, names)
    elif value is not None:
        yield name, _text(field, value, flat, names)


def _list(field: Field, name: str, value: Any, flat: FlatSchema, names: Resolver | None) -> Iterator[Pair]:
    texts = [_text(field, item, flat, names) for item in value] if isinstance(value, list) else []
    if field.widget == "checkboxes":
        if field.default is not None and value is not None:
            yield name, ""  # asked, whatever is chosen
        yield from ((name, text) for text in texts)
        return
    for joined in (", ".join(texts), "\n".join(texts)):
        if texts and split_words(joined) == texts:
            yield name, joined
            return
    yield from ((f"{name}.{number}", text) for number, text in enumerate(texts))


def _text(field: Field, value: Any, flat: FlatSchema, names: Resolver | None) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float) and "e" not in repr(value):
        return repr(value).replace(".", ",")
    text = str(value)
    if names is not None and (field.reference or field.vocabulary) and field.widget not in _WITH_IDS:
        reference = next(each for each in flat.references if each.field == field.dotted)
        return names.shown(reference, text)
    return text


_WITH_IDS = frozenset({"checkboxes", "select", "radio"})  # their inputs hold ids, and show names themselves


def _files(data: Mapping[str, Any], flat: FlatSchema) -> dict[str, str]:
    """The file inputs of a form come back empty: that means the file that is there."""
    found = {}
    for field in flat.every_field():
        value: Any = data
        for step in field.path:
            value = value.get(step) if isinstance(value, dict) else None
        if field.widget == "file" and isinstance(value, str):
            found[field.dotted] = value
    return found

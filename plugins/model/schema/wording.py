"""What each keyword of JSON Schema says to a contributor: one small function a keyword, as in jsonschema itself."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeAlias

from plugins.model.nearest import Nearest
from plugins.model.problems import Problem, problem

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator

    from plugins.model.schema.problems import SchemaReport

    # A jsonschema.ValidationError, whose stubs type every attribute as perhaps unset.
    Fault: TypeAlias = Any
    Wording: TypeAlias = Callable[[SchemaReport, Fault], Iterator[Problem]]

_TYPES = {
    "string": "un texte",
    "number": "un nombre",
    "integer": "un nombre entier",
    "boolean": "true (oui) ou false (non)",
    "array": "une liste (un tiret par ligne)",
    "object": "un groupe de champs « nom: valeur »",
    "null": "rien",
}
_FOUND = {
    str: "un texte",
    bool: "oui ou non",
    int: "un nombre",
    float: "un nombre",
    list: "une liste",
    dict: "un groupe de champs",
}
_YES_NO = {
    "oui": "true",
    "yes": "true",
    "on": "true",
    "vrai": "true",
    "non": "false",
    "no": "false",
    "off": "false",
    "faux": "false",
}
# What a format is called, and one value that has it.
_FORMATS = {
    "insee": ("un code INSEE à cinq signes", "14118"),
    "siren": ("un numéro SIREN à neuf chiffres", "200065597"),
    "slug": ("des minuscules sans accent, des chiffres et des tirets", "mon-club"),
    "timezone": ("un fuseau horaire", "Europe/Paris"),
    "language": ("un code de langue", "fr"),
    "spdx": ("un sigle de licence", "etalab-2.0"),
    "file-name": ("un simple nom de fichier, sans dossier", "photo.jpg"),
    "colour": ("une couleur", "#1a2b3c"),
}
_CODES = {
    "date": "bad-date",
    "local-datetime": "bad-datetime",
    "uri-http": "bad-address",
    "rrule": "recurrence-invalid",
}
_SIZES = {
    "minLength": ("too-short", len),
    "maxLength": ("too-long", len),
    "minItems": ("too-few", len),
    "minProperties": ("too-few", len),
    "maxItems": ("too-many", len),
    "maxProperties": ("too-many", len),
    "minimum": ("too-small", None),
    "exclusiveMinimum": ("too-small", None),
    "maximum": ("too-large", None),
}
_INTEGER_TEXT = re.compile(r"[-+]?\d+")


def _unknown_keys(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    known = set(error.schema.get("properties", {}))
    patterns = [re.compile(p) for p in error.schema.get("patternProperties", {})]
    nearest = Nearest(known)
    for key in error.instance:
        if key in known or any(p.search(key) for p in patterns):
            continue
        yield report.say("unknown-key", error, key, key=key, hint=_meant(nearest.to(key), error.instance))


def _meant(near: str | None, there: Collection[str]) -> str | None:
    """What to do about a field that is nearly called ``near``; one that is there already must not be there twice."""
    if near is None:
        return None
    if near in there:
        return f"Vouliez-vous écrire « {near} » ? Ce champ est déjà là : gardez une seule des deux lignes."
    return f"Vouliez-vous dire « {near} » ?"


def _missing_key(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    for key in error.validator_value:
        if key not in error.instance:
            label = report.label((*report.prefix, *error.absolute_path, key))
            # The place is the parent's: the key itself stands nowhere.
            yield _missing(report, error, key, label)


def _missing(report: SchemaReport, error: Fault, key: str, label: str) -> Problem:
    parent = (*report.prefix, *error.absolute_path)
    field = ".".join(map(str, (*parent, key)))
    return problem("missing-key", report.path, place=report.positions.of(parent), field=field, key=key, label=label)


def _missing_companion(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    for key, others in error.validator_value.items():
        if key in error.instance:
            for other in others:
                if other not in error.instance:
                    yield report.say("missing-companion", error, key, key=key, other=other)


def _wrong_type(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    wanted = _listed(error.validator_value)
    expected = " ou ".join(_TYPES[name] for name in wanted)
    if error.instance is None:
        yield report.say(
            "wrong-type",
            error,
            expected=expected,
            found="vide",
            hint="Donnez une valeur, ou ôtez la ligne.",
        )
        return
    found = _FOUND.get(type(error.instance), "autre chose")
    yield report.say("wrong-type", error, expected=expected, found=found, hint=_better_value(error.instance, wanted))


def _not_in_list(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    choices = [str(choice) for choice in _listed(error.validator_value)]
    near = Nearest(choices).to(str(error.instance))
    hint = f"Vouliez-vous dire « {near} » ? Les choix sont : {', '.join(choices)}." if near else None
    yield report.say("not-in-list", error, value=error.instance, choices=", ".join(choices), hint=hint)


def _size(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    code, measure = _SIZES[str(error.validator)]
    length = measure(error.instance) if measure else error.instance
    yield report.say(code, error, value=error.instance, length=length, limit=error.validator_value)


def _not_unique(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    yield report.say("not-unique", error)


def _format(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    name = str(error.validator_value)
    if name in _CODES:
        yield report.say(_CODES[name], error, value=error.instance)
        return
    expected, example = _FORMATS[name]
    yield report.say("bad-format", error, value=error.instance, expected=expected, example=example)


def _alternatives(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    """``anyOf``: which one of some fields is missing, a value that has neither form, or the branch that came nearest."""
    sentence = error.schema.get("x-message")
    causes = list(error.context or [])
    if causes and all(cause.validator == "required" for cause in causes):
        names = [key for cause in causes for key in cause.validator_value if key not in error.instance]
        labels = [f"« {name} »" for name in dict.fromkeys(names)]
        yield report.say(
            "missing-choice",
            error,
            sentence=sentence or f"Il faut l’un de ces champs : {', '.join(labels)}.",
        )
    elif sentence:
        yield report.say("not-allowed", error, sentence=_lowered(sentence))
    else:
        deepest = max(causes, key=lambda cause: len(cause.absolute_path))
        yield from report.problems_of(deepest)


def _other(report: SchemaReport, error: Fault) -> Iterator[Problem]:
    sentence = error.schema.get("x-message") if isinstance(error.schema, dict) else None
    yield report.say("not-allowed", error, sentence=_lowered(sentence or "cette valeur n’est pas permise ici."))


_WORDING: dict[str, Wording] = {
    "additionalProperties": _unknown_keys,
    "unevaluatedProperties": _unknown_keys,
    "required": _missing_key,
    "dependentRequired": _missing_companion,
    "type": _wrong_type,
    "enum": _not_in_list,
    "const": _not_in_list,
    "uniqueItems": _not_unique,
    "format": _format,
    "anyOf": _alternatives,
    "oneOf": _alternatives,
    **dict.fromkeys(_SIZES, _size),
}


def wording_of(keyword: str) -> Wording:
    """The function that words the errors of a keyword."""
    return _WORDING.get(keyword, _other)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _better_value(value: Any, wanted: list[str]) -> str | None:
    if isinstance(value, str) and "boolean" in wanted and value.lower() in _YES_NO:
        return f"Écrivez {_YES_NO[value.lower()]}."
    if isinstance(value, str) and {"number", "integer"} & set(wanted):
        plain = re.sub(r"[\s €]", "", value).replace(",", ".")
        if _INTEGER_TEXT.fullmatch(plain) or ("number" in wanted and re.fullmatch(r"[-+]?\d+\.\d+", plain)):
            return f"Écrivez {plain}, sans guillemets ni unité."
    if "array" in wanted and isinstance(value, str):
        return f"Écrivez une liste, même pour un seul élément : [{value}]."
    return None


def _lowered(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]

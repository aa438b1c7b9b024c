"""What a field may hold, in French words, from its schema."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from scripts.french import commands as french

if TYPE_CHECKING:
    from collections.abc import Mapping

    from plugins.model.schema.schemas import Field

_FORMATS = {
    "date": "date (2026-03-04)",
    "local-datetime": "date et heure (2026-03-04T18:30)",
    "uri-http": "adresse web",
    "rrule": "règle de répétition (RRULE)",
    "insee": "code INSEE de commune",
    "siren": "numéro SIREN",
    "slug": "identifiant (minuscules, chiffres, tirets)",
    "timezone": "fuseau horaire (Europe/Paris)",
    "language": "code de langue (fr)",
    "spdx": "sigle de licence (CC-BY-SA-4.0, etalab-2.0…)",
    "file-name": "nom d’un fichier posé à côté de la fiche",
    "colour": "couleur (#3F8A3B)",
}
_REFERENCES = {
    "member": "identifiant de membre",
    "club": "identifiant de club",
    "pillar": "identifiant de pilier",
    "territory": "identifiant de territoire",
    "entry": "identifiant de fiche (articles/2026/exemple)",
    "entry:consultations": "identifiant de consultation (consultations/2026/exemple)",
    "entry:initiatives": "identifiant d’initiative (initiatives/2026/exemple)",
    "commune": "code INSEE de commune",
    "member-or-club": "identifiant de membre ou de club",
    "member-or-name": "identifiant de membre, ou nom",
    "member-club-or-name": "identifiant de membre ou de club, ou nom",
    "territory-or-commune": "identifiant de territoire ou code INSEE",
}
_KINDS = {"text": "texte", "number": "nombre", "integer": "nombre entier", "boolean": "`true` ou `false`"}
_GROUPS = {
    "object": "groupe de champs",
    "objects": "liste de groupes",
    "map": "groupe de noms libres",
    "any": "valeur libre",
}


def describe(field: Field) -> str:
    """One phrase: the kind of value, its bounds, its unit, what is meant where it is left out."""
    if field.kind in _GROUPS:
        words = _GROUPS[field.kind]
    elif field.kind == "list":
        words = f"liste{_between(field.schema, 'minItems', 'maxItems', 'élément')}\u202f: {_scalar(field)}"
    else:
        words = _scalar(field)
    if field.unit:
        words += f", en {field.unit}"
    if field.default is not None and not isinstance(field.default, bool):
        meant = ", ".join(map(str, field.default)) if isinstance(field.default, list) else field.default
        words += f"\u202f; sans indication, `{meant}`"
    return words


def _scalar(field: Field) -> str:
    schema = field.value_schema
    if field.labels:
        return "l’un de\u202f: " + ", ".join(f"`{value}` ({label})" for value, label in field.labels.items())
    if field.vocabulary:
        return f"terme de la liste `{field.vocabulary}` (data/vocabularies.yaml)"
    if field.reference:
        return _REFERENCES[field.reference]
    if formats := _formats(field):
        return " ou ".join(formats)
    kind = _KINDS.get("text" if field.kind == "list" else field.kind, "texte")
    if kind == "texte":
        return kind + _between(schema, "minLength", "maxLength", "caractère")
    return kind + _between(schema, "minimum", "maximum", "")


def _formats(field: Field) -> list[str]:
    """The formats of a text; those of a date-time that may be a day stand elsewhere in its schema."""
    schema = field.value_schema
    names = [branch["format"] for branch in (schema, *schema.get("anyOf", ())) if "format" in branch]
    if not names and field.widget == "datetime":
        names = ["local-datetime", "date"]
    return [_FORMATS[name] for name in names]


def _between(schema: Mapping[str, Any], lowest: str, highest: str, unit: str) -> str:
    """The bounds in brackets: « de 5 à 120 caractères », « 8 éléments au plus »."""
    low, high = schema.get(lowest), schema.get(highest)
    if low == 1 and lowest == "minLength" and high is not None:
        low = None
    if low is None:
        return "" if high is None else f" ({_counted(high, unit)} au plus)"
    if high is None:
        return f" ({_counted(low, unit)} au moins)"
    return f" (de {low} à {_counted(high, unit)})"


def _counted(count: float, unit: str) -> str:
    return french.plural(count, unit) if unit else str(count)

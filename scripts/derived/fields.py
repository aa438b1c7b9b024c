"""The field reference of the contributor's guide, from the schemas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.forms.entry_text import write_entry
from plugins.forms.yaml_text import write_yaml
from scripts.derived.values import describe
from scripts.derived.wording import GENERATED, table
from scripts.french import commands as french

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.schema.schemas import ContentType, DataType, Field, FlatSchema, SchemaSet

_HEAD = """# Les champs, type par type

Chaque fiche commence par un en-tête entre deux lignes `---`, puis vient le texte. Voici tous les champs que l’en-tête peut
porter\u202f: un champ qui n’est pas dans cette liste est refusé. Un nom à point (`place.commune`) désigne un champ à l’intérieur
d’un autre\u202f; une étoile, chaque élément d’une liste.
"""
_DATA = """## Les fichiers de données

Ce que partagent toutes les fiches\u202f: les membres, les clubs, les piliers, les mots communs.
"""


def render(schemas: SchemaSet) -> str:
    """The whole document."""
    parts = [_HEAD, GENERATED, *(_content_type(schemas, kind) for kind in schemas.content_types), _DATA]
    return "\n".join([*parts, *(_data_type(schemas, kind) for kind in schemas.data_types)])


def _content_type(schemas: SchemaSet, kind: ContentType) -> str:
    flat = schemas.flattened(kind.name)
    first = schemas.examples(kind.name).valid[0]
    example = write_entry(first, french.FIELDS_BODY, [field.name for field in flat.fields])
    folder = f"content/{kind.folder}/" + ("2026/" if kind.address else "")
    return (
        f"## {flat.title}\n\n{flat.description} Dans `{folder}`.\n\n"
        f"{table(('Champ', 'Ce que c’est', 'Valeur'), _rows(flat.fields))}\n{_rule(flat)}"
        f"Un exemple\u202f:\n\n```yaml\n{example}```\n"
    )


def _data_type(schemas: SchemaSet, kind: DataType) -> str:
    flat = schemas.flattened(kind.name)
    first = schemas.examples(kind.name).valid[0]
    example = write_yaml(first, [field.name for field in flat.fields]) if isinstance(first, dict) else ""
    shown = f"\nUn exemple\u202f:\n\n```yaml\n{example}```\n" if example else ""
    rows = table(("Champ", "Ce que c’est", "Valeur"), _rows(flat.fields)) if flat.fields else ""
    return f"### {flat.title}\n\n{flat.description} Dans `{kind.path}`.\n\n{rows}{shown}"


def _rule(flat: FlatSchema) -> str:
    """What the fields must be together, which no row says."""
    message = flat.schema.get("x-message", "")
    return f"{message}\n\n" if message else ""


def _rows(fields: tuple[Field, ...], prefix: str = "") -> Iterator[tuple[str, str, str]]:
    """A field, then those inside it."""
    for field in fields:
        name = prefix + field.name
        needed = " **obligatoire**" if field.required else ""
        yield f"`{name}`{needed}", f"{field.label}. {field.help}".strip(". "), describe(field)
        yield from _rows(field.fields, f"{name}.*." if field.kind == "objects" else f"{name}.")

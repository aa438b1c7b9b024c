"""Labels and reviewers: ids come from the result, and mean only what the main branch's own data say of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from plugins.model.data_files import read_data_files
from plugins.model.geography import Geography
from plugins.model.load import schema_directories
from plugins.model.reading import Reader
from plugins.model.root_files import DiskFiles
from plugins.model.schema.schemas import load_schemas
from scripts.bot.french import worker as bot_french

if TYPE_CHECKING:
    from pathlib import Path

    from plugins.model.schema.schemas import SchemaSet
    from plugins.model.schema.types import ContentType, DataType
    from scripts.comments.result import Result


@dataclass(frozen=True, slots=True)
class Concerned:
    """What to put on a request: ``labels`` as the bot names them, ``reviewers`` are logins."""

    labels: tuple[str, ...]
    reviewers: tuple[str, ...]


def concerned(root: Path, result: Result) -> Concerned:
    """The type, clubs and pillars of the entries, and the editors of those clubs; unknown ids are passed over."""
    schemas = load_schemas(schema_directories(root))
    data = read_data_files(Reader(root, schemas, Geography(), DiskFiles(root)))
    clubs = [data.items["clubs"][one] for one in result.clubs if one in data.items["clubs"]]
    pillars = [data.items["pillars"][one] for one in result.pillars if one in data.items["pillars"]]
    names = [str(club.get("short") or club.get("name", "")) for club in clubs]
    kinds = _kinds(schemas, result)
    labels = bot_french.labels("", names, [str(pillar.get("name", "")) for pillar in pillars])
    return Concerned((*kinds, *labels), tuple(dict.fromkeys(login for club in clubs for login in editors(club))))


def editors(club: object) -> list[str]:
    """The logins of a club's editors at the forge."""
    value = club.get("editors") if isinstance(club, dict) else None
    return [login for login in value if isinstance(login, str)] if isinstance(value, list) else []


def _kinds(schemas: SchemaSet, result: Result) -> list[str]:
    types: list[ContentType | DataType] = [*schemas.content_types, *schemas.data_types]
    return [kind.singular for name in result.types for kind in types if kind.name == name]

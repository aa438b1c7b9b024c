"""Read a root: everything it says as one :class:`Site`, and everything that is wrong with it, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.model.data_files import read_data_files
from plugins.model.discovery import discover
from plugins.model.geography import Geography, load_geography
from plugins.model.joined import Joined, in_reading_order
from plugins.model.pool import read_all
from plugins.model.problems import Problem, has_errors, problem
from plugins.model.reading import Reader
from plugins.model.root_files import DiskFiles
from plugins.model.schema.schemas import load_schemas

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from plugins.model.objects import Site

    Progress = Callable[[str, int, int], None]

PROJECT_SCHEMAS = Path(__file__).parents[2] / "data" / "schemas"


@dataclass(frozen=True, slots=True)
class Loaded:
    """``site`` holds what could be made, without the files that have errors; only a site without errors may be published."""

    site: Site | None
    problems: list[Problem]

    @property
    def is_publishable(self) -> bool:
        """Whether the site is whole: warnings may remain, errors may not."""
        return self.site is not None and not has_errors(self.problems)


def load_site(root: Path, *, today: dt.date, jobs: int = 1, progress: Progress | None = None) -> Loaded:
    """Read, check and resolve the root at ``root`` as of ``today``, with up to ``jobs`` processes.

    ``progress`` is told a phase, how much of it is done and how much there is. Problems come back sorted by file and line.

    Raises:
        SchemaError: a schema file itself is wrong (a fault of the developers, or of a region's own schema).
    """
    schemas = load_schemas(schema_directories(root))
    geography, problems = read_geography(root)
    reader = Reader(root, schemas, geography, DiskFiles(root))
    found = discover(root, schemas.content_types)
    files = read_data_files(reader)
    entries, members = read_all(reader, found, jobs=jobs, progress=progress)
    joined = Joined(reader, found, files, entries, members)
    problems += joined.own_problems()
    problems += joined.reference_problems()
    site = joined.assemble(today, problems)
    if site is not None:
        problems += joined.link_problems(joined.raws)
        problems += joined.site_problems()
    return Loaded(site, in_reading_order(problems))


def schema_directories(root: Path) -> list[Path]:
    """Where schemas come from: the project's, then the root's own, which add to them and take their place."""
    own = root / "data" / "schemas"
    return [PROJECT_SCHEMAS, own] if own.is_dir() and own.resolve() != PROJECT_SCHEMAS.resolve() else [PROJECT_SCHEMAS]


def read_geography(root: Path) -> tuple[Geography, list[Problem]]:
    """The places of a root, and what keeps them from being read."""
    try:
        return load_geography(root / "data" / "geo"), []
    except (ValueError, OSError) as error:
        name = str(error).partition(":")[0]
        return Geography(), [
            problem("bad-data-file", f"data/geo/{name}", reason="le contenu n’a pas la forme attendue")
        ]

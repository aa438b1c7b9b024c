"""Read a root: everything it says as one :class:`Site`, and everything that is wrong with it, all at once."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from plugins.model import addresses
from plugins.model.assemble import assemble
from plugins.model.data_files import LISTS, DataFiles, read_data_files
from plugins.model.discovery import Discovery, discover
from plugins.model.geography import Geography, load_geography
from plugins.model.links import LinkResolver, link_problems
from plugins.model.pool import read_all
from plugins.model.problems import Problem, has_errors, problem
from plugins.model.reading import Raw, Reader
from plugins.model.references import KnownIds, ReferenceCheck
from plugins.model.root_files import DiskFiles
from plugins.model.schemas import load_schemas
from plugins.model.site_rules import SITE_RULES, SiteUnderCheck

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterator, Sequence

    from plugins.model.objects import Site
    from plugins.model.schemas import SchemaSet

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
    geography, problems = _geography(root)
    reader = Reader(root, schemas, geography, DiskFiles(root))
    found = discover(root, schemas.content_types)
    files = read_data_files(reader)
    entries, members = read_all(reader, found, jobs=jobs, progress=progress)
    problems += [*found.problems, *files.problems]
    problems += [fault for raw in (*entries, *members) for fault in raw.problems]
    known = _known_ids(found, files, geography)
    problems += _reference_problems(reader, known, files, (*entries, *members))
    site = None
    if files.settings is not None:
        blamed = {fault.path for fault in problems if fault.severity == "error"}
        site = assemble(
            files.without(blamed),
            entries=[raw for raw in entries if raw.path not in blamed],
            members=[raw for raw in members if raw.path not in blamed],
            schemas=schemas,
            geography=geography,
            today=today,
        )
        problems += _site_problems(site, reader, found, files, (*entries, *members))
    return Loaded(site, sorted(dict.fromkeys(problems), key=lambda fault: fault.sort_key))


def schema_directories(root: Path) -> list[Path]:
    """Where schemas come from: the project's, then the root's own, which add to them and take their place."""
    own = root / "data" / "schemas"
    return [PROJECT_SCHEMAS, own] if own.is_dir() and own.resolve() != PROJECT_SCHEMAS.resolve() else [PROJECT_SCHEMAS]


def _geography(root: Path) -> tuple[Geography, list[Problem]]:
    try:
        return load_geography(root / "data" / "geo"), []
    except (ValueError, OSError) as error:
        name = str(error).partition(":")[0]
        return Geography(), [
            problem("bad-data-file", f"data/geo/{name}", reason="le contenu n’a pas la forme attendue")
        ]


def _known_ids(found: Discovery, files: DataFiles, geography: Geography) -> KnownIds:
    members = frozenset(path.rpartition("/")[2].removesuffix(".yaml") for path in found.members)
    return KnownIds(
        {
            "member": members,
            "club": frozenset(files.items["clubs"]),
            "pillar": frozenset(files.items["pillars"]),
            "territory": frozenset(files.items["territories"]),
            "entry": frozenset(file.id for file in found.entries),
        },
        geography,
        files.vocabularies,
    )


def _reference_problems(reader: Reader, known: KnownIds, files: DataFiles, raws: Sequence[Raw]) -> Iterator[Problem]:
    check = ReferenceCheck(known, reader.place)
    schemas: SchemaSet = reader.schemas
    for raw in raws:
        yield from check.check(raw.path, raw.data, schemas.references(raw.type_name), schemas.labels(raw.type_name))
    for name, schema in LISTS.items():
        for identifier, item in files.items[name].items():
            prefix = (files.numbers[name][identifier],)
            path = f"data/{name}.yaml"
            yield from check.check(path, item, schemas.references(schema), schemas.labels(schema), prefix)


def _site_problems(
    site: Site, reader: Reader, found: Discovery, files: DataFiles, raws: Sequence[Raw]
) -> Iterator[Problem]:
    types = reader.schemas.content_type
    all_paths = {file.path: addresses.entry_address(types(file.type_name), file.id) for file in found.entries}
    resolver = LinkResolver(site, [*all_paths.values(), *_possible_addresses(found, files)])
    yield from link_problems(raws, resolver, all_paths)
    under_check = SiteUnderCheck(site, reader, found, files, raws, resolver)
    for rule in SITE_RULES:
        yield from rule(under_check)


def _possible_addresses(found: Discovery, files: DataFiles) -> Iterator[str]:
    """Pages of members and groups that would exist if their files had no faults."""
    for path in found.members:
        yield f"{addresses.MEMBERS}{path.rpartition('/')[2].removesuffix('.yaml')}/"
    for name, base in (
        ("clubs", addresses.CLUBS),
        ("pillars", addresses.PILLARS),
        ("territories", addresses.TERRITORIES),
    ):
        for identifier in files.items[name]:
            yield f"{base}{identifier}/"

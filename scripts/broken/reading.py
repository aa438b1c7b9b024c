"""The steps of ``plugins.model.load`` one by one, for a root that changes between them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model.data_files import read_data_files
from plugins.model.discovery import Discovery, discover
from plugins.model.joined import Joined, in_reading_order
from plugins.model.load import read_geography, schema_directories
from plugins.model.pool import read_all
from plugins.model.reading import Raw, Reader
from plugins.model.root_files import DiskFiles
from plugins.model.schema.schemas import load_schemas

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Iterable, Mapping
    from pathlib import Path

    from plugins.model.problems import Problem
    from plugins.model.schema.schemas import SchemaSet

POINTING = frozenset(
    {
        "unknown-reference",
        "dead-link",
        "dead-anchor",
        "redirect-from-page",
        "redirect-to-nowhere",
        "unknown-question",
        "bad-answer",
        "unknown-territory-in-series",
    }
)
"""Errors of what points elsewhere: the rest of the file is right, so what points can be let go of."""


def reader_of(root: Path, schemas: SchemaSet | None = None) -> tuple[Reader, list[Problem]]:
    """A reader of the files of ``root``, and what is wrong with its places."""
    geography, problems = read_geography(root)
    return Reader(root, schemas or load_schemas(schema_directories(root)), geography, DiskFiles(root)), problems


def join(
    reader: Reader,
    *,
    jobs: int = 1,
    known: Mapping[str, Raw] | None = None,
    progress: Callable[[str, int, int], None] | None = None,
) -> Joined:
    """Everything that a root holds; files of ``known`` are not read again."""
    known = known or {}
    found = discover(reader.root, reader.schemas.content_types)
    unread = Discovery(
        [file for file in found.entries if file.path not in known],
        [path for path in found.members if path not in known],
        [],
        [],
    )
    entries, members = read_all(reader, unread, jobs=jobs, progress=progress)
    raws = {**known, **{raw.path: raw for raw in (*entries, *members)}}
    return Joined(
        reader,
        found,
        read_data_files(reader),
        [raws[file.path] for file in found.entries],
        [raws[path] for path in found.members],
    )


def check(joined: Joined, today: dt.date, before: Iterable[Problem] = ()) -> list[Problem]:
    """All that is wrong, as ``load_site`` finds it; ``before`` is what is known already. The site is then in ``joined.site``."""
    problems = [*before, *joined.own_problems(), *joined.reference_problems()]
    if joined.assemble(today, problems) is not None:
        problems += joined.link_problems(joined.raws)
        problems += joined.site_problems()
    return in_reading_order(problems)


def errors_by_path(problems: Iterable[Problem]) -> dict[str, list[Problem]]:
    """The errors of each file, files in order of their path."""
    found: dict[str, list[Problem]] = {}
    for fault in sorted(problems, key=lambda fault: fault.sort_key):
        if fault.severity == "error":
            found.setdefault(fault.path, []).append(fault)
    return found

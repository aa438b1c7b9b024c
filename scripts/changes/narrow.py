"""The problems that concern a change: those in the files that it touches, and those that it makes elsewhere.

By definition: of the problems of a full check, those that lie in a changed file, and those that the base did not have.
A problem elsewhere is an old one if file, place, code and sentence are the same; what is proposed instead may differ.

What is saved, and why the answer stays the same. The texts of entries that did not change are not rendered where a glance
shows that they hold no error (`plugins.markup.surely_sound`): whatever else is wrong with them was so before. Their links
are looked at only if something to which they may lead was lost (`scripts.changes.lost`).
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from plugins.markup import may_name
from plugins.model.data_files import read_data_files
from plugins.model.discovery import EntryFile, arrange, discover
from plugins.model.joined import Joined, in_reading_order
from plugins.model.load import load_site, read_geography, schema_directories
from plugins.model.pool import read_all
from plugins.model.problems import problem
from plugins.model.reading import Raw, Reader
from plugins.model.root_files import DiskFiles
from plugins.model.schema.faults import SchemaError
from plugins.model.schema.schemas import load_schemas
from plugins.model.source_text import decode
from scripts.changes.before import files_before
from scripts.changes.diff import changed_files, starting_point
from scripts.changes.lost import lost_words
from scripts.changes.neighbours import concerned
from scripts.changes.unredirected import unredirected

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from plugins.model.problems import Problem
    from scripts.changes.before import FilesBefore
    from scripts.changes.diff import ChangedFile

    Progress = Callable[[str, int, int], None]

_LOOKED_AT = ("content/", "data/members/")
_EVERYTHING = ("data/schemas/", "data/geo/")
"""What all files depend on: where it changed, both sides are checked in full."""


@dataclass(frozen=True, slots=True)
class Narrowed:
    """What changed, and the problems that concern it, in reading order."""

    changed: list[ChangedFile]
    problems: list[Problem]


def check_change(root: Path, base: str, *, today: dt.date, jobs: int = 1, progress: Progress | None = None) -> Narrowed:
    """Check what the change since ``base`` concerns, as of ``today``, with up to ``jobs`` processes.

    Raises:
        ChangesError: what changed cannot be known.
        SchemaError: as `load_site`.
    """
    start = starting_point(root, base)
    changed = changed_files(root, base)
    paths = {path for file in changed for path in (file.path, file.old_path)}
    then = files_before(root, start, changed)
    check = _Check(root, then, paths, today, jobs, progress)
    if any(path.startswith(_EVERYTHING) for path in paths):
        return Narrowed(changed, check.in_full())
    with then.data_folder() as folder:
        sides = check.read(folder)
        old = _problems(sides.then, today)
        if sides.then.site is None:
            return Narrowed(changed, check.in_full())
        found = _problems(sides.now, today)
        if sides.now.site is not None:
            linking = _linking(sides)
            old += sides.then.link_problems([*_of(sides.then, sides.touched - paths), *linking])
            found += sides.now.link_problems([*_of(sides.now, sides.touched), *linking])
            found += unredirected(sides.then, sides.now, changed, base)
    return Narrowed(changed, check.new(found, old))


@dataclass(slots=True)
class _Sides:
    """Both roots put together; what did not change is read once, for both. ``touched`` are entries and members read in full."""

    then: Joined
    now: Joined
    touched: set[str]


@dataclass(frozen=True, slots=True)
class _Check:
    """A root and what it was before; ``paths`` are those that changed, old and new names."""

    root: Path
    before: FilesBefore
    paths: set[str]
    today: dt.date
    jobs: int
    progress: Progress | None

    def read(self, folder: Path) -> _Sides:
        """Both sides; ``folder`` has the names of the data files of then."""
        schemas = load_schemas(schema_directories(self.root))
        geography, _ = read_geography(self.root)  # it did not change: what is wrong with it is not new
        reader = Reader(self.root, schemas, geography, DiskFiles(self.root))
        found = discover(self.root, schemas.content_types)
        paths = [*(file.path for file in found.entries), *found.members]
        touched = {path for path in paths if path in self.paths or path not in self.before.listed}
        touched |= concerned(paths, self.paths, reader.files)
        spared = frozenset(file.path for file in found.entries) - touched
        entries, members = read_all(replace(reader, spared=spared), found, jobs=self.jobs, progress=self.progress)
        now = Joined(reader, found, read_data_files(reader), entries, members)
        kept = {raw.path: raw for raw in now.raws if raw.path not in touched}
        return _Sides(self._then(replace(reader, root=folder, files=self.before), kept), now, touched)

    def _then(self, reader: Reader, kept: dict[str, Raw]) -> Joined:
        shown = [path for path in self.before.shown if path.startswith(_LOOKED_AT)]
        found = arrange((path for path in shown if not self.before.is_link(path)), reader.schemas.content_types)
        found.problems.extend(problem("symbolic-link", path) for path in shown if self.before.is_link(path))
        entries = [kept.get(file.path) or reader.entry(file) for file in found.entries]
        members = [kept.get(path) or reader.member(path) for path in found.members]
        return Joined(reader, found, read_data_files(reader), entries, members)

    def in_full(self) -> list[Problem]:
        """By the letter of the definition."""
        found = load_site(self.root, today=self.today, jobs=self.jobs, progress=self.progress).problems
        try:
            with self.before.laid_out() as root:
                return self.new(found, load_site(root, today=self.today, jobs=self.jobs).problems)
        except SchemaError:  # nothing can be said of a base whose own schemas are wrong: whatever is found now is new
            return found

    def new(self, found: Sequence[Problem], old: Sequence[Problem]) -> list[Problem]:
        """Of ``found``, what lies in changed files or is not among ``old``."""
        known = {problem.sort_key for problem in old}
        kept = (problem for problem in found if problem.path in self.paths or problem.sort_key not in known)
        return in_reading_order(kept)


def _problems(joined: Joined, today: dt.date) -> list[Problem]:
    """All problems but those of links; without readable settings there are none of the whole."""
    problems = [*joined.own_problems(), *joined.reference_problems()]
    if joined.assemble(today, problems) is None:
        return problems
    for raw in joined.entries:
        if raw.is_spared:
            joined.resolver.late[joined.pages[raw.path]] = partial(_anchors, joined.reader, raw)
    return [*problems, *joined.site_problems()]


def _anchors(reader: Reader, raw: Raw) -> frozenset[str]:
    body = reader.entry(EntryFile(raw.id, raw.path, raw.type_name)).body
    return body.anchors if body else frozenset()


def _linking(sides: _Sides) -> list[Raw]:
    """The unchanged entries whose texts may lead to something that was lost, with their texts."""
    words = lost_words(sides.then, sides.now)
    reader = sides.now.reader
    return [
        reader.entry(EntryFile(raw.id, raw.path, raw.type_name)) if raw.is_spared else raw
        for raw in sides.now.entries
        if words and raw.path not in sides.touched and may_name(_text(reader, raw.path), words)
    ]


def _of(joined: Joined, paths: set[str]) -> list[Raw]:
    return [raw for raw in joined.entries if raw.path in paths]


def _text(reader: Reader, path: str) -> str:
    content, _ = reader.bytes_of(path)
    return decode(content)[0]

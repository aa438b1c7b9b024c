"""Data files on which everything stands (``data/site.yaml``, clubs, vocabularies…): back to their last good version.

Where there is none, the site goes without the file; without its settings and its pillars there is no site.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.model.data_files import read_data_files
from plugins.model.discovery import Discovery
from plugins.model.joined import Joined
from scripts.broken.mended import CannotMendError, LeftOut, TakenBack
from scripts.broken.reading import POINTING, check, reader_of
from scripts.french import broken as french

if TYPE_CHECKING:
    import datetime as dt

    from plugins.model.schema.schemas import SchemaSet
    from scripts.broken.past import Past, Version
    from scripts.broken.stage import Stage

REQUIRED: Final = ("data/site.yaml", "data/pillars.yaml")
_GEO = ("data/geo/communes.csv", "data/geo/departements.geojson", "data/geo/epci.geojson")
_PACKAGE, _TABLE = ".datapackage.json", ".csv"

Unit = tuple[str, ...]
"""Files that only make sense together; the first names them."""


def mend_data_files(
    stage: Stage, schemas: SchemaSet, past: Past, today: dt.date
) -> tuple[list[TakenBack], list[LeftOut]]:
    """Put the last good version of each broken data file into ``stage``, or take the file away.

    Raises:
        CannotMendError: a file without which there is no site has no good version.
    """
    mending = _Mending(stage, schemas, past, today)
    taken_back, left_out = [], []
    broken = mending.broken()
    wanted = {unit[0]: unit[1:] for unit in broken}
    versions = past.versions(wanted)
    for unit in broken:
        found = mending.take_back(unit, versions[unit[0]])
        if found:
            taken_back.append(found)
            continue
        if unit[0] in REQUIRED:
            raise CannotMendError(french.cannot_do_without(unit[0]))
        left_out += mending.leave_out(unit)
    return taken_back, left_out


class _Mending:
    def __init__(self, stage: Stage, schemas: SchemaSet, past: Past, today: dt.date) -> None:
        self.stage, self.schemas, self.past, self.today = stage, schemas, past, today

    def broken(self) -> list[Unit]:
        """The files with errors that no version of another file could mend."""
        reader, problems = reader_of(self.stage.folder, self.schemas)
        joined = Joined(reader, Discovery([], [], [], []), read_data_files(reader), [], [])
        found = check(joined, self.today, problems)
        paths = {fault.path for fault in found if fault.severity == "error" and fault.code not in POINTING}
        return sorted({_unit(path) for path in paths})

    def take_back(self, unit: Unit, versions: list[Version]) -> TakenBack | None:
        for version in versions:
            contents = {path: self.past.content(version.commit, path) for path in unit}
            if contents[unit[0]] is None:
                continue
            before = {path: self.stage.read(path) for path in unit}
            self._write(contents)
            if unit not in self.broken():
                return TakenBack(unit[0], version.commit, version.day, version.moment)
            self._write(before)
        return None

    def leave_out(self, unit: Unit) -> list[LeftOut]:
        there = [path for path in unit if self.stage.read(path) is not None]
        self._write(dict.fromkeys(there))
        return [LeftOut(path) for path in there or unit[:1]]

    def _write(self, contents: dict[str, bytes | None]) -> None:
        for path, content in contents.items():
            self.stage.write(path, content)


def _unit(path: str) -> Unit:
    if path.startswith("data/geo/"):
        return _GEO
    if path.startswith("data/indicators/"):
        stem = path.removesuffix(_PACKAGE).removesuffix(_TABLE)
        return (f"{stem}{_PACKAGE}", f"{stem}{_TABLE}")
    return (path,)

"""The data files of a root (``data/``, members apart): read, validated, and still as JSON types."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from plugins.model.problems import Problem, problem
from plugins.model.reading import syntax_problem
from plugins.model.rules.draft import Draft
from plugins.model.rules.web_addresses import insecure
from plugins.model.schema.problems import SchemaReport
from plugins.model.source_text import decode
from plugins.model.yaml.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Mapping
    from pathlib import Path

    from plugins.model.reading import Reader
    from plugins.model.yaml.positions import Positions

LISTS = {"pillars": "pillar", "clubs": "club", "territories": "territory", "platforms": "platform"}
_COLUMNS = ["year", "territory", "value"]
_YEAR = re.compile(r"[0-9]{4}")
_NUMBER = re.compile(r"[+-]?[0-9]{1,15}(?:\.[0-9]{1,15})?(?:[eE][+-]?[0-9]{1,2})?")


@dataclass(frozen=True, slots=True)
class Series:
    """An indicator as read: its package and the rows of its table with their line numbers."""

    id: str
    path: str
    package: Mapping[str, Any]
    rows: list[tuple[int, int, str, float]]


@dataclass(slots=True)
class DataFiles:
    """``items`` maps a list's name (``clubs``) to its sound items by id, and ``lines`` an item to its place in the file."""

    settings: Mapping[str, Any] | None = None
    items: dict[str, dict[str, Mapping[str, Any]]] = field(default_factory=dict)
    numbers: dict[str, dict[str, int]] = field(default_factory=dict)
    vocabularies: Mapping[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    redirects: Mapping[str, str] = field(default_factory=dict)
    series: list[Series] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    def without(self, blamed: Container[str]) -> DataFiles:
        """The same without the lists and series of files that have errors."""
        items = {name: {} if f"data/{name}.yaml" in blamed else items for name, items in self.items.items()}
        series = [one for one in self.series if one.path not in blamed]
        return replace(self, items=items, series=series)


def read_data_files(reader: Reader) -> DataFiles:
    """Read everything below ``data/`` but members, schemas and places; what a small region leaves out is empty."""
    found = DataFiles()
    found.settings = _mapping(reader, "data/site.yaml", "site", found.problems, required=True)
    for name, schema in LISTS.items():
        _list(reader, name, schema, found)
    found.vocabularies = _mapping(reader, "data/vocabularies.yaml", "vocabulary", found.problems) or {}
    _unique_terms(reader, found)
    found.redirects = _mapping(reader, "data/redirects.yaml", "redirects", found.problems) or {}
    for package in sorted((reader.root / "data/indicators").glob("*.datapackage.json")):
        series = _series(reader, package, found.problems)
        if series:
            found.series.append(series)
    return found


def _mapping(
    reader: Reader, path: str, schema: str, problems: list[Problem], *, required: bool = False
) -> Mapping[str, Any] | None:
    if not (reader.root / path).exists():
        if required:
            problems.append(problem("missing-file", path, name=path))
        return None
    data, positions, faults = reader.yaml(path)
    if data is None and not faults:
        data = {}
    problems += faults
    if not isinstance(data, dict):
        if not faults:
            problems.append(problem("yaml-not-mapping", path))
        return None
    checked = _check(reader, path, schema, data, positions)
    problems += checked
    sound = not any(p.severity == "error" for p in (*faults, *checked))
    return data if sound else None


def _check(
    reader: Reader, path: str, schema: str, data: Any, positions: Positions, *, number: int | None = None
) -> list[Problem]:
    prefix = () if number is None else (number,)
    labels = reader.schemas.labels(schema)
    found = SchemaReport(path, positions, labels, prefix).check(data, reader.schemas.validator(schema))
    draft = Draft(reader.files, path, data, positions, labels, None, 1, reader.geography, prefix)
    return [*found, *insecure(draft)]


def _list(reader: Reader, name: str, schema: str, found: DataFiles) -> None:
    path = f"data/{name}.yaml"
    found.items[name], found.numbers[name] = {}, {}
    if not (reader.root / path).exists():
        if name == "pillars":
            found.problems.append(problem("missing-file", path, name=path))
        return
    data, positions, faults = reader.yaml(path)
    found.problems += faults
    if data is None:
        return  # an empty file is an empty list; what could not be read has been told
    if not isinstance(data, list):
        found.problems.append(problem("not-a-list", path))
        return
    for number, item in enumerate(data):
        found.problems += _check(reader, path, schema, item, positions, number=number)
        identifier = item.get("id") if isinstance(item, dict) else None
        if not isinstance(identifier, str):
            continue
        if identifier in found.items[name]:
            first = positions.of((found.numbers[name][identifier], "id"))[0]
            place = positions.of((number, "id"))
            field_name = f"{number}.id"
            found.problems.append(
                problem("duplicate-id", path, place=place, field=field_name, value=identifier, first_line=first)
            )
            continue
        found.items[name][identifier] = item
        found.numbers[name][identifier] = number


def _unique_terms(reader: Reader, found: DataFiles) -> None:
    path = "data/vocabularies.yaml"
    for name, terms in found.vocabularies.items():
        first: dict[str, int] = {}
        for number, term in enumerate(terms):
            if term["id"] in first:
                line = reader.place(path, (name, first[term["id"]], "id"))[0]
                place = reader.place(path, (name, number, "id"))
                where = f"{name}.{number}.id"
                found.problems.append(
                    problem("duplicate-id", path, place=place, field=where, value=term["id"], first_line=line)
                )
            first.setdefault(term["id"], number)


def _series(reader: Reader, package: Path, problems: list[Problem]) -> Series | None:
    path = package.relative_to(reader.root).as_posix()
    identifier = package.name.removesuffix(".datapackage.json")
    before = len(problems)
    text = _text(reader, path, problems)
    if len(problems) > before:
        return None
    try:
        data = json.loads(text)
    except json.JSONDecodeError as error:
        place = (error.lineno, error.colno)
        problems.append(problem("bad-data-file", path, place=place, reason="ce n’est pas du JSON correct"))
        return None
    except RecursionError:
        problems.append(problem("bad-data-file", path, reason="trop de listes et de groupes s’emboîtent"))
        return None
    problems += _check(reader, path, "indicator", data, read_yaml(text).positions)
    table = package.with_name(f"{identifier}.csv").relative_to(reader.root).as_posix()
    rows = list(_rows(reader, table, problems))
    if any(found.severity == "error" for found in problems[before:]):
        return None
    return Series(identifier, path, data, rows)


def _text(reader: Reader, path: str, problems: list[Problem]) -> str:
    content, unreadable = reader.bytes_of(path)
    text, faults = decode(content)
    problems += [*unreadable, *(syntax_problem(path, fault) for fault in faults)]
    return text


def _rows(reader: Reader, path: str, problems: list[Problem]) -> Iterator[tuple[int, int, str, float]]:
    if not (reader.root / path).exists():
        problems.append(problem("missing-file", path, name=path))
        return
    before = len(problems)
    text = _text(reader, path, problems)
    if len(problems) > before:
        return
    lines = csv.reader(io.StringIO(text), strict=True)
    try:
        if next(lines, None) != _COLUMNS:
            reason = f"la première ligne doit être « {','.join(_COLUMNS)} »"
            problems.append(problem("bad-data-file", path, reason=reason))
            return
        for cells in lines:
            try:
                year, territory, value = cells
                yield lines.line_num, _year(year), territory, _number(value)
            except ValueError:
                reason = "chaque ligne donne une année, un territoire et un nombre"
                problems.append(problem("bad-data-file", path, place=(lines.line_num, 1), reason=reason))
    except csv.Error as error:
        problems.append(
            problem("bad-data-file", path, place=(lines.line_num, 1), reason=f"tableau CSV mal formé ({error})")
        )


def _year(text: str) -> int:
    """A year of four digits; Python's own reading takes « 2_024 » and digits of other scripts. Raises ValueError."""
    if not _YEAR.fullmatch(text):
        raise ValueError(text)
    return int(text)


def _number(text: str) -> float:
    """A finite number as JSON writes it, which has no « nan ». Raises ValueError."""
    if not _NUMBER.fullmatch(text):
        raise ValueError(text)
    return float(text)

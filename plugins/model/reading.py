"""From one file to what it says and what is wrong with it: everything that needs no other file, so that it can run in parallel."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from plugins.markup import Parsed, parse, surely_sound
from plugins.model.front_matter import read_entry
from plugins.model.problems import Problem, problem
from plugins.model.rules import RULES
from plugins.model.rules.draft import Draft
from plugins.model.rules.files import picture_size, used_files
from plugins.model.schema.problems import SchemaReport
from plugins.model.source_text import SyntaxFault, decode
from plugins.model.yaml.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from plugins.model.discovery import EntryFile
    from plugins.model.geography import Geography
    from plugins.model.root_files import RootFiles
    from plugins.model.schema.schemas import SchemaSet
    from plugins.model.yaml.positions import Path as FieldPath
    from plugins.model.yaml.positions import Positions

_BODY_LEVEL = 2
_UNREAD = Parsed("", "")


@dataclass(frozen=True, slots=True)
class Raw:
    """One file as read: ``data`` are its fields as JSON types, ``problems`` all that is wrong with the file by itself."""

    id: str
    path: str
    type_name: str
    data: Mapping[str, Any]
    body: Parsed | None
    body_line: int
    problems: Sequence[Problem] = ()
    files: Sequence[str] = ()  # files beside it that it uses, relative to the root
    picture_size: tuple[int, int] | None = None  # pixels
    is_spared: bool = False  # its text holds no error, and nothing more is known of it (`Reader.spared`)

    @property
    def is_sound(self) -> bool:
        """Whether an object can be made from it."""
        return not any(found.severity == "error" for found in self.problems)


@dataclass(frozen=True)
class Reader:
    """Reads the files of one root. It can be sent to another process, and is asked for one file after the other there.

    Texts of the entries whose paths are ``spared`` are not rendered where a glance shows that they hold no error.
    """

    root: Path
    schemas: SchemaSet
    geography: Geography
    files: RootFiles
    spared: frozenset[str] = frozenset()

    def entry(self, file: EntryFile) -> Raw:
        """Read, validate and render one entry, and try the rules that need no other file."""
        content, problems = self.bytes_of(file.path)
        source = read_entry(content)
        problems += [syntax_problem(file.path, fault) for fault in source.faults]
        labels = self.schemas.labels(file.type_name)
        data = dict(source.data)
        if not source.positions.is_damaged(()):
            report = SchemaReport(file.path, source.positions, labels)
            problems += report.check(data, self.schemas.validator(file.type_name))
        is_spared = file.path in self.spared and surely_sound(source.body)
        lang = str(data.get("lang", "fr"))
        body = _UNREAD if is_spared else parse(source.body, base_level=_BODY_LEVEL, lang=lang)
        draft = Draft(self.files, file.path, data, source.positions, labels, body, source.body_line, self.geography)
        problems += [found for rule in RULES for found in rule(draft)]
        return Raw(
            file.id,
            file.path,
            file.type_name,
            data,
            body,
            source.body_line,
            problems,
            used_files(draft),
            picture_size(draft),
            is_spared,
        )

    def member(self, path: str) -> Raw:
        """Read and validate one member."""
        identifier = path.rpartition("/")[2].removesuffix(".yaml")
        data, positions, problems = self.yaml(path)
        if isinstance(data, dict):
            labels = self.schemas.labels("member")
            problems += SchemaReport(path, positions, labels).check(data, self.schemas.validator("member"))
            draft = Draft(self.files, path, data, positions, labels, None, 1, self.geography)
            problems += [found for rule in RULES for found in rule(draft)]
        elif not problems:
            problems.append(problem("yaml-not-mapping", path))
        return Raw(identifier, path, "member", data if isinstance(data, dict) else {}, None, 1, problems)

    def yaml(self, path: str) -> tuple[Any, Positions, list[Problem]]:
        """The data of a YAML file, where its values stand, and what is wrong with its form."""
        content, problems = self.bytes_of(path)
        text, faults = decode(content)
        document = read_yaml(text)
        problems += [syntax_problem(path, fault) for fault in (*faults, *document.faults)]
        return document.data, document.positions, problems

    def place(self, path: str, where: FieldPath) -> tuple[int, int]:
        """Line and column of a field, read again from the file: only problems ask, and they are few."""
        content = self._content(path)
        if path.endswith(".md"):
            return read_entry(content).positions.of(where)
        text, _ = decode(content)
        return read_yaml(text).positions.of(where)

    def bytes_of(self, path: str) -> tuple[bytes, list[Problem]]:
        """The bytes of a file of the root, or what keeps them from being read. Links are not followed: they may lead out."""
        if self.files.is_link(path):
            return b"", [problem("symbolic-link", path)]
        try:
            return self._content(path), []
        except OSError as error:
            return b"", [problem("unreadable-file", path, reason=error.strerror or "erreur de lecture")]

    def _content(self, path: str) -> bytes:
        with self.files.open(path) as file:
            return file.read()


def syntax_problem(path: str, fault: SyntaxFault) -> Problem:
    """A fault of form as a problem; a YAML syntax fault has one code for each reason that is known."""
    code = fault.code
    if code == "yaml-syntax" and fault.params.get("reason", "other") != "other":
        code = f"yaml-{fault.params['reason']}"
    values: dict[str, Any] = dict(fault.params)
    return problem(code, path, place=(fault.line, fault.column), **values)

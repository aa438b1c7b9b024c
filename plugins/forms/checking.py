"""The checks of a site for files that are not part of it yet: what passes here passes ``check`` once it is there."""

from __future__ import annotations

from collections import ChainMap
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.forms.yaml_text import write_yaml
from plugins.model import addresses
from plugins.model.discovery import EntryFile
from plugins.model.links import LinkResolver, link_problems
from plugins.model.reading import Raw, Reader
from plugins.model.references import KnownIds, ReferenceCheck
from plugins.model.root_files import ProposedFiles
from plugins.model.rules import RULES
from plugins.model.rules.draft import Draft
from plugins.model.schema.problems import SchemaReport
from plugins.model.site_rules import answer_problems
from plugins.model.yaml.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from plugins.model.objects import Site
    from plugins.model.problems import Problem

_ENTRIES, _MEMBERS = "content/", "data/members/"


@dataclass(frozen=True, slots=True)
class Checked:
    """A file as read, and all that is wrong with it."""

    raw: Raw
    problems: list[Problem]


class Checker:
    """The checks for one site, made once and asked for many files."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self._by_folder = {kind.folder: kind for kind in site.schemas.content_types}

    @cached_property
    def known(self) -> KnownIds:
        """Everything that a file may name."""
        site = self.site
        return KnownIds(
            {
                "member": frozenset(site.members),
                "club": frozenset(site.clubs),
                "pillar": frozenset(site.pillars),
                "territory": frozenset(site.territories),
                "entry": frozenset(site.entries),
            },
            site.geography,
            {
                name: [{"id": term.id, "label": term.label} for term in terms.values()]
                for name, terms in site.vocabularies.items()
            },
        )

    @cached_property
    def links(self) -> LinkResolver:
        """Everything that a text may link to."""
        return LinkResolver(self.site)

    @cached_property
    def _paths(self) -> dict[str, str]:
        return {entry.path: entry.address for entry in self.site.entries.values()}

    def fields(self, type_name: str, data: Mapping[str, Any]) -> list[Problem]:
        """What is wrong with the fields of a half-filled entry or member that has no text and no files yet."""
        schemas = self.site.schemas
        document = read_yaml(write_yaml(data, list(data)))
        fields = dict(document.data) if isinstance(document.data, dict) else {}
        labels = schemas.labels(type_name)
        found = SchemaReport("", document.positions, labels).check(fields, schemas.validator(type_name))
        references = ReferenceCheck(self.known, lambda _, where: document.positions.of(where))
        found += references.check("", fields, schemas.references(type_name), labels)
        draft = Draft(ProposedFiles({}, _nothing), "", fields, document.positions, labels, None, 1, self.site.geography)
        return found + [problem for rule in RULES for problem in rule(draft)]

    def files(self, changed: Mapping[str, bytes | None], below: Callable[[str], bytes | None]) -> dict[str, Checked]:
        """What is wrong with each entry and member among ``changed`` (path relative to the root → content, None where it
        goes away) if they are all written over the files that ``below`` gives. Other files are not asked about.
        """
        files = ProposedFiles(changed, below)
        reader = Reader(Path(), self.site.schemas, self.site.geography, files)
        raws = [self._read(reader, path) for path, content in changed.items() if content is not None and _is_text(path)]
        new = {kind: {raw.id for raw in raws if (raw.type_name == "member") == (kind == "member")} for kind in _KINDS}
        references = ReferenceCheck(self.known, lambda *_: (1, 1), new)
        return {raw.path: Checked(raw, [*raw.problems, *self._around(raw, raws, reader, references)]) for raw in raws}

    def address_of(self, path: str) -> str:
        """The address of the page that an entry or member file makes."""
        if path.startswith(_MEMBERS):
            return f"{addresses.MEMBERS}{_member_id(path)}/"
        file = self._entry_file(path)
        return addresses.entry_address(self.site.schemas.content_type(file.type_name), file.id)

    def _read(self, reader: Reader, path: str) -> Raw:
        return reader.member(path) if path.startswith(_MEMBERS) else reader.entry(self._entry_file(path))

    def _entry_file(self, path: str) -> EntryFile:
        identifier = path.removeprefix(_ENTRIES).removesuffix(".md")
        return EntryFile(identifier, path, self._by_folder[identifier.partition("/")[0]].name)

    def _around(self, raw: Raw, raws: Sequence[Raw], reader: Reader, references: ReferenceCheck) -> Iterator[Problem]:
        """What needs other files: references, links, and the questions that are answered."""
        schemas = self.site.schemas
        yield from references.check(
            raw.path, raw.data, schemas.references(raw.type_name), schemas.labels(raw.type_name)
        )
        if raw.type_name == "member":
            return
        pages = {other.path: self.address_of(other.path) for other in raws}
        resolver = self.links.joined_by(pages.values(), pages[raw.path], raw)
        yield from link_problems([raw], resolver, ChainMap(pages, self._paths))
        asked = self.site.entries.get(str(raw.data.get("consultation", "")))
        if asked is not None:
            yield from answer_problems(raw, asked.fields, reader)


def errors_at(problems: Sequence[Problem], field: str) -> list[Problem]:
    """The errors at ``field`` (dotted, ``results.0.value``) and below; all where ``field`` is empty."""
    errors = [problem for problem in problems if problem.severity == "error"]
    return [p for p in errors if not field or p.field == field or p.field.startswith(f"{field}.")]


_KINDS = ("member", "entry")


def _is_text(path: str) -> bool:
    return (path.startswith(_ENTRIES) and path.endswith(".md")) or path.startswith(_MEMBERS)


def _member_id(path: str) -> str:
    return path.removeprefix(_MEMBERS).removesuffix(".yaml")


def _nothing(path: str) -> None:
    del path

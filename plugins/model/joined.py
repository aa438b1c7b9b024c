"""The files of a root put together: what is wrong with them although each is right by itself, step by step."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.model import addresses
from plugins.model.assemble import assemble
from plugins.model.data_files import LISTS
from plugins.model.links import LinkResolver, link_problems
from plugins.model.references import KnownIds, ReferenceCheck
from plugins.model.site_rules import SITE_RULES, SiteUnderCheck

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Iterable, Iterator, Sequence

    from plugins.model.data_files import DataFiles
    from plugins.model.discovery import Discovery
    from plugins.model.objects import Site
    from plugins.model.problems import Problem
    from plugins.model.reading import Raw, Reader


@dataclass
class Joined:
    """Everything that was read of one root. `assemble` comes before `link_problems` and `site_problems`."""

    reader: Reader
    found: Discovery
    files: DataFiles
    entries: Sequence[Raw]
    members: Sequence[Raw]
    site: Site | None = field(default=None, init=False)

    @property
    def raws(self) -> Sequence[Raw]:
        """Entries and members."""
        return (*self.entries, *self.members)

    def own_problems(self) -> Iterator[Problem]:
        """What is wrong with each file by itself."""
        yield from self.found.problems
        yield from self.files.problems
        for raw in self.raws:
            yield from raw.problems

    def reference_problems(self) -> Iterator[Problem]:
        """Names of what does not exist."""
        check = ReferenceCheck(self.known_ids(), self.reader.place)
        schemas = self.reader.schemas
        for raw in self.raws:
            yield from check.check(raw.path, raw.data, schemas.references(raw.type_name), schemas.labels(raw.type_name))
        for name, schema in LISTS.items():
            for identifier, item in self.files.items[name].items():
                prefix = (self.files.numbers[name][identifier],)
                path = f"data/{name}.yaml"
                yield from check.check(path, item, schemas.references(schema), schemas.labels(schema), prefix)

    def assemble(self, today: dt.date, problems: Iterable[Problem]) -> Site | None:
        """The site without the files that ``problems`` blame for an error; None where its settings cannot be read."""
        if self.files.settings is None:
            return None
        blamed = {fault.path for fault in problems if fault.severity == "error"}
        self.site = assemble(
            self.files.without(blamed),
            entries=[raw for raw in self.entries if raw.path not in blamed],
            members=[raw for raw in self.members if raw.path not in blamed],
            schemas=self.reader.schemas,
            geography=self.reader.geography,
            today=today,
        )
        return self.site

    def link_problems(self, raws: Iterable[Raw]) -> Iterator[Problem]:
        """Links in the texts of ``raws`` that lead nowhere."""
        return link_problems(raws, self.resolver, self.pages)

    def site_problems(self) -> Iterator[Problem]:
        """What the rules about the whole site find."""
        check = SiteUnderCheck(self._site, self.reader, self.found, self.files, self.raws, self.resolver)
        for rule in SITE_RULES:
            yield from rule(check)

    @cached_property
    def pages(self) -> dict[str, str]:
        """The address of each entry's file, faulty ones too."""
        types = self.reader.schemas.content_type
        return {file.path: addresses.entry_address(types(file.type_name), file.id) for file in self.found.entries}

    @cached_property
    def resolver(self) -> LinkResolver:
        """Where links lead."""
        return LinkResolver(self._site, [*self.pages.values(), *self._possible_addresses()])

    @property
    def _site(self) -> Site:
        if self.site is None:
            raise ValueError("assemble first")
        return self.site

    def known_ids(self) -> KnownIds:
        """Everything that a file may name."""
        items = self.files.items
        return KnownIds(
            {
                "member": frozenset(_member_id(path) for path in self.found.members),
                "club": frozenset(items["clubs"]),
                "pillar": frozenset(items["pillars"]),
                "territory": frozenset(items["territories"]),
                "entry": frozenset(file.id for file in self.found.entries),
            },
            self.reader.geography,
            self.files.vocabularies,
        )

    def _possible_addresses(self) -> Iterator[str]:
        """Pages of members and groups that would exist if their files had no faults."""
        for path in self.found.members:
            yield f"{addresses.MEMBERS}{_member_id(path)}/"
        for name, base in (
            ("clubs", addresses.CLUBS),
            ("pillars", addresses.PILLARS),
            ("territories", addresses.TERRITORIES),
        ):
            for identifier in self.files.items[name]:
                yield f"{base}{identifier}/"


def in_reading_order(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, sorted by file and line."""
    return sorted(dict.fromkeys(problems), key=lambda fault: fault.sort_key)


def _member_id(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".yaml")

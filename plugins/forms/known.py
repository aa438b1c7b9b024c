"""What an answer may name: ids with their names, so that people can answer with either."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from plugins.model.addresses import slug
from plugins.model.nearest import Nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plugins.model.objects import Club, Member, Pillar, Site, Territory
    from plugins.model.schema.schemas import Reference

_WITH_ID = re.compile(r".*\((?P<id>[A-Za-z0-9/-]+)\)")
FEW = 20  # choices that are listed with numbers
MANY_HITS = 8  # suggestions that are shown


@dataclass(frozen=True)
class Choices:
    """The ids that one field may name, each with what people call it."""

    names: Mapping[str, str]

    @cached_property
    def _by_slug(self) -> Mapping[str, list[str]]:
        found = defaultdict(list)
        for id_, name in self.names.items():
            found[_key(name)].append(id_)
        return found

    @property
    def numbered(self) -> list[str]:
        """The ids in the order in which they are listed, if they are few."""
        return list(self.names) if len(self.names) <= FEW else []

    @property
    def listed(self) -> list[str]:
        """Their names, in the same order."""
        return [self.names[id_] for id_ in self.numbered]

    def resolve(self, text: str) -> str | None:
        """The id that ``text`` means where choices are listed with numbers: an id, a number, or a name."""
        if text not in self.names and text.isascii() and text.isdigit() and 0 < int(text) <= len(self.numbered):
            return self.numbered[int(text) - 1]
        meant = self.meant(text)
        return meant[0] if len(meant) == 1 else None

    def meant(self, text: str) -> list[str]:
        """The ids that ``text`` may mean: an id, « name (id) », or a name, in which accents and case do not count."""
        if text in self.names:
            return [text]
        shown = _WITH_ID.fullmatch(text)
        if shown and shown["id"] in self.names:
            return [shown["id"]]
        return self._by_slug.get(_key(text), []) if _key(text) else []

    def like(self, text: str) -> list[str]:
        """Ids whose name holds what was typed, as « id (name) »."""
        return [f"{id_} ({self.names[id_]})" for id_ in self.similar(text)]

    def told(self, ids: Iterable[str]) -> list[str]:
        """Ids as people may type them: « name (id) »."""
        return [f"{self.names[id_]} ({id_})" for id_ in ids]

    def similar(self, text: str) -> list[str]:
        """Ids whose name holds what was typed; else the one whose name is nearest to it."""
        wanted = _key(text)
        if not wanted:
            return []
        hits = (id_ for name, ids in self._by_slug.items() for id_ in ids if wanted in name or wanted in id_)
        found = [id_ for id_, _ in zip(hits, range(MANY_HITS), strict=False)]
        near = None if found else self._nearest.to(wanted)
        return [*found, *(self._by_slug[near] if near else [])]

    @cached_property
    def _nearest(self) -> Nearest:
        return Nearest(self._by_slug)


def _key(name: str) -> str:
    """What two spellings of a name have in common."""
    return slug(name.replace("’", "'"))


def choices_of(reference: Reference, site: Site) -> Choices:
    """What a field may name in a site."""
    if reference.vocabulary:
        terms = site.vocabularies.get(reference.vocabulary, {})
        return Choices({term.id: term.label for term in terms.values()})
    return Choices({id_: name for kind in reference.kinds for id_, name in _things(kind, site)})


def _things(kind: str, site: Site) -> Iterator[tuple[str, str]]:
    base, _, folder = kind.partition(":")
    if base == "entry":
        return ((id_, entry.title) for id_, entry in site.entries.items() if id_.startswith(folder))
    if base == "commune":
        return ((commune.insee, commune.name) for commune in site.geography.communes.values())
    named: Mapping[str, Mapping[str, Member | Club | Pillar | Territory]] = {
        "member": site.members,
        "club": site.clubs,
        "pillar": site.pillars,
        "territory": site.territories,
    }
    return ((id_, thing.name) for id_, thing in named[base].items())

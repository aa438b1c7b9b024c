"""The things a network is made of, as plain typed objects whose relations are resolved both ways.

Built by :mod:`plugins.model.load`; everybody else only reads them. Private facts never get this far: a member's fields that are
not in ``public`` are dropped while loading, so no page, feed or index can show them by mistake.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeAlias

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping, Sequence

    from plugins.markup import Parsed
    from plugins.model.geography import Commune, Geography
    from plugins.model.schema.schemas import ContentType, SchemaSet

Json: TypeAlias = Any  # a JSON value: None, bool, int, float, str, list, dict


@dataclass(frozen=True, slots=True)
class Source:
    """Where a fact comes from: a title and an absolute address a reader can open."""

    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture beside an entry. ``path`` is relative to the root, sizes are in pixels, ``alt`` is what a blind reader hears."""

    path: str
    alt: str
    credit: str
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Term:
    """One word of a vocabulary: ``id`` is written in entries, ``label`` is read, ``aliases`` are also searched."""

    id: str
    label: str
    description: str
    aliases: tuple[str, ...]


class _Brief:
    """Says its kind, and its id if it has one: relations go in circles, and a representation that followed them would never end."""

    __slots__ = ()

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {getattr(self, 'id', '')}>"

    def _repr_pretty_(self, printer: Any, _cycle: bool) -> None:  # what IPython and hypothesis ask for
        printer.text(repr(self))


@dataclass(frozen=True, repr=False, slots=True)
class Mention(_Brief):
    """That an entry names somebody or something, and in which field (``authors``, ``holder``, ``winners.member``…)."""

    entry: Entry
    role: str


@dataclass(eq=False, repr=False, slots=True)
class Pillar(_Brief):
    """A pillar of the circular economy, in the platform's own order (``position`` counts from 0)."""

    id: str
    name: str
    definition: str
    colour: str
    icon: str
    position: int
    address: str
    mentions: list[Mention] = field(default_factory=list)
    clubs: list[Club] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)


@dataclass(eq=False, repr=False, slots=True)
class Territory(_Brief):
    """A region, département, EPCI, commune or project area; ``communes`` are all communes inside, by INSEE code."""

    id: str
    name: str
    kind: str
    code: str
    labels: tuple[str, ...]
    year: int | None
    source: Source | None
    address: str
    parts: list[Territory] = field(default_factory=list)
    wholes: list[Territory] = field(default_factory=list)
    communes: list[Commune] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    members: list[Member] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Changes:
    """What git remembers of a page: the day of its last contribution, and how many there were; None where git does not reach."""

    last: dt.date | None
    count: int | None


@dataclass(eq=False, repr=False, slots=True)
class Club(_Brief):
    """A club or network of the region. ``editors`` are the accounts, at the forge, of who reviews for it: no view shows them."""

    id: str
    name: str
    short: str
    description: str
    themes: tuple[str, ...]
    organisation: str
    url: str
    join: str
    founded: int | None
    source: Source | None
    demo: bool
    address: str
    editors: tuple[str, ...] = ()
    pillars: list[Pillar] = field(default_factory=list)
    animator: Member | None = None
    members: list[Member] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)


@dataclass(eq=False, repr=False, slots=True)
class Member(_Brief):
    """A person or an organisation, with what it chose to show. ``public`` names the fields shown; the others are empty here."""

    id: str
    name: str
    kind: str
    organisation: str
    role: str
    skills: tuple[str, ...]
    seeks: tuple[str, ...]
    offers: tuple[str, ...]
    url: str
    since: dt.date | None
    public: frozenset[str]
    source: Source | None
    demo: bool
    address: str
    commune: Commune | None = None
    clubs: list[Club] = field(default_factory=list)
    pillars: list[Pillar] = field(default_factory=list)
    animates: list[Club] = field(default_factory=list)
    mentions: list[Mention] = field(default_factory=list)
    changes: Changes | None = None  # None without git


@dataclass(eq=False, repr=False, slots=True)
class Tag(_Brief):
    """A free word: ``slug`` compares without accents and case, ``label`` is the most frequent spelling."""

    slug: str
    label: str
    address: str
    mentions: list[Mention] = field(default_factory=list)


Party: TypeAlias = "Member | Club | str"


@dataclass(eq=False, repr=False, slots=True)
class Entry(_Brief):
    """One contribution. ``fields`` holds the whole validated front matter as JSON types; the typed attributes and ``references``
    are made from it. ``references`` maps a dotted field name without indexes (``organiser``, ``winners.member``) to the objects it
    names, in order; a name that is no id stays text.
    """

    id: str
    type: ContentType
    path: str
    address: str
    title: str
    summary: str
    date: dt.date
    updated: dt.date | None
    tags: list[Tag]
    sources: tuple[Source, ...]
    licence: str
    lang: str
    demo: bool
    fields: Mapping[str, Json]
    body: Parsed
    picture: Picture | None = None
    files: tuple[str, ...] = ()  # files beside the entry that it uses, relative to the root
    communes: tuple[Commune, ...] = ()
    point: tuple[float, float] | None = None  # latitude, longitude in degrees (WGS 84), stated or the commune's
    authors: list[Member | str] = field(default_factory=list)  # words: somebody whose page is left out of this build
    pillars: list[Pillar] = field(default_factory=list)
    clubs: list[Club] = field(default_factory=list)
    territories: list[Territory] = field(default_factory=list)  # stated, then those its commune lies in
    related: list[Entry] = field(default_factory=list)
    references: dict[str, list[Any]] = field(default_factory=dict)
    mentions: list[Mention] = field(
        default_factory=list
    )  # entries that name this one (contributions, winners, related)
    changes: Changes | None = None  # None without git

    @property
    def changed(self) -> dt.date:
        """The day of the last change: as the front matter says, else as git remembers it, else the day of publication."""
        if self.updated is not None or self.changes is None or self.changes.last is None:
            return self.updated or self.date
        return max(self.date, self.changes.last)


@dataclass(frozen=True, slots=True)
class Platform:
    """A sister platform."""

    id: str
    name: str
    url: str
    region: str
    feeds: Mapping[str, str]
    licence: str


@dataclass(frozen=True, slots=True)
class Indicator:
    """A series of the observatory: rows of (year, territory id, value), with its Frictionless description as read."""

    id: str
    title: str
    unit: str
    method: str
    package: Mapping[str, Json]
    rows: tuple[tuple[int, str, float], ...]


@dataclass(repr=False, slots=True)
class Site(_Brief):
    """Everything a root says, resolved. Dictionaries keep the order in which pages list things."""

    settings: Mapping[str, Json]
    schemas: SchemaSet
    geography: Geography
    pillars: dict[str, Pillar]
    territories: dict[str, Territory]
    clubs: dict[str, Club]
    members: dict[str, Member]
    tags: dict[str, Tag]
    vocabularies: Mapping[str, Mapping[str, Term]]
    platforms: Sequence[Platform]
    indicators: Sequence[Indicator]
    redirects: Mapping[str, str]
    entries: dict[str, Entry]
    by_folder: dict[
        str, list[Entry]
    ]  # content folder (``events``) → its entries in the order of their type (``ContentType.sort``)
    today: dt.date


def entries_in(mentions: Sequence[Mention], *roles: str) -> list[Entry]:
    """The entries of ``mentions`` once each, in order; only those with one of ``roles`` if any is given."""
    seen: dict[str, Entry] = {}
    for mention in mentions:
        if not roles or mention.role in roles:
            seen.setdefault(mention.entry.id, mention.entry)
    return list(seen.values())

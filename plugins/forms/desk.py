"""What making a proposal needs beside the post: the site with its checks and names, and what surrounds it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from plugins.forms.checking import Checker
from plugins.forms.left_behind import InsideLink, inside_links
from plugins.forms.resolving import Resolver
from plugins.model.addresses import slug

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable, Mapping

    from plugins.forms.faults import FieldFault
    from plugins.model.objects import Member, Site
    from plugins.model.schema.schemas import FlatSchema

MEMBER = "member"


@dataclass(frozen=True)
class Desk:
    """The site as proposals see it; made once for a site, since what it knows takes time to gather."""

    site: Site

    @cached_property
    def checker(self) -> Checker:
        """The checks of the site."""
        return Checker(self.site)

    @cached_property
    def resolver(self) -> Resolver:
        """The names of the site."""
        return Resolver(self.site)

    @cached_property
    def links(self) -> list[InsideLink]:
        """The links of all texts to pages of the site."""
        return inside_links(self.site, self.checker.links)

    @cached_property
    def members_by_slug(self) -> Mapping[str, list[Member]]:
        """The members that bear a name, whatever its accents and case."""
        found: dict[str, list[Member]] = defaultdict(list)
        for member in self.site.members.values():
            found[slug(member.name)].append(member)
        return found

    def flat(self, type_name: str) -> FlatSchema:
        """The fields of a type."""
        return self.site.schemas.flattened(type_name)

    def resolved(self, data: Mapping[str, Any], flat: FlatSchema) -> tuple[dict[str, Any], list[FieldFault]]:
        """The data with ids in place of names."""
        return self.resolver.resolve(data, flat.references, flat.labels)


@dataclass(frozen=True, slots=True)
class Around:
    """The day, the pictures that came with the post, the present content of a file of the root (None where there is none),
    and which ids other open proposals use. ``entry_id`` and ``member_id`` are what this proposal was called when it was made
    before, and empty the first time.
    """

    today: dt.date
    pictures: Mapping[str, bytes]
    source: Callable[[str], bytes | None]
    taken: Callable[[str], bool]
    entry_id: str = ""
    member_id: str = ""


@dataclass(frozen=True, slots=True)
class Draft:
    """A proposal before it is checked; ``path`` is its own file, ``files`` are all, None where one goes away."""

    entry_id: str
    title: str
    path: str
    data: Mapping[str, Any]
    files: dict[str, bytes | None]
    faults: list[FieldFault] = field(default_factory=list)
    remarks: list[FieldFault] = field(default_factory=list)
    member_id: str = ""


def order(flat: FlatSchema) -> list[str]:
    """The keys in the order of the form, which is that of the file."""
    return [each.name for each in flat.fields]


def member_path(member_id: str) -> str:
    """The file of a member."""
    return f"data/members/{member_id}.yaml"


def entry_path(entry_id: str) -> str:
    """The file of an entry."""
    return f"content/{entry_id}.md"

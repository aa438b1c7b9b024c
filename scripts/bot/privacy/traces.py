"""Where a member stands in the site's files, which git keeps and only a proposal can change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.model.objects import Site


@dataclass(frozen=True, slots=True)
class Trace:
    """That a file of the root names a member: ``role`` is the field (``authors``, ``holder``), empty for the member's own file."""

    member: str
    path: str
    role: str = ""


def traces(site: Site, members: Iterable[str]) -> list[Trace]:
    """The files that name these members, each member's own file first. A member that the site does not have leaves none."""
    found: list[Trace] = []
    for name in members:
        member = site.members.get(name)
        if member is None:
            continue
        found.append(Trace(name, member_path(name)))
        found += [Trace(name, "data/clubs.yaml", f"animator: {club.id}") for club in member.animates]
        named = {(mention.entry.path, mention.role) for mention in member.mentions}
        found += [Trace(name, path, role) for path, role in sorted(named)]
    return found


def member_path(member: str) -> str:
    """Where a member's file lies, relative to the root."""
    return f"data/members/{member}.yaml"

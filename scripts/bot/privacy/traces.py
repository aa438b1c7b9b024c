"""Where a member stands in the site's files, which git keeps and only a proposal can change."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from scripts.bot.submission import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.model.objects import Site
    from scripts.bot.store.privacy import Held


_ACCEPTED: Final = frozenset({State.MERGED, State.PUBLISHED})


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


def made_members(held: Held) -> set[str]:
    """The members that a person is, as far as is known: whose address it was accepted as, and whom it proposed as new."""
    found = set(held.members)
    for one in (held_one.submission for held_one in held.submissions):
        if one.state in _ACCEPTED and one.posted.action == "create":
            made = one.entry_id if one.posted.type_name == "member" else one.seen.get("member")
            found |= {made} if isinstance(made, str) and made else set()
    return found


def written(held: Held) -> list[str]:
    """The files of the site that came from a person's accepted proposals."""
    accepted = (one.submission for one in held.submissions if one.submission.state in _ACCEPTED)
    return sorted({path for one in accepted for path in one.paths})


def member_path(member: str) -> str:
    """Where a member's file lies, relative to the root."""
    return f"data/members/{member}.yaml"

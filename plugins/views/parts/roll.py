"""Those members of a club, pillar or territory that its page names, and the way to all of them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final, TypedDict

from plugins.model.addresses import MEMBERS
from plugins.views.parts.people import Person, person
from plugins.views.parts.sections import narrowed

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.objects import Member
    from plugins.publication.context import Context

SHOWN: Final = 18


class Roll(TypedDict):
    """Members of a group, as far as they show it."""

    members: Annotated[list[Person], "At most eighteen of them."]
    total: Annotated[int, "How many there are."]
    href: Annotated[str, "The directory, whose filters choose these; empty where it is not made."]


def roll(ctx: Context, members: Sequence[Member], choice: str) -> Roll:
    """The first of ``members``; ``choice`` is what the filters of the directory call them: ``clubs=club-repar``."""
    return {
        "members": [person(ctx, member) for member in members[:SHOWN]],
        "total": len(members),
        "href": narrowed(ctx.href(MEMBERS), choice),
    }

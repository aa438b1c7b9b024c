"""Members and clubs as they are named on other pages."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any, TypedDict

from plugins.markup import typography
from plugins.model.objects import Club, Member
from plugins.views.words.labels import member_kind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.publication.context import Context


class Person(TypedDict):
    """Somebody: a member, a club or a name in words."""

    name: str
    href: Annotated[str, "The page; empty where there is none."]
    kind: Annotated[str, "The kind of member, « club » for a club; empty for a name."]
    detail: Annotated[str, "The organisation, if it is shown."]
    place: Annotated[str, "The commune, if it is shown."]
    ring: Annotated[list[int], "The places of the pillars shown."]
    pillars: Annotated[str, "Their names."]
    demo: bool


def person(ctx: Context, who: Member | Club | str) -> Person:
    """How somebody is named."""
    if isinstance(who, str):
        return _person(typography(who))
    common = {
        "href": ctx.href(who.address),
        "ring": sorted({pillar.position for pillar in who.pillars}),
        "pillars": ", ".join(pillar.name for pillar in who.pillars),
        "demo": who.demo,
    }
    if isinstance(who, Club):
        return _person(typography(who.name), kind="club", **common)
    return _person(
        typography(who.name),
        kind=member_kind(ctx, who),
        detail=typography(who.organisation),
        place=typography(who.commune.name) if who.commune else "",
        **common,
    )


def people(ctx: Context, names: Iterable[Any]) -> list[Person]:
    """Those of ``names`` that are somebody, in order."""
    return [person(ctx, who) for who in names if isinstance(who, Member | Club | str)]


def _person(name: str, **known: Any) -> Person:
    blank: Person = {
        "name": name, "href": "", "kind": "", "detail": "", "place": "", "ring": [], "pillars": "", "demo": False,
    }  # fmt: skip
    return {**blank, **known}  # type: ignore[typeddict-item]  # keys of Person, from this module only

"""What the map can show, layer by layer: the contributions that have a place, and members whose commune is public.

The first layer is shown at once, the others on demand. Of what takes place or expires, only what is still ahead is on the map.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from plugins.markup import typography
from plugins.model.addresses import MAP, MEMBERS
from plugins.views.parts.cards import card, moment_words, occurrence
from plugins.views.parts.maps import marks_of
from plugins.views.words.index_names import INDEXES
from plugins.views.words.labels import capital, member_kind

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.geography import Commune
    from plugins.model.objects import Entry, Member
    from plugins.model.schema.schemas import ContentType
    from plugins.publication.context import Context

Point: TypeAlias = dict[str, Any]

GROUND: Final = f"{MAP}contours.json"  # where the outlines stand
WIDTH: Final = 800  # of the map that the build draws; its cells order the list
DECIMALS: Final = 4  # of degrees: some ten metres, more than a commune's middle deserves
ABSENT: Final = frozenset({"cancelled", "postponed"})  # not where and when they were said to be


@dataclass(frozen=True, slots=True)
class Layer:
    """One kind of thing on the map. ``name`` is its folder or ``members``; ``points`` as :func:`entry_point` makes them."""

    name: str
    title: str
    singular: str
    points: Sequence[Point]

    def address(self, piece: int = 1) -> str:
        """Where its points stand (``/carte/initiatives.json``); more than one piece is ``/carte/initiatives-2.json``…"""
        return f"{MAP}{self.name}{f'-{piece}' if piece > 1 else ''}.json"


def layers(ctx: Context) -> list[Layer]:
    """The layers that hold something, the one that the page shows without being asked first; none without geography."""
    if ctx.site.geography.bounds is None:
        return []
    first = mapped_type(ctx)
    kinds = [kind for kind in ctx.site.schemas.content_types if kind.place and kind is not first]
    found = [_of_type(ctx, kind) for kind in ([first] if first else []) + kinds]
    found.append(_of_members(ctx))
    return [layer for layer in found if layer.points]


def mapped_type(ctx: Context) -> ContentType | None:
    """The type that the map shows: of those with places, the first that neither takes place nor expires."""
    for kind in ctx.site.schemas.content_types:
        if kind.place and kind.direction == "newest" and "expires" not in kind.schema.get("properties", {}):
            return kind
    return None


def in_order(ctx: Context, entries: Sequence[Entry]) -> list[Entry]:
    """Those of ``entries`` that have a place, as the list beside the map has them: from the north to the south."""
    return [entry for _, found in marks_of(ctx, entries, WIDTH) for entry in found]


def _of_type(ctx: Context, kind: ContentType) -> Layer:
    entries = [entry for entry in ctx.site.by_folder.get(kind.folder, []) if entry.point and _is_ahead(ctx, entry)]
    points = [entry_point(ctx, entry) for entry in in_order(ctx, entries)]
    return Layer(kind.folder, typography(kind.plural), capital(typography(kind.singular)), points)


def _is_ahead(ctx: Context, entry: Entry) -> bool:
    shown = card(ctx, entry)
    return not shown["over"] and shown["state"] not in ABSENT


def _of_members(ctx: Context) -> Layer:
    around: dict[str, list[str]] = {}
    for territory in ctx.site.territories.values():
        for member in territory.members:
            around.setdefault(member.id, []).append(territory.id)
    placed = [
        _member_point(ctx, member, member.commune, around.get(member.id, []))
        for member in ctx.site.members.values()
        if member.commune and member.commune.lat is not None and member.commune.lon is not None
    ]
    placed.sort(key=lambda point: (-point["lat"], point["lon"], point["id"]))
    member_type = next(kind for kind in ctx.site.schemas.data_types if kind.name == "member")
    return Layer("members", INDEXES[MEMBERS], capital(typography(member_type.singular)), placed)


def entry_point(ctx: Context, entry: Entry) -> Point:
    """An entry on the map: where it is, what its line in the list says, and by what it is filtered."""
    lat, lon = entry.point or (0.0, 0.0)
    shown, moment = card(ctx, entry), occurrence(ctx, entry)
    figure = shown["figure"]
    last = moment.last_day.isoformat() if moment else entry.fields.get("expires")
    return _said(
        {
            "id": entry.id,
            "href": shown["href"],
            "title": shown["title"],
            "place": shown["place"],
            "note": moment_words(moment) if moment else f"{figure['number']}\u00a0{figure['unit']}" if figure else "",
            "lat": round(lat, DECIMALS),
            "lon": round(lon, DECIMALS),
            "pillars": [pillar.id for pillar in entry.pillars],
            "clubs": [club.id for club in entry.clubs],
            "territories": [territory.id for territory in entry.territories],
            "sectors": list(entry.fields.get("sectors") or ()),
            "stage": entry.fields.get("stage"),
            "year": str(entry.fields.get("started") or (moment.first_day if moment else entry.date).year),
            "until": last,
            "demo": entry.demo,
        }
    )


def _member_point(ctx: Context, member: Member, home: Commune, territories: list[str]) -> Point:
    """A member whose commune is public; the model holds nothing else of a member than what is."""
    return _said(
        {
            "id": f"members/{member.id}",
            "href": ctx.href(member.address),
            "title": typography(member.name),
            "place": home.name,
            "note": member_kind(ctx, member),
            "lat": round(home.lat or 0.0, DECIMALS),
            "lon": round(home.lon or 0.0, DECIMALS),
            "pillars": [pillar.id for pillar in member.pillars],
            "clubs": [club.id for club in member.clubs],
            "territories": territories,
            "demo": member.demo,
        }
    )


def _said(facts: Point) -> Point:
    return {name: fact for name, fact in facts.items() if fact or name in {"lat", "lon"}}

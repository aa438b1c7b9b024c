"""What is open: each kind of thing as a table of public facts. The schema says which fields there are and which are public.

Demonstration content is left out, and so is everything that a member did not choose to show.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from plugins.documents.outlines import outline, point
from plugins.model.addresses import CLUBS, MEMBERS, TERRITORIES, list_address

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.documents.outlines import Geometry
    from plugins.model.objects import Club, Entry, Member, Source, Territory
    from plugins.model.schema.schemas import ContentType, Field
    from plugins.publication.context import Context

Item: TypeAlias = "dict[str, Any]"

# Fields of a member that ``public`` may name; ``name`` always shows.
MEMBER_FACTS: Final = (
    "name", "kind", "organisation", "role", "commune", "url", "clubs", "pillars", "since", "skills", "seeks", "offers",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """One thing: its id, its page, its public facts as the schema nests them, and where it lies (None if nowhere)."""

    id: str
    address: str
    facts: Item
    geometry: Geometry | None = None


@dataclass(frozen=True, slots=True)
class DataSet:
    """A table. ``name`` is that of its files, ``schema`` that of its schema, ``page`` the list that people read (or empty)."""

    name: str
    schema: str
    title: str
    description: str
    page: str
    fields: tuple[Field, ...]
    rows: Sequence[Row]


def datasets(ctx: Context) -> Iterator[DataSet]:
    """A data set for each folder of contributions, then clubs, members and territories."""
    for kind in ctx.site.schemas.content_types:
        if kind.address:  # the pages of the editors are no data
            yield _entries(ctx, kind)
    yield _things(ctx, "clubs", "club", CLUBS, [_club(club) for club in ctx.site.clubs.values() if not club.demo])
    yield _things(ctx, "members", "member", MEMBERS, [_member(m) for m in ctx.site.members.values() if not m.demo])
    yield _things(
        ctx, "territories", "territory", TERRITORIES, [_territory(ctx, t) for t in ctx.site.territories.values()]
    )


def public_fields(fields: Sequence[Field]) -> tuple[Field, ...]:
    """Those of ``fields`` that the schema does not keep out of open data."""
    return tuple(field for field in fields if field.public)


def public_facts(fields: Sequence[Field], data: Mapping[str, Any]) -> Item:
    """What ``data`` says of ``fields``, groups within groups; the order is that of the schema."""
    return {
        field.name: _public(field, data[field.name])
        for field in public_fields(fields)
        if data.get(field.name) is not None
    }


def _public(field: Field, value: Any) -> Any:
    if field.kind == "object":
        return public_facts(field.fields, value)
    if field.kind == "objects":
        return [public_facts(field.fields, item) for item in value]
    return value


def _entries(ctx: Context, kind: ContentType) -> DataSet:
    flat = ctx.site.schemas.flattened(kind.name)
    entries = [entry for entry in ctx.site.by_folder.get(kind.folder, []) if not entry.demo]
    return DataSet(
        name=kind.folder,
        schema=kind.name,
        title=kind.plural,
        description=flat.description,
        page=list_address(kind) if kind.list else "",
        fields=public_fields(flat.fields),
        rows=[_entry(flat.fields, entry) for entry in sorted(entries, key=lambda entry: entry.id)],
    )


def _entry(fields: Sequence[Field], entry: Entry) -> Row:
    where = point(*entry.point) if entry.point else None
    return Row(entry.id, entry.address, public_facts(fields, entry.fields), where)


def _things(ctx: Context, name: str, schema: str, page: str, rows: list[Row]) -> DataSet:
    flat = ctx.site.schemas.flattened(schema)
    title = next(kind.plural for kind in ctx.site.schemas.data_types if kind.name == schema)
    known = [field for field in flat.fields if schema != "member" or field.name in MEMBER_FACTS]
    fields = tuple(field for field in public_fields(known) if field.name != "id")
    ordered = [Row(row.id, row.address, public_facts(fields, row.facts), row.geometry) for row in rows]
    return DataSet(name, schema, title, flat.description, page, fields, sorted(ordered, key=lambda row: row.id))


def _member(member: Member) -> Row:
    """Only what the member made public: the other attributes are empty, and what is not named in ``public`` is not even asked."""
    facts = {
        "name": member.name,
        "kind": member.kind,
        "organisation": member.organisation,
        "role": member.role,
        "skills": list(member.skills),
        "seeks": list(member.seeks),
        "offers": list(member.offers),
        "clubs": _ids(member.clubs),
        "pillars": _ids(member.pillars),
        "commune": member.commune.insee if member.commune else "",
        "url": member.url,
        "since": member.since.isoformat() if member.since else "",
    }
    shown = {name: fact for name, fact in facts.items() if fact and (name == "name" or name in member.public)}
    home = member.commune if "commune" in shown else None
    where = point(home.lat, home.lon) if home and home.lat is not None and home.lon is not None else None
    return Row(member.id, member.address, shown, where)


def _club(club: Club) -> Row:
    facts = {
        "name": club.name,
        "short": club.short,
        "pillars": _ids(club.pillars),
        "themes": list(club.themes),
        "animator": club.animator.id if club.animator else "",
        "organisation": club.organisation,
        "description": club.description,
        "join": club.join,
        "url": club.url,
        "founded": club.founded,
        "source": _source(club.source),
    }
    return Row(club.id, club.address, _said(facts))


def _territory(ctx: Context, territory: Territory) -> Row:
    code = "siren" if territory.kind == "epci" else "insee"
    within = {commune.insee for part in territory.parts for commune in part.communes}
    loose = [c.insee for c in territory.communes if c.insee not in within] if territory.kind == "projet" else []
    facts = {
        "name": territory.name,
        "kind": territory.kind,
        code: territory.code,
        "members": [*_ids(territory.parts), *loose],
        "labels": list(territory.labels),
        "year": territory.year,
        "source": _source(territory.source),
    }
    return Row(territory.id, territory.address, _said(facts), outline(ctx.site.geography, territory))


def _said(facts: Item) -> Item:
    return {name: fact for name, fact in facts.items() if fact}


def _source(source: Source | None) -> Item:
    return _said({"title": source.title, "url": source.url}) if source else {}


def _ids(things: Sequence[Any]) -> list[str]:
    return [thing.id for thing in things]

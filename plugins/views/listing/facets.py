"""By what the rows of a list can be filtered: for each field, the values of each row, and the rows of each value."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, Final, TypeAlias

from plugins.views.words.labels import KIND_FIELDS
from plugins.views.words.states import has_dates

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from plugins.model.objects import Entry, Member, Site
    from plugins.model.schema.schemas import Field
    from plugins.publication.context import Context

Values: TypeAlias = "Mapping[str, tuple[str, ...]]"  # field → the values of one row

ONLINE: Final = "en-ligne"
ON_SITE: Final = "sur-place"
FREE: Final = "gratuit"
PAID: Final = "payant"
PRICE: Final = "registration.price"
YEAR: Final = "year"
WORDS: Final = ("skills", "seeks", "offers")  # what members say in words of their own


def chosen_fields(ctx: Context, schema: str) -> list[Field]:
    """The fields of a schema by which its entries are filtered, beside those that all have: its sort, vocabularies, its year.

    Events are asked for by place and price instead; the year of a list has pages of its own.
    """
    fields = ctx.site.schemas.flattened(schema).fields
    if any(field.name == "start" for field in fields):
        return []
    return [field for field in fields if field.vocabulary or field.name == YEAR or _is_sort(field)]


def _is_sort(field: Field) -> bool:
    return field.name in KIND_FIELDS and bool(field.labels)


def entry_values(entry: Entry, fields: Sequence[Field]) -> Values:
    """The values of an entry; ``fields`` are those of :func:`chosen_fields` for its type."""
    found = {field.name: _listed(entry.fields.get(field.name)) for field in fields}
    found["pillars"] = tuple(pillar.id for pillar in entry.pillars)
    found["clubs"] = tuple(club.id for club in entry.clubs)
    found["territories"] = tuple(territory.id for territory in entry.territories)
    if has_dates(entry.fields):
        found |= _of_event(entry.fields)
    return {name: values for name, values in found.items() if values}


def _listed(value: object) -> tuple[str, ...]:
    if value is None:
        return ()
    return tuple(str(one) for one in value) if isinstance(value, list) else (str(value),)


def _of_event(fields: Mapping[str, object]) -> dict[str, tuple[str, ...]]:
    places = (ON_SITE if fields.get("place") else "", ONLINE if fields.get("online") else "")
    registration = fields.get("registration")
    price = registration.get("price") if isinstance(registration, dict) else None
    return {
        "online": tuple(place for place in places if place),
        PRICE: () if price is None else (PAID if price else FREE,),
    }


def places_of_members(site: Site) -> dict[str, tuple[str, ...]]:
    """The territories of each member, by its id."""
    found: dict[str, list[str]] = {}
    for territory in site.territories.values():
        for member in territory.members:
            found.setdefault(member.id, []).append(territory.id)
    return {member: tuple(territories) for member, territories in found.items()}


def member_values(member: Member, territories: Sequence[str]) -> Values:
    """The values of a member. What it keeps private is not in the model, and so not here."""
    found = {
        "kind": (member.kind,) if member.kind else (),
        "pillars": tuple(pillar.id for pillar in member.pillars),
        "clubs": tuple(club.id for club in member.clubs),
        "territories": tuple(territories),
        "skills": tuple(dict.fromkeys(member.skills)),
        "seeks": tuple(dict.fromkeys(member.seeks)),
        "offers": tuple(dict.fromkeys(member.offers)),
    }
    return {name: values for name, values in found.items() if values}


def tokens(values: Values) -> str:
    """The values of a row in one attribute: ``pillars:x pillars:y online:en-ligne``."""
    return " ".join(f"{name}:{value}" for name, of in values.items() for value in of)


class Facets:
    """The values of all rows of a list, in its order."""

    def __init__(self, rows: Sequence[Values]) -> None:
        self.total = len(rows)
        self.of: dict[str, dict[str, list[int]]] = {}  # field → value → places of the rows, from 0
        for place, row in enumerate(rows):
            for name, values in row.items():
                for value in values:
                    self.of.setdefault(name, {}).setdefault(value, []).append(place)

    def counts(self, name: str) -> dict[str, int]:
        """How many rows have each value of a field."""
        return {value: len(places) for value, places in self.of.get(name, {}).items()}

    def index(self, name: str) -> dict[str, list[int]]:
        """The rows of each value of a field, each place as the step from the one before: small numbers pack well."""
        return {value: list(_steps(places)) for value, places in sorted(self.of[name].items())}


def _steps(places: Sequence[int]) -> Iterator[int]:
    before = 0
    for place in places:
        yield place - before
        before = place


def version(ids: Sequence[str], rows: Sequence[Values]) -> str:
    """Ten hexadecimal digits that change with what stands where in a list: an index is never read beside rows of another build."""
    written = json.dumps([[one, row] for one, row in zip(ids, rows, strict=True)], separators=(",", ":"))
    return hashlib.sha256(written.encode("utf-8")).hexdigest()[:10]

"""Which territories lie in which, read from their communes: what the data states, and what geography shows."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.model.objects import Territory


@dataclass
class Neighbourhood:
    """``wholes`` are the territories around one, the smallest first; ``parts`` those directly inside it, in the site's order."""

    wholes: dict[str, list[Territory]] = field(default_factory=dict)
    parts: dict[str, list[Territory]] = field(default_factory=dict)


def neighbourhood(territories: Iterable[Territory]) -> Neighbourhood:
    """The relations of all territories. An EPCI that lies across two départements belongs to both."""
    every = list(territories)
    around = _around(every)
    found = Neighbourhood()
    for one in every:
        wholes = {whole.id: whole for whole in [*one.wholes, *around[one.id]]}
        found.wholes[one.id] = sorted(wholes.values(), key=lambda whole: len(whole.communes))
    for one in every:
        inside = [part for part in every if one in found.wholes[part.id]]
        found.parts[one.id] = [part for part in inside if not any(other in found.wholes[part.id] for other in inside)]
    return found


def _around(every: list[Territory]) -> dict[str, list[Territory]]:
    """For each territory, the larger ones that hold all its communes, or, for an EPCI, départements that hold some."""
    holders: dict[str, list[Territory]] = {}
    for territory in every:
        for commune in territory.communes:
            holders.setdefault(commune.insee, []).append(territory)
    return {one.id: _holding(one, holders) for one in every}


def _holding(one: Territory, holders: dict[str, list[Territory]]) -> list[Territory]:
    size = len(one.communes)
    shared = Counter(other.id for commune in one.communes for other in holders[commune.insee])
    others = {other.id: other for commune in one.communes for other in holders[commune.insee] if other is not one}
    return [
        other
        for other in others.values()
        if len(other.communes) > size
        and (shared[other.id] == size or (one.kind == "epci" and other.kind == "departement"))
    ]

"""Which communes a territory holds, and which territories lie in which."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from plugins.model.geography import Commune, Geography
    from plugins.model.objects import Territory


def communes_of(territory: Territory, item: Mapping[str, Any], geography: Geography) -> list[Commune]:
    """All communes of a territory: by its code, by the codes it lists, and those of its stated parts. In order of INSEE code."""
    found: dict[str, Commune] = {c.insee: c for c in _by_code(territory, geography)}
    pending = [territory]
    seen = {territory.id}
    while pending:
        current = pending.pop()
        for part in current.parts:
            if part.id not in seen:
                seen.add(part.id)
                pending.append(part)
                found.update((c.insee, c) for c in _by_code(part, geography))
        found.update((c.insee, c) for c in current.communes)
    for code in item.get("members", []):
        if code in geography.communes:
            found[code] = geography.communes[code]
    return [found[code] for code in sorted(found)]


def _by_code(territory: Territory, geography: Geography) -> list[Commune]:
    communes = geography.communes
    match territory.kind:
        case "region":
            return list(communes.values())
        case "departement":
            return [c for c in communes.values() if c.departement == territory.code]
        case "epci":
            return [c for c in communes.values() if c.epci == territory.code]
        case "commune":
            return [communes[territory.code]] if territory.code in communes else []
        case _:
            return []


def link_parts(
    territories: Mapping[str, Territory], items: Mapping[str, Mapping[str, Any]], geography: Geography
) -> None:
    """Write the stated parts (``members``) on both sides; INSEE codes among them are communes, not parts."""
    for identifier, territory in territories.items():
        for name in items[identifier].get("members", []):
            if name in territories:
                territory.parts.append(territories[name])
                territories[name].wholes.append(territory)
            elif name in geography.communes:
                territory.communes.append(geography.communes[name])


def territories_by_commune(territories: Iterable[Territory]) -> dict[str, list[Territory]]:
    """The territories that hold each commune, the smallest first (as people say where they live)."""
    found: dict[str, list[Territory]] = {}
    for territory in sorted(territories, key=lambda t: (len(t.communes), t.id)):
        for commune in territory.communes:
            found.setdefault(commune.insee, []).append(territory)
    return found

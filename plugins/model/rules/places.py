"""Coordinates lie in the region, and are not written the wrong way round."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.problems import Problem
    from plugins.model.rules.draft import Draft
    from plugins.model.yaml.positions import Path


def coordinates(draft: Draft) -> Iterator[Problem]:
    """Check ``lat`` and ``lon`` of the entry and of its place (degrees, WGS 84)."""
    bases: tuple[Path, ...] = ((), ("place",))
    for base in bases:
        lat, lon = draft.get(*base, "lat"), draft.get(*base, "lon")
        if not (_is_number(lat) and _is_number(lon)):
            continue
        if draft.geography.contains(lat, lon):
            continue
        swapped = draft.geography.contains(lon, lat)
        yield draft.say("coordinates-swapped" if swapped else "outside-region", (*base, "lat"), lat=lat, lon=lon)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)

"""By what the points of the map can be filtered: the fields, and the values that some point has."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.markup import typography
from plugins.views.words.labels import enum_label

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from plugins.publication.context import Context
    from plugins.views.finding.map_layers import Layer
    from plugins.views.finding.search_filters import Choice, Filter


def map_filters(ctx: Context, layers: Sequence[Layer]) -> list[Filter]:
    """The filters that divide anything: those with two values at least."""
    site, held = ctx.site, _values(layers)
    sectors = site.vocabularies.get("sectors", {}).values()
    found = [
        _filter("pillars", "Pilier", "Tous les piliers", held, ((one.id, one.name) for one in site.pillars.values())),
        _filter("clubs", "Club", "Tous les clubs", held, ((one.id, one.name) for one in site.clubs.values())),
        _filter(
            "territories",
            "Territoire",
            "Tous les territoires",
            held,
            ((one.id, one.name) for one in site.territories.values()),
        ),
        _filter("sectors", "Secteur", "Tous les secteurs", held, ((one.id, one.label) for one in sectors)),
        _filter("stage", "Avancement", "Tous", held, _stages(ctx, layers)),
        _filter(
            "year", "Année", "Toutes les années", held, ((year, year) for year in sorted(held["year"], reverse=True))
        ),
    ]
    return [one for one in found if len(one["choices"]) > 1]


def _values(layers: Sequence[Layer]) -> dict[str, set[str]]:
    held: dict[str, set[str]] = {
        name: set() for name in ("pillars", "clubs", "territories", "sectors", "stage", "year")
    }
    for layer in layers:
        for point in layer.points:
            for name, values in held.items():
                value = point.get(name, ())
                values.update((value,) if isinstance(value, str) else value)
    return held


def _stages(ctx: Context, layers: Sequence[Layer]) -> Iterator[tuple[str, str]]:
    """The stages in the order of the schema of the first layer, whose field they are."""
    kind = next((one for one in ctx.site.schemas.content_types if layers and one.folder == layers[0].name), None)
    if kind is None:
        return  # nothing is on the map, or members alone
    field = ctx.site.schemas.flattened(kind.name).by_dotted.get("stage")
    for stage in field.labels if field else ():
        yield stage, enum_label(ctx, kind.name, "stage", stage)


def _filter(name: str, label: str, without: str, held: dict[str, set[str]], known: Iterable[tuple[str, str]]) -> Filter:
    choices: list[Choice] = [{"value": one, "name": typography(text)} for one, text in known if one in held[name]]
    return {"name": name, "label": label, "any": without, "choices": choices}

"""What the map loads: outlines that can be read back, points in pieces, and nobody's private commune."""

from __future__ import annotations

import datetime as dt
import gzip
import json
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from plugins.documents.map_data import PIECE, map_data
from plugins.markup import typography
from plugins.model.geography import Geography, rings
from plugins.model.load import load_site
from plugins.publication.context import Context
from plugins.views.finding.map_layers import GROUND, layers, mapped_type

if TYPE_CHECKING:
    import pytest

    from plugins.model.objects import Site

PROJECT = Path(__file__).parents[2]
OUTPUTS = frozenset({"entries", "members", "map_page", "map_data", "theme_files"})
TODAY = dt.date(2026, 11, 24)


@cache
def site() -> Site:
    loaded = load_site(PROJECT, today=TODAY).site
    assert loaded is not None
    return loaded


def context(changed: Site | None = None, url: str = "https://example.org/ici") -> Context:
    return Context(changed or site(), url, OUTPUTS, str(PROJECT))


def documents(ctx: Context) -> dict[str, Any]:
    return {one.path: json.loads(one.content) for one in map_data(ctx)}


def test_outlines_come_back_within_their_rounding() -> None:
    ground = documents(context())[GROUND.lstrip("/")]
    for steps_of, feature in zip(ground["departements"], site().geography.departements.values(), strict=True):
        for steps, ring in zip(steps_of, rings(feature), strict=True):
            x = y = 0
            corners = set()
            for at in range(0, len(steps), 2):
                x, y = x + steps[at], y + steps[at + 1]
                corners.add((x, y))
            assert corners == {(round(lon * ground["scale"]), round(lat * ground["scale"])) for lon, lat, *_ in ring}


def test_the_ground_is_small_and_names_the_largest_towns_first() -> None:
    found = next(one for one in map_data(context()) if one.path == GROUND.lstrip("/"))
    assert len(gzip.compress(found.content, 9)) <= 35_000
    communes = sorted(site().geography.communes.values(), key=lambda one: -(one.population or 0))
    towns = [name for name, _, _ in json.loads(found.content)["towns"]]
    assert towns[:3] == [typography(one.name) for one in communes[:3]]


def test_the_first_layer_holds_every_placed_entry_of_its_type() -> None:
    kind = mapped_type(context())
    assert kind is not None
    piece = documents(context())[f"carte/{kind.folder}.json"]
    assert {point["id"] for point in piece["points"]} == {e.id for e in site().by_folder[kind.folder] if e.point}
    assert piece["total"] == len(piece["points"])
    assert all(point["href"].startswith("/ici/") for point in piece["points"])


def test_only_what_is_still_ahead_is_on_the_map() -> None:
    found = {layer.name: layer.points for layer in layers(context())}
    for name in ("events", "offers"):
        assert found[name], name
        assert all(point["until"] >= TODAY.isoformat() for point in found[name])


def test_members_stand_on_the_map_only_where_their_commune_is_public() -> None:
    on_map = {point["id"] for layer in layers(context()) if layer.name == "members" for point in layer.points}
    public = {f"members/{one.id}" for one in site().members.values() if "commune" in one.public and one.commune}
    assert on_map == public
    assert 0 < len(public) < len(site().members)


def test_more_points_come_in_pieces_that_name_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("plugins.documents.map_data.PIECE", 10)
    found = documents(context())
    whole = next(layer for layer in layers(context()) if layer.name == "initiatives")
    address, points = "/ici/carte/initiatives.json", []
    while address:
        piece = found[address.removeprefix("/ici/")]
        assert len(piece["points"]) <= 10
        points += piece["points"]
        address = piece.get("next", "")
    assert points == list(whole.points)
    assert PIECE == 2000


def test_without_geography_or_places_there_is_nothing_to_load() -> None:
    assert documents(context(replace(site(), geography=Geography()))) == {}
    assert documents(context(replace(site(), by_folder={}, members={}))) == {}

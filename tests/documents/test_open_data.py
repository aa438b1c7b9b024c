"""Open data as reusers read them: JSON, CSV (RFC 4180), GeoJSON (RFC 7946)."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from plugins.documents.open_data import open_data
from plugins.documents.outlines import oriented
from plugins.documents.tables import FORMULA, cell, inert, table
from tests.documents.small_root import SITE_URL

if TYPE_CHECKING:
    from plugins.publication.context import Context

TYPES = (
    "articles", "events", "initiatives", "resources", "offers", "calls", "consultations", "contributions", "research",
    "clubs", "members", "territories",
)  # fmt: skip


@pytest.fixture(scope="module")
def documents(ctx: Context) -> dict[str, bytes]:
    return {document.path: document.content for document in open_data(ctx)}


def items(documents: dict[str, bytes], name: str) -> dict[str, dict[str, Any]]:
    return {item["id"]: item for item in json.loads(documents[f"donnees/{name}.json"])["items"]}


def rows(documents: dict[str, bytes], path: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(documents[path].decode("utf-8"), newline=""), strict=True))


def test_there_is_each_type_in_each_form(documents: dict[str, bytes]) -> None:
    for name in TYPES:
        assert {f"donnees/{name}.{ending}" for ending in ("json", "csv", "geojson")} <= documents.keys()
        assert f"donnees/schemas/{name}.json" in documents
    assert "donnees/pages.json" not in documents


def test_json_says_where_it_comes_from_and_how_it_may_be_used(documents: dict[str, bytes]) -> None:
    found = json.loads(documents["donnees/events.json"])
    assert found["licence"] == "etalab-2.0"
    assert found["publisher"] == "Agence Exemple"
    assert found["source"] == f"{SITE_URL}/agenda/"
    assert found["schema"] == f"{SITE_URL}/donnees/schemas/events.json"
    assert found["generated"] == "2026-06-01"


def test_an_item_is_what_was_contributed_with_its_id_and_page(documents: dict[str, bytes]) -> None:
    one = items(documents, "initiatives")["initiatives/2026/palettes"]
    assert one["page"] == f"{SITE_URL}/initiatives/2026/palettes/"
    assert one["results"][1] == {"measure": "Achats", "value": -38.5}
    assert one["partners"] == ["camille", "Lycée d’Exempleville"]
    assert one["point"] == {"lat": 48.1, "lon": -1.6}
    assert "contact_form" not in one  # the schema says that it is not public
    assert "demo" not in one
    assert items(documents, "resources")["resources/2026/guide"]["url"] == "https://guide.example.org"


def test_items_keep_to_the_schema_that_is_published_with_them(documents: dict[str, bytes]) -> None:
    for name in TYPES:
        schema = json.loads(documents[f"donnees/schemas/{name}.json"])
        assert schema["$id"] == f"{SITE_URL}/donnees/schemas/{name}.json"
        Draft202012Validator.check_schema(schema)
        validator = Draft202012Validator(schema)
        for item in items(documents, name).values():
            own = {key: value for key, value in item.items() if key not in {"page", "point"}}
            if "id" not in schema["properties"]:
                del own["id"]
            assert [error.message for error in validator.iter_errors(own)] == []


def _files_with(documents: dict[str, bytes], *words: str) -> list[str]:
    """Names only: pytest would compare the texts themselves line by line for minutes."""
    return [path for path, content in documents.items() if any(word in content.decode().lower() for word in words)]


def test_demonstration_is_left_out(documents: dict[str, bytes]) -> None:
    facts = {path: content for path, content in documents.items() if "/schemas/" not in path}
    assert _files_with(facts, "invent", "fantôme") == []
    assert list(items(documents, "clubs")) == ["atelier"]


def test_a_member_shows_what_is_public_and_nothing_else(documents: dict[str, bytes]) -> None:
    assert _files_with(documents, "secretdecamille", "1999-09-09") == []
    assert items(documents, "members")["camille"] == {
        "id": "camille",
        "page": f"{SITE_URL}/membres/camille/",
        "name": "Camille Exemple",
        "kind": "citoyen",
        "pillars": ["reparer"],
        "offers": ["soudure"],
    }
    located = json.loads(documents["donnees/members.geojson"])["features"]
    assert [feature["id"] for feature in located] == ["palettes"]  # Camille's commune is private


def test_who_reviews_for_a_club_is_no_open_data(documents: dict[str, bytes]) -> None:
    for name in ("clubs.json", "clubs.csv"):
        assert b"editors" not in documents[f"donnees/{name}"]


def test_csv_reads_back_in_any_reader(documents: dict[str, bytes]) -> None:
    for name in TYPES:
        content = documents[f"donnees/{name}.csv"]
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.count(b"\n") == content.count(b"\r\n")
        lines = list(csv.reader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
        assert lines[0][:2] == ["id", "page"]
        assert len(set(lines[0])) == len(lines[0])
        assert {len(line) for line in lines} == {len(lines[0])}
        assert [line[0] for line in lines[1:]] == sorted(items(documents, name))


def test_csv_flattens_groups_and_joins_lists(documents: dict[str, bytes]) -> None:
    (initiative,) = rows(documents, "donnees/initiatives.csv")
    assert initiative["results.measure"] == "Palettes \\| réemployées|Achats"
    assert initiative["results.value"] == "1200|-38.5"
    assert initiative["results.unit"] == "par an|"
    assert initiative["partners"] == "camille|Lycée d’Exempleville"
    assert (initiative["point.lat"], initiative["point.lon"]) == ("48.1", "-1.6")
    event = next(row for row in rows(documents, "donnees/events.csv") if row["id"].endswith("atelier"))
    assert event["place.address"] == "12 rue des Tanneurs"
    assert event["registration.price"] == "0"
    (answer,) = rows(documents, "donnees/contributions.csv")
    assert json.loads(answer["answers"]) == {"avis": "Oui", "choix": ["a"]}
    (question,) = rows(documents, "donnees/consultations.csv")
    assert question["questions.choices"] == '|["a","b"]'


def test_no_cell_is_a_formula(documents: dict[str, bytes]) -> None:
    member = next(row for row in rows(documents, "donnees/members.csv") if row["id"] == "palettes")
    assert member["organisation"] == "'=Palettes SARL"
    (initiative,) = rows(documents, "donnees/initiatives.csv")
    assert initiative["levers"] == "'@SOMME(A1)"
    assert items(documents, "members")["palettes"]["organisation"] == "=Palettes SARL"  # JSON executes nothing


@pytest.mark.parametrize(
    "text", ["=1+1", "+cmd", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "-", "+33 1 23", "-1e"]
)
def test_what_looks_like_a_formula_is_made_inert(text: str) -> None:
    assert inert(text) == f"'{text}"


@pytest.mark.parametrize("text", ["", "1", "-38.5", "+2", "-3,5", "1e-9", "a=b", "12 rue", "'=1", "é"])
def test_numbers_and_words_stay_as_they_are(text: str) -> None:
    assert inert(text) == text


@given(st.lists(st.lists(st.text(st.characters(codec="utf-8")), min_size=2, max_size=4), max_size=6))
def test_any_text_comes_back_from_csv_and_none_as_a_formula(cells: list[list[str]]) -> None:
    content = table(cells).decode("utf-8")
    back = list(csv.reader(io.StringIO(content, newline=""), strict=True))
    assert back == [[inert(text) for text in row] for row in cells]
    for row in back:
        assert not any(text.startswith(FORMULA) and not _is_number(text) for text in row)


def _is_number(text: str) -> bool:
    try:
        float(text.replace(",", "."))
    except ValueError:
        return False
    return True


@given(st.lists(st.text(st.sampled_from("ab|\\")), min_size=2, max_size=5))
def test_a_list_in_a_cell_can_be_taken_apart(values: list[str]) -> None:
    parts: list[str] = []
    current, escaped = "", False
    for character in cell(values):
        if escaped or character not in "|\\":
            current, escaped = current + character, False
        elif character == "\\":
            escaped = True
        else:
            parts, current = [*parts, current], ""
    assert [*parts, current] == values


def _positions(coordinates: list[Any]) -> list[list[float]]:
    if isinstance(coordinates[0], float | int):
        return [coordinates]
    return [position for below in coordinates for position in _positions(below)]


def test_geojson_keeps_to_the_standard(documents: dict[str, bytes]) -> None:
    """RFC 7946: longitude first (3.1.1), closed rings by the right-hand rule (3.1.6), bbox of all (5), no crs (4)."""
    for name in TYPES:
        found = json.loads(documents[f"donnees/{name}.geojson"])
        assert found["type"] == "FeatureCollection"
        assert "crs" not in found
        positions = [p for feature in found["features"] for p in _positions(feature["geometry"]["coordinates"])]
        assert all(-1.8 <= lon <= -1.0 and 47.9 <= lat <= 48.8 for lon, lat in positions)
        if positions:
            lons, lats = [p[0] for p in positions], [p[1] for p in positions]
            assert found["bbox"] == [min(lons), min(lats), max(lons), max(lats)]
        for feature in found["features"]:
            assert feature["type"] == "Feature"
            assert feature["properties"]["page"].startswith(SITE_URL)
            _check_rings(feature["geometry"])


def _check_rings(geometry: dict[str, Any]) -> None:
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"], "Point": []}[
        geometry["type"]
    ]
    for polygon in polygons:
        for number, ring in enumerate(polygon):
            assert ring[0] == ring[-1]
            assert len(ring) >= 4
            area = sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring))
            assert (area > 0) == (number == 0)


def test_what_has_a_place_is_there_and_what_has_none_is_not(documents: dict[str, bytes]) -> None:
    def kinds(name: str) -> dict[str, str]:
        features = json.loads(documents[f"donnees/{name}.geojson"])["features"]
        return {feature["id"].rpartition("/")[2]: feature["geometry"]["type"] for feature in features}

    assert kinds("events") == {"atelier": "Point", "journees": "Point"}
    assert kinds("offers") == {"lot": "Point", "besoin": "Point"}
    assert kinds("articles") == {}
    assert kinds("territories") == {
        "exemplie": "Polygon", "est": "Polygon", "pays": "Polygon", "ville": "Point", "projet": "Polygon",
    }  # fmt: skip
    journees = next(
        f for f in json.loads(documents["donnees/events.geojson"])["features"] if f["id"].endswith("journees")
    )
    assert journees["geometry"]["coordinates"] == [-1.25, 48.123457]


def test_a_region_of_several_parts_is_a_multipolygon(ctx: Context) -> None:
    geography = ctx.site.geography
    twice = replace(geography, departements={**geography.departements, "36": geography.epci["243500139"]})
    both = replace(ctx, site=replace(ctx.site, geography=twice))
    documents = {document.path: document.content for document in open_data(both)}
    features = {f["id"]: f for f in json.loads(documents["donnees/territories.geojson"])["features"]}
    assert features["exemplie"]["geometry"]["type"] == "MultiPolygon"
    _check_rings(features["exemplie"]["geometry"])


def test_open_rings_are_closed() -> None:
    assert oriented([[[0, 0], [0, 1], [1, 1]]]) == [[[0.0, 0.0], [1.0, 1.0], [0.0, 1.0], [0.0, 0.0]]]


def test_series_are_a_table_and_its_description(documents: dict[str, bytes]) -> None:
    assert (
        documents["donnees/indicateurs/dechets.csv"]
        == b"year,territory,value\r\n2023,exemplie,640.5\r\n2024,exemplie,600\r\n"
    )
    package = json.loads(documents["donnees/indicateurs/dechets.datapackage.json"])
    assert package["unit"] == "kg par habitant"
    (resource,) = package["resources"]
    assert resource["path"] == "dechets.csv"
    assert not {"bytes", "hash"} & resource.keys()  # they were those of the contributed file


def test_answers_of_people_are_open_with_their_question(documents: dict[str, bytes]) -> None:
    one = items(documents, "contributions")["contributions/2026/reponse"]
    assert one["consultation"] == "consultations/2026/priorites"
    assert one["answers"] == {"avis": "Oui", "choix": ["a"]}

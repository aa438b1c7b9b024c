"""Communes as their table says them; a table that says something else is an error with its name."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from plugins.model.geography import load_geography

if TYPE_CHECKING:
    from pathlib import Path

HEAD = b"insee,name,postal_codes,departement,epci,population,lat,lon\n"
CAEN = b"14118,Caen,14000,14,200065597,108200,49.18,-0.37\n"


def test_a_table_of_communes_is_read(tmp_path: Path) -> None:
    (tmp_path / "communes.csv").write_bytes(HEAD + CAEN + b"2A004,Ajaccio,20000 20090,2A,,,,\n")
    communes = load_geography(tmp_path).communes
    assert (communes["14118"].lat, communes["14118"].lon, communes["14118"].population) == (49.18, -0.37, 108200)
    assert communes["2A004"].postal_codes == ("20000", "20090")
    assert communes["2A004"].lat is None


@pytest.mark.parametrize(
    "content",
    [
        b"\0" * 200,
        HEAD,
        b"code,nom\n14118,Caen\n",
        HEAD + CAEN.replace(b"49.18", b"nan"),
        HEAD + CAEN.replace(b"-0.37", b"inf"),
        HEAD + CAEN.replace(b"14118", b"Caen"),
        HEAD + CAEN.replace(b"108200", b"beaucoup"),
        HEAD + CAEN + b"\xff\xfe\n",
    ],
)
def test_a_table_that_is_none_of_communes_is_an_error_with_its_name(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "communes.csv").write_bytes(content)
    with pytest.raises(ValueError, match=r"communes\.csv"):
        load_geography(tmp_path)


def test_the_credit_of_the_outlines_is_what_their_files_say(tmp_path: Path) -> None:
    assert load_geography(tmp_path).credit == ""
    (tmp_path / "epci.geojson").write_text('{"type":"FeatureCollection","features":[]}', encoding="utf-8")
    assert load_geography(tmp_path).credit == ""
    credited = '{"type":"FeatureCollection","attribution":"Contours : IGN","features":[]}'
    (tmp_path / "epci.geojson").write_text(credited, encoding="utf-8")
    assert load_geography(tmp_path).credit == "Contours : IGN"

"""Derive a French region's data/geo from two open sources.

    python -m scripts.geo --region 28 --source DIR --outlines FILE --output data/geo

``--source`` is the ``data`` folder of the npm package @etalab/decoupage-administratif (codes of INSEE's Code
officiel géographique, EPCI of the DGCL), ``--outlines`` a GeoJSON file of communes, each with its ``code``,
such as those of france-geojson (IGN Admin Express COG). Outlines may be older than codes: a merged commune
takes the union of its former communes' outlines. Of an EPCI that crosses the region's border, only this
side is drawn.

This module alone needs shapely, 2.1 or later (``uv pip install shapely``). It runs once a year on an editor's
machine; neither the site nor its tests need it, so it stands in no lock file.
"""

from __future__ import annotations

import argparse
import csv
import importlib
import json
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

COLUMNS = ("insee", "name", "postal_codes", "departement", "epci", "population", "lat", "lon")
FORMER = frozenset({"commune-deleguee", "commune-associee"})
# Four decimals of a degree are some ten metres, far below what a cover or an overview map shows.
DECIMALS = 4
Record = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """A region's ``communes`` by INSEE code, what a ``former`` one joined, the ``epci`` of each."""

    communes: Mapping[str, Record]
    former: Mapping[str, str]
    epci: Mapping[str, Record]
    departements: Mapping[str, str]


def read_source(folder: Path, region: str) -> Source:
    """Read the communes of a region (its INSEE code, such as "28"); ValueError where the code is unknown."""
    communes = _read(folder / "communes.json")
    here = (c for c in communes if c["type"] == "commune-actuelle" and c.get("region") == region)
    current = {commune["code"]: commune for commune in here}
    if not current:
        raise ValueError(f"aucune commune pour la région {region!r} dans {folder}")
    former = {c["code"]: c["chefLieu"] for c in communes if c["type"] in FORMER and c["chefLieu"] in current}
    epci = {member["code"]: e for e in _read(folder / "epci.json") for member in e["membres"]}
    names = {d["code"]: d["nom"] for d in _read(folder / "departements.json")}
    return Source(current, former, epci, names)


def read_outlines(file: Path, source: Source) -> dict[str, Any]:
    """Each present commune's outline (a shapely geometry) by INSEE code; other communes are left aside."""
    shapely = _shapely()
    parts: dict[str, list[Any]] = defaultdict(list)
    for feature in _read(file)["features"]:
        code = feature["properties"]["code"]
        code = code if code in source.communes else source.former.get(code, code)
        if code in source.communes:
            parts[code].append(shapely.make_valid(shapely.geometry.shape(feature["geometry"])))
    return {code: shapely.union_all(shapes) for code, shapes in sorted(parts.items())}


def rows(source: Source, outlines: Mapping[str, Any]) -> list[list[Any]]:
    """The lines of communes.csv in COLUMNS' order; a point lies inside its outline, or is empty."""
    communes = sorted(source.communes.items())
    return [[*_facts(commune, source), *_point(outlines.get(code))] for code, commune in communes]


def layer(outlines: Mapping[str, Any], key: Callable[[str], str], names: Mapping[str, str], tolerance: float) -> Record:
    """A GeoJSON FeatureCollection (RFC 7946) of the communes' outlines, united by ``key`` and simplified.

    ``tolerance`` is in degrees. Neighbours are simplified as one coverage, so that they keep common borders.
    """
    shapely = _shapely()
    groups: dict[str, list[Any]] = defaultdict(list)
    for code, outline in outlines.items():
        groups[key(code)].append(outline)
    codes = sorted(code for code in groups if code)
    shapes = shapely.coverage_simplify([shapely.union_all(groups[code]) for code in codes], tolerance)
    features = [_feature(code, names[code], shape) for code, shape in zip(codes, shapes, strict=True)]
    return {"type": "FeatureCollection", "features": features}


def derive(source: Source, outlines: Mapping[str, Any], output: Path, tolerance: float, attribution: str = "") -> None:
    """Write communes.csv, epci.geojson and departements.geojson below ``output``; ``attribution`` is what the map credits."""
    output.mkdir(parents=True, exist_ok=True)
    with (output / "communes.csv").open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([COLUMNS, *rows(source, outlines)])
    epci = {record["code"]: record["nom"] for record in source.epci.values()}
    siren = {code: record["code"] for code, record in source.epci.items()}
    _write(output / "epci.geojson", layer(outlines, lambda code: siren.get(code, ""), epci, tolerance), attribution)
    departement = {code: commune["departement"] for code, commune in source.communes.items()}
    collection = layer(outlines, departement.__getitem__, source.departements, tolerance)
    _write(output / "departements.geojson", collection, attribution)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and tell what is missing: a commune without an outline has no place on the map."""
    parser = _parser()
    options = parser.parse_args(arguments)
    try:
        source = read_source(options.source, options.region)
    except (OSError, ValueError) as error:
        parser.error(str(error))
    outlines = read_outlines(options.outlines, source)
    derive(source, outlines, options.output, options.tolerance, options.attribution)
    missing = sorted(set(source.communes) - set(outlines))
    print(f"{len(source.communes)} communes, dont {len(missing)} sans contour.", *missing)
    return 0


def _facts(commune: Record, source: Source) -> list[Any]:
    code, postal = commune["code"], " ".join(commune.get("codesPostaux", []))
    siren = source.epci.get(code, {}).get("code", "")
    return [code, commune["nom"], postal, commune["departement"], siren, commune.get("population", "")]


def _point(outline: Any) -> list[str]:
    if outline is None:
        return ["", ""]
    point = outline.representative_point()
    return [f"{point.y:.5f}", f"{point.x:.5f}"]


def _feature(code: str, name: str, shape: Any) -> Record:
    geometry = _shapely().geometry.mapping(shape)
    outline = {"type": geometry["type"], "coordinates": _rounded(geometry["coordinates"])}
    return {"type": "Feature", "properties": {"code": code, "name": name}, "geometry": outline}


def _rounded(value: Any) -> Any:
    return round(value, DECIMALS) if isinstance(value, float) else [_rounded(part) for part in value]


def _read(file: Path) -> Any:
    return json.loads(file.read_text(encoding="utf-8"))


def _write(file: Path, collection: Record, attribution: str) -> None:
    """One feature a line: a change of one outline is one line of a diff."""
    lines = [json.dumps(f, ensure_ascii=False, separators=(",", ":")) for f in collection["features"]]
    credit = f'"attribution":{json.dumps(attribution, ensure_ascii=False)},' if attribution else ""
    text = f'{{"type":"FeatureCollection",{credit}"features":[\n' + ",\n".join(lines) + "\n]}\n"
    file.write_text(text, encoding="utf-8")


def _shapely() -> Any:
    try:
        module = importlib.import_module("shapely")
        importlib.import_module("shapely.geometry")
    except ImportError as error:
        raise SystemExit("Cette commande demande la bibliothèque shapely : uv pip install shapely") from error
    return module


def _parser() -> argparse.ArgumentParser:
    summary = "Prépare data/geo pour une région française."
    parser = argparse.ArgumentParser(prog="python -m scripts.geo", description=summary)
    parser.add_argument("--region", required=True, help="code INSEE de la région, par exemple 28")
    parser.add_argument("--source", type=Path, required=True, help="dossier data de decoupage-administratif")
    parser.add_argument("--outlines", type=Path, required=True, help="contours des communes (GeoJSON)")
    parser.add_argument("--output", type=Path, required=True, help="dossier à écrire, par exemple data/geo")
    parser.add_argument(
        "--attribution", default="", help="d’où viennent les contours, et leur licence : la carte le dit"
    )
    parser.add_argument("--tolerance", type=float, default=0.01, help="simplification, en degrés (0,01)")
    return parser


if __name__ == "__main__":
    raise SystemExit(main())

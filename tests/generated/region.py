"""An imaginary region in the middle of an ocean: its places, pillars, territories, clubs and vocabularies."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from itertools import count
from typing import TYPE_CHECKING, Any

from tests.generated import words
from tests.generated.yaml_text import front_matter, items

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

WEST, SOUTH, EAST, NORTH = -6.0, 46.0, -4.0, 47.5  # degrees
DEPARTEMENTS = {"97": "Estuaire-Nord", "98": "Estuaire-Sud"}
FIRST_COMMUNE = 850  # INSEE gives no code from 97850 to 97999, nor from 98850 to 98999
EPCI_COLUMNS, EPCI_ROWS = 4, 3
COMMUNES_PER_EPCI = 25
PILLARS = (
    ("approvisionnement-durable", "Approvisionnement durable", "#3F8A3B"),
    ("ecoconception", "Écoconception", "#B5563A"),
    ("ecologie-industrielle-et-territoriale", "Écologie industrielle et territoriale", "#4F78C4"),
    ("economie-de-la-fonctionnalite", "Économie de la fonctionnalité", "#B56A12"),
    ("consommation-responsable", "Consommation responsable", "#1F8794"),
    ("allongement-de-la-duree-d-usage", "Allongement de la durée d’usage", "#CC3344"),
    ("recyclage-et-valorisation", "Recyclage et valorisation", "#8F7A00"),
)
VOCABULARIES = {
    "sectors": (
        "Agriculture",
        "Pêche et mer",
        "Bâtiment",
        "Textile",
        "Métallurgie",
        "Tourisme",
        "Commerce",
        "Santé",
    ),
    "flows": (
        "Bois",
        "Textiles",
        "Métaux",
        "Verre",
        "Biodéchets",
        "Gravats",
        "Cartons",
        "Mobilier",
        "Chaleur",
        "Eau",
    ),
    "audiences": ("Habitants", "Entreprises", "Collectivités", "Enseignants", "Chercheurs", "Associations"),
    "synonyms": ("Réemploi", "Repair café", "Ressourcerie"),
}


@dataclass(frozen=True, slots=True)
class Commune:
    """A place with its code (five digits, of no real département) and its centre in degrees."""

    insee: str
    name: str
    epci: int
    lat: float
    lon: float


def slug(text: str) -> str:
    """Lower-case ASCII words joined by hyphens, as file names want them."""
    text = text.lower().replace("œ", "oe").replace("æ", "ae")
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def communes(random: Random) -> list[Commune]:
    """The same number in each EPCI, each inside its EPCI's rectangle."""
    numbers = {code: count(FIRST_COMMUNE) for code in DEPARTEMENTS}
    names = [f"{head}-{tail}" for head in words.PLACE_HEADS for tail in words.PLACE_TAILS]
    random.shuffle(names)
    found = []
    for epci in range(EPCI_COLUMNS * EPCI_ROWS):
        west, south, east, north = epci_box(epci)
        for _ in range(COMMUNES_PER_EPCI):
            lat = round(south + (north - south) * (0.1 + 0.8 * random.random()), 5)
            lon = round(west + (east - west) * (0.1 + 0.8 * random.random()), 5)
            departement = list(DEPARTEMENTS)[epci % EPCI_COLUMNS * 2 // EPCI_COLUMNS]
            insee = f"{departement}{next(numbers[departement])}"
            found.append(Commune(insee, names.pop(), epci, lat, lon))
    return found


def epci_box(number: int) -> tuple[float, float, float, float]:
    """West, south, east, north of the rectangle of an EPCI."""
    column, row = number % EPCI_COLUMNS, number // EPCI_COLUMNS
    width, height = (EAST - WEST) / EPCI_COLUMNS, (NORTH - SOUTH) / EPCI_ROWS
    return (
        WEST + column * width,
        SOUTH + row * height,
        WEST + (column + 1) * width,
        SOUTH + (row + 1) * height,
    )


def siren(number: int) -> str:
    """A nine-digit SIREN with a right check digit (Luhn), from a range given to nobody."""
    head = f"29999{number:03d}"
    doubled = (int(digit) * (1 + place % 2) for place, digit in enumerate(reversed(head), start=1))
    return head + str(-sum(sum(divmod(value, 10)) for value in doubled) % 10)


def territories() -> list[dict[str, Any]]:
    """The region, its départements and its EPCI; one in three EPCI bears a label."""
    region = {"id": "deux-estuaires", "name": "Deux-Estuaires", "kind": "region", "insee": "98"}
    parts = [
        {"id": slug(name), "name": name, "kind": "departement", "insee": code} for code, name in DEPARTEMENTS.items()
    ]
    groups = []
    for number in range(EPCI_COLUMNS * EPCI_ROWS):
        name = f"Pays de {words.PLACE_HEADS[number]}"
        group: dict[str, Any] = {"id": slug(name), "name": name, "kind": "epci", "siren": siren(number)}
        groups.append(group | ({"labels": ["territoire-pilote"], "year": 2022} if number % 3 == 0 else {}))
    return [region, *parts, *groups]


def write_geography(directory: Path, places: list[Commune]) -> None:
    """``communes.csv`` and two layers of rectangles."""
    directory.mkdir(parents=True, exist_ok=True)
    head = "insee,name,postal_codes,departement,epci,population,lat,lon\n"
    rows = [
        f"{place.insee},{place.name},{place.insee[:2]}{100 + place.epci * 10},{place.insee[:2]},"
        f"{siren(place.epci)},{400 + int(place.insee) % 9000},{place.lat:.5f},{place.lon:.5f}\n"
        for place in places
    ]
    (directory / "communes.csv").write_text(head + "".join(rows), encoding="utf-8")
    middle = (WEST + EAST) / 2
    boxes = dict(zip(DEPARTEMENTS, ((WEST, SOUTH, middle, NORTH), (middle, SOUTH, EAST, NORTH)), strict=True))
    _write_layer(directory / "departements.geojson", {c: (DEPARTEMENTS[c], box) for c, box in boxes.items()})
    groups = {siren(n): (f"Pays de {words.PLACE_HEADS[n]}", epci_box(n)) for n in range(EPCI_COLUMNS * EPCI_ROWS)}
    _write_layer(directory / "epci.geojson", groups)


def _write_layer(path: Path, areas: dict[str, tuple[str, tuple[float, float, float, float]]]) -> None:
    features = []
    for code, (name, (west, south, east, north)) in areas.items():
        ring = [[west, south], [east, south], [east, north], [west, north], [west, south]]
        geometry = {"type": "Polygon", "coordinates": [ring]}
        features.append({"type": "Feature", "properties": {"code": code, "name": name}, "geometry": geometry})
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")


def clubs(number_of_clubs: int, members: list[str]) -> list[dict[str, Any]]:
    """So many clubs, each animated by one of the first members."""
    found = []
    for number in range(number_of_clubs):
        topic = words.TOPICS[number % len(words.TOPICS)]
        again = number // len(words.TOPICS)
        name = f"Club {topic}" + (f" {again + 1}" if again else "")
        found.append(
            {
                "id": slug(name),
                "name": name,
                "short": f"C{number + 1}",
                "pillars": [PILLARS[(number + more) % 7][0] for more in range(1 + (number % 3 > 0))],
                "themes": [topic, words.TOPICS[(number + 5) % len(words.TOPICS)]],
                "animator": members[number % len(members)],
                "description": f"Ce club imaginaire réunit celles et ceux que le sujet intéresse : {topic}. "
                "Il se retrouve chaque trimestre et publie ce qu’il apprend.",
                "url": f"https://example.org/clubs/{number + 1}",
                "founded": 2012 + number % 10,
            }
        )
    return found


def write_shared(data: Path, club_list: list[dict[str, Any]]) -> None:
    """Every data file of the root but its members and geography."""
    site = {
        "name": "Deux-Estuaires circulaire",
        "short": "2EC",
        "region": "Région des Deux-Estuaires",
        "url": "https://deux-estuaires.example",
        "tagline": "Une région imaginaire où rien ne se perd.",
        "contact": {"name": "Région des Deux-Estuaires", "url": "https://deux-estuaires.example/contact"},
    }
    pillars = [
        {
            "id": id_,
            "name": name,
            "definition": f"Dans cette région imaginaire, {name.lower()} veut dire ce que disent les mots.",
            "colour": colour,
        }
        for id_, name, colour in PILLARS
    ]
    vocabularies = {
        name: [{"id": slug(label), "label": label, "description": f"{label}, au sens large."} for label in labels]
        for name, labels in VOCABULARIES.items()
    }
    redirects = {"/ancienne-page/": "/actualites/", "/page-retiree/": "gone"}
    _write(data / "site.yaml", front_matter(site))
    _write(data / "pillars.yaml", items(pillars))
    _write(data / "territories.yaml", items(territories()))
    _write(data / "clubs.yaml", items(club_list))
    _write(data / "vocabularies.yaml", front_matter(vocabularies))
    _write(data / "redirects.yaml", "".join(f"{old}: {new}\n" for old, new in redirects.items()))
    _write_indicator(data / "indicators")


def _write_indicator(directory: Path) -> None:
    """One series of twelve years."""
    directory.mkdir(exist_ok=True)
    rows = "".join(f"{2010 + year},deux-estuaires,{700 - 4 * year}\n" for year in range(12))
    _write(directory / "dechets.csv", "year,territory,value\n" + rows)
    names = (("year", "year"), ("territory", "string"), ("value", "number"))
    schema = {"fields": [{"name": name, "type": kind, "title": name.capitalize()} for name, kind in names]}
    resource = {
        "profile": "tabular-data-resource",
        "name": "dechets",
        "path": "dechets.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "schema": schema,
    }
    package = {
        "profile": "tabular-data-package",
        "name": "dechets",
        "title": "Déchets ménagers",
        "description": "Une série imaginaire.",
        "unit": "kg par habitant et par an",
        "method": "Inventée pour les essais.",
        "sources": [{"title": "Générateur de sites", "path": "https://deux-estuaires.example/series"}],
        "licenses": [
            {
                "name": "etalab-2.0",
                "title": "Licence Ouverte 2.0",
                "path": "https://deux-estuaires.example/licence",
            }
        ],
        "resources": [resource],
    }
    _write(directory / "dechets.datapackage.json", json.dumps(package, ensure_ascii=False, indent=2) + "\n")


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")

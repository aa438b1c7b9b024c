"""A small made-up region with one of everything, for the tests of feeds, calendars and open data."""

from __future__ import annotations

import datetime as dt
import json
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from plugins.model.load import load_site
from plugins.model.problems import has_errors
from plugins.publication.context import Context

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

TODAY: Final = dt.date(2026, 6, 1)
SITE_URL: Final = "https://copie.example.org/essai"
OUTPUTS: Final = frozenset(
    {
        "home", "entries", "lists", "clubs", "pillars", "territories", "members", "tags", "map_page", "observatory", "search_page",
        "contribute", "not_found", "attachments", "theme_files", "feeds", "calendars", "open_data", "sitemap", "well_known",
        "hosting", "suggestions", "search", "agenda_months", "list_data", "event_files",
        "newsletter",
    }
)  # fmt: skip
SECRET: Final = "SecretDeCamille"  # noqa: S105  # stands in every field that a member keeps private


def entry(**fields: Any) -> str:
    """The text of an entry's file: what every entry has, then ``fields`` (None takes one away)."""
    common = {
        "title": "Un titre tout à fait ordinaire",
        "summary": "Un résumé assez long pour être accepté par le schéma, et rien de plus.",
        "date": "2026-03-01",
        "authors": ["camille"],
        "pillars": ["reparer"],
    }
    front = {name: value for name, value in {**common, **fields}.items() if value is not None}
    return f"---\n{json.dumps(front, ensure_ascii=False)}\n---\n\nUn texte.\n"


def _square(west: float, south: float, *, clockwise: bool) -> list[list[float]]:
    ring = [[west, south], [west + 0.5, south], [west + 0.5, south + 0.5], [west, south + 0.5], [west, south]]
    return ring[::-1] if clockwise else ring


def _features(*features: tuple[str, str, list[list[list[float]]]]) -> str:
    shapes = [
        {
            "type": "Feature",
            "properties": {"code": code, "name": name},
            "geometry": {"type": "Polygon", "coordinates": rings},
        }
        for code, name, rings in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": shapes})


FILES: Final[Mapping[str, str]] = {
    "data/site.yaml": """\
name: Boucles de l’Exemplie
short: BEX
region: Exemplie
url: https://boucles.example.org
tagline: Ici se retrouvent celles et ceux qui font durer les choses.
publisher: Agence Exemple
contact: {name: Agence Exemple, address: "1 place du Marché, 35000 Exempleville", url: "https://agence.example.org/contact"}
social: [{name: Mastodon, url: "https://mastodon.example.org/@bex"}]
colours: {accent: "#0F4C5C"}
repository: https://forge.example.org/bex/site
""",
    "data/pillars.yaml": """\
- {id: reparer, name: Réparer, definition: Faire durer., colour: "#AA3311"}
- {id: partager, name: Partager, definition: User ensemble.}
""",
    "data/clubs.yaml": """\
- {id: atelier, name: Club de l’atelier, short: Atelier, pillars: [reparer], themes: [vélos, radios], animator: camille,
   description: Le club répare., url: "https://atelier.example.org", founded: 2017,
   source: {title: Site du club, url: "https://atelier.example.org"}}
- {id: invente, name: Club inventé, pillars: [partager], description: Il n’existe pas., demo: true}
""",
    "data/territories.yaml": """\
- {id: exemplie, name: Exemplie, kind: region, insee: "53"}
- {id: est, name: Département de l’Est, kind: departement, insee: "35"}
- {id: pays, name: Pays d’Exemple, kind: epci, siren: "243500139", labels: [territoire-pilote], year: 2020}
- {id: ville, name: Exempleville, kind: commune, insee: "35238"}
- {id: projet, name: Projet de vallée, kind: projet, members: [pays, "35001"]}
""",
    "data/members/camille.yaml": f"""\
name: Camille Exemple
kind: citoyen
organisation: {SECRET} organisation
role: {SECRET} fonction
skills: [{SECRET} compétence]
seeks: [{SECRET} recherche]
offers: [soudure]
clubs: [atelier]
pillars: [reparer]
commune: "35001"
url: https://{SECRET.lower()}.example.org
since: "1999-09-09"
public: [kind, pillars, offers]
""",
    "data/members/palettes.yaml": """\
name: Les Palettes
kind: entreprise
organisation: "=Palettes SARL"
clubs: [atelier]
pillars: [partager]
commune: "35238"
url: https://palettes.example.org
public: [name, kind, organisation, clubs, pillars, commune, url]
""",
    "data/members/fantome.yaml": """\
name: Fantôme Fictif
kind: association
commune: "35238"
public: [name, kind, commune]
demo: true
""",
    "data/vocabularies.yaml": """\
flows: [{id: palettes, label: Palettes}]
audiences: [{id: entreprises, label: Entreprises}]
sectors: [{id: bois, label: Bois}]
""",
    "data/geo/communes.csv": """\
insee,name,postal_codes,departement,epci,population,lat,lon
35001,Rive,35100,35,,900,48.20000,-1.20000
35238,Exempleville,35000 35200,35,243500139,9000,48.10000,-1.60000
""",
    "data/geo/departements.geojson": _features(
        ("35", "Est", [_square(-1.7, 48.0, clockwise=True), _square(-1.5, 48.2, clockwise=False)])
    ),
    "data/geo/epci.geojson": _features(("243500139", "Pays", [_square(-1.7, 48.0, clockwise=True)])),
    "data/indicators/dechets.csv": "year,territory,value\n2023,exemplie,640.5\n2024,exemplie,600\n",
    "data/indicators/dechets.datapackage.json": json.dumps(
        {
            "title": "Déchets par habitant",
            "unit": "kg par habitant",
            "method": "Enquête annuelle.",
            "licence": "etalab-2.0",
            "source": {"title": "Bilan", "url": "https://bilan.example.org"},
            "resources": [{"name": "dechets", "path": "dechets.csv", "bytes": 3, "hash": "abc"}],
        }
    ),
    "data/redirects.yaml": """\
/ancien-agenda/: /agenda/
/node/12: /clubs/atelier/
/page.php?id=3: https://ailleurs.example.org/page
/formulaire: gone
""",
    "content/articles/2026/une-annonce.md": entry(
        title="Une annonce du club", kind="actualite", clubs=["atelier"], tags=["Réemploi", "vélo"], updated="2026-04-02",
        sources=[{"title": "Une | source", "url": "https://source.example.org/a,b"}, {"title": "Sans lien"}],
    ),
    "content/articles/2026/invention.md": entry(title="Une invention", kind="dossier", demo=True, date="2026-05-01"),
    "content/events/2026/atelier.md": entry(
        title="Atelier, vélos ; et café", start="2027-03-16T18:30", end="2027-03-16T20:30", clubs=["atelier"],
        recurrence="FREQ=WEEKLY;BYDAY=TU;UNTIL=20270410", organiser="atelier", tags=["vélo"],
        place={"name": "La Halle", "address": "12 rue des Tanneurs", "commune": "35238"}, audience=["entreprises"],
        registration={"url": "https://inscription.example.org/?a=1,2&b=3", "price": 0, "capacity": 12, "deadline": "2027-03-15"},
    ),
    "content/events/2026/journees.md": entry(
        title="Journées du réemploi", start="2026-06-05", end="2026-06-06", all_day=True, status="cancelled",
        updated="2026-03-11", place={"lat": 48.123456789, "lon": -1.25}, pillars=["partager"],
    ),
    "content/events/2026/permanence.md": entry(
        title="Permanence en ligne", start="2026-07-02 12:30", timezone="America/Martinique", status="postponed",
        online="https://visio.example.org/salle?a=1,2;b", recurrence="FREQ=MONTHLY;BYDAY=1TH",
    ),
    "content/events/2026/fete-inventee.md": entry(
        title="Fête inventée", start="2026-06-20T10:00", end="2026-06-20T12:00", place={"commune": "35001"}, demo=True
    ),
    "content/initiatives/2026/palettes.md": entry(
        title="Des palettes qui reviennent", stage="deployee", commune="35238", holder="palettes",
        partners=["camille", "Lycée d’Exempleville"], started=2022, sectors=["bois"], flows=["palettes"],
        results=[
            {"measure": "Palettes | réemployées", "value": 1200, "unit": "par an", "year": 2025},
            {"measure": "Achats", "value": -38.5},
        ],
        funding=[{"source": "Fonds propres", "amount": 15000}], contact_form=True, levers="@SOMME(A1)",
    ),
    "content/resources/2026/guide.md": entry(
        title="Guide de la réparation", kind="guide", url="https://guide.example.org", publisher="Agence", year=2024,
        duration=90, audience=["entreprises"], level="debutant", licence="CC-BY-SA-4.0",
    ),
    "content/offers/2026/lot.md": entry(
        title="Un lot de palettes", kind="offre", flow="palettes", quantity={"value": 40, "unit": "palettes"},
        frequency="reguliere", commune="35001", expires="2026-12-31", holder="palettes",
    ),
    "content/offers/2026/besoin.md": entry(
        title="Cherchons des palettes", kind="besoin", flow="palettes", commune="35238", expires="2026-12-31", holder="palettes"
    ),
    "content/calls/2026/appel.md": entry(
        title="Appel à projets réemploi", opens="2026-01-31", closes="2026-05-03T12:00", organiser="Agence Exemple",
        budget=200000, url="https://appel.example.org", winners=[{"member": "palettes"}, {"name": "Un autre"}],
    ),
    "content/consultations/2026/priorites.md": entry(
        title="Quelles priorités pour demain ?", level="consultation", opens="2026-03-01", closes="2026-04-30",
        questions=[
            {"id": "avis", "text": "Votre avis ?"},
            {"id": "choix", "text": "Quoi ?", "kind": "choix", "choices": ["a", "b"]},
        ],
    ),
    "content/contributions/2026/reponse.md": entry(
        title="Une réponse de Camille", consultation="consultations/2026/priorites", author="camille",
        answers={"avis": "Oui", "choix": ["a"]},
    ),
    "content/research/2026/these.md": entry(
        title="Une thèse sur la réparation", kind="these", discipline="économie", laboratory="Laboratoire imaginaire"
    ),
    "content/pages/a-propos.md": entry(title="À propos du réseau", authors=None, pillars=None),
}  # fmt: skip


def write_root(directory: Path, extra: Mapping[str, str] | None = None) -> Path:
    """Write the files of the region, and ``extra`` ones or other versions of them."""
    for name, text in {**FILES, **(extra or {})}.items():
        path = directory / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return directory


def context(
    root: Path, *, today: dt.date = TODAY, site_url: str = SITE_URL, outputs: frozenset[str] = OUTPUTS
) -> Context:
    """The region as the outputs see it; it has no errors."""
    loaded = load_site(root, today=today)
    assert loaded.site is not None
    assert not has_errors(loaded.problems), [problem for problem in loaded.problems if problem.severity == "error"]
    return Context(loaded.site, site_url, outputs, str(root))


def xml(text: str | bytes) -> ET.Element:
    """The root element of a document that we wrote."""
    return ET.fromstring(text)  # noqa: S314  # not a stranger's

"""The catalogue of the open data, for portals that harvest it: DCAT 3 in the profile DCAT-AP, as JSON-LD.

The context is written out, so that nobody needs the network to read it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.documents.dcat_parts import AUTHORITY, CONTEXT, FORMATS, MEDIA, Node, day, link, period, text
from plugins.documents.open_files import CATALOGUE, data_address, publisher, schema_address
from plugins.model.addresses import DATA, HOME, OBSERVATORY, last_change
from plugins.publication.identity import page_url, permanent
from plugins.publication.indicators import licence_of, package_address, sources_of, table_address, years_of
from plugins.publication.licences import licence_url, site_licence

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.documents.datasets import DataSet
    from plugins.model.objects import Entry, Indicator
    from plugins.publication.context import Context

ENVIRONMENT: Final = f"{AUTHORITY}data-theme/ENVI"
IRREGULAR: Final = f"{AUTHORITY}frequency/IRREG"
YEARLY: Final = f"{AUTHORITY}frequency/ANNUAL"


def catalogue(ctx: Context, datasets: Sequence[DataSet]) -> Node:
    """The catalogue and all it holds."""
    settings = ctx.site.settings
    held = [
        *(_dataset(ctx, dataset) for dataset in datasets),
        *(_series(ctx, series) for series in ctx.site.indicators),
    ]
    return {
        "@context": CONTEXT,
        "@id": permanent(ctx.site, CATALOGUE),
        "@type": "dcat:Catalog",
        "dct:title": text(f"Données ouvertes – {settings['name']}"),
        "dct:description": text("Tout ce que la plateforme publie, fiche par fiche, et les séries de l’observatoire."),
        "dct:publisher": _publisher(ctx),
        "dct:language": link(f"{AUTHORITY}language/FRA"),
        "dct:license": link(licence_url(site_licence(ctx))),
        "dct:spatial": _region(ctx),
        "dct:modified": day((last_change(ctx.site.entries.values()) or ctx.today).isoformat()),
        "foaf:homepage": link(ctx.absolute(HOME)),
        "dcat:themeTaxonomy": link(f"{AUTHORITY}data-theme"),
        "dcat:dataset": held,
    }


def _dataset(ctx: Context, dataset: DataSet) -> Node:
    address = data_address(dataset.name, "json")
    return {
        **_described(ctx, address, dataset.title, dataset.description),
        **_landing(ctx, dataset.page),
        "dct:accrualPeriodicity": link(IRREGULAR),
        **_covered(dataset_entries(ctx, dataset)),
        "dcat:distribution": [
            _distribution(ctx, where, licence_url(site_licence(ctx)), schema) for where, schema in _files(ctx, dataset)
        ],
    }


def _landing(ctx: Context, address: str) -> Node:
    """The page that shows a data set to people, where there is one."""
    page = page_url(ctx, address) if address else ""
    return {"dcat:landingPage": link(page)} if page else {}


def dataset_entries(ctx: Context, dataset: DataSet) -> list[Entry]:
    """The entries of a data set; none for clubs, members and territories."""
    return [ctx.site.entries[row.id] for row in dataset.rows if row.id in ctx.site.entries]


def _files(ctx: Context, dataset: DataSet) -> Iterator[tuple[str, str]]:
    """Address and schema (or nothing) of each form of a data set, those of other outputs only where these are in use."""
    schema = schema_address(dataset.name)
    yield data_address(dataset.name, "csv"), schema
    yield data_address(dataset.name, "json"), schema
    if any(row.geometry for row in dataset.rows):
        yield data_address(dataset.name, "geojson"), schema
    if dataset.name == "events" and "calendars" in ctx.outputs:
        yield "/agenda.ics", ""
    fed = any(kind.folder == dataset.name and kind.feed and kind.list for kind in ctx.site.schemas.content_types)
    if fed and "feeds" in ctx.outputs and ctx.href(dataset.page):
        yield f"{dataset.page}flux.xml", ""


def _series(ctx: Context, series: Indicator) -> Node:
    years, licence = years_of(series), licence_of(series)
    covered = {"dct:temporal": period(f"{years[0]}-01-01", f"{years[1]}-12-31")} if years else {}
    words = ". ".join(part.rstrip(".") for part in (series.title, series.unit, series.method) if part)
    return {
        **_described(ctx, table_address(series), series.title, f"{words}."),
        **_landing(ctx, OBSERVATORY),
        "dct:accrualPeriodicity": link(YEARLY),
        **covered,
        "dct:source": [link(address) for address in sources_of(series)],
        "dcat:distribution": [_distribution(ctx, address, licence, "") for address in _series_files(series)],
    }


def _series_files(series: Indicator) -> list[str]:
    return [table_address(series), package_address(series)]


def _described(ctx: Context, address: str, title: str, description: str) -> Node:
    """What every data set says of itself. Its name is the address of its main file, whatever copy of the site one reads."""
    name = permanent(ctx.site, address)
    return {
        "@id": f"{name}#dataset",
        "@type": "dcat:Dataset",
        "dct:identifier": name,
        "dct:title": text(title),
        "dct:description": text(description),
        "dct:publisher": link(f"{permanent(ctx.site, HOME)}#organisation"),
        "dct:language": link(f"{AUTHORITY}language/FRA"),
        "dct:spatial": link(f"{permanent(ctx.site, DATA)}#region"),
        "dcat:theme": link(ENVIRONMENT),
        "dcat:keyword": [text("économie circulaire"), text(str(ctx.site.settings["region"]))],
        **_contact(ctx),
    }


def _covered(entries: Sequence[Entry]) -> Node:
    """From the first to the last publication, and the last change."""
    if not entries:
        return {}
    days = sorted(entry.date for entry in entries)
    changed = last_change(entries) or days[-1]
    return {
        "dct:issued": day(days[0].isoformat()),
        "dct:modified": day(changed.isoformat()),
        "dct:temporal": period(days[0].isoformat(), days[-1].isoformat()),
    }


def _distribution(ctx: Context, address: str, licence: str, schema: str) -> Node:
    ending = address.rpartition(".")[2]
    name, media = FORMATS[ending]
    node = {
        "@id": permanent(ctx.site, address),
        "@type": "dcat:Distribution",
        "dct:title": text(address.rpartition("/")[2]),
        "dcat:accessURL": link(ctx.absolute(address)),
        "dcat:downloadURL": link(ctx.absolute(address)),
        "dct:format": link(f"{AUTHORITY}file-type/{name}"),
        "dcat:mediaType": link(MEDIA + media),
    }
    rights = {"dct:license": link(licence)} if licence else {"dct:rights": text("Licence non précisée par la source")}
    return {**node, **rights, **({"dct:conformsTo": link(ctx.absolute(schema))} if schema else {})}


def _publisher(ctx: Context) -> Node:
    return {
        "@id": f"{permanent(ctx.site, HOME)}#organisation",
        "@type": "foaf:Agent",
        "foaf:name": text(publisher(ctx)),
    }


def _contact(ctx: Context) -> Node:
    contact = ctx.site.settings.get("contact") or {}
    page = contact.get("url") or ctx.absolute(HOME)
    return {
        "dcat:contactPoint": {
            "@type": "vcard:Organization",
            "vcard:fn": publisher(ctx),
            "vcard:hasURL": link(str(page)),
        }
    }


def _region(ctx: Context) -> Node:
    node = {"@id": f"{permanent(ctx.site, DATA)}#region", "@type": "dct:Location"}
    box = ctx.site.geography.bounds
    label = {"skos:prefLabel": text(str(ctx.site.settings["region"]))}
    if box is None:
        return {**node, **label}
    west, south, east, north = box
    corners = [(west, south), (east, south), (east, north), (west, north), (west, south)]
    ring = ", ".join(f"{lon:.4f} {lat:.4f}" for lon, lat in corners)
    return {**node, **label, "dcat:bbox": {"@type": "geo:wktLiteral", "@value": f"POLYGON(({ring}))"}}

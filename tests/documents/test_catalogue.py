"""The catalogue as a harvester reads it: parsed by rdflib, asked in SPARQL (DCAT-AP)."""

from __future__ import annotations

import json
import warnings
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest
import rdflib

from plugins.documents.open_data import open_data
from tests.documents.small_root import SITE_URL

if TYPE_CHECKING:
    from plugins.publication.context import Context

DCAT = rdflib.Namespace("http://www.w3.org/ns/dcat#")
DCT = rdflib.Namespace("http://purl.org/dc/terms/")
FOAF = rdflib.Namespace("http://xmlns.com/foaf/0.1/")
NAMES = "https://boucles.example.org"


def graph_of(ctx: Context) -> tuple[Any, set[str]]:
    documents = {document.path: document.content for document in open_data(ctx)}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # rdflib's parser uses a class that rdflib deprecates
        graph = rdflib.Graph().parse(data=documents["donnees/catalogue.jsonld"].decode(), format="json-ld")
    return graph, set(documents)


@pytest.fixture(scope="module")
def harvested(ctx: Context) -> tuple[Any, set[str]]:
    return graph_of(ctx)


def test_there_is_one_catalogue_with_what_dcat_ap_requires(harvested: tuple[Any, set[str]]) -> None:
    graph, _ = harvested
    (catalogue,) = graph.subjects(rdflib.RDF.type, DCAT.Catalog)
    assert str(catalogue) == f"{NAMES}/donnees/catalogue.jsonld"
    for name in (DCT.title, DCT.description, DCT.publisher, DCT.license, DCT.spatial, DCT.language, FOAF.homepage):
        assert list(graph.objects(catalogue, name)), name
    (publisher,) = graph.objects(catalogue, DCT.publisher)
    assert str(graph.value(publisher, FOAF.name)) == "Agence Exemple"
    assert len(list(graph.objects(catalogue, DCAT.dataset))) == 13  # nine types, three kinds of things, one series


def test_every_data_set_says_what_it_is(harvested: tuple[Any, set[str]]) -> None:
    graph, _ = harvested
    for dataset in graph.subjects(rdflib.RDF.type, DCAT.Dataset):
        for name in (
            DCT.title,
            DCT.description,
            DCT.publisher,
            DCT.identifier,
            DCT.accrualPeriodicity,
            DCAT.theme,
            DCAT.contactPoint,
        ):
            assert list(graph.objects(dataset, name)), (dataset, name)
        assert list(graph.objects(dataset, DCAT.distribution))
        assert all(one.language == "fr" for one in graph.objects(dataset, DCT.title))


def test_every_distribution_leads_to_a_file_that_is_made(harvested: tuple[Any, set[str]]) -> None:
    graph, paths = harvested
    others = {"agenda.ics", "agenda/flux.xml", "actualites/flux.xml"}
    for distribution in graph.subjects(rdflib.RDF.type, DCAT.Distribution):
        (address,) = graph.objects(distribution, DCAT.downloadURL)
        path = str(address).removeprefix(f"{SITE_URL}/")
        assert path in paths or path in others or path.endswith("/flux.xml")
        assert list(graph.objects(distribution, DCT.license)) or list(graph.objects(distribution, DCT.rights))
        for schema in graph.objects(distribution, DCT.conformsTo):
            assert str(schema).removeprefix(f"{SITE_URL}/") in paths


def test_outputs_that_are_switched_off_are_not_in_the_catalogue(ctx: Context) -> None:
    graph, paths = graph_of(replace(ctx, outputs=frozenset({"open_data"})))
    addresses = {str(address).removeprefix(f"{SITE_URL}/") for address in graph.objects(None, DCAT.downloadURL)}
    assert addresses <= paths


def test_a_kind_without_places_offers_no_map(harvested: tuple[Any, set[str]]) -> None:
    graph, _ = harvested
    addresses = {str(address) for address in graph.objects(None, DCAT.downloadURL)}
    assert f"{SITE_URL}/donnees/events.geojson" in addresses
    assert f"{SITE_URL}/donnees/articles.geojson" not in addresses


def test_series_carry_years_source_and_licence(harvested: tuple[Any, set[str]]) -> None:
    graph, _ = harvested
    series = rdflib.URIRef(f"{NAMES}/donnees/indicateurs/dechets.csv#dataset")
    period = graph.value(series, DCT.temporal)
    assert str(graph.value(period, DCAT.startDate)) == "2023-01-01"
    assert str(graph.value(period, DCAT.endDate)) == "2024-12-31"
    assert [str(source) for source in graph.objects(series, DCT.source)] == ["https://bilan.example.org"]


def test_a_series_without_a_stated_licence_claims_none(ctx: Context) -> None:
    (series,) = ctx.site.indicators
    package = {key: value for key, value in series.package.items() if key != "licence"}
    unstated = replace(
        series, package={**package, "licenses": [{"name": "notspecified", "path": "https://source.example.org"}]}
    )
    graph, _ = graph_of(replace(ctx, site=replace(ctx.site, indicators=[unstated])))
    table = rdflib.URIRef(f"{NAMES}/donnees/indicateurs/dechets.csv")
    assert list(graph.objects(table, DCT.license)) == []
    assert list(graph.objects(table, DCT.rights))


def test_the_context_is_written_out(ctx: Context) -> None:
    documents = {document.path: document.content for document in open_data(ctx)}
    context = json.loads(documents["donnees/catalogue.jsonld"])["@context"]
    assert isinstance(context, dict)  # a reader without network reads it

"""The words of DCAT (https://www.w3.org/TR/vocab-dcat-3/) and the small values of its JSON-LD."""

from __future__ import annotations

from typing import Any, Final, TypeAlias

Node: TypeAlias = dict[str, Any]

AUTHORITY: Final = "http://publications.europa.eu/resource/authority/"
MEDIA: Final = "https://www.iana.org/assignments/media-types/"
FORMATS: Final = {
    "csv": ("CSV", "text/csv"),
    "json": ("JSON", "application/json"),
    "geojson": ("GEOJSON", "application/geo+json"),
    "ics": ("ICS", "text/calendar"),
    "xml": ("ATOM", "application/atom+xml"),
}
CONTEXT: Final[Node] = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dct": "http://purl.org/dc/terms/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "vcard": "http://www.w3.org/2006/vcard/ns#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
    "geo": "http://www.opengis.net/ont/geosparql#",
}


def period(start: str, end: str) -> Node:
    """From a day to a day, both inclusive (ISO 8601)."""
    return {"@type": "dct:PeriodOfTime", "dcat:startDate": day(start), "dcat:endDate": day(end)}


def text(words: str) -> Node:
    """Words in French."""
    return {"@value": words, "@language": "fr"}


def day(written: str) -> Node:
    """A day (ISO 8601)."""
    return {"@type": "xsd:date", "@value": written}


def link(address: str) -> Node:
    """What has an address."""
    return {"@id": address}

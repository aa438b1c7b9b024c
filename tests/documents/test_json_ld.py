"""Structured data as a search engine reads them (https://schema.org, JSON-LD 1.1)."""

from __future__ import annotations

import json
from dataclasses import replace
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from plugins.structured_data.json_ld import json_ld, serialise
from tests.documents.small_root import SITE_URL

if TYPE_CHECKING:
    from plugins.publication.context import Context


def node(ctx: Context, identifier: str) -> dict[str, Any]:
    (found,) = json_ld(ctx, "entry", ctx.site.entries[identifier])
    return found


def test_the_site_can_be_searched_and_has_an_organisation(ctx: Context) -> None:
    site, organisation = json_ld(ctx, "site")
    assert site["@type"] == "WebSite"
    assert site["potentialAction"]["target"]["urlTemplate"] == f"{SITE_URL}/recherche/?q={{search_term_string}}"
    assert site["publisher"]["@id"] == organisation["@id"]
    assert organisation["sameAs"] == ["https://mastodon.example.org/@bex"]


@pytest.mark.parametrize(
    ("identifier", "kind"),
    [
        ("articles/2026/une-annonce", "NewsArticle"),
        ("events/2026/atelier", "Event"),
        ("initiatives/2026/palettes", "Article"),
        ("resources/2026/guide", "LearningResource"),
        ("offers/2026/lot", "Offer"),
        ("offers/2026/besoin", "Demand"),
        ("contributions/2026/reponse", "Comment"),
        ("research/2026/these", "Thesis"),
        ("pages/a-propos", "WebPage"),
    ],
)
def test_every_type_of_entry_is_a_class_of_schema_org(ctx: Context, identifier: str, kind: str) -> None:
    found = node(ctx, identifier)
    assert found["@context"] == "https://schema.org"
    assert found["@type"] == kind
    assert found["url"] == SITE_URL + ctx.site.entries[identifier].address
    assert found["name"] == ctx.site.entries[identifier].title


def test_an_article_says_who_wrote_it_when_and_about_what(ctx: Context) -> None:
    found = node(ctx, "articles/2026/une-annonce")
    assert found["author"] == [
        {
            "@type": "Person",
            "@id": f"{SITE_URL}/membres/camille/#this",
            "name": "Camille Exemple",
            "url": f"{SITE_URL}/membres/camille/",
        }
    ]
    assert (found["datePublished"], found["dateModified"]) == ("2026-03-01", "2026-04-02")
    assert found["keywords"] == ["Réemploi", "vélo"]
    assert found["citation"] == ["https://source.example.org/a,b"]
    assert found["license"].startswith("https://www.etalab.gouv.fr/")


def test_an_event_has_times_with_offsets_a_place_a_price_and_its_rule(ctx: Context) -> None:
    found = node(ctx, "events/2026/atelier")
    assert (found["startDate"], found["endDate"]) == ("2027-03-16T18:30:00+01:00", "2027-03-16T20:30:00+01:00")
    assert found["eventStatus"] == "https://schema.org/EventScheduled"
    assert found["eventAttendanceMode"] == "https://schema.org/OfflineEventAttendanceMode"
    (place,) = found["location"]
    assert place["address"]["addressLocality"] == "Exempleville"
    assert place["geo"] == {"@type": "GeoCoordinates", "latitude": 48.1, "longitude": -1.6}
    assert found["offers"]["price"] == 0
    assert found["isAccessibleForFree"] is True
    assert found["organizer"][0]["name"] == "Club de l’atelier"
    assert found["eventSchedule"]["repeatFrequency"] == "P1W"
    assert found["eventSchedule"]["byDay"] == ["https://schema.org/Tuesday"]
    assert found["eventSchedule"]["endDate"] == "2027-04-10"
    assert "headline" not in found  # an event is no work


def test_an_event_that_is_off_or_online_says_so(ctx: Context) -> None:
    cancelled, online = node(ctx, "events/2026/journees"), node(ctx, "events/2026/permanence")
    assert cancelled["eventStatus"] == "https://schema.org/EventCancelled"
    assert (cancelled["startDate"], cancelled["endDate"]) == ("2026-06-05", "2026-06-06")
    assert online["eventStatus"] == "https://schema.org/EventPostponed"
    assert online["eventAttendanceMode"] == "https://schema.org/OnlineEventAttendanceMode"
    assert online["location"] == [{"@type": "VirtualLocation", "url": "https://visio.example.org/salle?a=1,2;b"}]
    assert online["startDate"] == "2026-07-02T12:30:00-04:00"


def test_an_offer_says_what_of_whom_and_until_when(ctx: Context) -> None:
    offer, need = node(ctx, "offers/2026/lot"), node(ctx, "offers/2026/besoin")
    assert offer["itemOffered"]["name"] == "Palettes"
    assert offer["validThrough"] == "2026-12-31"
    assert offer["offeredBy"][0]["name"] == "Les Palettes"
    assert need["@reverse"]["seeks"][0]["name"] == "Les Palettes"


def test_a_call_has_a_grant_and_a_closing_time(ctx: Context) -> None:
    found = node(ctx, "calls/2026/appel")
    assert found["expires"] == "2026-05-03T12:00:00+02:00"
    assert found["mentions"]["amount"] == {"@type": "MonetaryAmount", "value": 200000, "currency": "EUR"}
    assert found["mentions"]["funder"] == [{"@type": "Organization", "name": "Agence Exemple"}]


def test_people_and_organisations_show_what_is_public(ctx: Context) -> None:
    (person,) = json_ld(ctx, "member", ctx.site.members["camille"])
    (firm,) = json_ld(ctx, "member", ctx.site.members["palettes"])
    assert person["@type"] == "Person"
    assert firm["@type"] == "Organization"
    assert firm["location"]["name"] == "Exempleville"
    assert "secretdecamille" not in serialise(person).lower()
    assert not {"memberOf", "homeLocation", "jobTitle", "sameAs", "affiliation"} & person.keys()


def test_clubs_territories_pillars_and_series(ctx: Context) -> None:
    (club,) = json_ld(ctx, "club", ctx.site.clubs["atelier"])
    (territory,) = json_ld(ctx, "territory", ctx.site.territories["pays"])
    (pillar,) = json_ld(ctx, "pillar", ctx.site.pillars["reparer"])
    (series,) = json_ld(ctx, "dataset", ctx.site.indicators[0])
    assert (club["@type"], club["foundingDate"]) == ("Organization", "2017")
    assert (territory["@type"], territory["identifier"]) == ("AdministrativeArea", "243500139")
    assert territory["containedInPlace"][0]["name"] == "Projet de vallée"
    assert pillar["@type"] == "DefinedTerm"
    assert series["temporalCoverage"] == "2023/2024"
    assert series["distribution"]["contentUrl"] == f"{SITE_URL}/donnees/indicateurs/dechets.csv"


def test_lists_are_numbered_from_one_with_full_addresses(ctx: Context) -> None:
    (trail,) = json_ld(ctx, "breadcrumb", [("Accueil", "/"), ("Agenda", "/agenda/")])
    assert trail["@type"] == "BreadcrumbList"
    assert [(step["position"], step["name"], step["item"]) for step in trail["itemListElement"]] == [
        (1, "Accueil", f"{SITE_URL}/"),
        (2, "Agenda", f"{SITE_URL}/agenda/"),
    ]
    assert json_ld(ctx, "itemlist", [("a", "/b/")])[0]["@type"] == "ItemList"


def test_nothing_empty_is_said(ctx: Context) -> None:
    def check(value: Any) -> None:
        assert value not in (None, "", [], {})
        for below in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            check(below)

    for entry in ctx.site.entries.values():
        check(json_ld(ctx, "entry", entry)[0])


def test_another_object_is_refused(ctx: Context) -> None:
    with pytest.raises(TypeError):
        json_ld(ctx, "thing", object())


class Scripts(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.opened: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        del attrs
        self.opened.append(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


@given(
    st.text(st.characters(codec="utf-8")),
    st.sampled_from(["", "</script><script>alert(1)", "<!--<script>", "]]>", "\u2028"]),
)
def test_no_text_leaves_its_script_element(text: str, evil: str) -> None:
    data = {"name": text + evil, evil or "key": [text]}
    written = serialise(data)
    page = Scripts()
    page.feed(f'<script type="application/ld+json">{written}</script>')
    page.close()
    assert page.opened == ["script"]
    assert json.loads(page.text) == data
    assert not set(written) & set("<>&\u2028\u2029")


def test_a_hostile_entry_stays_data(ctx: Context) -> None:
    entry = replace(ctx.site.entries["articles/2026/une-annonce"], title="</script><img src=x onerror=alert(1)>")
    assert "<" not in serialise(json_ld(ctx, "article", entry))

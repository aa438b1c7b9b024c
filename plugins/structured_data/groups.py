"""Structured data of the site itself, of members, clubs, territories and figures."""

from __future__ import annotations

from typing import TYPE_CHECKING

from plugins.model.addresses import HOME, OBSERVATORY, SEARCH
from plugins.publication.identity import page_url
from plugins.publication.indicators import licence_of, sources_of, table_address, years_of
from plugins.structured_data.parts import (
    Node,
    identity,
    member_class,
    organisation_id,
    party,
    place,
)

if TYPE_CHECKING:
    from plugins.model.objects import Club, Indicator, Member, Territory
    from plugins.publication.context import Context


def site_nodes(ctx: Context) -> list[Node]:
    """The site and the organisation behind it."""
    settings = ctx.site.settings
    home = ctx.absolute(HOME)
    return [
        {
            "@type": "WebSite",
            "@id": f"{home}#site",
            "name": settings["name"],
            "alternateName": settings.get("short"),
            "description": settings.get("tagline"),
            "url": home,
            "inLanguage": settings.get("languages"),
            "publisher": {"@id": organisation_id(ctx)},
            "potentialAction": _search(ctx),
        },
        _organisation(ctx),
    ]


def _search(ctx: Context) -> Node | None:
    page = page_url(ctx, SEARCH)
    if not page:
        return None
    return {
        "@type": "SearchAction",
        "target": {"@type": "EntryPoint", "urlTemplate": f"{page}?q={{search_term_string}}"},
        "query-input": "required name=search_term_string",
    }


def _organisation(ctx: Context) -> Node:
    settings = ctx.site.settings
    contact = settings.get("contact") or {}
    return {
        "@type": "Organization",
        "@id": organisation_id(ctx),
        "name": settings["name"],
        "alternateName": settings.get("short"),
        "slogan": settings.get("tagline"),
        "url": ctx.absolute(HOME),
        "address": contact.get("address"),
        "areaServed": {"@type": "AdministrativeArea", "name": settings["region"]},
        "contactPoint": {"@type": "ContactPoint", "name": contact.get("name"), "url": contact.get("url")},
        "sameAs": [account["url"] for account in settings.get("social") or []],
    }


def member_node(ctx: Context, member: Member) -> Node:
    """A member, with what the member chose to show."""
    kind = member_class(member)
    node = {
        "@type": kind,
        "@id": identity(ctx, member.address),
        "name": member.name,
        "url": ctx.absolute(member.address),
        "sameAs": member.url,
        "knowsAbout": [*member.skills, *(pillar.name for pillar in member.pillars)],
        "seeks": [{"@type": "Demand", "name": words} for words in member.seeks],
        "makesOffer": [{"@type": "Offer", "name": words} for words in member.offers],
        "memberOf": [party(ctx, club) for club in member.clubs],
    }
    home = place(member.commune)
    if kind == "Person":
        work = {"@type": "Organization", "name": member.organisation}
        return {**node, "jobTitle": member.role, "affiliation": work, "homeLocation": home}
    return {**node, "legalName": member.organisation, "location": home}


def club_node(ctx: Context, club: Club) -> Node:
    """A club: what it is, what it works on, who leads it."""
    return {
        "@type": "Organization",
        "@id": identity(ctx, club.address),
        "name": club.name,
        "alternateName": club.short,
        "description": club.description,
        "url": ctx.absolute(club.address),
        "sameAs": club.url,
        "foundingDate": str(club.founded) if club.founded else None,
        "knowsAbout": [*club.themes, *(pillar.name for pillar in club.pillars)],
        "memberOf": {"@id": organisation_id(ctx)},
        "member": [party(ctx, club.animator)] if club.animator else None,
    }


def territory_node(ctx: Context, territory: Territory) -> Node:
    """A territory and the larger ones in which it lies."""
    return {
        "@type": "City" if territory.kind == "commune" else "AdministrativeArea",
        "@id": identity(ctx, territory.address),
        "name": territory.name,
        "url": ctx.absolute(territory.address),
        "identifier": territory.code,
        "containedInPlace": [
            {"@id": identity(ctx, whole.address), "@type": "AdministrativeArea", "name": whole.name}
            for whole in territory.wholes
        ],
    }


def dataset_node(ctx: Context, indicator: Indicator) -> Node:
    """A series of the observatory as a data set that can be downloaded."""
    years = years_of(indicator)
    return {
        "@type": "Dataset",
        "name": indicator.title,
        "description": indicator.method or indicator.title,
        "url": page_url(ctx, OBSERVATORY),
        "identifier": indicator.id,
        "license": licence_of(indicator),
        "isAccessibleForFree": True,
        "variableMeasured": {"@type": "PropertyValue", "name": indicator.title, "unitText": indicator.unit},
        "temporalCoverage": f"{years[0]}/{years[1]}" if years else None,
        "spatialCoverage": {"@type": "AdministrativeArea", "name": ctx.site.settings["region"]},
        "isBasedOn": sources_of(indicator),
        "distribution": {
            "@type": "DataDownload",
            "encodingFormat": "text/csv",
            "contentUrl": ctx.absolute(table_address(indicator)) if "open_data" in ctx.outputs else None,
        },
    }

"""What some types of entries have to say in the words of schema.org, beyond what all have."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from plugins.model.occurrences import DEFAULT_TIMEZONE
from plugins.structured_data.event import event_facts, moment
from plugins.structured_data.parts import Node, attachment_url, euros, identity, parties, place

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.model.objects import Entry
    from plugins.publication.context import Context

# Classes of schema.org that are no CreativeWork: a headline or an author would be wrong there.
NO_WORKS: Final = frozenset(
    {
        "Event",
        "Offer",
        "Demand",
        "Project",
        "ResearchProject",
        "Organization",
        "Grant",
        "MonetaryGrant",
        "Product",
    }
)
ARTICLES: Final = {"actualite": "NewsArticle", "compte-rendu": "NewsArticle", "tribune": "OpinionNewsArticle"}
RESEARCH: Final = {
    "question": "Question",
    "these": "Thesis",
    "resultat": "ScholarlyArticle",
    "projet": "ResearchProject",
}
RESOURCES: Final = {"donnees": "Dataset", "etude": "Report", "outil": "CreativeWork", "reglementation": "Legislation"}
OFFERS: Final = {"offre": "Offer", "besoin": "Demand"}


def type_facts(ctx: Context, entry: Entry) -> Node:
    """What an entry's type adds; a type that nobody thought of adds nothing. An ``@type`` in it is closer than the schema's."""
    known = FACTS.get(entry.type.folder)
    return known(ctx, entry) if known else {}


def _article(_ctx: Context, entry: Entry) -> Node:
    return {"@type": ARTICLES.get(entry.fields["kind"], "Article")}


def _initiative(ctx: Context, entry: Entry) -> Node:
    started = entry.fields.get("started")
    return {
        "contentLocation": _where(entry),
        "contributor": parties(ctx, _named(entry, "holder", "partners")),
        "temporalCoverage": f"{started}/.." if started else None,
        "funding": [
            {"@type": "Grant", "name": line["source"], "amount": euros(line.get("amount"))}
            for line in entry.fields.get("funding") or []
            if line.get("source")
        ],
    }


def _resource(ctx: Context, entry: Entry) -> Node:
    fields = entry.fields
    minutes, publisher = fields.get("duration"), fields.get("publisher")
    return {
        "@type": RESOURCES.get(fields["kind"], "LearningResource"),
        "learningResourceType": fields["kind"],
        "educationalLevel": fields.get("level"),
        "timeRequired": f"PT{minutes:g}M" if minutes else None,
        "creator": {"@type": "Organization", "name": publisher} if publisher else None,
        "dateCreated": str(fields["year"]) if fields.get("year") else None,
        "isBasedOn": fields.get("url"),
        "audience": audiences(ctx, entry),
        "encoding": _file(ctx, entry),
    }


def _file(ctx: Context, entry: Entry) -> Node | None:
    """The file that a resource is, where it lies beside the entry."""
    name = entry.fields.get("file")
    address = attachment_url(ctx, entry, str(name)) if name else ""
    return {"@type": "MediaObject", "contentUrl": address} if address else None


def _call(ctx: Context, entry: Entry) -> Node:
    fields = entry.fields
    return {
        **_open(fields),
        "mentions": {
            "@type": "MonetaryGrant",
            "name": entry.title,
            "funder": parties(ctx, _named(entry, "organiser")),
            "amount": euros(fields.get("budget")),
            "url": fields.get("url"),
        },
    }


def _open(fields: Mapping[str, Any]) -> Node:
    """From when to when one may answer."""
    opens, closes = (moment(fields[name], DEFAULT_TIMEZONE) for name in ("opens", "closes"))
    return {"temporalCoverage": f"{opens}/{closes}", "expires": closes}


def _consultation(_ctx: Context, entry: Entry) -> Node:
    fields = entry.fields
    return {
        **_open(fields),
        "hasPart": [{"@type": "Question", "name": question.get("text")} for question in fields.get("questions") or []],
    }


def _contribution(ctx: Context, entry: Entry) -> Node:
    about = [{"@id": identity(ctx, other.address)} for other in entry.references.get("consultation") or []]
    return {"@type": "Comment", "author": parties(ctx, _named(entry, "author")), "parentItem": about}


def _offer(ctx: Context, entry: Entry) -> Node:
    fields = entry.fields
    quantity = fields.get("quantity") or {}
    flows = ctx.site.vocabularies.get("flows") or {}
    flow = flows[fields["flow"]].label if fields["flow"] in flows else fields["flow"]
    kind = OFFERS.get(fields["kind"], entry.type.schema_org)
    holders = parties(ctx, _named(entry, "holder"))
    return {
        "@type": kind,
        "itemOffered": {"@type": "Product", "name": flow, "description": entry.summary},
        "eligibleQuantity": {
            "@type": "QuantitativeValue",
            "value": quantity.get("value"),
            "unitText": quantity.get("unit"),
        },
        "availableAtOrFrom": _where(entry),
        "validFrom": entry.date.isoformat(),
        "validThrough": fields["expires"],
        "offeredBy": holders if kind == "Offer" else None,
        "@reverse": {"seeks": holders if kind == "Demand" else None},  # a Demand has no word for who asks
    }


def _research(ctx: Context, entry: Entry) -> Node:
    fields = entry.fields
    kind = RESEARCH.get(fields["kind"], entry.type.schema_org)
    laboratory = fields.get("laboratory")
    facts: Node = {"@type": kind}
    if kind in NO_WORKS:
        return {
            **facts,
            "knowsAbout": fields.get("discipline"),
            "member": parties(ctx, _named(entry, "partners")),
        }
    return {
        **facts,
        "genre": fields.get("discipline"),
        "sourceOrganization": {"@type": "ResearchOrganization", "name": laboratory} if laboratory else None,
        "contributor": parties(ctx, _named(entry, "partners")),
    }


def audiences(ctx: Context, entry: Entry) -> list[Node]:
    """For whom an entry is, in words."""
    known = ctx.site.vocabularies.get("audiences") or {}
    names = [known[word].label if word in known else word for word in entry.fields.get("audience") or []]
    return [{"@type": "Audience", "audienceType": name} for name in names]


def _named(entry: Entry, *roles: str) -> list[Any]:
    return [who for role in roles for who in entry.references.get(role) or []]


def _where(entry: Entry) -> Node | None:
    return place(entry.communes[0] if entry.communes else None, point=entry.point)


def _event(ctx: Context, entry: Entry) -> Node:
    return {
        **event_facts(ctx, entry),
        "organizer": parties(ctx, _named(entry, "organiser")),
        "audience": audiences(ctx, entry),
    }


FACTS: Final[dict[str, Callable[[Context, Entry], Node]]] = {
    "articles": _article,
    "events": _event,
    "initiatives": _initiative,
    "resources": _resource,
    "calls": _call,
    "consultations": _consultation,
    "contributions": _contribution,
    "offers": _offer,
    "research": _research,
}

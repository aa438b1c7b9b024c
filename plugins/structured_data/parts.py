"""Pieces of structured data that several kinds of things share."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, TypeAlias

from plugins.model.objects import Club, Member
from plugins.publication.identity import page_url

if TYPE_CHECKING:
    from plugins.model.geography import Commune
    from plugins.model.objects import Entry, Party
    from plugins.publication.context import Context

Node: TypeAlias = dict[str, Any]

# The kinds of members (data/members) as classes of schema.org.
MEMBER_CLASSES: Final = {
    "citoyen": "Person",
    "association": "NGO",
    "collectivite": "GovernmentOrganization",
    "institution": "GovernmentOrganization",
    "recherche": "ResearchOrganization",
}


def pruned(value: Any) -> Any:
    """The same without what says nothing: None, empty texts, lists and nodes. Numbers and False stay."""
    if isinstance(value, dict):
        kept = {key: pruned(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if not _says_nothing(item)}
    if isinstance(value, list):
        return [item for item in map(pruned, value) if not _says_nothing(item)]
    return value


def _says_nothing(value: Any) -> bool:
    return value is None or value in ("", [], {}) or (isinstance(value, dict) and value.keys() == {"@type"})


def identity(ctx: Context, address: str) -> str:
    """The name of the thing itself, as opposed to the page about it."""
    return f"{ctx.absolute(address)}#this"


def organisation_id(ctx: Context) -> str:
    """The name of the organisation behind the site."""
    return f"{ctx.absolute('/')}#organisation"


def attachment_url(ctx: Context, entry: Entry, name: str) -> str:
    """The full address of a file beside an entry, or nothing where files are not published."""
    address = ctx.attachment(entry, name)
    return ctx.absolute(address.removeprefix(ctx.base)) if address else ""


def member_class(member: Member) -> str:
    """The class of schema.org for a member's kind."""
    return MEMBER_CLASSES.get(member.kind, "Organization")


def party(ctx: Context, who: Party) -> Node:
    """Somebody in a few words: class, name, page. A name without a page stays a name."""
    if isinstance(who, str):
        return {"@type": "Organization", "name": who}
    kind = member_class(who) if isinstance(who, Member) else "Organization"
    return {
        "@type": kind,
        "@id": identity(ctx, who.address),
        "name": who.name,
        "url": page_url(ctx, who.address),
    }


def parties(ctx: Context, names: list[Any]) -> list[Node]:
    """Those of ``names`` that are members, clubs or plain names, in order."""
    return [party(ctx, who) for who in names if isinstance(who, Member | Club | str)]


def place(
    commune: Commune | None, *, name: str = "", street: str = "", point: tuple[float, float] | None = None
) -> Node | None:
    """A place with what is known of it, or None if nothing is."""
    address = {
        "@type": "PostalAddress",
        "streetAddress": street,
        "postalCode": commune.postal_codes[0] if commune and len(commune.postal_codes) == 1 else None,
        "addressLocality": commune.name if commune else None,
        "addressCountry": "FR" if commune else None,  # only French communes have an INSEE code
    }
    label = name or (commune.name if commune else "")
    node = pruned({"@type": "Place", "name": label, "address": address, "geo": _geo(point)})
    return None if _says_nothing(node) else dict(node)


def _geo(point: tuple[float, float] | None) -> Node | None:
    if point is None:
        return None
    return {"@type": "GeoCoordinates", "latitude": point[0], "longitude": point[1]}


def euros(amount: float | None) -> Node | None:
    """An amount of money."""
    if amount is None:
        return None
    return {"@type": "MonetaryAmount", "value": amount, "currency": "EUR"}

"""Structured data of entries: what every entry has, as the class of schema.org that its schema names."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING

from plugins.publication.identity import page_url
from plugins.publication.licences import licence_url
from plugins.structured_data.facts import NO_WORKS, type_facts
from plugins.structured_data.parts import Node, attachment_url, identity, organisation_id, parties

if TYPE_CHECKING:
    from plugins.model.objects import Entry
    from plugins.publication.context import Context


def entry_node(ctx: Context, entry: Entry) -> Node:
    """An entry: what every entry has, then what its type adds."""
    facts = type_facts(ctx, entry)
    kind = facts.get("@type", entry.type.schema_org)
    about = _thing(ctx, entry)
    return {"@type": kind, **about, **({} if kind in NO_WORKS else _work(ctx, entry)), **facts}


def _thing(ctx: Context, entry: Entry) -> Node:
    return {
        "@id": identity(ctx, entry.address),
        "name": entry.title,
        "description": entry.summary,
        "url": ctx.absolute(entry.address),
        "mainEntityOfPage": ctx.absolute(entry.address),
        "image": _image(ctx, entry),
    }


def _work(ctx: Context, entry: Entry) -> Node:
    """The properties of a CreativeWork."""
    return {
        "headline": entry.title,
        "datePublished": entry.date.isoformat(),
        "dateModified": entry.changed.isoformat(),
        "inLanguage": entry.lang,
        "author": parties(ctx, list(entry.authors)),
        "publisher": {"@id": organisation_id(ctx)},
        "about": [{"@type": "DefinedTerm", "name": p.name, "url": page_url(ctx, p.address)} for p in entry.pillars],
        "keywords": [tag.label for tag in entry.tags],
        "spatialCoverage": [
            {"@type": "AdministrativeArea", "@id": identity(ctx, t.address), "name": t.name} for t in entry.territories
        ],
        "license": licence_url(entry.licence) if entry.licence else None,
        "citation": [source.url for source in entry.sources],
        "isAccessibleForFree": True,
    }


def _image(ctx: Context, entry: Entry) -> Node | None:
    if entry.picture is None:
        return None
    address = attachment_url(ctx, entry, posixpath.basename(entry.picture.path))
    return {"@type": "ImageObject", "url": address, "caption": entry.picture.alt, "creditText": entry.picture.credit}

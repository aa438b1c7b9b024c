"""Structured data: what a page is about, in the words of https://schema.org (JSON-LD 1.1)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from plugins.model.objects import Club, Entry, Indicator, Member, Pillar, Territory
from plugins.structured_data.entries import entry_node
from plugins.structured_data.groups import club_node, dataset_node, member_node, site_nodes, territory_node
from plugins.structured_data.parts import Node, pruned

if TYPE_CHECKING:
    from collections.abc import Iterable

    from plugins.publication.context import Context

# What could end a script element or, in old JavaScript, a line. JSON reads \u003c as "<" again.
ESCAPES: Final = {ord(character): f"\\u{ord(character):04x}" for character in "<>&\u2028\u2029"}


def json_ld(ctx: Context, kind: str, obj: Any = None) -> list[Node]:
    """The nodes that describe ``obj`` on its page; each is a complete JSON-LD document.

    ``kind`` is ``site`` (no object), ``breadcrumb`` or ``itemlist`` (an iterable of (name, address)), or
    anything for an entry, member, club, territory, pillar or indicator, which say themselves what they are.
    Raises TypeError for another object.
    """
    if kind == "site":
        nodes = site_nodes(ctx)
    elif kind == "breadcrumb":
        nodes = [_list(ctx, "BreadcrumbList", obj)]
    elif kind == "itemlist":
        nodes = [_list(ctx, "ItemList", obj)]
    else:
        nodes = [_node(ctx, obj)]
    return [{"@context": "https://schema.org", **pruned(node)} for node in nodes]


def serialise(data: object) -> str:
    """JSON that can stand in a ``<script type="application/ld+json">``: nothing in it closes the element."""
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False).translate(ESCAPES)


def _node(ctx: Context, obj: Any) -> Node:
    if isinstance(obj, Entry):
        return entry_node(ctx, obj)
    if isinstance(obj, Member):
        return member_node(ctx, obj)
    if isinstance(obj, Club):
        return club_node(ctx, obj)
    if isinstance(obj, Territory):
        return territory_node(ctx, obj)
    if isinstance(obj, Indicator):
        return dataset_node(ctx, obj)
    if isinstance(obj, Pillar):
        return _pillar(ctx, obj)
    raise TypeError(f"nothing in schema.org for {type(obj).__name__}")


def _pillar(ctx: Context, pillar: Pillar) -> Node:
    return {
        "@type": "DefinedTerm",
        "name": pillar.name,
        "description": pillar.definition,
        "url": ctx.absolute(pillar.address),
        "termCode": pillar.id,
    }


def _list(ctx: Context, kind: str, steps: Iterable[tuple[str, str]]) -> Node:
    return {
        "@type": kind,
        "itemListElement": [
            {"@type": "ListItem", "position": position, "name": name, "item": ctx.absolute(address)}
            for position, (name, address) in enumerate(steps, start=1)
        ],
    }

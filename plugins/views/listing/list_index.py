"""Where the whole of a list lies for the script that filters it: an index for each field, and the rows in files of :data:`SIZE`.

Below ``<list>/liste/<version>/`` stand ``<field>.json`` (value → places of rows, see :meth:`Facets.index`) and ``<n>.json``, a
list of ``[state, row]``: the heading below which a row stands, and the row itself as the theme prints it. The rows are printed by
the same component as those of the page, so the script has no template of its own and nothing to escape.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from plugins.views.listing.facets import Facets, chosen_fields, entry_values, member_values, places_of_members, version

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plugins.model.objects import Entry, Member
    from plugins.model.schema.schemas import ContentType
    from plugins.publication.context import Context
    from plugins.views.listing.facets import Values

SIZE: Final = 250  # some 15 kB over the wire


@dataclass(frozen=True, slots=True)
class ListIndex:
    """A whole list: the address of its data below the site, the rows in order, and their values."""

    address: str
    items: Sequence[Any]
    facets: Facets


def entry_index(ctx: Context, kind: ContentType, entries: Sequence[Entry]) -> ListIndex:
    """The index of the list of a type; ``entries`` are in the list's order."""
    fields = chosen_fields(ctx, kind.name)
    return _index(f"/{kind.address}/", entries, [entry_values(entry, fields) for entry in entries])


def member_index(ctx: Context, base: str, members: Sequence[Member]) -> ListIndex:
    """The index of the directory at ``base``."""
    places = places_of_members(ctx.site)
    return _index(base, members, [member_values(member, places.get(member.id, ())) for member in members])


def _index(base: str, items: Sequence[Any], values: Sequence[Values]) -> ListIndex:
    ids = [str(item.id) for item in items]
    return ListIndex(f"{base}liste/{version(ids, values)}/", items, Facets(values))

"""The files that the filters of lists load (see :mod:`plugins.views.listing.list_index`): only those of lists that have filters."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, TypedDict

from plugins.model.addresses import MEMBERS
from plugins.publication.page import Document, Page
from plugins.views.listing.list_index import SIZE, entry_index, member_index
from plugins.views.listing.lists import Group, groups, in_time
from plugins.views.listing.narrow import narrow
from plugins.views.parts.people import Person, person

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Any

    from plugins.publication.context import Context
    from plugins.publication.page import Output
    from plugins.views.listing.list_index import ListIndex


class RowsView(TypedDict):
    """A file of rows (``parts/rows.json``)."""

    groups: list[Group]


class PeopleView(TypedDict):
    """A file of members (``parts/people.json``)."""

    members: list[Person]


def list_data(ctx: Context) -> Iterator[Output]:
    """The indexes and rows of every list that has filters."""
    for kind in ctx.site.schemas.content_types:
        entries = ctx.site.by_folder.get(kind.folder, ()) if kind.list else ()
        if entries:
            index = entry_index(ctx, kind, in_time(ctx, entries))
            if narrow(ctx, kind.name, index.facets):
                yield from _indexes(index)
                yield from (Page(at, "parts/rows.json", {"groups": groups(ctx, part)}) for at, part in _parts(index))
    index = member_index(ctx, MEMBERS, list(ctx.site.members.values()))
    if narrow(ctx, "member", index.facets):
        yield from _indexes(index)
        for at, part in _parts(index):
            yield Page(at, "parts/people.json", {"members": [person(ctx, member) for member in part]})


def _indexes(index: ListIndex) -> Iterator[Document]:
    for name in sorted(index.facets.of):
        content = json.dumps(index.facets.index(name), ensure_ascii=False, separators=(",", ":"))
        yield Document(f"{index.address.lstrip('/')}{name}.json", content.encode("utf-8"))


def _parts(index: ListIndex) -> Iterator[tuple[str, Sequence[Any]]]:
    for number, start in enumerate(range(0, len(index.items), SIZE)):
        yield f"{index.address}{number}.json", index.items[start : start + SIZE]

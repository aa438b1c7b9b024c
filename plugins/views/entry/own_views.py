"""What some types of entries show in a way of their own, beyond the facts that every type has.

Each type here has a template ``entry/<type>.html``; one without needs neither.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from plugins.views.entry.own_consultation import consultation_view, contribution_view
from plugins.views.entry.own_event import event_view
from plugins.views.entry.own_initiative import initiative_view

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from plugins.model.objects import Entry
    from plugins.publication.context import Context

_VIEWS: Final[Mapping[str, Callable[[Context, Entry], Mapping[str, Any]]]] = {
    "event": event_view,
    "initiative": initiative_view,
    "consultation": consultation_view,
    "contribution": contribution_view,
}
# Fields that the page shows elsewhere than among its facts: those of any type in its head, then those of one type.
_SAID: Final = frozenset(
    {"kind", "status", "start", "end", "all_day", "contact_form", "opens", "closes", "lat", "lon", "url", "file"}
)
_OWN: Final[Mapping[str, frozenset[str]]] = {
    "event": frozenset({"place", "online", "recurrence"}),
    "initiative": frozenset({"results", "levers", "obstacles", "replicability", "stage"}),
    "consultation": frozenset({"questions", "outcome", "level"}),
    "contribution": frozenset({"consultation", "author", "answers"}),
}


def own_view(ctx: Context, entry: Entry) -> Mapping[str, Any]:
    """The names that the template of the entry's type sees beside those of every entry."""
    view = _VIEWS.get(entry.type.name)
    return view(ctx, entry) if view else {}


def own_fields(type_name: str) -> frozenset[str]:
    """The fields of a type that are not repeated among the facts."""
    return _SAID | _OWN.get(type_name, frozenset())

"""What an initiative's page shows of its own: its results first, and what was learnt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.views.words.french import measure
from plugins.views.words.paragraphs import paragraphs

if TYPE_CHECKING:
    from plugins.model.objects import Entry
    from plugins.publication.context import Context


class Result(TypedDict):
    """What an initiative achieved."""

    figure: Annotated[str, "The value with its unit."]
    measure: Annotated[str, "What is measured."]
    year: Annotated[int | None, "When it was measured."]


class InitiativeOwn(TypedDict):
    """What ``entry/initiative.html`` sees beside the names of every entry."""

    results: list[Result]
    levers: Annotated[list[str], "What helped, in paragraphs."]
    obstacles: Annotated[list[str], "What made it difficult, in paragraphs."]
    replicability: Annotated[list[str], "On what conditions others can do the same, in paragraphs."]


def initiative_view(_ctx: Context, entry: Entry) -> InitiativeOwn:
    """The own names of an initiative."""
    fields = entry.fields
    return {
        "results": [
            {
                "figure": measure(one["value"], str(one.get("unit") or "")),
                "measure": typography(one["measure"]),
                "year": one.get("year"),
            }
            for one in fields.get("results") or []
        ],
        "levers": paragraphs(fields.get("levers")),
        "obstacles": paragraphs(fields.get("obstacles")),
        "replicability": paragraphs(fields.get("replicability")),
    }

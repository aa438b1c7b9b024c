"""Where the files of open data stand, and under which licence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.model.addresses import DATA

if TYPE_CHECKING:
    from plugins.publication.context import Context

CATALOGUE: Final = f"{DATA}catalogue.jsonld"


def data_address(name: str, ending: str) -> str:
    """Where a data set stands (``/donnees/events.csv``)."""
    return f"{DATA}{name}.{ending}"


def schema_address(name: str) -> str:
    """Where the schema of a data set stands."""
    return f"{DATA}schemas/{name}.json"


def publisher(ctx: Context) -> str:
    """Who publishes the data."""
    settings = ctx.site.settings
    return str(settings.get("publisher") or (settings.get("contact") or {}).get("name") or settings["name"])

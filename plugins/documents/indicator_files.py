"""The series of the observatory as open data: a table and its description (https://datapackage.org)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from plugins.documents.licences import licence_url
from plugins.documents.tables import table
from plugins.model.addresses import DATA
from plugins.views.page import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Indicator

FOLDER: Final = f"{DATA}indicateurs/"
COLUMNS: Final = ("year", "territory", "value")
OF_THE_FILE: Final = frozenset({"bytes", "hash"})  # true of the contributed file; ours is written anew
UNSTATED: Final = "notspecified"  # what Data Package says where a source gives no licence


def table_address(indicator: Indicator) -> str:
    """Where the table of a series stands."""
    return f"{FOLDER}{indicator.id}.csv"


def package_address(indicator: Indicator) -> str:
    """Where its description stands."""
    return f"{FOLDER}{indicator.id}.datapackage.json"


def indicator_documents(indicator: Indicator) -> Iterator[Document]:
    """The table and the description of a series."""
    rows = [(year, territory, _plain(value)) for year, territory, value in indicator.rows]
    yield Document(table_address(indicator).lstrip("/"), table([COLUMNS, *rows]))
    text = json.dumps(_package(indicator), ensure_ascii=False, indent=2)
    yield Document(package_address(indicator).lstrip("/"), f"{text}\n".encode())


def licence_of(indicator: Indicator) -> str:
    """The address of the licence of a series, or nothing where its source states none."""
    package = indicator.package
    if package.get("licence"):
        return licence_url(str(package["licence"]))
    for licence in package.get("licenses") or []:
        name, path = str(licence.get("name") or ""), str(licence.get("path") or "")
        if name != UNSTATED and (name or path):
            return licence_url(name) if name else path
    return ""


def sources_of(indicator: Indicator) -> list[str]:
    """The addresses of the sources of a series."""
    package = indicator.package
    stated = [
        (package.get("source") or {}).get("url"),
        *(source.get("path") for source in package.get("sources") or []),
    ]
    return [str(address) for address in stated if address]


def years_of(indicator: Indicator) -> tuple[int, int] | None:
    """The first and the last year of a series, or None if it is empty."""
    years = [year for year, _, _ in indicator.rows]
    return (min(years), max(years)) if years else None


def _package(indicator: Indicator) -> dict[str, Any]:
    resource = {"name": indicator.id, **_first_resource(indicator), "path": f"{indicator.id}.csv"}
    described = {"format": "csv", "mediatype": "text/csv", "encoding": "utf-8"}
    own = {key: value for key, value in resource.items() if key not in OF_THE_FILE}
    return {"name": indicator.id, **indicator.package, "resources": [{**own, **described}]}


def _first_resource(indicator: Indicator) -> dict[str, Any]:
    resources = indicator.package.get("resources") or [{}]
    return dict(resources[0])


def _plain(value: float) -> float | int:
    """A whole number without ``.0``."""
    return int(value) if value == int(value) else value

"""The series of the observatory as open data: a table and its description (https://datapackage.org)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from plugins.documents.tables import table
from plugins.publication.indicators import package_address, table_address
from plugins.publication.page import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.model.objects import Indicator

COLUMNS: Final = ("year", "territory", "value")
OF_THE_FILE: Final = frozenset({"bytes", "hash"})  # true of the contributed file; ours is written anew


def indicator_documents(indicator: Indicator) -> Iterator[Document]:
    """The table and the description of a series."""
    rows = [(year, territory, _plain(value)) for year, territory, value in indicator.rows]
    yield Document(table_address(indicator).lstrip("/"), table([COLUMNS, *rows]))
    text = json.dumps(_package(indicator), ensure_ascii=False, indent=2)
    yield Document(package_address(indicator).lstrip("/"), f"{text}\n".encode())


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

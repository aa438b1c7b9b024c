"""Where a series of the observatory is published, and what it says of itself."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from plugins.model.addresses import DATA
from plugins.publication.licences import licence_url

if TYPE_CHECKING:
    from plugins.model.objects import Indicator

FOLDER: Final = f"{DATA}indicateurs/"
UNSTATED: Final = "notspecified"  # what Data Package says where a source gives no licence


def table_address(indicator: Indicator) -> str:
    """Where the table of a series stands."""
    return f"{FOLDER}{indicator.id}.csv"


def package_address(indicator: Indicator) -> str:
    """Where its description stands."""
    return f"{FOLDER}{indicator.id}.datapackage.json"


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

"""The figures as a table for spreadsheets.

Excel opens a CSV file by a double click, reads it as UTF-8 only where it begins with a byte order mark, and splits it at the list
separator of the machine, which is the semicolon where the decimal sign is the comma. LibreOffice recognises both. So: mark,
semicolons, decimal commas, CRLF. The open data of the site are for programs and follow RFC 4180.
"""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from scripts.french import desk as french

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from plugins.model.objects import Site
    from scripts.editing_desk.figures import YearFigures

NAME = "chiffres.csv"


def figures_csv(site: Site, years: Sequence[YearFigures]) -> bytes:
    """One line for each figure: year, what is counted, of what, how many, unit. What is not known has no line."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(french.CSV_COLUMNS)
    writer.writerows(row for year in years for row in _rows(site, year))
    return b"\xef\xbb\xbf" + text.getvalue().encode("utf-8")


def _rows(site: Site, year: YearFigures) -> Iterator[tuple[str, ...]]:
    values: list[tuple[str, str, float | None]] = [("entries", "", year.total)]
    values += [
        ("entries", kind.plural.lower(), year.entries[kind.name])
        for kind in site.schemas.content_types
        if kind.name in year.entries
    ]
    values += [("meetings", "", year.meetings), ("contributors", "", year.contributors), ("delay", "", year.delay)]
    for measure, detail, value in values:
        if value is not None:
            name, unit = french.CSV_MEASURES[measure]
            yield str(year.year), name, detail, f"{value:g}".replace(".", ","), unit

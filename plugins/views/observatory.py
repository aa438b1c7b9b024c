"""The observatory: each indicator as a chart and a table, with its source, licence and method. Two methods never share a line."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, TypedDict

from plugins.markup import typography
from plugins.model.addresses import DATA, OBSERVATORY
from plugins.publication.page import Page
from plugins.views.drawing.chart import Chart, chart, plain
from plugins.views.page.frame import Frame, Link, frame
from plugins.views.page.shell import licence_link
from plugins.views.words.french import host, number
from plugins.views.words.index_names import INDEXES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from typing import Any

    from plugins.model.objects import Indicator
    from plugins.publication.context import Context


class IndicatorRow(TypedDict):
    """One value."""

    year: int
    territory: Link
    value: str


class IndicatorView(TypedDict):
    """A series."""

    id: Annotated[str, "The place of the series in the page."]
    title: str
    description: str
    unit: str
    method: Annotated[str, "How it was measured."]
    chart: Chart
    territories: Annotated[bool, "Whether it compares several territories."]
    rows: Annotated[list[IndicatorRow], "All values, by year."]
    sources: list[Link]
    licences: list[Link]
    csv: Annotated[str, "The file; empty if open data is switched off."]


class ObservatoryView(TypedDict):
    """The observatory (``observatory.html``)."""

    page: Frame
    indicators: list[IndicatorView]


def observatory_pages(ctx: Context) -> Iterator[Page]:
    """The one page of the observatory."""
    indicators = [_indicator(ctx, one) for one in ctx.site.indicators]
    title = INDEXES[OBSERVATORY]
    description = ". ".join([title, *(one["title"] for one in indicators)])
    page = frame(ctx, OBSERVATORY, title, description, section=OBSERVATORY, about=list(ctx.site.indicators))
    view: ObservatoryView = {"page": page, "indicators": indicators}
    yield Page(OBSERVATORY, "observatory.html", view)


def _indicator(ctx: Context, one: Indicator) -> IndicatorView:
    series: dict[str, list[tuple[int, float]]] = {}
    for year, territory, value in sorted(one.rows):
        series.setdefault(_territory(ctx, territory)["name"], []).append((year, value))
    package = one.package
    return {
        "id": one.id,
        "title": typography(one.title),
        "description": typography(str(package.get("description") or "")),
        "unit": typography(one.unit),
        "method": typography(one.method),
        "chart": chart(series),
        "territories": len(series) > 1,
        "rows": [
            {"year": year, "territory": _territory(ctx, territory), "value": number(plain(value))}
            for year, territory, value in sorted(one.rows)
        ],
        "sources": _sources(package),
        "licences": _licences(package),
        "csv": ctx.href(f"{DATA}indicateurs/{one.id}.csv"),
    }  # fmt: skip


def _territory(ctx: Context, identifier: str) -> Link:
    found = ctx.site.territories.get(identifier)
    return (
        {"name": typography(found.name), "href": ctx.href(found.address)} if found else {"name": identifier, "href": ""}
    )


def _sources(package: Mapping[str, Any]) -> list[Link]:
    """Where the values come from: Data Package's list, or the one source of our own key."""
    own = [package["source"]] if package.get("source") else []
    return [_link(one) for one in [*(package.get("sources") or []), *own]]


def _licences(package: Mapping[str, Any]) -> list[Link]:
    found = [_link(one) for one in package.get("licenses") or []]
    return [*found, licence_link(str(package["licence"]))] if package.get("licence") else found


def _link(described: Mapping[str, Any]) -> Link:
    href = str(described.get("path") or described.get("url") or "")
    return {"name": typography(str(described.get("title") or described.get("name") or host(href))), "href": href}

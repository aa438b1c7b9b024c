"""A data set as JSON and as GeoJSON (RFC 7946), with its licence and its day."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from plugins.documents.open_files import publisher, schema_address
from plugins.documents.outlines import bounds
from plugins.model.addresses import HOME
from plugins.publication.identity import page_url
from plugins.publication.licences import site_licence

if TYPE_CHECKING:
    from plugins.documents.datasets import DataSet, Item, Row
    from plugins.publication.context import Context


def dataset_json(ctx: Context, dataset: DataSet) -> bytes:
    """A data set; one item a line, so that two versions compare well."""
    items = ",\n".join(compact(item(ctx, row)) for row in dataset.rows)
    head = compact(_head(ctx, dataset)).removesuffix("}")
    return f'{head},"items":[\n{items}\n]}}\n'.encode()


def dataset_geojson(ctx: Context, dataset: DataSet) -> bytes:
    """What of a data set has a place; a kind without places gives an empty collection."""
    placed = [row for row in dataset.rows if row.geometry]
    box = bounds(row.geometry for row in placed)
    head = {"type": "FeatureCollection", **_head(ctx, dataset), **({"bbox": box} if box else {})}
    features = ",\n".join(compact(_feature(ctx, row)) for row in placed)
    return f'{compact(head).removesuffix("}")},"features":[\n{features}\n]}}\n'.encode()


def item(ctx: Context, row: Row) -> Item:
    """A thing as JSON: its id and page, its public facts, and its point where it has one."""
    where = row.geometry if row.geometry and row.geometry["type"] == "Point" else None
    spot = {"point": {"lat": where["coordinates"][1], "lon": where["coordinates"][0]}} if where else {}
    return {"id": row.id, **_page(ctx, row), **row.facts, **spot}


def compact(value: Any) -> str:
    """JSON without spaces, accents as they are."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _head(ctx: Context, dataset: DataSet) -> Item:
    return {
        "title": dataset.title,
        "licence": site_licence(ctx),
        "publisher": publisher(ctx),
        "source": (page_url(ctx, dataset.page) if dataset.page else "") or ctx.absolute(HOME),
        "schema": ctx.absolute(schema_address(dataset.name)),
        "generated": ctx.today.isoformat(),
    }


def _page(ctx: Context, row: Row) -> Item:
    page = page_url(ctx, row.address)
    return {"page": page} if page else {}


def _feature(ctx: Context, row: Row) -> Item:
    properties = {**_page(ctx, row), **row.facts}
    return {"type": "Feature", "id": row.id, "geometry": row.geometry, "properties": properties}

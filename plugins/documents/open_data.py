"""Open data: ``/donnees/<type>.json``, ``.csv`` and ``.geojson``, their schemas, the observatory's series, and a catalogue."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from plugins.documents.catalogue import catalogue
from plugins.documents.dataset_json import dataset_geojson, dataset_json
from plugins.documents.datasets import datasets
from plugins.documents.indicator_files import indicator_documents
from plugins.documents.open_files import CATALOGUE, data_address, schema_address
from plugins.documents.tables import dataset_csv
from plugins.publication.page import Document

if TYPE_CHECKING:
    from collections.abc import Iterator

    from plugins.documents.datasets import DataSet
    from plugins.publication.context import Context


def open_data(ctx: Context) -> Iterator[Document]:
    """All files below ``/donnees/``."""
    found = list(datasets(ctx))
    for dataset in found:
        yield _document(data_address(dataset.name, "json"), dataset_json(ctx, dataset))
        yield _document(data_address(dataset.name, "csv"), dataset_csv(ctx, dataset))
        yield _document(data_address(dataset.name, "geojson"), dataset_geojson(ctx, dataset))
        yield _document(schema_address(dataset.name), _indented(_schema(ctx, dataset)))
    for indicator in ctx.site.indicators:
        yield from indicator_documents(indicator)
    yield _document(CATALOGUE, _indented(catalogue(ctx, found)))


def _schema(ctx: Context, dataset: DataSet) -> dict[str, Any]:
    """The schema of what people contribute: a data set's items without ``id``, ``page`` and ``point``, and what is not public."""
    return ctx.site.schemas.bundled(dataset.schema, ctx.absolute(schema_address(dataset.name)))


def _document(address: str, content: bytes) -> Document:
    return Document(address.lstrip("/"), content)


def _indented(value: Any) -> bytes:
    return f"{json.dumps(value, ensure_ascii=False, indent=2, allow_nan=False)}\n".encode()

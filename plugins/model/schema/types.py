"""What a schema says about the thing it describes: a content type (x-type) or a kind of data file (x-data)."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class ContentType:
    """A kind of entry.

    ``name`` is the schema file's (``event``), ``folder`` is below ``content/``, ``address`` is the first part of the
    addresses (empty at the root), ``form`` the part below ``/contribuer/`` (empty if there is no form); ``sort`` is the
    field that orders lists. ``schema`` is the merged JSON Schema.
    """

    name: str
    order: int
    folder: str
    address: str
    singular: str
    plural: str
    article: str
    title: str
    intro: str
    new: str
    form: str
    schema_org: str
    sort: str
    direction: Literal["newest", "upcoming"]
    place: bool
    list: bool
    feed: bool
    schema: Mapping[str, Any] = field(repr=False, compare=False)

    @property
    def pillars_required(self) -> bool:
        """Whether an entry must name its pillars."""
        return "pillars" in self.schema.get("required", ())


@dataclass(frozen=True, slots=True)
class DataType:
    """A kind of data file.

    ``path`` is relative to the root, with ``<id>`` where there are several; ``shape`` says what the schema describes: the
    whole file, each item of its list (``items``), or each of several files (``files``). ``schema`` is the merged one.
    """

    name: str
    path: str
    shape: Literal["file", "items", "files"]
    address: str
    singular: str
    plural: str
    article: str
    new: str
    form: str
    schema_org: str
    schema: Mapping[str, Any] = field(repr=False, compare=False)


def content_type(name: str, schema: Mapping[str, Any]) -> ContentType:
    """The content type that a merged schema with x-type describes."""
    return ContentType(
        **{"form": "", "sort": "date", "direction": "newest", **schema["x-type"]}, name=name, schema=schema
    )


def data_type(name: str, schema: Mapping[str, Any]) -> DataType:
    """The kind of data file that a merged schema with x-data describes."""
    return DataType(
        **{"address": "", "new": "", "form": "", "schema_org": "", **schema["x-data"]}, name=name, schema=schema
    )

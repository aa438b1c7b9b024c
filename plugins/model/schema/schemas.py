"""The data contract: loads ``data/schemas/*.yaml``, checks the files, and answers what everybody else asks of them.

>>> schemas = load_schemas([Path("data/schemas")])
>>> [error.message for error in schemas.validator("event").iter_errors(entry)]
"""

from __future__ import annotations

from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Any

from jsonschema import Draft202012Validator

from plugins.model.schema.examples import Examples, WrongExample, examples_of
from plugins.model.schema.faults import SchemaError, SchemaFault
from plugins.model.schema.fields import Field, FlatSchema, Reference, Section, flat_schema
from plugins.model.schema.formats import FORMATS
from plugins.model.schema.merge import Merger, Schema
from plugins.model.schema.public import public_schema
from plugins.model.schema.rules import COMMON, META, meta_faults, rule_faults, set_faults
from plugins.model.schema.types import ContentType, DataType, content_type, data_type
from plugins.model.source_text import decode
from plugins.model.yaml.reader import read_yaml

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from plugins.model.source_text import SyntaxFault

__all__ = [
    "ContentType",
    "DataType",
    "Examples",
    "Field",
    "FlatSchema",
    "Reference",
    "SchemaError",
    "SchemaFault",
    "SchemaSet",
    "Section",
    "WrongExample",
    "load_schemas",
]


class SchemaSet:
    """All schemas of a root, checked. A schema's name is that of its file without the ending (``event``, ``club``, ``site``).

    Asking for a name that is not in ``names`` raises KeyError. What is derived is made when first asked and kept; a set that is
    sent to another process takes the documents only.
    """

    def __init__(self, documents: Mapping[str, Schema]) -> None:
        """Take documents that have been checked (see ``load_schemas``), by file name."""
        self._documents = dict(sorted(documents.items()))
        self._merger = Merger(self._documents)
        self._merged: dict[str, Schema] = {}
        self._flat: dict[str, FlatSchema] = {}
        self._validators: dict[str, Draft202012Validator] = {}

    def __reduce__(self) -> tuple[type[SchemaSet], tuple[dict[str, Schema]]]:
        return type(self), (self._documents,)

    @cached_property
    def names(self) -> tuple[str, ...]:
        """The names of all schemas, sorted."""
        return tuple(name.removesuffix(".yaml") for name in self._documents if name not in {META, COMMON})

    @cached_property
    def content_types(self) -> tuple[ContentType, ...]:
        """The content types, in their own order."""
        found = (content_type(name, self.merged(name)) for name in self.names if "x-type" in self._document(name))
        return tuple(sorted(found, key=lambda each: (each.order, each.name)))

    @cached_property
    def data_types(self) -> tuple[DataType, ...]:
        """The kinds of data files, by name."""
        return tuple(data_type(name, self.merged(name)) for name in self.names if "x-data" in self._document(name))

    def content_type(self, name: str) -> ContentType:
        """The content type of that name."""
        return self._types[name]

    @cached_property
    def _types(self) -> dict[str, ContentType]:
        return {each.name: each for each in self.content_types}

    def merged(self, name: str) -> Schema:
        """One schema without references, closed by additionalProperties. It is shared: do not change it."""
        if name not in self._merged:
            self._merged[name] = self._merger.file(f"{name}.yaml")
        return self._merged[name]

    def validator(self, name: str) -> Draft202012Validator:
        """A validator of the merged schema that checks all our formats."""
        if name not in self._validators:
            self._validators[name] = Draft202012Validator(self.merged(name), format_checker=FORMATS)
        return self._validators[name]

    def flattened(self, name: str) -> FlatSchema:
        """The fields of a schema, in the order and sections in which people see them."""
        if name not in self._flat:
            self._flat[name] = flat_schema(name, self.merged(name), section_labels(self._documents))
        return self._flat[name]

    def labels(self, name: str) -> Mapping[str, str]:
        """The French label of each field of a schema, by its dotted path without list positions (``results.value``)."""
        return self.flattened(name).labels

    def references(self, name: str) -> tuple[Reference, ...]:
        """The fields of a schema that name something else."""
        return self.flattened(name).references

    def bundled(self, name: str, identifier: str = "") -> dict[str, Any]:
        """A schema for other people's tools (``/donnees/schemas/``): self-contained, with ``identifier`` as its address."""
        return public_schema(self.merged(name), identifier)

    def examples(self, name: str) -> Examples:
        """The right and wrong examples of a schema."""
        return examples_of(self._document(name))

    def _document(self, name: str) -> Schema:
        return self._documents[f"{name}.yaml"]


def load_schemas(directories: Sequence[Path]) -> SchemaSet:
    """Read and check the schemas of ``directories``; a file in a later one takes the place of its namesake in an earlier one.

    A directory that does not exist holds none (a small region has no schemas of its own). Files of the same bytes give the same
    set: to check them costs more than to load a small root.

    Raises:
        SchemaError: with all faults of all files that can be told at once.
    """
    return _checked(tuple((name, path.read_bytes()) for name, path in _files(directories).items()))


@lru_cache(maxsize=4)
def _checked(files: tuple[tuple[str, bytes], ...]) -> SchemaSet:
    documents = _read(files)
    missing = [SchemaFault(name, "", "is missing") for name in (META, COMMON) if name not in documents]
    _raise_if(missing)
    _raise_if(meta_faults(documents))
    merged = _merge_all(documents)
    common = section_labels(documents)
    _raise_if([fault for name, schema in merged.items() for fault in rule_faults(name, schema, common)])
    _raise_if(set_faults(merged))
    return SchemaSet(documents)


def section_labels(documents: Mapping[str, Schema]) -> dict[str, str]:
    """The labels of the sections that all types share."""
    return {item["id"]: item["label"] for item in documents[COMMON].get("x-sections", ())}


def _files(directories: Sequence[Path]) -> dict[str, Path]:
    found = {path.name: path for directory in directories for path in directory.glob("*.yaml")}
    return dict(sorted(found.items()))


def _read(files: Iterable[tuple[str, bytes]]) -> dict[str, Schema]:
    documents: dict[str, Schema] = {}
    faults: list[SchemaFault] = []
    for name, content in files:
        text, of_bytes = decode(content)
        document = read_yaml(text)
        faults += [SchemaFault(name, "", _told(fault)) for fault in (*of_bytes, *document.faults)]
        if isinstance(document.data, dict):
            documents[name] = document.data
        elif not document.faults:
            faults.append(SchemaFault(name, "", "is no mapping"))
    _raise_if(faults)
    return documents


def _told(fault: SyntaxFault) -> str:
    values = "".join(f" {key}={value}" for key, value in fault.params.items())
    return f"line {fault.line}, column {fault.column}: {fault.code}{values}"


def _merge_all(documents: Mapping[str, Schema]) -> dict[str, Schema]:
    merged: dict[str, Schema] = {}
    faults: list[SchemaFault] = []
    for name in documents:
        if name in {META, COMMON}:
            continue
        try:
            merged[name] = Merger(documents).file(name)
        except SchemaError as error:
            faults += error.faults
    _raise_if(faults)
    return merged


def _raise_if(faults: Iterable[SchemaFault]) -> None:
    found = list(faults)
    if found:
        raise SchemaError(found)

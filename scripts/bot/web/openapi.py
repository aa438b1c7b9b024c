"""The description of the intake's own API (OpenAPI 3.1), made from the schemas: what programs may send, what they get back.

It is written to ``docs/openapi-intake.yaml`` by ``derive``, and a test sends whatever it allows, and much that it does not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

import yaml

from plugins.forms.open_fields import open_fields
from plugins.model.addresses import form_address
from scripts.bot.web import addresses
from scripts.bot.web.hidden import HIDDEN
from scripts.bot.web.posted_pictures import KEPT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from plugins.model.schemas import Field, FlatSchema, SchemaSet

HEAD: Final = "# Written by « python -m scripts derive »: do not edit.\n"
_HTML: Final = {"text/html": {"schema": {"type": "string"}}}
_PROSE: Final[Mapping[str, str]] = {
    "200": "The page.",
    "202": "Accepted and on the disk. The Link header and the page name the status address (rel=status).",
    "303": "Done; the page to look at next.",
    "400": "The body cannot be read as a form, or the action is unknown.",
    "401": "The signature does not prove the sender.",
    "403": "A page of another site asked for it.",
    "404": "Nothing stands at this address.",
    "405": "The address does not take this method.",
    "409": "No longer possible, or the key was used for something else; the page says what to do.",
    "413": "Too large; the form comes back with its texts where they could be read.",
    "415": "Neither multipart/form-data nor application/x-www-form-urlencoded, in UTF-8.",
    "422": "Something has to be put right; the form comes back with everything that was filled in.",
    "429": "Too often; Retry-After says when to come again, and the form comes back with everything.",
    "503": "Not now; Retry-After says when.",
}


def description(schemas: SchemaSet, title: str) -> dict[str, Any]:
    """The whole description as JSON types."""
    paths: dict[str, Any] = {}
    for name, form in forms(schemas):
        paths[form_address(form)] = _form_path(schemas.flattened(name))
    paths |= {
        addresses.CHALLENGE: {"get": _operation("challenge", "A proof of work to be done.", "200", "429", kind=_json("A challenge of ALTCHA v2."))},
        addresses.STATUS: _status_path(),
        addresses.CORRECT: {
            "parameters": [_text_parameter("id"), _text_parameter("token")],
            "get": _operation("correction", "The form with what was sent.", "200", "404", "409"),
            "post": {
                **_operation("correct", "Put what was sent right.", "303", "400", "403", "404", "409", "413", "415", "422", "429", "503"),
                "requestBody": _body(["multipart/form-data", "application/x-www-form-urlencoded"], {"type": "object", "additionalProperties": {"type": "string"}}),
            },
        },
        addresses.CONFIRM: {
            "parameters": [_text_parameter("token")],
            "get": _operation("confirmation", "The page with the button.", "200"),
            "post": {**_operation("confirm", "Confirm the address.", "200", "400", "403", "404", "413", "415", "503"), "requestBody": _small({})},
        },
        addresses.HOOK: {
            "parameters": [_text_parameter("forge")],
            "post": {
                **_operation("hook", "A webhook of the forge, proved by its signature.", "202", "400", "401", "404", "413"),
                "requestBody": {"content": {"application/json": {"schema": {}}}},
            },
        },
        "/sante": {"get": _operation("health", "Whether the service works.", "200", "503", kind=_json("The outcome of each check."))},
        "/metrics": {"get": _operation("metrics", "Figures for Prometheus.", "200", "503", kind={"text/plain": {"schema": {"type": "string"}}})},
    }  # fmt: skip
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": "1"},
        "paths": paths,
    }


def written(schemas: SchemaSet, title: str) -> str:
    """The description as YAML."""
    text: str = yaml.safe_dump(description(schemas, title), sort_keys=False, allow_unicode=True, width=120)
    return HEAD + text


def forms(schemas: SchemaSet) -> Iterator[tuple[str, str]]:
    """Type name and form name of everything that has a form."""
    yield from ((kind.name, kind.form) for kind in schemas.content_types if kind.form)
    yield from ((kind.name, kind.form) for kind in schemas.data_types if kind.form)


def _form_path(flat: FlatSchema) -> dict[str, Any]:
    texts = {name: _input(field) for field in open_fields(flat, editing=True) for name, field in inputs(field)}
    properties = {
        **texts,
        **({"body": {"type": "string"}} if flat.body_label else {}),
        "contact.name": {"type": "string"},
        "contact.email": {"type": "string", "format": "email"},
        "message": {"type": "string"},
        **{name: {"type": "string", "description": sentence} for name, sentence in HIDDEN.items()},
        **{f"{KEPT}{name}": {"type": "string"} for name, text in texts.items() if text.get("format") == "binary"},
    }
    schema = {"type": "object", "properties": properties, "additionalProperties": {"type": "string"}}
    query = [
        {"name": name, "in": "query", "schema": {"type": "string"}, "description": sentence}
        for name, sentence in (
            ("modifier", "Id of the entry or member to be changed."),
            ("semblable", "Id of the entry to start from."),
            ("retirer", "Id of the entry or member to be removed."),
        )
    ]
    return {
        "get": {**_operation(f"form-{flat.name}", f"The form: {flat.title}.", "200", "404"), "parameters": query},
        "post": {
            **_operation(
                f"propose-{flat.name}",
                f"Propose: {flat.title}.",
                "202",
                "400",
                "409",
                "413",
                "415",
                "422",
                "429",
                "503",
            ),
            "requestBody": _body(["multipart/form-data", "application/x-www-form-urlencoded"], schema),
        },
    }


def inputs(field: Field) -> Iterator[tuple[str, Field]]:
    """The names of a field's inputs; of what is repeated the first."""
    if field.kind in {"object", "objects"}:
        for below in field.fields:
            yield from inputs(below)
    else:
        yield ".".join("0" if step == "*" else step for step in field.path), field


def _input(field: Field) -> dict[str, Any]:
    kind: dict[str, Any] = {"type": "string", "description": field.label}
    if field.widget == "file":
        kind["format"] = "binary"
    if field.labels:
        kind["enum"] = list(field.labels)
    return kind


def _status_path() -> dict[str, Any]:
    properties = {
        "action": {"type": "string", "enum": ["withdraw", "answer"]},
        "text": {"type": "string", "maxLength": 5000},
    }
    return {
        "parameters": [_text_parameter("id"), _text_parameter("token")],
        "get": _operation("status", "Where a proposal stands.", "200", "404"),
        "post": {
            **_operation("act", "Withdraw it, or answer a question.", "303", "400", "403", "404", "409", "413", "415", "422", "503"),
            "requestBody": _small(properties),
        },
    }  # fmt: skip


def _operation(name: str, summary: str, *statuses: str, kind: Mapping[str, Any] | None = None) -> dict[str, Any]:
    return {
        "operationId": name,
        "summary": summary,
        "responses": {
            status: {"description": _PROSE[status], "content": dict(kind or _HTML) if status == "200" else {}}
            for status in statuses
        },
    }


def _text_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _json(what: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"type": "object", "description": what}}}


def _body(kinds: list[str], schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {kind: {"schema": dict(schema)} for kind in kinds}}


def _small(properties: Mapping[str, Any]) -> dict[str, Any]:
    return _body(["application/x-www-form-urlencoded"], {"type": "object", "properties": dict(properties)})

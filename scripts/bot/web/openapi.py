"""The description of the intake's own API (OpenAPI 3.1), made from the schemas: what programs may send, what they get back.

It is written to ``docs/openapi-intake.yaml`` by ``derive``, and a test sends whatever it allows, and much that it does not.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

import yaml

from plugins.forms.open_fields import open_fields
from plugins.model.addresses import form_address
from plugins.views.forms.form_view import PREVIEW
from scripts.bot.web import addresses
from scripts.bot.web.hidden import HIDDEN
from scripts.bot.web.posting.posted_pictures import KEPT
from scripts.bot.web.status import LONGEST_ANSWER

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from plugins.model.schema.schemas import Field, FlatSchema, SchemaSet

HEAD: Final = "# Written by « python -m scripts derive »: do not edit.\n"
FORM_TYPES: Final = ("multipart/form-data", "application/x-www-form-urlencoded")
QUERY: Final = {
    "modifier": "Id of the entry or member to be changed.",
    "semblable": "Id of the entry to start from.",
}
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
    "408": "The body did not come in time.",
    "409": "No longer possible, or the key was used for something else; the page says what to do.",
    "410": "The page in question is not there any more.",
    "413": "Too large; the form comes back with its texts where they could be read.",
    "415": "Neither multipart/form-data nor application/x-www-form-urlencoded, in UTF-8.",
    "422": "Something has to be put right; the form comes back with everything. Of a preview: there is nothing to show.",
    "429": "Too often; Retry-After says when to come again, and the form comes back with everything.",
    "503": "Not now; Retry-After says when.",
}


def description(schemas: SchemaSet) -> dict[str, Any]:
    """The whole description as JSON types."""
    flats = {form_address(form): schemas.flattened(name) for name, form in forms(schemas)}
    paths: dict[str, Any] = {address: _form_path(flat) for address, flat in flats.items()}
    paths |= {address + PREVIEW: _preview_path(flat) for address, flat in flats.items()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "The intake of the form service", "version": "1"},
        "paths": {**paths, **_proposal_paths(), **_machine_paths()},
        "components": {
            "schemas": {flat.name: _form_schema(flat) for flat in flats.values()},
            "responses": {status: {"description": sentence} for status, sentence in _PROSE.items()},
        },
    }


def _proposal_paths() -> dict[str, Any]:
    """What stands at the secret addresses of a proposal."""
    form = {"type": "object", "additionalProperties": {"type": "string"}}
    action = {"type": "string", "enum": ["withdraw", "answer"]}
    text = {"type": "string", "maxLength": LONGEST_ANSWER}
    secret = [_text_parameter("id"), _text_parameter("token")]
    return {
        addresses.STATUS: {
            "parameters": secret,
            "get": _operation("status", "Where a proposal stands.", "200 404 503"),
            "post": {
                **_operation("act", "Withdraw it, or answer a question.", "303 400 403 404 409 413 415 422 503"),
                "requestBody": _small({"action": action, "text": text}),
            },
        },
        addresses.CORRECT: {
            "parameters": secret,
            "get": _operation("correction", "The form with what was sent.", "200 404 409 503"),
            "post": {
                **_operation("correct", "Put what was sent right.", "303 400 403 404 408 409 413 415 422 429 503"),
                "requestBody": _body(FORM_TYPES, form),
            },
        },
        addresses.CONFIRM: {
            "parameters": [_text_parameter("token")],
            "get": _operation("confirmation", "The page with the button.", "200 503"),
            "post": {
                **_operation("confirm", "Confirm the address.", "200 400 403 404 413 415 503"),
                "requestBody": _small({}),
            },
        },
        addresses.EXACT: {
            "parameters": [_text_parameter("token")],
            "get": _operation("exact", "Whether a page is still exact: the button.", "200 404 410 429 503"),
            "post": {
                **_operation("confirmExact", "Say that it is.", "200 400 403 404 410 413 415 429 503"),
                "requestBody": _small({}),
            },
        },
    }


def _machine_paths() -> dict[str, Any]:
    """What programs ask."""
    challenge, checks = _json("A challenge of ALTCHA v2."), _json("The outcome of each check.")
    figures = {"text/plain": {"schema": {"type": "string"}}}
    return {
        addresses.CHALLENGE: {"get": _operation("challenge", "A proof of work to be done.", "200 429", challenge)},
        addresses.HOOK: {
            "parameters": [_text_parameter("forge")],
            "post": {
                **_operation("hook", "A webhook of the forge, proved by its signature.", "202 400 401 404 413 503"),
                "requestBody": {"content": {"application/json": {"schema": {}}}},
            },
        },
        "/sante": {"get": _operation("health", "Whether the service works.", "200 503", checks)},
        "/metrics": {"get": _operation("metrics", "Figures for Prometheus.", "200 503", figures)},
    }


def written(schemas: SchemaSet) -> str:
    """The description as YAML."""
    told = json.loads(json.dumps(description(schemas)))  # without shared parts, which YAML would write as anchors
    text: str = yaml.safe_dump(told, sort_keys=False, allow_unicode=True, width=120)
    return HEAD + text


def forms(schemas: SchemaSet) -> Iterator[tuple[str, str]]:
    """Type name and form name of everything that has a form."""
    yield from ((kind.name, kind.form) for kind in schemas.content_types if kind.form)
    yield from ((kind.name, kind.form) for kind in schemas.data_types if kind.form)


def _form_path(flat: FlatSchema) -> dict[str, Any]:
    query = [
        {"name": name, "in": "query", "schema": {"type": "string"}, "description": sentence}
        for name, sentence in QUERY.items()
    ]
    return {
        "get": {**_operation(f"form-{flat.name}", f"The form: {flat.title}.", "200 404 503"), "parameters": query},
        "post": {
            **_operation(f"propose-{flat.name}", f"Propose: {flat.title}.", "202 400 408 409 413 415 422 429 503"),
            "requestBody": _body(FORM_TYPES, {"$ref": f"#/components/schemas/{flat.name}"}),
        },
    }


def _preview_path(flat: FlatSchema) -> dict[str, Any]:
    summary = f"The page that a form would make, finished or not; nothing is kept: {flat.title}."
    return {
        "post": {
            **_operation(f"preview-{flat.name}", summary, "200 400 403 404 408 413 415 422 429 503"),
            "requestBody": _body(FORM_TYPES, {"$ref": f"#/components/schemas/{flat.name}"}),
        },
    }


def _form_schema(flat: FlatSchema) -> dict[str, Any]:
    """The inputs of a form. Whether they go together is for the schema of the type to say, and for the answer."""
    texts = {name: _input(field) for each in open_fields(flat, editing=True) for name, field in inputs(each)}
    properties = {
        **texts,
        **({"body": {"type": "string"}} if flat.body_label else {}),
        "contact.name": {"type": "string"},
        "contact.email": {"type": "string", "format": "email"},
        "message": {"type": "string"},
        **{name: {"type": "string", "description": sentence} for name, sentence in HIDDEN.items()},
        **{f"{KEPT}{name}": {"type": "string"} for name, text in texts.items() if text.get("format") == "binary"},
    }
    return {"type": "object", "properties": properties, "additionalProperties": {"type": "string"}}


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


def _operation(name: str, summary: str, statuses: str, kind: Mapping[str, Any] | None = None) -> dict[str, Any]:
    responses: dict[str, Any] = {status: {"$ref": f"#/components/responses/{status}"} for status in statuses.split()}
    if "200" in responses:
        responses["200"] = {"description": _PROSE["200"], "content": dict(kind or _HTML)}
    return {"operationId": name, "summary": summary, "responses": responses}


def _text_parameter(name: str) -> dict[str, Any]:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _json(what: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"type": "object", "description": what}}}


def _body(kinds: Iterable[str], schema: Mapping[str, Any]) -> dict[str, Any]:
    return {"required": True, "content": {kind: {"schema": dict(schema)} for kind in kinds}}


def _small(properties: Mapping[str, Any]) -> dict[str, Any]:
    return _body(FORM_TYPES[1:], {"type": "object", "properties": dict(properties)})

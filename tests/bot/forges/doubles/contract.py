"""A forge's OpenAPI description as a judge: what is wrong with a request of the bot, or with an answer of a double."""

from __future__ import annotations

import functools
import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import yaml
from openapi_core import OpenAPI
from openapi_core.exceptions import OpenAPIError
from openapi_core.testing import MockRequest, MockResponse

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

CONTRACTS = Path(__file__).parents[1] / "contracts"
ForgeName = Literal["github", "gitlab", "forgejo"]
# Answers that descriptions leave out unevenly; contracts/README.md says which they are.
UNEVEN = frozenset({301, 304, 307, 401, 403, 404, 429})
METHODS = frozenset({"get", "put", "post", "delete", "patch"})


@dataclass(frozen=True)
class Sent:
    """A request as it came, its path within the API and not decoded."""

    method: str
    path: str
    query: Sequence[tuple[str, str]]
    headers: Mapping[str, str]
    body: bytes


class Contract:
    """What the description of one forge says. An empty list of faults means: as described."""

    def __init__(self, description: dict[str, Any]) -> None:
        self._description = description
        self._openapi = OpenAPI.from_dict(description)
        # A template that says more of a segment than another one would lose against it in openapi-core.
        self._alone = {
            path: OpenAPI.from_dict({**description, "paths": {path: description["paths"][path]}})
            for path in description["paths"]
            if "}.{" in path
        }
        self._judged: dict[tuple[object, ...], list[str]] = {}  # the same requests come again and again
        self._host = description["servers"][0]["url"]
        self._paths = [
            (re.compile(re.sub(r"\\\{[^/]+?\\\}", "[^/]+", re.escape(path))), path)
            # « {index}.{diffType} » says more of its segment than « {index} ».
            for path in sorted(description["paths"], key=lambda path: len(re.findall(r"/\{[^/{}]*\}(?=/|$)", path)))
        ]

    def faults_of_request(self, sent: Sent) -> list[str]:
        """Whether the operation exists, takes these parameters and this body, and nothing else."""
        key = (sent.method, sent.path, tuple(sent.query), sent.body, tuple(sorted(sent.headers)))
        if key not in self._judged:
            self._judged[key] = self._faults_of_request(sent)
        return self._judged[key]

    def _faults_of_request(self, sent: Sent) -> list[str]:
        operation = self._operation(sent)
        if operation is None:
            return [f"no such operation: {sent.method} {sent.path}"]
        try:
            self._judge(sent).validate_request(self._request(sent))
        except OpenAPIError as error:
            return [_told(error)]
        return [*self._unknown_parameters(operation, sent), *self._unknown_members(operation, sent)]

    def faults_of_answer(self, sent: Sent, status: int, headers: Mapping[str, str], body: bytes) -> list[str]:
        """Whether the operation may be answered so."""
        operation = self._operation(sent)
        if operation is None:
            return [f"no such operation: {sent.method} {sent.path}"]
        if str(status) not in operation["responses"]:
            even = status not in UNEVEN and status < 500
            return [f"{sent.method} {sent.path} is never answered {status}"] if even else []
        declared = self._resolved(operation["responses"][str(status)])
        if not declared.get("content"):
            return []
        answer = MockResponse(body, status, dict(headers), headers.get("content-type", "").partition(";")[0])
        try:
            self._judge(sent).validate_response(self._request(sent), answer)
        except OpenAPIError as error:
            return [f"answer {status}: {_told(error)}"]
        return []

    def _judge(self, sent: Sent) -> OpenAPI:
        return self._alone.get(self._path(sent) or "", self._openapi)

    def _operation(self, sent: Sent) -> dict[str, Any] | None:
        path = self._path(sent)
        if path is None:
            return None
        item = self._description["paths"][path]
        operation: dict[str, Any] = item[sent.method.lower()]
        return {**operation, "parameters": [*item.get("parameters", []), *operation.get("parameters", [])]}

    def _path(self, sent: Sent) -> str | None:
        """The template of its path."""
        fits = (path for pattern, path in self._paths if pattern.fullmatch(sent.path))
        return next((path for path in fits if sent.method.lower() in self._description["paths"][path]), None)

    def _request(self, sent: Sent) -> MockRequest:
        # openapi-core matches one segment for one parameter, so the path goes in as it was sent (%2F and all).
        root = re.match(r"(https://[^/]+)(.*)", self._host)
        assert root
        headers = {name: value for name, value in sent.headers.items() if name != "content-length"}
        return MockRequest(
            root[1],
            sent.method.lower(),
            root[2] + sent.path,
            args=dict(sent.query),
            headers=headers,
            data=sent.body or None,
            content_type=sent.headers.get("content-type", "").partition(";")[0],
        )

    def _unknown_parameters(self, operation: Mapping[str, Any], sent: Sent) -> list[str]:
        declared = {
            one["name"] for one in map(self._resolved, operation.get("parameters", [])) if one.get("in") == "query"
        }
        return [f"unknown query parameter: {name}" for name, _ in sent.query if name not in declared]

    def _unknown_members(self, operation: Mapping[str, Any], sent: Sent) -> list[str]:
        """Descriptions allow any further member; the bot shall send none."""
        if "requestBody" not in operation:
            return ["a body where none is described"] if sent.body else []
        media = self._resolved(operation["requestBody"])["content"]["application/json"]
        properties = self._resolved(media["schema"]).get("properties")
        if properties is None or not sent.body:
            return []
        return [f"unknown member of the body: {name}" for name in json.loads(sent.body) if name not in properties]

    def _resolved(self, node: dict[str, Any]) -> dict[str, Any]:
        while "$ref" in node:
            found: Any = self._description
            for name in node["$ref"].removeprefix("#/").split("/"):
                found = found[name]
            node = found
        return node


@functools.cache
def contract_of(forge: ForgeName) -> Contract:
    """The contract of a forge, read once."""
    return Contract(description_of(forge))


def description_of(forge: ForgeName) -> dict[str, Any]:
    """The description that the contract stands on, with its corrections."""
    if forge == "gitlab":
        description: dict[str, Any] = _load("gitlab-from-docs.yaml")
        more = _load("gitlab-additions.yaml")
        for path, item in more["paths"].items():
            description["paths"][path] = description["paths"].get(path, {}) | item
        description["components"]["schemas"] |= more["schemas"]
        return description
    description = _load(f"{forge}.json")
    if forge == "forgejo":
        description["paths"] |= _load("forgejo-additions.json")
        for correction in _load("forgejo-corrections.json"):
            _replace(description, correction)
    return description


def _load(name: str) -> Any:
    text = (CONTRACTS / name).read_text(encoding="utf-8")
    return json.loads(text) if name.endswith(".json") else yaml.safe_load(text)


def _replace(description: dict[str, Any], correction: Mapping[str, Any]) -> None:
    """One JSON Patch operation (RFC 6902), of the one kind that the corrections use."""
    assert correction["op"] == "replace"
    *way, last = correction["path"].removeprefix("/").split("/")
    node: Any = description
    for name in way:
        node = node[name.replace("~1", "/").replace("~0", "~")]
    assert last in node, correction["path"]
    node[last] = correction["value"]


def _told(error: BaseException) -> str:
    """The chain of causes, down to what the schema says."""
    words: list[str] = []
    here: BaseException | None = error
    while here is not None:
        found = [str(one.message) for one in getattr(here, "schema_errors", ())]
        words += [word[-300:] for word in found or [f"{type(here).__name__}: {here}"]]
        here = here.__cause__
    return " ← ".join(words)

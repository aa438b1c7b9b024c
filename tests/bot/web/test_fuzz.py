"""Whatever the intake's own description allows, and much that it does not, is answered as it says, and never by a fault."""

from __future__ import annotations

import json
import logging
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlencode

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openapi_spec_validator import validate

from plugins.model.schema.schemas import load_schemas
from scripts.arguments import PROJECT
from scripts.bot.submission import State
from scripts.bot.web.openapi import description
from tests.bot.web.live import Given, live
from tests.bot.web.posts import MULTIPART, multipart
from tests.bot.web.test_intake import EVENT, MUCH
from tests.bot.web.test_status import added

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.bot.web.live import Live

DESCRIPTION = description(load_schemas([PROJECT / "data" / "schemas"]))
OPERATIONS = [
    (method, path) for path, item in DESCRIPTION["paths"].items() for method in item if method in {"get", "post"}
]
HOSTILE = st.sampled_from(
    [
        "", " ", "\0", "\ud7ff", "\U0010ffff", "é" * 300, "x" * 30_000, "../../etc/passwd", "{{ 7 * 7 }}", "{% raw %}",
        "<script>alert(1)</script>", "---\nsave_as: index.html\n", "- &a [*a]", "!!python/object:os.system x", "a: b", "'", '"',
        "\r\nBcc: x@example.org", "%00", "2026-02-30", "9999-99-99T99:99", "-1", "1e999", "NaN", "٣", "=1+1", "|||",
        "[x](javascript:alert(1))", "#" * 90 + " x", "> " * 200, "[" * 500, "<" * 999, "&" * 99, "\u202e", "\ufeff",
        "events/2026/pret-d-outils", "ines-falaise",
        "partager", "98001", "2026-12-14T18:30", "12,5", "oui", "https://example.org", "http://[::1", "edit", "remove",
    ]
)  # fmt: skip
VALUES = HOSTILE | st.text(st.characters(exclude_categories=["Cs"]), max_size=80)
FILE_NAMES = VALUES.filter(lambda text: not re.search(r"[\r\n]", text))
GOOD = {200, 202, 303}
ANSWERED = {"/contribuer/evenement/", "/sante", "/metrics"}  # where a third of what is sent is right
QUIET = settings(max_examples=50, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    github = {"CIRCULAR_FORGE": "github", "CIRCULAR_FORGE_REPOSITORY": "a/b", "CIRCULAR_WEBHOOK_SECRET": "w" * 40}
    with live(tmp_path_factory.mktemp("fuzz"), Given({**MUCH, **github})) as running:
        yield running


def path_parts(running: Live) -> st.SearchStrategy[dict[str, str]]:
    """Secret addresses, right and wrong."""
    store = running.service.store
    known = [added(running, state=state).id for state in (State.QUARANTINE, State.UNCONFIRMED, State.QUEUED)]
    right = st.sampled_from([{"id": one, "token": store.status_token(one), "forge": "github"} for one in known])
    confirming = st.sampled_from([{"id": one, "token": store.confirm_token(one), "forge": "gitlab"} for one in known])
    return right | right | confirming | st.fixed_dictionaries(dict.fromkeys(("id", "token", "forge"), VALUES))


@st.composite
def posts(draw: st.DrawFn, body: dict[str, Any]) -> tuple[str, bytes]:
    """A body of one of the described types; now and then no such body at all."""
    kinds = list(body["content"])
    kind = draw(st.sampled_from([*kinds, *kinds, *kinds, "", "text/plain", f"{MULTIPART}x"]))
    if kind == "application/json":
        leaves = st.none() | st.booleans() | st.integers() | VALUES
        value = st.recursive(leaves, lambda inner: st.lists(inner) | st.dictionaries(VALUES, inner))
        return kind, json.dumps(draw(value)).encode()
    schema = resolved(body["content"].get(kind, {}).get("schema", {}))
    pairs = draw(st.one_of(good_pairs(schema), st.lists(any_pair(schema), max_size=12)))
    if kind == "multipart/form-data":
        files = st.dictionaries(
            st.sampled_from(["image.file", "x"]), st.tuples(FILE_NAMES, st.binary(max_size=99)), max_size=2
        )
        return MULTIPART, multipart(pairs, draw(files) if draw(st.booleans()) else {})
    return kind, urlencode(pairs).encode() if draw(st.integers(0, 9)) else draw(st.binary(max_size=200))


def good_pairs(schema: dict[str, Any]) -> st.SearchStrategy[list[tuple[str, str]]]:
    """What means something: an event with hostile words in its free texts, or one of the actions."""
    actions = schema.get("properties", {}).get("action", {}).get("enum", [])
    if actions:
        return st.tuples(st.sampled_from(actions), VALUES).map(lambda said: [("action", said[0]), ("text", said[1])])
    event = [(name, text) for name, text in EVENT.items() if name != "title"]
    title = st.text("abc é", min_size=5, max_size=60)
    return st.tuples(title, VALUES).map(lambda said: [*event, ("title", said[0]), ("message", said[1][:2000])])


def any_pair(schema: dict[str, Any]) -> st.SearchStrategy[tuple[str, str]]:
    described = st.sampled_from([*schema.get("properties", {}), "x", "title.0.x", "a" * 119])
    return st.tuples(described | st.from_regex(r"[a-z.0-9]{1,30}", fullmatch=True), VALUES)


def resolved(schema: dict[str, Any]) -> dict[str, Any]:
    """A schema, or the one that it refers to."""
    name = schema.get("$ref", "").rpartition("/")[2]
    found: dict[str, Any] = DESCRIPTION["components"]["schemas"][name] if name else schema
    return found


def test_the_description_is_valid_and_says_what_is_committed() -> None:
    validate(DESCRIPTION)
    committed = yaml.safe_load((PROJECT / "docs/openapi-intake.yaml").read_text(encoding="utf-8"))
    assert committed == json.loads(json.dumps(DESCRIPTION))


def test_every_route_is_described(service: Live) -> None:
    from scripts.bot.web.app import create_app  # noqa: PLC0415

    app = create_app(service.service)
    described = {
        re.sub(r"/contribuer/(?!epreuve)[a-z]+/", "/contribuer/{form}/", path) for path in DESCRIPTION["paths"]
    }
    routes = {getattr(route, "path", "") for route in app.routes}
    assert routes - described == {
        "/service/{name:path}",
        "/consultations/{rest:path}",
        "/consultations/{rest:path}/apercu/",
    }
    assert described <= routes


@pytest.mark.slow
@pytest.mark.parametrize(("method", "path"), OPERATIONS, ids=str)
def test_nothing_makes_it_fail(service: Live, method: str, path: str, caplog: pytest.LogCaptureFixture) -> None:
    item = DESCRIPTION["paths"][path]
    operation = item[method]
    expected = {int(status) for status in operation["responses"]}
    query = [one["name"] for one in operation.get("parameters", [])]
    body = operation.get("requestBody")
    parts = path_parts(service) if "parameters" in item else st.just({})
    seen: set[int] = set()

    @QUIET
    @given(
        parts,
        st.dictionaries(st.sampled_from([*query, "x"]), VALUES, max_size=3),
        posts(body) if body else st.just(("", b"")),
        st.sampled_from(["same-origin", "cross-site"]),
    )
    def check(named: dict[str, str], asked: dict[str, str], sent: tuple[str, bytes], site: str) -> None:
        filled = re.sub(r"\{(\w+)\}", lambda found: quote(named[found[1]], safe=""), path)
        target = filled + (f"?{urlencode(asked)}" if asked else "")
        head = {"content-type": sent[0], "sec-fetch-site": site}
        answer = service.ask(method.upper(), target, sent[1] if method == "post" else None, head)
        is_elsewhere = filled.count("/") != path.count("/") or "//" in filled or "%2F" in filled
        assert answer.status in expected | ({404, 405} if is_elsewhere else set()), answer.text
        assert "Traceback" not in answer.text
        seen.add(answer.status)

    with caplog.at_level(logging.ERROR):
        check()
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]
    assert seen & GOOD or path not in ANSWERED

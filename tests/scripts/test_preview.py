from __future__ import annotations

import asyncio
import http.client
import json
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from typing import TYPE_CHECKING

import pytest
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from scripts.preview.answers import Answer, StaticSite, content_type
from scripts.preview.application import application
from scripts.preview.reload import EVENTS, SCRIPT, Bulletin, State, with_script
from scripts.preview.server import GRACE, LOOPBACK, PreviewServer

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from starlette.requests import Request

REDIRECTS = {
    "/vieux/": "/agenda/",
    "/parti/": "gone",
    "/page.php?id=3": "https://example.org/été",
    "/dehors": "/agenda/#a",
}


@pytest.fixture
def site(tmp_path: Path) -> StaticSite:
    output = tmp_path / "site"
    for name in ("index.html", "404.html", "agenda/index.html", "agenda.ics", ".well-known/security.txt"):
        (output / name).parent.mkdir(parents=True, exist_ok=True)
        (output / name).write_text(f"<body>{name}</body>", encoding="utf-8")
    (output / "vide").mkdir()
    (tmp_path / "secret.txt").write_text("secret", encoding="utf-8")
    (output / "lien.txt").symlink_to(tmp_path / "secret.txt")
    return StaticSite(output, REDIRECTS)


@pytest.mark.parametrize(
    ("target", "status", "body"),
    [
        ("/", 200, "index.html"),
        ("/agenda/", 200, "agenda/index.html"),
        ("/agenda/?q=a%20b", 200, "agenda/index.html"),
        ("/agenda/index.html", 200, "agenda/index.html"),
        ("/agenda.ics", 200, "agenda.ics"),
        ("/.well-known/security.txt", 200, "security.txt"),
        ("/absent/", 404, "404.html"),
        ("/vide", 404, "404.html"),
        ("/agenda.ics/", 404, "404.html"),
        ("/parti/", 410, "404.html"),
    ],
)
def test_addresses_answer_as_on_a_static_host(site: StaticSite, target: str, status: int, body: str) -> None:
    answer = site.answer(target)
    assert answer.status == status
    assert body in answer.body.decode()


@pytest.mark.parametrize(
    ("target", "location"),
    [
        ("/agenda", "/agenda/"),
        ("/agenda?q=1", "/agenda/?q=1"),
        ("/vieux/", "/agenda/"),
        ("/vieux/?q=1", "/agenda/?q=1"),
        ("/dehors", "/agenda/#a"),
        ("/page.php?id=3", "https://example.org/%C3%A9t%C3%A9"),
    ],
)
def test_addresses_that_moved_say_where(site: StaticSite, target: str, location: str) -> None:
    answer = site.answer(target)
    assert (answer.status, answer.headers["Location"]) == (301, location)


@pytest.mark.parametrize(
    "target",
    [
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/agenda/..%2f..%2fsecret.txt",
        "/lien.txt",
        "/a%00b",
        "/..\\secret.txt",
        "//../secret.txt",
        "http://autre.example/../secret.txt",
    ],
)
def test_nothing_outside_the_site_is_served(site: StaticSite, target: str) -> None:
    answer = site.answer(target)
    assert answer.status == 404
    assert b"secret" not in answer.body.replace(b"security", b"")


def test_a_directory_never_redirects_to_another_host(site: StaticSite) -> None:
    assert not site.answer("//agenda").headers.get("Location", "/").startswith("//")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.html", "text/html; charset=utf-8"),
        ("agenda.ics", "text/calendar; charset=utf-8"),
        ("events.geojson", "application/geo+json; charset=utf-8"),
        ("catalogue.jsonld", "application/ld+json; charset=utf-8"),
        ("flux.xml", "application/atom+xml; charset=utf-8"),
        ("sitemap.xml", "application/xml; charset=utf-8"),
        ("clubs.csv", "text/csv; charset=utf-8"),
        ("a.woff2", "font/woff2"),
        ("a.jpg", "image/jpeg"),
        ("sans-suffixe", "application/octet-stream"),
    ],
)
def test_content_types(name: str, kind: str) -> None:
    assert content_type(name) == kind


def test_pages_get_the_script_and_nothing_else_does() -> None:
    page = with_script(Answer(200, "text/html; charset=utf-8", b"<body>a</body></html>"), State(3))
    assert page.body == f'<body>a<script src="{SCRIPT}" data-version="3" defer></script></body></html>'.encode()
    feed = Answer(200, "application/atom+xml; charset=utf-8", b"<feed></body></feed>")
    assert with_script(feed, State(3)) == feed


async def _read_all_along(bulletin: Bulletin) -> list[object]:
    """What a page hears while the bulletin says three things more and closes."""
    events = bulletin.events()
    heard = [_state(await anext(events))]
    bulletin.failed("Tout va mal.")
    heard.append(_state(await anext(events)))
    waiting = asyncio.ensure_future(anext(events))
    await asyncio.sleep(0)
    await asyncio.to_thread(bulletin.built)  # another thread says it while the reader waits
    heard.append(_state(await waiting))
    bulletin.close()
    return heard + [event async for event in events]


def test_a_late_reader_gets_the_state_and_then_each_new_one() -> None:
    bulletin = Bulletin()
    bulletin.built()
    with ThreadPoolExecutor(1) as thread:  # this one may have an event loop already, the browser's
        heard = thread.submit(lambda: asyncio.run(_read_all_along(bulletin))).result()
    assert heard == [
        {"version": 1, "problems": ""},
        {"version": 1, "problems": "Tout va mal."},
        {"version": 2, "problems": ""},
    ]


def _state(event: bytes) -> object:
    return json.loads(event.decode().removeprefix("data: "))


async def _posted(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"reçu {request.path_params['form']} {request.url.query}")


@pytest.fixture
def bulletin() -> Bulletin:
    return Bulletin()


@pytest.fixture
def server(site: StaticSite, bulletin: Bulletin) -> Iterator[PreviewServer]:
    service = Starlette(
        routes=[Route("/agenda/{form}/", _posted, methods=["POST"]), Route("/sante", _posted, methods=["GET"])]
    )
    with closing(PreviewServer(0)) as found, found.answering(application(site.answer, bulletin, service)):
        yield found
        bulletin.close()


def _request(
    server: PreviewServer, method: str, target: str, headers: Mapping[str, str] | None = None
) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(LOOPBACK, server.port, timeout=10)
    connection.request(method, target, headers=headers or {})
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_head_says_what_get_says(server: PreviewServer) -> None:
    get, body = _request(server, "GET", "/agenda/")
    head, nothing = _request(server, "HEAD", "/agenda/")
    assert nothing == b""
    assert head.getheader("Content-Length") == get.getheader("Content-Length") == str(len(body))
    assert get.getheader("Cache-Control") == "no-store"


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_a_static_site_takes_nothing(server: PreviewServer, method: str) -> None:
    response, _ = _request(server, method, "/agenda/")
    assert (response.status, response.getheader("Allow")) == (405, "GET, HEAD")


def test_the_script_is_served(server: PreviewServer) -> None:
    response, body = _request(server, "GET", SCRIPT)
    assert response.getheader("Content-Type") == "text/javascript; charset=utf-8"
    assert b"EventSource" in body


def test_events_arrive_over_http(server: PreviewServer, bulletin: Bulletin) -> None:
    connection = http.client.HTTPConnection(LOOPBACK, server.port, timeout=10)
    connection.request("GET", EVENTS)
    response = connection.getresponse()
    assert response.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    assert _state(response.readline()) == {"version": 0, "problems": ""}
    bulletin.failed("Un problème « é ».")
    assert response.readline() == b"\n"
    assert _state(response.readline()) == {"version": 0, "problems": "Un problème « é »."}
    connection.close()


def test_a_page_that_is_open_does_not_keep_the_server_from_stopping(site: StaticSite) -> None:
    bulletin = Bulletin()
    connection = None
    with closing(PreviewServer(0)) as server, server.answering(application(site.answer, bulletin)):
        connection = http.client.HTTPConnection(LOOPBACK, server.port, timeout=10)
        connection.request("GET", EVENTS)
        response = connection.getresponse()
        assert response.readline()
        bulletin.close()
        began = time.monotonic()
    assert time.monotonic() - began < GRACE
    connection.close()


def test_only_loopback_is_bound_and_a_second_server_is_refused_the_port() -> None:
    with closing(PreviewServer(0)) as server:
        assert server._socket.getsockname()[0] == "127.0.0.1"
        with pytest.raises(OSError, match="in use"):
            PreviewServer(server.port)


@pytest.mark.parametrize("host", ["127.0.0.1:8000", "localhost", "LOCALHOST:1", "[::1]", "[::1]:8000"])
def test_names_of_this_machine_are_answered(host: str, server: PreviewServer) -> None:
    assert _request(server, "GET", "/agenda/", {"Host": host})[0].status == 200


@pytest.mark.parametrize(
    "host",
    [
        "",
        "evil.example",
        "evil.example:8000",
        "localhost.evil.example",
        "127.0.0.1.evil.example",
        "x@localhost",
        "127.0.0.2",
    ],
)
def test_a_page_elsewhere_whose_name_is_made_to_point_here_gets_nothing(host: str, server: PreviewServer) -> None:
    for method, target in (("GET", "/agenda/"), ("GET", "/sante"), ("POST", "/agenda/x/")):
        response, body = _request(server, method, target, {"Host": host})
        assert response.status == 421
        assert b"agenda" not in body


def test_the_service_takes_what_its_routes_take_and_the_site_the_rest(server: PreviewServer) -> None:
    assert _request(server, "POST", "/agenda/evenement/?a=1")[1].decode() == "reçu evenement a=1"
    assert _request(server, "GET", "/agenda/evenement/")[0].status == 404  # the service takes posts there, no more
    assert b"agenda/index.html" in _request(server, "GET", "/agenda/")[1]
    assert _request(server, "POST", "/sante")[0].status == 405

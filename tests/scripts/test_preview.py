from __future__ import annotations

import http.client
import json
import threading
from typing import TYPE_CHECKING

import pytest

from scripts.preview.answers import Answer, StaticSite, content_type
from scripts.preview.reload import EVENTS, SCRIPT, Bulletin, State, with_script
from scripts.preview.server import LOOPBACK, PreviewServer

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

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


def test_a_late_reader_gets_the_state_and_then_each_new_one() -> None:
    bulletin = Bulletin()
    bulletin.built()
    events = bulletin.events()
    assert _state(next(events)) == {"version": 1, "problems": ""}
    bulletin.failed("Tout va mal.")
    assert _state(next(events)) == {"version": 1, "problems": "Tout va mal."}
    bulletin.built()
    assert _state(next(events)) == {"version": 2, "problems": ""}
    bulletin.close()
    assert list(events) == []


def _state(event: bytes) -> object:
    return json.loads(event.decode().removeprefix("data: "))


@pytest.fixture
def server(site: StaticSite) -> Iterator[PreviewServer]:
    bulletin = Bulletin()
    found = PreviewServer(0, site.answer, bulletin)
    found.server_activate()
    threading.Thread(target=found.serve_forever, daemon=True).start()
    yield found
    bulletin.close()
    found.shutdown()
    found.server_close()


def _request(server: PreviewServer, method: str, target: str) -> tuple[http.client.HTTPResponse, bytes]:
    connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=10)
    connection.request(method, target)
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


def test_events_arrive_over_http(server: PreviewServer) -> None:
    connection = http.client.HTTPConnection(LOOPBACK, server.server_port, timeout=10)
    connection.request("GET", EVENTS)
    response = connection.getresponse()
    assert response.getheader("Content-Type") == "text/event-stream; charset=utf-8"
    assert _state(response.readline()) == {"version": 0, "problems": ""}
    server.bulletin.failed("Un problème « é ».")
    assert response.readline() == b"\n"
    assert _state(response.readline()) == {"version": 0, "problems": "Un problème « é »."}
    connection.close()


def test_only_loopback_is_bound(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"

"""What is looked at after a publication, with answers that are given by hand."""

from __future__ import annotations

import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import pytest

from scripts.publishing.checks import Answer, faults, fetched, is_shown
from scripts.publishing.release import Release, seal
from tests.publishing.moments import DAY
from tests.publishing.sites import read_folder, write_site

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

URL = "https://exemple.org/reseau"


@pytest.fixture
def release(tmp_path: Path) -> Release:
    return seal(write_site(tmp_path / "site", "mot"), DAY)


def host(release: Release, **changed: Answer) -> Callable[[str], Answer]:
    """A web server that shows ``release``, but for ``changed``: path → answer."""
    files = read_folder(release.directory)

    def fetch(address: str) -> Answer:
        path = address.removeprefix(f"{URL}/") or "index.html"
        if path in changed:
            return changed[path]
        return Answer(200, files[path]) if path in files else Answer(404, b"")

    return fetch


def look(release: Release, **changed: Answer) -> list[str]:
    return faults(release, URL, fetch=host(release, **changed), sleep=lambda _: None, waits=(0,))


def test_a_site_that_is_there_has_no_fault(release: Release) -> None:
    assert look(release) == []
    assert is_shown(release.id, URL, host(release))


def test_a_host_may_write_into_a_page_but_not_show_another(release: Release) -> None:
    page = (release.directory / "index.html").read_bytes()
    assert look(release, **{"index.html": Answer(200, page.replace(b"</html>", b"<script></script></html>"))}) == []
    other = look(release, **{"index.html": Answer(200, page.replace(b"Accueil", b"Domaine en vente"))})
    assert other == [f"{URL}/ n’est pas de cette version."]


@pytest.mark.parametrize("path", ["flux.xml", "sitemap.xml", "search-index.json", "pagefind/pagefind-entry.json"])
def test_each_thing_that_matters_is_missed(path: str, release: Release) -> None:
    assert look(release, **{path: Answer(404, b"")}) == [f"{URL}/{path} répond 404, au lieu de la page."]
    assert look(release, **{path: Answer(200, b"old")}) == [f"{URL}/{path} n’est pas de cette version."]


def test_a_feed_that_is_no_xml(tmp_path: Path) -> None:
    release = seal(write_site(tmp_path / "bad", "mot", **{"flux.xml": "<feed>"}), DAY)
    assert look(release) == [f"{URL}/flux.xml n’est pas du XML lisible."]


def test_another_version_is_said_and_the_rest_is_not_looked_at(release: Release) -> None:
    (found,) = look(release, **{"version.json": Answer(200, b'{"id": "0123"}'), "flux.xml": Answer(500, b"")})
    assert "une autre version (0123)" in found
    assert release.id in found


def test_nobody_answers(release: Release) -> None:
    assert look(release, **{"version.json": Answer(0, b"refused")}) == [f"{URL}/version.json ne répond pas (refused)."]


def test_a_cache_that_catches_up_is_waited_for(release: Release) -> None:
    good, old = host(release), host(release, **{"version.json": Answer(200, b'{"id": "0"}')})
    waited: list[float] = []

    def fetch(address: str) -> Answer:
        return (good if len(waited) > 2 else old)(address)

    assert faults(release, URL, fetch=fetch, sleep=waited.append, waits=(0, 1, 2, 5)) == []
    assert waited == [0, 1, 2]


def test_a_site_that_never_comes_is_given_up(release: Release) -> None:
    waited: list[float] = []
    fetch = host(release, **{"version.json": Answer(503, b"")})
    assert faults(release, URL, fetch=fetch, sleep=waited.append, waits=(0, 1)) == [
        f"{URL}/version.json répond 503, au lieu de la page."
    ]
    assert waited == [0, 1]


def test_a_network_that_fails_is_an_answer() -> None:
    assert fetched("http://127.0.0.1:9/").status == 0


class _Odd(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(302 if self.path == "/circle" else 200)
        self.send_header("Location", self.path)
        self.end_headers()
        for _ in range(1000 if self.path == "/drip" else 0):
            self.wfile.write(b"x")
            time.sleep(0.01)

    def log_message(self, *_: object) -> None:
        """Nothing to the terminal."""


@pytest.mark.parametrize(("path", "said"), [("circle", "tournent en rond"), ("drip", "pas venue à temps")])
def test_an_answer_without_an_end_ends(path: str, said: str) -> None:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Odd)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    found = fetched(f"http://127.0.0.1:{server.server_port}/{path}", most_seconds=0.05)
    server.shutdown()
    thread.join()
    server.socket.close()
    assert found.status == 0
    assert said in found.body.decode()

"""The one place that speaks HTTP: bounds, redirects, conditional requests, and silence about credentials."""

from __future__ import annotations

import ast
import gzip
import logging
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx
import pytest

from scripts.bot.forges.forge import Answer, ForgeError, Request
from scripts.bot.forges.kept import KeptAnswers
from scripts.bot.forges.transport import USER_AGENT, Transport

if TYPE_CHECKING:
    from scripts.bot.forges.forge import Exchange

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
KEY = "tok_very_private"
Playing = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    play: Playing
    seen: list[tuple[str, str, dict[str, str], bytes]]

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("content-length") or 0))
        self.seen.append((self.command, self.path, {n.lower(): v for n, v in self.headers.items()}, body))
        type(self).play(self)

    do_POST = do_PATCH = do_PUT = do_DELETE = do_GET  # noqa: N815 - the library's names

    def log_message(self, *arguments: object) -> None:
        """Quiet."""

    def tell(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class Quiet(ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, *arguments: object) -> None:
        """Clients go away here, and mean to."""


@contextmanager
def serving(play: Playing) -> Iterator[tuple[str, list[tuple[str, str, dict[str, str], bytes]]]]:
    seen: list[tuple[str, str, dict[str, str], bytes]] = []
    server = Quiet(("127.0.0.1", 0), type("Here", (Handler,), {"play": staticmethod(play), "seen": seen}))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}", seen
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def once(request: Request) -> Exchange[Answer]:
    return (yield request)


def get(path: str = "/x", **more: Any) -> Request:
    return Request("GET", path, headers={"authorization": f"Bearer {KEY}"}, **more)


def run(address: str, request: Request, **options: Any) -> Answer:
    transport = Transport(address, clock=lambda: NOW, **options)
    try:
        return transport.run(once(request))
    finally:
        transport.close()


def test_paths_and_queries_arrive_as_meant() -> None:
    with serving(lambda here: here.tell(200, b"{}")) as (address, seen):
        run(f"{address}/api", get("/projects/a%2Fb/x", query=(("head", "o:é/b c"), ("q", "a&b=c+d"))))
    _, path, headers, _ = seen[0]
    assert path == "/api/projects/a%2Fb/x?head=o%3A%C3%A9%2Fb%20c&q=a%26b%3Dc%2Bd"
    assert (headers["user-agent"], headers["authorization"]) == (USER_AGENT, f"Bearer {KEY}")


def test_a_body_is_json_and_a_get_has_none() -> None:
    with serving(lambda here: here.tell(201, b"{}")) as (address, seen):
        run(address, Request("POST", "/x", json={"é": 1}))
        run(address, get())
    assert [(one[3], one[2].get("content-type")) for one in seen] == [
        ('{"é":1}'.encode(), "application/json"),
        (b"", None),
    ]


@pytest.mark.parametrize(
    ("status", "method"), [(301, "GET"), (307, "GET"), (308, "GET"), (307, "POST"), (308, "PATCH")]
)
def test_a_renamed_repository_is_followed_on_the_same_host(status: int, method: str) -> None:
    def play(here: Handler) -> None:
        moved = here.path.startswith("/old")
        here.tell(status, location="/new?page=2") if moved else here.tell(200, here.path.encode())

    with serving(play) as (address, seen):
        request = Request(method, "/old", headers={"authorization": "x"}, json=None if method == "GET" else {"a": 1})  # type: ignore[arg-type]  # one of the methods
        assert run(address, request).body == b"/new?page=2"
    assert [(one[0], one[2]["authorization"], one[3]) for one in seen] == [(method, "x", seen[0][3])] * 2


def test_a_write_is_not_sent_again_after_a_301() -> None:
    with serving(lambda here: here.tell(301, location="/new")) as (address, seen):
        answer = run(address, Request("POST", "/old", json={}))
    assert (answer.status, len(seen)) == (301, 1)


@pytest.mark.parametrize(
    "place",
    [
        "http://localhost:{port}/x",  # the same machine by another name
        "http://127.0.0.1:1/x",
        "https://127.0.0.1:{port}/x",
        "//127.0.0.1:1/x",
        "http://user@127.0.0.1:{port}/x",
        "http://[::1",
        "ftp://127.0.0.1/x",
    ],
)
def test_credentials_are_never_sent_to_another_server(place: str) -> None:
    def play(here: Handler) -> None:
        here.tell(307, location=place.format(port=here.headers["host"].rpartition(":")[2]))

    with serving(play) as (address, seen), pytest.raises(ForgeError) as caught:
        run(address, get())
    # The library itself refuses an address that is none.
    assert (caught.value.kind, len(seen)) == ("unclear" if "[" in place else "gone", 1)


def test_a_circle_of_redirects_ends() -> None:
    with (
        serving(lambda here: here.tell(308, location=here.path)) as (address, seen),
        pytest.raises(ForgeError) as caught,
    ):
        run(address, get())
    assert (caught.value.kind, len(seen)) == ("gone", 5)


def test_what_has_not_changed_is_not_sent_again() -> None:
    def play(here: Handler) -> None:
        same = here.headers.get("if-none-match") == 'W/"1"'
        here.tell(304, x_ratelimit_remaining="7") if same else here.tell(200, b'{"a": 1}', etag='W/"1"', link="<l>")

    with serving(play) as (address, seen):
        transport = Transport(address, clock=lambda: NOW)
        first, second = transport.run(once(get())), transport.run(once(get()))
        other = transport.run(once(Request("GET", "/x", headers={"authorization": "Bearer other"})))
        post = transport.run(once(Request("POST", "/x", headers={"authorization": f"Bearer {KEY}"}, json={})))
        transport.close()
    assert [one.status for one in (first, second, other, post)] == [200] * 4
    assert (second.body, second.headers["link"], second.headers["x-ratelimit-remaining"]) == (b'{"a": 1}', "<l>", "7")
    # Only the second question asked with a condition: another token, or a write, never does.
    assert ["if-none-match" in one[2] for one in seen] == [False, True, False, False]


def test_kept_answers_stay_within_their_bounds() -> None:
    kept = KeptAnswers(capacity=100)
    for index in range(10):
        kept.resolve(get(f"/{index}"), Answer(200, {"etag": '"e"'}, b"x" * 30))
    assert [bool(kept.conditions(get(f"/{index}"))) for index in range(10)] == [False] * 7 + [True] * 3
    kept.resolve(get("/9"), Answer(200, {"etag": '"e"'}, b"x" * 101))
    assert not any(kept.conditions(get(f"/{index}")) for index in range(10))


def test_a_304_that_nobody_asked_for_stays_one() -> None:
    assert KeptAnswers().resolve(get(), Answer(304)).status == 304


def test_nobody_listens() -> None:
    with serving(lambda here: here.tell(200)) as (address, _):
        pass
    with pytest.raises(ForgeError) as caught:
        run(address, get())
    assert (caught.value.kind, "rien n’a été envoyé" in caught.value.message) == ("busy", True)


def _hang_up(here: Handler) -> None:
    here.close_connection = True
    here.connection.close()


def _half(here: Handler) -> None:
    here.send_response(200)
    here.send_header("content-length", "1000")
    here.end_headers()
    here.wfile.write(b'{"a"')
    here.close_connection = True


def _nonsense(here: Handler) -> None:
    here.wfile.write(b"\x00\xff no HTTP at all\r\n\r\n")
    here.close_connection = True


def _bad_gzip(here: Handler) -> None:
    here.tell(200, b"not gzip", content_encoding="gzip")


@pytest.mark.parametrize("play", [_hang_up, _half, _nonsense, _bad_gzip])
def test_an_answer_that_breaks_is_unclear(play: Playing) -> None:
    with serving(play) as (address, _), pytest.raises(ForgeError) as caught:
        run(address, get())
    assert caught.value.kind == "unclear"


def test_a_large_answer_is_not_read_to_its_end() -> None:
    with serving(lambda here: here.tell(200, b"x" * 70_000)) as (address, _), pytest.raises(ForgeError) as caught:
        run(address, get(), largest_answer=65_536)
    assert (caught.value.kind, "64" in caught.value.message) == ("unclear", True)


def test_a_bomb_is_measured_unpacked() -> None:
    bomb = gzip.compress(b"\0" * 9_000_000)
    assert len(bomb) < 60_000

    def play(here: Handler) -> None:
        here.tell(200, bomb, content_encoding="gzip")

    with serving(play) as (address, _), pytest.raises(ForgeError) as caught:
        run(address, get())
    assert caught.value.kind == "unclear"


def test_an_answer_that_drips_is_given_up() -> None:
    ticks = iter(range(100))
    with serving(lambda here: here.tell(200, b"x" * 500_000)) as (address, _), pytest.raises(ForgeError) as caught:
        run(address, get(), whole_answer=1.0, ticks=lambda: float(next(ticks)))
    assert caught.value.kind == "unclear"


def test_a_slow_answer_is_given_up() -> None:
    client = httpx.Client(timeout=0.1)
    with serving(lambda _: time.sleep(0.4)) as (address, _), pytest.raises(ForgeError) as caught:
        run(address, get(), client=client)
    assert (caught.value.kind, "Timeout" in caught.value.message) == ("unclear", True)


@pytest.mark.parametrize("token", [KEY, f"{KEY}\r\nx-evil: 1", f"{KEY}\0"])
def test_credentials_are_in_no_error_log_or_representation(token: str, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    request = Request("GET", "/x", headers={"authorization": f"Bearer {token}"}, json={"secret": KEY})
    said = [repr(request), repr(Answer(200, {"x": KEY}, KEY.encode()))]
    with serving(_hang_up) as (address, _):
        with pytest.raises(ForgeError) as caught:
            run(address, request)
        told = "".join(traceback.format_exception(caught.value))
        said += [str(caught.value), repr(caught.value), told, caplog.text]
    assert KEY not in "".join(said)


def test_an_exchange_hears_of_a_lost_answer_and_may_look() -> None:
    def look() -> Exchange[str]:
        try:
            yield Request("POST", "/lost", json={})
        except ForgeError as error:
            answer = yield get("/found")
            return f"{error.kind} {answer.status}"
        return "no error"

    def play(here: Handler) -> None:
        _hang_up(here) if here.path == "/lost" else here.tell(200)

    with serving(play) as (address, _):
        transport = Transport(address, clock=lambda: NOW)
        assert transport.run(look()) == "unclear 200"
        transport.close()


def test_an_exchange_without_a_request_needs_no_server() -> None:
    def nothing() -> Exchange[int]:
        yield from ()
        return 7

    assert Transport("", clock=lambda: NOW, client=httpx.Client()).run(nothing()) == 7


def test_after_a_pause_was_asked_for_requests_rest() -> None:
    now = [NOW]

    def busy() -> Exchange[None]:
        yield get()
        raise ForgeError("busy", "x", wait=30, everywhere=True)

    def not_listed() -> Exchange[None]:
        yield get()
        raise ForgeError("busy", "x", wait=30)

    with serving(lambda here: here.tell(200)) as (address, seen):
        transport = Transport(address, clock=lambda: now[0])
        for question in (not_listed, not_listed, busy, busy, not_listed):
            with pytest.raises(ForgeError, match=r"x|attendre encore 30"):
                transport.run(question())
        # What concerns one question only does not hold up the others.
        assert len(seen) == 3
        now[0] += timedelta(seconds=31)
        assert transport.run(once(get())).status == 200
        transport.close()


def test_writes_keep_their_distance_and_reads_need_none() -> None:
    now, slept = [0.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    with serving(lambda here: here.tell(200, b"{}")) as (address, _):
        transport = Transport(address, clock=lambda: NOW, write_interval=1.0, ticks=lambda: now[0], sleep=sleep)
        for _ in range(3):
            transport.run(once(get()))
            transport.run(once(Request("POST", "/x", json={})))
        now[0] += 5
        transport.run(once(Request("DELETE", "/x")))
        transport.close()
    assert slept == [0, 1, 1, 0]


def test_github_com_gets_its_pace_and_an_own_server_none() -> None:
    intervals = []
    for address in ("https://api.github.com", "https://code.example/api/v3"):
        transport = Transport(address, clock=lambda: NOW)
        intervals.append(transport._write_interval)
        transport.close()
    assert intervals == [1.0, 0.0]


def test_only_the_transport_knows_the_http_library() -> None:
    """And no other file of the forges reads a clock, draws a number or opens a connection."""
    foreign = {
        "httpx",
        "socket",
        "urllib.request",
        "http.client",
        "time",
        "random",
        "secrets",
        "subprocess",
        "threading",
    }
    found: dict[str, set[str]] = {}
    for path in sorted((Path(__file__).parents[3] / "scripts" / "bot" / "forges").glob("*.py")):
        names: set[str] = set()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                names |= {alias.name for alias in node.names}
            elif isinstance(node, ast.ImportFrom):
                names.add(node.module or "")
        if names & foreign and path.name != "local.py":
            found[path.name] = names & foreign
    assert found == {"transport.py": {"httpx", "time", "threading"}, "kept.py": {"threading"}}

"""The check of links against a real server: what answers mean, how politely it asks, and where it never goes."""

from __future__ import annotations

import datetime as dt
import ipaddress
import json
import socket
import threading
import time
from contextlib import closing
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from scripts.links import a_round
from scripts.outside_links.addresses import NoSuchHostError, RefusedError, is_public, place_of
from scripts.outside_links.asking import Answer, TransportError, ask
from scripts.outside_links.cache import CacheError, Seen, read_cache
from scripts.outside_links.checking import FEW, PAUSE, SEVERAL, CutOffError, after, check, due
from scripts.outside_links.transport import WebTransport, user_agent
from tests.desk.outside import START, Hands, Web, running
from tests.desk.rooting import article, site_of

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    Pages = dict[str, tuple[int, Mapping[str, str]]]

DAY = dt.timedelta(days=1)
TODAY = START.date()
HERE = ipaddress.ip_address("127.0.0.1")


def transport(web: Web, seconds: float = 5.0) -> WebTransport:
    """Loopback stands for the internet here, and nothing else does."""
    return WebTransport(
        "bex-liens/1.0 (+https://boucles.example.org)",
        resolve=web.resolve,
        may_ask=lambda ip: ip == HERE,
        seconds=seconds,
    )


@pytest.fixture(scope="module")
def web() -> object:
    redirects = {f"boucle.example/{n}": (302, {"Location": f"/{n + 1}"}) for n in range(9)}
    with running(
        {
            "bon.example/": (200, {}),
            "tete.example/": (200, {}),
            "HEAD tete.example/": (405, {}),
            "coupe.example/": (200, {}),
            "HEAD coupe.example/": (0, {}),
            "mort.example/x": (404, {}),
            "parti.example/": (410, {}),
            "panne.example/": (500, {}),
            "garde.example/": (403, {}),
            "lent.example/": (429, {"Retry-After": "172800"}),
            "date.example/": (503, {"Retry-After": "Sat, 06 Jun 2026 09:00:00 GMT"}),
            "muet.example/": (503, {}),
            "ancien.example/a": (301, {"Location": "http://bon.example:PORT/"}),
            "detour.example/": (302, {"Location": "http://bon.example:PORT/"}),
            "deux.example/": (301, {"Location": "/b"}),
            "deux.example/b": (302, {"Location": "http://bon.example:PORT/"}),
            "piege.example/": (302, {"Location": "http://dedans.example:PORT/secret"}),
            "fichier.example/": (302, {"Location": "file:///etc/passwd"}),
            "vide.example/": (302, {}),
            "cinq.example/4": (302, {"Location": "http://bon.example:PORT/"}),
            **{f"cinq.example/{n}": (302, {"Location": f"/{n + 1}"}) for n in range(4)},
            **redirects,
        }
    ) as running_web:
        yield running_web


@pytest.mark.parametrize(
    ("page", "verdict", "methods"),
    [
        ("bon.example/", "alive", ["HEAD"]),
        ("tete.example/", "alive", ["HEAD", "GET"]),
        ("coupe.example/", "alive", ["HEAD", "GET"]),
        ("mort.example/x", "gone", ["HEAD", "GET"]),
        ("parti.example/", "gone", ["HEAD", "GET"]),
        ("panne.example/", "failing", ["HEAD", "GET"]),
        ("muet.example/", "failing", ["HEAD", "GET"]),
        ("garde.example/", "guarded", ["HEAD", "GET"]),
        ("lent.example/", "busy", ["HEAD"]),
        ("date.example/", "busy", ["HEAD"]),
        ("ancien.example/a", "moved", ["HEAD"]),
        ("detour.example/", "alive", ["HEAD"]),
        ("deux.example/", "alive", ["HEAD"]),
        ("cinq.example/0", "alive", ["HEAD"]),
        ("boucle.example/0", "failing", ["HEAD"]),
        ("vide.example/", "failing", ["HEAD"]),
        ("piege.example/", "failing", ["HEAD"]),
        ("fichier.example/", "failing", ["HEAD"]),
        ("nulle-part.example/", "failing", []),
        ("dedans.example/", "refused", []),
    ],
)
def test_what_an_answer_means(web: Web, page: str, verdict: str, methods: list[str]) -> None:
    before = len(web.methods(page))
    answer = ask(web.url(page), transport(web), lambda: START)
    assert answer.verdict == verdict
    assert web.methods(page)[before:] == methods
    assert bool(answer.why) == (verdict not in {"alive", "moved"})


def test_details_of_answers(web: Web) -> None:
    sent = transport(web)
    assert ask(web.url("ancien.example/a"), sent, lambda: START).to == web.url("bon.example/")
    assert ask(web.url("lent.example/"), sent, lambda: START).wait == 2 * DAY
    assert ask(web.url("date.example/"), sent, lambda: START).wait == 5 * DAY
    assert not any("dedans" in page for _, page, _ in web.asked), "no request went inside"
    assert {agent for _, _, agent in web.asked} == {"bex-liens/1.0 (+https://boucles.example.org)"}


def test_a_server_that_dribbles_its_answer_is_left(web: Web) -> None:
    with closing(socket.create_server(("127.0.0.1", 0))) as listener:

        def dribble() -> None:
            connection, _ = listener.accept()
            with connection:
                try:
                    for _ in range(200):
                        connection.sendall(b"H")
                        time.sleep(0.05)
                except OSError:
                    return

        threading.Thread(target=dribble, daemon=True).start()
        started = time.monotonic()
        with pytest.raises(TransportError):
            transport(web, seconds=0.2).send("HEAD", f"http://goutte.example:{listener.getsockname()[1]}/")
        assert time.monotonic() - started < 5


@pytest.mark.parametrize(
    "ip",
    ["127.0.0.1", "10.0.0.1", "192.168.1.1", "172.16.0.1", "169.254.169.254", "0.0.0.0", "224.0.0.1", "100.64.0.1", "::1",  # noqa: S104  # no server listens
     "fe80::1", "fd00::1", "fec0::1", "::7f00:1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "::", "255.255.255.255"],
)  # fmt: skip
def test_machines_of_this_network_are_never_asked(ip: str) -> None:
    assert not is_public(ipaddress.ip_address(ip))
    host = f"[{ip}]" if ":" in ip else ip
    with pytest.raises(RefusedError):
        place_of(f"http://{host}/", lambda *_: [], is_public)
    with pytest.raises(RefusedError):
        place_of("http://un.example/", lambda *_: ["93.184.216.34", ip], is_public)


@pytest.mark.parametrize(
    "url",
    ["ftp://a.example/", "http://", "http://u:p@a.example/", "http://a.example:99999/", "http://[::1/", "javascript:1"],
)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(RefusedError):
        place_of(url, lambda *_: ["93.184.216.34"], is_public)


def test_public_machines_are_asked_at_the_number_that_was_looked_at() -> None:
    found = place_of("https://École.example/x", lambda *_: ["93.184.216.34", "2606:2800:220:1::1"], is_public)
    assert (found.host, found.port, found.ip) == ("xn--cole-9oa.example", 443, "93.184.216.34")
    with pytest.raises(NoSuchHostError):
        place_of("https://a.example/", lambda *_: [], is_public)


def test_loopback_is_refused_by_default() -> None:
    assert ask("http://localhost:1/", WebTransport("x"), lambda: START).verdict == "refused"
    assert ask("http://127.0.0.1:1/", WebTransport("x"), lambda: START).verdict == "refused"


def test_one_bad_day_is_no_death() -> None:
    gone, failing = Answer("gone", "page introuvable, 404"), Answer("failing", "panne du site, 500")
    first = after(None, "u", gone, TODAY)
    assert (first.state, first.failures, first.failing_since) == ("doubtful", 1, TODAY)
    assert after(first, "u", gone, TODAY).state == "doubtful", "twice on one day is one day"
    second = after(first, "u", gone, TODAY + DAY)
    assert (second.state, second.failing_since) == ("dead", TODAY)
    slow = after(after(None, "u", failing, TODAY), "u", failing, TODAY + DAY)
    assert slow.state == "doubtful"
    assert after(slow, "u", failing, TODAY + 2 * DAY).state == "dead"
    assert after(second, "u", failing, TODAY + 2 * DAY).state == "dead", "it stays dead until it answers"
    assert after(second, "u", Answer("alive"), TODAY + 2 * DAY) == Seen("u", "alive", TODAY + 2 * DAY)
    busy = after(second, "u", Answer("busy", "trop de demandes, 429", wait=dt.timedelta(hours=30)), TODAY + 2 * DAY)
    assert (busy.state, busy.not_before) == ("dead", TODAY + 4 * DAY)


def test_who_is_due_and_in_which_order() -> None:
    seen = {
        "http://a.example/frais": Seen("http://a.example/frais", "alive", TODAY - 29 * DAY),
        "http://a.example/mur": Seen("http://a.example/mur", "alive", TODAY - 30 * DAY),
        "http://a.example/doute": Seen("http://a.example/doute", "doubtful", TODAY - DAY),
        "http://a.example/ce-jour": Seen("http://a.example/ce-jour", "doubtful", TODAY),
        "http://b.example/lent": Seen("http://b.example/lent", "alive", TODAY - 90 * DAY, not_before=TODAY + DAY),
    }
    urls = [*seen, "http://b.example/neuf", "http://c.example/neuf"]
    expected = ["http://c.example/neuf", "http://a.example/mur", "http://a.example/doute"]
    assert due(urls, seen, TODAY, 9) == expected
    assert due(urls, seen, TODAY, 2) == expected[:2]
    rested = {**seen, "http://b.example/lent": replace(seen["http://b.example/lent"], not_before=TODAY)}
    assert "http://b.example/neuf" in due(urls, rested, TODAY, 9)


@pytest.mark.slow
def test_one_at_a_time_for_each_host_with_a_pause_and_few_in_all() -> None:
    pages: Pages = {f"h{host}.example/{n}": (200, {}) for host in range(6) for n in range(3)}
    pages |= {"renvoi.example/": (302, {"Location": "http://h0.example:PORT/0"})}
    hands = Hands()
    with running(pages, linger=0.05) as web:
        found = check([web.url(page) for page in pages], {}, transport(web), hands.clock())
        assert {one.state for one in found.values()} == {"alive"}
        assert set(web.most_at_once.values()) == {1}
        assert 1 < web.most_in_all <= FEW
    assert len(hands.slept) == 6 * 2 + 1
    assert max(hands.slept) <= PAUSE


def test_a_host_that_asks_for_a_pause_is_left_for_the_day() -> None:
    pages: Pages = {"lent.example/a": (200, {}), "lent.example/b": (429, {}), "lent.example/c": (200, {})}
    with running(pages) as web:
        urls = [web.url(page) for page in pages]
        found = check(urls, {}, transport(web), Hands().clock())
        assert list(found) == urls[:2]
        assert found[urls[1]].not_before == TODAY + DAY
        assert due(urls, found, TODAY, 9) == []
        assert due(urls, found, TODAY + DAY, 9) == [urls[2], urls[1]]


def test_a_machine_without_a_way_out_learns_nothing(tmp_path: Path) -> None:
    urls = [f"http://h{number}.example:1/" for number in range(SEVERAL)]
    body = " ".join(f"[x]({url})" for url in [*urls, "http://10.0.0.1/"])
    site = site_of(tmp_path, {"content/articles/2026/a.md": article(body=body), "data/clubs.yaml": "[]\n"})
    cut_off = WebTransport("x", resolve=lambda *_: ["127.0.0.1"], may_ask=lambda ip: ip == HERE, seconds=2)
    with pytest.raises(CutOffError):
        a_round(site, tmp_path / "links.json", 9, cut_off, Hands().clock())
    assert not (tmp_path / "links.json").exists()
    inside = check([f"http://10.0.0.{number}/" for number in range(1, 6)], {}, cut_off, Hands().clock())
    assert {one.state for one in inside.values()} == {"refused"}
    with running({"h0.example/": (500, {})}) as web:
        urls = [web.url("h0.example/"), "http://h1.example:1/", "http://h2.example:1/"]
        found = check(urls, {}, transport(web), Hands().clock())
        assert {one.state for one in found.values()} == {"doubtful"}, (
            "one that answers, and the others are to blame themselves"
        )


def test_a_round_remembers_tells_and_forgets_what_the_site_no_longer_has(tmp_path: Path) -> None:
    with running(
        {"bon.example/": (200, {}), "ancien.example/": (301, {"Location": "http://bon.example:PORT/"})}
    ) as web:
        body = " ".join(f"[x]({web.url(page)})" for page in ("bon.example/", "ancien.example/", "mort.example/"))
        site = site_of(tmp_path, {"content/articles/2026/a.md": article(body=body), "data/clubs.yaml": "[]\n"})
        cache, hands = tmp_path / "links.json", Hands()
        told = a_round(site, cache, 9, transport(web), hands.clock())
        assert "déménagé" in told
        assert "mort" in told.replace("mort.example", "") or "à redemander" in told
        before = cache.read_bytes()
        asked = len(web.asked)
        assert a_round(site, cache, 9, transport(web), hands.clock()).startswith("0")
        assert (len(web.asked), cache.read_bytes()) == (asked, before), "nothing is due twice on one day"
        hands.moment += DAY
        told = a_round(site, cache, 9, transport(web), hands.clock())
        assert "page introuvable, 404), dans content/articles/2026/a.md" in told
        assert {url.split("/")[2].split(":")[0]: one.state for url, one in read_cache(cache).items()} == {
            "bon.example": "alive",
            "ancien.example": "moved",
            "mort.example": "dead",
        }
        other = site_of(tmp_path, {"content/articles/2026/a.md": article(body="Rien."), "data/clubs.yaml": "[]\n"})
        a_round(other, cache, 9, transport(web), hands.clock())
        assert read_cache(cache) == {}


def test_the_cache_is_the_same_bytes_for_the_same_answers_and_a_broken_one_is_named(tmp_path: Path) -> None:
    path = tmp_path / "links.json"
    assert read_cache(path) == {}
    for content in (
        "{",
        "[]",
        '{"links": [{"url": "x"}]}',
        json.dumps({"links": [{"url": "x", "state": "perhaps", "checked": "2026-01-01"}]}),
    ):
        path.write_text(content, encoding="utf-8")
        with pytest.raises(CacheError):
            read_cache(path)


def test_who_asks_says_who_it_is(tmp_path: Path) -> None:
    assert user_agent(site_of(tmp_path, {})) == "bex-liens/1.0 (+https://boucles.example.org)"

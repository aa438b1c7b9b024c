from __future__ import annotations

import datetime as dt
from ipaddress import ip_network
from typing import TYPE_CHECKING

import pytest

from scripts.bot.store import Store
from scripts.bot.web.posting import rates
from scripts.bot.web.posting.rates import HOUR, UNKNOWN, Rates, Tries, client_network, wait

if TYPE_CHECKING:
    from pathlib import Path

PROXIES = (ip_network("127.0.0.1"), ip_network("10.0.0.0/8"), ip_network("fd00::/8"))
NOW = dt.datetime(2026, 3, 4, 9, 30, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("peer", "forwarded", "network"),
    [
        ("192.0.2.7", [], "192.0.2.7"),
        ("192.0.2.7", ["198.51.100.1"], "192.0.2.7"),  # no proxy of ours: what it says of others is not believed
        ("127.0.0.1", [], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1"], "198.51.100.1"),
        ("127.0.0.1", ["203.0.113.9, 198.51.100.1"], "198.51.100.1"),  # the client wrote the first itself
        ("127.0.0.1", ["203.0.113.9", "198.51.100.1, 10.1.2.3"], "198.51.100.1"),
        ("127.0.0.1", ["10.1.2.3"], "10.1.2.3"),
        ("127.0.0.1", ["198.51.100.1, nonsense"], "127.0.0.1"),
        ("127.0.0.1", ["198.51.100.1:4711"], "127.0.0.1"),
        ("fd00::1", ["2001:db8:1:2:3:4:5:6"], "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::1", [], "2001:db8:1:2::/64"),
        ("::ffff:192.0.2.7", [], "192.0.2.7"),
        ("fe80::1%eth0", [], "fe80::/64"),
        ("", ["198.51.100.1"], UNKNOWN),
        ("testclient", [], UNKNOWN),
    ],
)
def test_the_client_is_who_the_trusted_proxies_say(peer: str, forwarded: list[str], network: str) -> None:
    assert client_network(peer, forwarded, PROXIES) == network


def test_without_trusted_proxies_nothing_that_is_forwarded_counts() -> None:
    assert client_network("127.0.0.1", ["198.51.100.1"], ()) == "127.0.0.1"


def test_each_network_and_each_thing_is_counted_apart_and_no_address_is_stored(tmp_path: Path) -> None:
    file = tmp_path / "rates.sqlite"
    store = Store.open(f"sqlite:///{file}", key=None)
    counts = Rates(store)
    try:
        assert [counts.count("try", "192.0.2.77", NOW) for _ in range(3)] == [1, 2, 3]
        assert counts.count("try", "192.0.2.78", NOW) == 1
        assert counts.count("post", "192.0.2.77", NOW) == 1
        assert counts.count("try", "192.0.2.77", NOW + HOUR) == 1
    finally:
        store.close()
    assert all(b"192.0.2" not in path.read_bytes() for path in tmp_path.iterdir())


def test_tries_are_counted_in_memory_for_the_present_window() -> None:
    tries = Tries(b"k" * 32)
    assert [tries.count("192.0.2.77", NOW) for _ in range(3)] == [1, 2, 3]
    assert tries.count("192.0.2.78", NOW) == 1
    assert tries.count("192.0.2.77", NOW + HOUR) == 1
    assert "192.0.2" not in repr(vars(tries))


def test_a_flood_of_networks_does_not_fill_the_memory(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rates, "_MOST_NETWORKS", 10)
    tries = Tries(b"k" * 32)
    for number in range(25):
        tries.count(f"192.0.2.{number}", NOW)
    assert len(tries._counts) <= 10


def test_one_waits_until_the_window_ends() -> None:
    assert wait(NOW) == 1800
    assert wait(NOW.replace(minute=59, second=59, microsecond=999_999)) == 1
    assert wait(NOW.replace(minute=0)) == 3600

"""Who asks, and how often they may: counts by a keyed hash of the network address, which itself is kept nowhere."""

from __future__ import annotations

import datetime as dt
import hashlib
import ipaddress
import threading
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias

from scripts.bot.store import Gate
from scripts.bot.store.guarding import window_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scripts.bot.setting_values import Network
    from scripts.bot.store import Store

HOUR: Final = dt.timedelta(hours=1)
UNKNOWN: Final = "unknown"
_SUBSCRIBER: Final = 64  # bits of an IPv6 address that a subscriber does not choose (RFC 6177)
_MOST_HOPS: Final = 20
_MOST_NETWORKS: Final = 200_000  # some 30 MB
_EPOCH: Final = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)
Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address


def client_network(peer: str, forwarded: Sequence[str], trusted: Sequence[Network]) -> str:
    """The network that a request came from: an IPv4 address, or the first 64 bits of an IPv6 address.

    ``forwarded`` are the values of X-Forwarded-For, believed only as far as trusted proxies wrote them: from the right, the first
    address that is not a trusted proxy's is the client's.
    """
    address = _address(peer)
    hops = [part.strip() for value in forwarded for part in value.split(",")][-_MOST_HOPS:]
    while address is not None and hops and _is_trusted(address, trusted):
        before = _address(hops.pop())
        if before is None:
            break
        address = before
    if address is None:
        return UNKNOWN
    if isinstance(address, ipaddress.IPv4Address):
        return str(address)
    return str(ipaddress.ip_network((address, _SUBSCRIBER), strict=False))


def _address(text: str) -> Address | None:
    """An address without port or zone; IPv4 in IPv6 clothes is IPv4."""
    try:
        found = ipaddress.ip_address(text.partition("%")[0])
    except ValueError:
        return None
    mapped = found.ipv4_mapped if isinstance(found, ipaddress.IPv6Address) else None
    return mapped or found


def _is_trusted(address: Address, trusted: Sequence[Network]) -> bool:
    return any(address.version == network.version and address in network for network in trusted)


@dataclass(frozen=True, slots=True)
class Rates:
    """What may be done so often in all: counts in the store, so that several processes count together."""

    store: Store

    def count(self, what: str, network: str, now: dt.datetime, window: dt.timedelta = HOUR) -> int:
        """Count one more ``what`` of a network in the present window, and give how many that makes."""
        return self.store.count_hit(self.bucket(what, network), now, window)

    def gate(
        self, what: str, network: str, now: dt.datetime, limit: int, proof: tuple[str, dt.datetime] | None
    ) -> Gate:
        """What a post that counts as one more ``what`` of a network has to pass: at most ``limit`` in an hour."""
        return Gate(self.bucket(what, network), window_of(now, HOUR), limit, proof)

    def bucket(self, what: str, network: str) -> str:
        """Where it is counted."""
        return self.store.keyed_hash(f"rate {what}", network)


class Tries:
    """How often a network tried, in this process: what costs nothing but time is counted in memory, and a flood writes nothing.

    ``key`` (at most 64 bytes) makes of a network what is counted, so that no memory of the process holds a list of them.
    """

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._lock = threading.Lock()
        self._window = _EPOCH
        self._counts: dict[bytes, int] = {}

    def count(self, network: str, now: dt.datetime, window: dt.timedelta = HOUR) -> int:
        """Count one more try in the present window, and give how many that makes."""
        bucket = hashlib.blake2b(network.encode(), digest_size=16, key=self._key).digest()
        starts = now - (now - _EPOCH) % window
        with self._lock:
            if starts != self._window or len(self._counts) >= _MOST_NETWORKS:
                self._window, self._counts = starts, {}
            self._counts[bucket] = self._counts.get(bucket, 0) + 1
            return self._counts[bucket]


def wait(now: dt.datetime, window: dt.timedelta = HOUR) -> int:
    """Seconds until the present window ends, at least one: the value of Retry-After (RFC 9110, section 10.2.3)."""
    return max(1, int((window - (now - _EPOCH) % window).total_seconds()))

"""Which machines may be asked: contributors write the addresses, and none of them may lead into the network that we run in."""

from __future__ import annotations

import ipaddress
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, TypeAlias
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from collections.abc import Callable

Address: TypeAlias = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolve: TypeAlias = "Callable[[str, int], list[str]]"
"""From a host and a port to network addresses; may raise OSError."""

_PORTS: Final = {"http": 80, "https": 443}
_EMBEDDED: Final = ("ipv4_mapped", "sixtofour")  # IPv6 addresses that are IPv4 addresses in other clothes
_UNICAST: Final = ipaddress.ip_network("2000::/3")  # all that is given out of IPv6 (RFC 4291, section 2.5.4; IANA)
_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052


class RefusedError(Exception):
    """Nobody may be asked there."""


class NoSuchHostError(Exception):
    """The name leads to no machine."""


@dataclass(frozen=True, slots=True)
class Place:
    """The machine that answers for an address: ``ip`` was looked at, and is the one that is asked."""

    scheme: str
    host: str
    port: int
    ip: str


def place_of(url: str, resolve: Resolve, may_ask: Callable[[Address], bool]) -> Place:
    """Where a request for ``url`` goes.

    All the addresses of a name have to be allowed, and one of those that were looked at is used: a name that means something else
    a moment later (DNS rebinding) changes nothing.

    Raises:
        RefusedError: no http, no host, or not a public machine.
        NoSuchHostError: the name means nothing.
    """
    try:
        parts = urlsplit(url)
        port, host = parts.port or _PORTS[parts.scheme], (parts.hostname or "").encode("idna").decode("ascii")
    except (ValueError, KeyError) as error:
        raise RefusedError(url) from error
    if not host or parts.username is not None:
        raise RefusedError(url)
    try:
        found = [ipaddress.ip_address(text.partition("%")[0]) for text in _resolved(host, port, resolve)]
    except (OSError, UnicodeError) as error:
        raise NoSuchHostError(host) from error
    if not found:
        raise NoSuchHostError(host)
    if not all(may_ask(address) for address in found):
        raise RefusedError(host)
    return Place(parts.scheme, host, port, str(found[0]))


def is_public(address: Address) -> bool:
    """Whether an address is anybody's on the internet: not this machine, not this network, nothing reserved (RFC 6890)."""
    if isinstance(address, ipaddress.IPv6Address):
        inside = next((found for name in _EMBEDDED if (found := getattr(address, name)) is not None), None)
        if address in _NAT64:
            inside = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inside is not None:
            return is_public(inside)
        if address not in _UNICAST:
            return False
    return address.is_global and not address.is_multicast


def system_resolve(host: str, port: int) -> list[str]:
    """What the machine's own resolver says, in its order."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def _resolved(host: str, port: int, resolve: Resolve) -> list[str]:
    try:
        return [str(ipaddress.ip_address(host.strip("[]")))]
    except ValueError:
        return resolve(host, port)

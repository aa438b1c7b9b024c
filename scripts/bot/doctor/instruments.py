"""What the doctor looks through: the machine's own, or a test's."""

from __future__ import annotations

import contextlib
import shutil
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from scripts.bot.clock import utc_now
from scripts.bot.forges.forge import Request
from scripts.bot.forges.transport import Transport

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from scripts.bot.clock import Clock
    from scripts.bot.forges.forge import Answer, Exchange


@dataclass(frozen=True, slots=True)
class Space:
    """A disk's bytes."""

    total: int
    free: int


def space_of(folder: Path) -> Space:
    """The disk on which a folder lies, or will lie."""
    while not folder.exists():
        folder = folder.parent
    usage = shutil.disk_usage(folder)
    return Space(usage.total, usage.free)


def addresses_of(host: str) -> list[str]:
    """The IP addresses of a host. Raises OSError where there are none."""
    return sorted({str(found[4][0]) for found in socket.getaddrinfo(host, None, proto=socket.IPPROTO_TCP)})


@dataclass(frozen=True, slots=True)
class Instruments:
    """The clock, the disks, the names of the network."""

    clock: Clock = utc_now
    space: Callable[[Path], Space] = space_of
    addresses: Callable[[str], list[str]] = addresses_of

    def fetch(self, address: str) -> Answer:
        """What is at an http address. Raises ForgeError, as the transport does."""
        parts = urlsplit(address)
        with contextlib.closing(Transport(f"{parts.scheme}://{parts.netloc}", clock=self.clock)) as transport:
            return transport.run(_get(parts.path or "/"))


def _get(path: str) -> Exchange[Answer]:
    return (yield Request("GET", path, headers={"accept": "*/*"}))

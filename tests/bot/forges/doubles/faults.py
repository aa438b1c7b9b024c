"""What a forge may do to a request, as data: the next request that fits suffers it."""

from __future__ import annotations

import json
import re
import threading
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from collections.abc import Mapping

HTML = b"<!DOCTYPE html><html><head><title>Unicorn! &middot; GitHub</title></head><body>Sorry</body></html>"


@dataclass(frozen=True)
class Fault:
    """One fault.

    kind:
        ``refuse``  the answer below, the request has no effect
        ``veil``    the request has its effect, but the answer below comes (502 after a success)
        ``drop``    the connection is closed before anything happens
        ``lose``    the effect happens, then the connection is closed without an answer
        ``half``    the effect happens, half of the answer comes, then the connection is closed
        ``slow``    the effect happens, the answer comes ``seconds`` later
    method, path: which requests: "" for any, "write" for all but GET; ``path`` is searched as a regular expression in
        the path as sent.
    git: strikes git's own requests instead of those of the API. skip: so many fitting requests are left alone first.
    times: how often it strikes.
    """

    kind: Literal["refuse", "veil", "drop", "lose", "half", "slow"]
    method: str = ""
    path: str = ""
    status: int = 503
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = HTML
    seconds: float = 0.0
    git: bool = False
    skip: int = 0
    times: int = 1

    @classmethod
    def answer(
        cls,
        status: int,
        body: bytes | object = HTML,
        *,
        method: str = "",
        path: str = "",
        times: int = 1,
        **headers: str,
    ) -> Fault:
        """A refusal; ``body`` as bytes or as JSON; header names with « _ » for « - »."""
        told = body if isinstance(body, bytes) else json.dumps(body).encode()
        media = {"content-type": "text/html" if isinstance(body, bytes) else "application/json"}
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return cls("refuse", method, path, status, {**media, **named}, told, times=times)


class Faults:
    """Faults to come, in order; safe for threads. ``struck`` lists those that have happened."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []
        self._lock = threading.Lock()
        self.struck: list[Fault] = []

    def push(self, *faults: Fault) -> None:
        """Add faults at the end."""
        with self._lock:
            self._waiting += faults

    def clear(self) -> None:
        """Forget those that have not happened."""
        with self._lock:
            self._waiting.clear()

    @property
    def waiting(self) -> int:
        """How many have not happened yet."""
        return len(self._waiting)

    def take(self, method: str, path: str, *, git: bool = False) -> Fault | None:
        """The fault of this request, which is spent by it."""
        with self._lock:
            for index, fault in enumerate(self._waiting):
                methods = {"", method, "GET" if method == "GET" else "write"}
                if fault.git != git or fault.method not in methods or not re.search(fault.path, path):
                    continue
                if fault.skip:
                    self._waiting[index] = replace(fault, skip=fault.skip - 1)
                    return None
                self._waiting[index : index + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                self.struck.append(fault)
                return fault
        return None

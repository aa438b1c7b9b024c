"""How an open page learns that the site was rebuilt, or that it could not be: a state, and those who wait
for the next one.

The state is sent whole each time (server-sent events, WHATWG HTML, section 9.2), so a page that connects late
misses nothing. One thread publishes; the readers wait in an event loop, where waiting costs no thread.
"""

from __future__ import annotations

import asyncio
import json
import threading
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from scripts.preview.answers import Answer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

EVENTS = "/_apercu/evenements"
SCRIPT = "/_apercu/rechargement.js"
HEARTBEAT = 15.0  # seconds between two comments, by which a closed connection is noticed


@dataclass(frozen=True, slots=True)
class State:
    """``version`` counts the rebuilds that succeeded; ``problems`` is what the last one had to say, empty
    if it succeeded.
    """

    version: int = 0
    problems: str = ""


class Bulletin:
    """The present state, for one writer and any number of waiting readers."""

    def __init__(self) -> None:
        self._state = State()
        self._closed = False
        self._readers: set[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = set()
        self._lock = threading.Lock()  # over the set of readers

    @property
    def state(self) -> State:
        """The state now."""
        return self._state

    def built(self) -> None:
        """A rebuild succeeded."""
        self._publish(State(self._state.version + 1))

    def failed(self, problems: str) -> None:
        """A rebuild failed: the last good site stays, with a word on what is wrong."""
        self._publish(State(self._state.version, problems))

    def close(self) -> None:
        """Let every reader go."""
        self._closed = True
        self._wake()

    async def events(self) -> AsyncIterator[bytes]:
        """The stream of one page: the state now, then each new one; a comment where nothing happens."""
        reader = (asyncio.get_running_loop(), asyncio.Event())
        with self._lock:
            self._readers.add(reader)
        try:
            sent: State | None = None
            while not self._closed:
                reader[1].clear()  # before the state is looked at, so that a change in between wakes us
                if self._state != sent:
                    sent = self._state
                    yield _event(sent)
                    continue
                try:
                    await asyncio.wait_for(reader[1].wait(), HEARTBEAT)
                except TimeoutError:
                    yield b": .\n\n"
        finally:
            with self._lock:
                self._readers.discard(reader)

    def _publish(self, state: State) -> None:
        self._state = state
        self._wake()

    def _wake(self) -> None:
        with self._lock:
            for loop, changed in self._readers:
                loop.call_soon_threadsafe(changed.set)


def _event(state: State) -> bytes:
    data = json.dumps({"version": state.version, "problems": state.problems}, ensure_ascii=False)
    return f"data: {data}\n\n".encode()


def script() -> Answer:
    """The script that pages load."""
    body = files("scripts.preview").joinpath("reload.js").read_bytes()
    return Answer(200, "text/javascript; charset=utf-8", body)


def with_script(page: Answer, state: State) -> Answer:
    """A page as it is served: with a script element at its end, which no file of the output ever holds."""
    if not page.content_type.startswith("text/html"):
        return page
    element = f'<script src="{SCRIPT}" data-version="{state.version}" defer></script>'.encode()
    head, end, tail = page.body.rpartition(b"</body>")
    body = head + element + end + tail if end else page.body + element
    return Answer(page.status, page.content_type, body, page.headers)
